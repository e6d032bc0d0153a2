"""The vocabulary of posts and bodies from `vocabulary/posts.yaml`, read once."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from entraide.directory.domain.portfolios import Phrase
from entraide.directory.domain.titles import Entry, Titles, cut
from entraide.kernel.yaml_text import parse_yaml
from entraide.search.domain.folding import fold_name

_SORTS = ("subjects", "charges", "bodies", "leaders", "posts", "units")


@cache
def load_titles() -> Titles:
    """Return the vocabulary of `vocabulary/posts.yaml`."""
    text = files("entraide.directory").joinpath("vocabulary", "posts.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = parse_yaml(text)
    links = frozenset(fold_name(link) for link in raw["links"])
    return Titles(
        **{sort: {code: _entry(code, row) for code, row in raw[sort].items()} for sort in _SORTS},
        acting=raw["acting"],
        between=raw["between"],
        leaders_vi=raw["leaders_vi"],
        locals=raw["locals"],
        phrases={sort: _phrases(raw[sort], links) for sort in _SORTS if sort != "units"},
        joins=frozenset(" ".join(cut(join, links)) for join in raw["joins"]),
        links=links,
        fillers=frozenset(word for filler in raw["state_fillers"] for word in fold_name(filler).split()),
    )


def _entry(code: str, row: Mapping[str, Any]) -> Entry:
    forms = {name: text for name, text in row.items() if isinstance(text, str)}
    lists = {name: frozenset(row.get(name, ())) for name in ("states", "only")}
    return Entry(code, forms, lists["states"], lists["only"], row.get("vi_in", {}))


def _phrases(rows: Mapping[str, Mapping[str, Any]], links: frozenset[str]) -> tuple[tuple[Phrase, str], ...]:
    """Return the folded phrases by which each code is read, the longest first, each once."""
    found: dict[tuple[Phrase, str], None] = {}
    for code, row in rows.items():
        further = [*row.get("read", ()), *row.get("vi_in", {}).values()]
        for text in (*(text for name, text in row.items() if isinstance(text, str)), *further):
            phrase = tuple(cut(_bare(text), links))
            if phrase:
                found.setdefault((phrase, code))
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def _bare(text: str) -> str:
    """Return a template without its place."""
    return text.partition("{")[0] if "{" in text else text

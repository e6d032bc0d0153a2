"""The reviewed tables of names in several scripts: `vocabulary/names/*.yaml`, read once."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from entraide.directory.domain.variants import Variants
from entraide.kernel.yaml_text import parse_yaml
from entraide.search.domain.folding import fold_name

FOLDER = Path(__file__).parents[1] / "vocabulary" / "names"


@cache
def load_variants() -> Variants:
    """Return the tables of `han.yaml`, `lao.yaml`, `vietnamese.yaml` and `titles.yaml`."""
    han, lao, spoken, titles = (_load(name) for name in ("han", "lao", "vietnamese", "titles"))
    pinyin, vietnamese = _readings(han)
    return Variants(
        pinyin=pinyin,
        vietnamese=vietnamese,
        letters=_pairs(lao["letters"]),
        sounds=_pairs(lao["sounds"]),
        transcribed=_pairs(spoken["transcribed"]),
        titles=tuple(tuple(fold_name(title).split()) for title in titles["titles"]),
    )


def _pairs(table: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(written), str(becomes)) for written, becomes in table.items())


def _readings(han: Mapping[str, str]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the folded readings of each character, in pinyin and in Vietnamese; raises `ValueError`."""
    pinyin: defaultdict[str, set[str]] = defaultdict(set)
    vietnamese: defaultdict[str, set[str]] = defaultdict(set)
    for entry in (part.split() for rows in han.values() for part in rows.split(";")):
        character, *readings = entry
        for table, text in zip((pinyin, vietnamese), readings, strict=True):
            table[character].update(map(fold_name, text.split("/")))
    return _frozen(pinyin), _frozen(vietnamese)


def _frozen(table: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {character: frozenset(known) for character, known in table.items()}


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = parse_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded

"""The reader's words, loaded once from reviewed YAML, and the automaton that finds them all in one pass.

Files: `states.yaml` (all languages), `reader.<language>.yaml` and `domains.<language>.yaml` in the context's vocabulary
room. Names of states come from Unicode CLDR through Babel.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick
from babel import Locale

from entraide.kernel.languages import READ
from entraide.kernel.yaml_text import parse_yaml
from entraide.reader.domain.folding import fold_characters, lower_characters

_LISTS = (
    "ranks",
    "titles",
    "posts",
    "memberships",
    "counterparts",
    "org_heads",
    "ministries",
    "meetings",
    "visits",
    "journeys",
    "not_meetings",
    "held_past",
    "held_present",
    "held_future",
    "met",
    "chaired",
    "not_instruments",
    "document_words",
    "signed",
    "signing_after",
    "to_sign",
    "reviewed_cues",
    "in_force_cues",
    "referenced_cues",
    "joint_subjects",
    "not_states",
)
_MAPS = {"instruments": "instrument", "cues": "cue", "weak_cues": "weak_cue", "levels": "level"}
_WORDS = (
    "portfolio",
    "portfolio_lower",
    "post_links",
    "articles",
    "conjunctions",
    "determiners",
    "name_particles",
    "not_names",
    "name_inner",
    "not_officials",
    "envoy_links",
)


_ACUTE = frozenset("éÉE")
_PLAIN, _MUTE = -2, -3
_VERBS = frozenset(
    {
        "cue",
        "weak_cue",
        "chaired",
        "signed",
        "to_sign",
        "met",
        "held_past",
        "reviewed_cues",
        "in_force_cues",
        "signing_after",
        "instrument",
        "domain",
        "weak_domain",
    }
)


class Entry(NamedTuple):
    """One term: its kind and value, and what must hold where it is found.

    `rest` are the parts that must follow the first, `capital` that it begins with a capital, `accent` where a
    participle's é must stand (évalué is no évalue), -2 that no letter has an accent, -3 that the last one has none
    (accompagne is no accompagné), or -1.
    """

    kind: str
    value: str
    form: str
    length: int
    open_end: bool
    rest: tuple[str, ...]
    capital: bool
    accent: int


class Hit(NamedTuple):
    """A term found in a text: offsets in the clean text, its kind, its value (a code) and its form."""

    start: int
    end: int
    kind: str
    value: str
    form: str


class Pair(NamedTuple):
    """What shows a domain together with a first word: its code, the second words and how far off they may stand."""

    domain: str
    second: re.Pattern[str]
    gap: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that the reader knows of one language."""

    language: str
    fold: Callable[[str], str]
    automaton: Any
    words: Mapping[str, frozenset[str]]
    codes: tuple[str, ...]
    pairs: Mapping[str, Pair]
    lists: Mapping[str, tuple[str, ...]]
    raw: Mapping[str, Any]
    states: Mapping[str, Any]

    def find(self, text: str, folded: str) -> list[Hit]:
        """Return every term in `text`, in the order of their ends; whole words only."""
        hits: list[Hit] = []
        size = len(folded)
        make = tuple.__new__
        for last, entries in self.automaton.iter(folded):
            # The entries of one key have one length: where a word goes on is asked once for all of them.
            end = last + 1
            start = end - entries[0].length
            if start and folded[start - 1].isalnum():
                continue
            goes_on = end < size and folded[end].isalnum() and folded[last] != "'"
            for entry in entries:
                if goes_on and not entry.open_end:
                    continue
                kind, value, form, _, open_end, rest, capital, accent = entry
                found = _end_of(folded, end, entry) if open_end or rest else end
                if found and ((accent == -1 and not capital) or _holds(text, start, found, entry)):
                    hits.append(make(Hit, (start, found, kind, value, form)))
        return hits


def _holds(text: str, start: int, end: int, entry: Entry) -> bool:
    """Whether capital and accents are as the term demands; Germán is no adjective of Germany."""
    if entry.capital and not text[start].isupper():
        return False
    if entry.accent >= 0:
        return text[start + entry.accent] in _ACUTE
    if entry.accent == _MUTE:
        return text[end - 1] not in _ACUTE
    return entry.accent != _PLAIN or text[start:end].isascii()


def _end_of(folded: str, end: int, entry: Entry) -> int:
    """Where the term ends in the text, or 0 when the text goes on otherwise."""
    size = len(folded)
    if entry.open_end:
        while end < size and folded[end].isalnum():
            end += 1
    elif end < size and folded[end].isalnum() and folded[end - 1] != "'":
        return 0
    for part in entry.rest:
        if not folded.startswith(part, end):
            return 0
        end += len(part)
        if end < size and folded[end].isalnum():
            return 0
    return end


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of `language`, one that is read, built once per process."""
    fold = lower_characters if language == "vi" else fold_characters
    raw, domains, states = _read(f"reader.{language}.yaml"), _read(f"domains.{language}.yaml"), _read("states.yaml")
    table: dict[str, list[Entry]] = {}
    for kind in _LISTS:
        _add(table, fold, raw.get(kind, ()), kind)
    for section, kind in _MAPS.items():
        for value, terms in raw.get(section, {}).items():
            _add(table, fold, terms, kind, value)
    _add(table, fold, domains["general"], "general", "general")
    _add(table, fold, domains["together"], "together")
    for code, rule in domains["domains"].items():
        _add(table, fold, rule.get("terms", ()), "domain", code)
        _add(table, fold, rule.get("weak", ()), "weak_domain", code)
        _add(table, fold, rule.get("without", ()), "without", code)
    pairs = _pairs(table, fold, domains)
    calendar = [*raw["months"], *raw["weekdays"], *raw["relative_days"], *raw["date_words"]]
    _add(table, fold, calendar, "date_words")
    _add_states(table, fold, states, language)
    automaton = ahocorasick.Automaton()
    for key, entries in table.items():
        automaton.add_word(key, tuple(entries))
    automaton.make_automaton()
    words = {name: frozenset(fold(str(word)) for word in raw.get(name, ())) for name in _WORDS}
    lists = {
        f"level.{level}": tuple(fold(str(term)).rstrip("*") for term in terms) for level, terms in raw["levels"].items()
    }
    lists |= {
        f"marker.{name}": tuple(fold_characters(str(word)) for word in marks) for name, marks in raw["markers"].items()
    }
    lists |= {
        f"posts_of.{code}": tuple(fold(str(title)) for title in titles) for code, titles in states["posts_of"].items()
    }
    lists["captions"] = tuple(fold(str(word)) for word in raw["markers"]["caption"])
    return Vocabulary(language, fold, automaton, words, tuple(domains["domains"]), pairs, lists, raw, states)


def _pairs(table: dict[str, list[Entry]], fold: Callable[[str], str], domains: Mapping[str, Any]) -> dict[str, Pair]:
    """Put the first words of each pair into the table, and return the pairs by the value of those words."""
    found: dict[str, Pair] = {}
    for code, rule in domains["domains"].items():
        for number, (first, second, gap) in enumerate(rule.get("pairs", ())):
            value = f"{code}#{number}"
            _add(table, fold, _listed(domains, first), "pair", value)
            stems = sorted({fold(str(word)) for word in _listed(domains, second)}, key=lambda word: (-len(word), word))
            words = "|".join(re.escape(word).replace(r"\*", r"\w*") + r"(?:s|x)?" for word in stems)
            found[value] = Pair(code, re.compile(rf"(?<!\w)(?:{words})(?!\w)"), int(gap))
    return found


def _listed(domains: Mapping[str, Any], words: str | Sequence[object]) -> Iterable[object]:
    """A list of words, or the name of one (`$name`)."""
    found: Iterable[object] = domains["lists"][words[1:]] if isinstance(words, str) else words
    return found


@cache
def domain_codes() -> tuple[str, ...]:
    """Return the codes of the domains of cooperation that the reader knows, as the programme lists them."""
    return (*_read("domains.en.yaml")["domains"], "general")


@cache
def family_names() -> frozenset[str]:
    """Return the family names that point to a State."""
    return frozenset(str(name) for names in _read("states.yaml")["family_names"].values() for name in names)


def _read(name: str) -> dict[str, Any]:
    text = files("entraide.reader").joinpath("vocabulary", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_yaml(text)
    return loaded


def _add(
    table: dict[str, list[Entry]],
    fold: Callable[[str], str],
    terms: Iterable[object],
    kind: str,
    value: str = "",
    form: str = "",
    *,
    capital: bool = False,
) -> None:
    for term in terms:
        folded = fold(str(term))
        for spelling in {folded, folded.replace("œ", "oe")}:
            first, *rest = spelling.split("*")
            open_end = bool(rest)
            if first:
                accent = _accent(str(term).split("*")[0]) if kind in _VERBS else -1
                if form == "adjective" and str(term).isascii():
                    accent = _PLAIN
                entry = Entry(
                    kind, value, form, len(first), open_end, tuple(part for part in rest if part), capital, accent
                )
                table.setdefault(first, []).append(entry)


def _accent(stem: str) -> int:
    """Where the é of a participle's ending stands in its stem: signé, signés, signée."""
    ending = stem.rstrip("s").removesuffix("e")
    if ending.endswith("é") and len(stem) - len(ending) <= 2:
        return len(ending) - 1
    return _MUTE if stem.endswith("e") and len(stem) > 4 else -1


def _add_states(
    table: dict[str, list[Entry]], fold: Callable[[str], str], states: Mapping[str, Any], language: str
) -> None:
    territories = [Locale(language).territories for language in READ]
    for code, row in states["states"].items():
        without = {fold(str(name)) for name in row.get("without", ())}
        names = {str(names[code]) for names in territories if code in names} | {
            str(name) for name in row.get("names", ())
        }
        # `Mỹ`, `Anh`: words that are States in one language only.
        names |= {str(name) for name in row.get(f"names_{language}", ())}
        names |= {name.replace("É", "E").replace("’", "'") for name in names}
        names |= {f"{form} {name}" for name in names for form in states["forms"]}
        _add(
            table,
            fold,
            {n for n in names if fold(n) not in without and (len(n) > 1 or language == "vi")},
            "state",
            code,
            "name",
            capital=True,
        )
        # English and Vietnamese adjectives are capitalised, French ones are not; both are accepted.
        _add(table, fold, row.get("adjectives", ()), "state", code, "adjective")
        _add(table, fold, row.get("compound", ()), "state", code, "compound")
        _add(table, fold, row.get("towns", ()), "town", code, "town", capital=True)
    for code, names in states["organs"].items():
        _add(table, fold, names, "state", code, "organ", capital=True)
    _add(table, fold, states["bodies"], "body", "XX", "name", capital=True)
    for code, names in states["agencies"].items():
        _add(table, fold, names, "agency", code, "name", capital=True)


@cache
def ordinal_words() -> Mapping[str, int]:
    """Return the ordinals in words, of all languages: `seventh` is 7, `dix-septieme` 17, `thứ bảy` 7."""
    return {
        f"thứ {words}" if language == "vi" else str(words): int(number)
        for language in READ
        for words, number in load_vocabulary(language).raw["ordinals"].items()
    }

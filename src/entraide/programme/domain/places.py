"""Places by their names in several languages: one spelling on the pages of a language, whatever a source prints.

A place of a fact is a text, as its source has it. It is resolved when it is shown or compared, by its folded letters:
to a row of `vocabulary/places.yaml`, to a city of Unicode CLDR, or to a State. What is none of these stands as it is.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

from entraide.directory.domain.states import list_states, state_name
from entraide.kernel.languages import READ, SOURCE, ChosenText, base_of, choose_text
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.domain.words import fold_words

VOCABULARY = Path(__file__).parents[1] / "vocabulary" / "places.yaml"
_NO_CITIES = frozenset({"Etc", "Antarctica", "Arctic"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is known: `code` for addresses (`hanoi`, `state-la`) and its names by language."""

    code: str
    names: Mapping[str, str]


def find_place(text: str) -> Place | None:
    """Return the place that a text names in any form, None where the text is none that is known.

    What follows a comma or stands in brackets may only say in which State it is: `Hanoi, Vietnam`.
    """
    found = _known(text)
    if found is not None:
        return found
    head, _, rest = text.replace("(", ",").replace(")", "").partition(",")
    town, state = _known(head), _known(rest)
    return town if town is not None and state is not None and state.code.startswith("state-") else None


def name_place(text: str, language: str) -> ChosenText:
    """Return a place in `language`; one that is not known as it stands, its language empty."""
    place = find_place(text)
    return choose_text(place.names, language) if place is not None else ChosenText(text, "")


def place_code(text: str) -> str:
    """Return by what a place is filtered: its code, or its own folded letters where it is not known."""
    place = find_place(text)
    return place.code if place is not None else _slug(text)


def place_key(text: str) -> str:
    """Return the letters by which two spellings of one place are equal: without accents, spaces and hyphens."""
    return fold_words(text).replace(" ", "").replace("_", "")


def same_place(left: str, right: str) -> bool | None:
    """Return whether two places are the same in other letters or another language, None when one is not known."""
    return is_one_place(left, right) if fold_words(left) and fold_words(right) else None


def is_one_place(left: str, right: str) -> bool:
    """Whether two texts name one place: in other letters, one in the other, or as two spellings of it."""
    a, b = place_key(left), place_key(right)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    place = _known(left)
    return place is not None and place is _known(right)


def spellings_of_place(text: str) -> tuple[str, ...]:
    """Return the reviewed spellings and the names of the place that a text names; none of one that is not known."""
    place = find_place(text)
    if place is None:
        return ()
    return tuple(dict.fromkeys((*_spellings().get(place.code, ()), *place.names.values())))


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """Return the spellings of reviewed places by their codes."""
    return {place.code: tuple(spellings) for place, spellings in _reviewed()}


@lru_cache(maxsize=4096)
def _known(text: str) -> Place | None:
    key = place_key(text)
    return load_known_places().get(key) if key else None


@cache
def load_known_places() -> Mapping[str, Place]:
    """Return all places by each of their folded spellings; the reviewed ones go before CLDR, cities before States."""
    found: dict[str, Place] = {}
    for place, spellings in (*_reviewed(), *_cities(), *_states()):
        first = next((found[key] for key in map(place_key, spellings) if key in found), place)
        for spelling in spellings:
            found.setdefault(place_key(spelling), first)
    found.pop("", None)
    return found


def _reviewed() -> Iterator[tuple[Place, Iterable[str]]]:
    raw = parse_yaml(VOCABULARY.read_text(encoding="utf-8"))
    for row in raw["cities"]:
        yield Place(_slug(row[0]), dict(zip(raw["languages"], row, strict=False))), row
    for name in raw["without_marks"]:
        bare = _without_marks(name)
        yield (
            Place(
                _slug(bare), {language: name if language == raw["marked"] else bare for language in raw["languages"]}
            ),
            (name, bare),
        )


def _cities() -> Iterator[tuple[Place, Iterable[str]]]:
    """Yield the exemplar cities of CLDR: a city by its time zone, in the languages that call it otherwise."""
    named = {language: Locale.parse(language).time_zones for language in READ}
    for zone in get_global("zone_territories"):
        area, _, city = zone.rpartition("/")
        if not area or area.split("/")[0] in _NO_CITIES:
            continue
        plain = str(named[SOURCE].get(zone, {}).get("city", city.replace("_", " ")))
        names = {language: str(zones.get(zone, {}).get("city", plain)) for language, zones in named.items()}
        yield Place(_slug(plain), names), names.values()


def _states() -> Iterator[tuple[Place, Iterable[str]]]:
    for code in sorted(list_states()):
        names = {language: state_name(code, language) for language in READ}
        yield Place(f"state-{code.lower()}", names), names.values()


def _slug(text: str) -> str:
    return "-".join(fold_words(text).split())


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def places_of(texts: Iterable[str], language: str) -> Mapping[str, str]:
    """Return the places that `texts` name by their codes, each once, with their names in `language`."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(place_code(text), name_place(text, base_of(language)).text)
    return found

"""What a kind declares of likeness: by which signs two facts of it may be one, so that a person is asked. Pure.

A declaration (`resembles`) reads facets of a fact by the paths of its model (`states: mechanism__parties__state`), says
beside which facts it is compared (those that share a value of one facet), names signs, each a comparison of one facet
with the words that tell a person why, and lists which signs together make a question. Nothing follows from likeness
but a question: own keys alone make two facts one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from entraide.programme.domain.errors import BadKind

Text = TypeVar("Text")
KEYS = frozenset({"facets", "beside", "signs", "unless", "when", "best", "stays", "link"})
SIGN_KEYS = frozenset({"of", "by", "reason"})
CITED = frozenset({"source", "language"})
"""Facets that every kind has: the sources that show a fact, and their languages."""


@dataclass(frozen=True, slots=True)
class Sign(Generic[Text]):
    """A comparison of one facet by its name in `communiques/domain/comparisons.py`; `reason` tells a person of it."""

    of: str
    by: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Resembling(Generic[Text]):
    """By which signs facts of a kind may be one.

    Facts that share a value of a facet in `beside`, or lead to facts that may be one, are compared. A sign of `unless`
    that is known to be otherwise rules a pair out; each list of `when` is enough for a question. `best` names a
    comparison that measures: of several that one fact may be, told by one source, only the nearest is asked about.
    `stays` are models whose rows a joined fact keeps. With `link` such a fact is a mention of one of another kind: it
    is compared with those, and joining fills the link.
    """

    facets: Mapping[str, str]
    beside: tuple[str, ...]
    signs: Mapping[str, Sign[Text]]
    when: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    best: tuple[tuple[str, str], ...] = field(default=())
    stays: tuple[str, ...] = ()
    link: str = ""


def parse_resembling(kind: str, raw: object, words: Callable[[Any], Text]) -> Resembling[Text] | None:
    """Return what `raw` declares, None where a kind declares nothing; raises `BadKind` naming what is wrong."""
    if raw is None:
        return None
    if not isinstance(raw, Mapping) or set(raw) - KEYS:
        raise BadKind(kind=kind, why=f"resembles: known keys are {', '.join(sorted(KEYS))}")
    found = Resembling(
        facets={name: str(path) for name, path in _entries(raw.get("facets"))},
        beside=_names(raw.get("beside")),
        signs={name: _sign(kind, name, item, words) for name, item in _entries(raw.get("signs"))},
        when=tuple(map(tuple, _items(raw.get("when")))),
        unless=_items(raw.get("unless")),
        best=tuple((of, str(by)) for of, by in _entries(raw.get("best"))),
        stays=_items(raw.get("stays")),
        link=str(raw.get("link", "")),
    )
    for holds, why in _checks(found):
        if not holds:
            raise BadKind(kind=kind, why=f"resembles: {why}")
    return found


def _sign(kind: str, name: str, raw: object, words: Callable[[Any], Text]) -> Sign[Text]:
    if not isinstance(raw, Mapping) or set(raw) != SIGN_KEYS:
        raise BadKind(kind=kind, why=f"resembles: the sign {name} has of, by and reason")
    return Sign(str(raw["of"]), str(raw["by"]), words(raw["reason"]))


def _entries(given: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - what YAML gives
    """Return what is declared by name; nothing where the key is missing or empty."""
    return [(str(name), item) for name, item in (given or {}).items()]


def _items(given: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what YAML gives
    """Return what is declared as a list; nothing where the key is missing or empty."""
    return tuple(given or ())


def _names(given: object) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(map(str, given)) if isinstance(given, list) else ()


def _checks(found: Resembling[Text]) -> list[tuple[bool, str]]:
    facets = found.facets
    known = {*facets, *CITED, "id"}
    named = {name for item in found.when for name in item} | set(found.unless)
    return [
        (bool(found.beside) and set(found.beside) <= set(facets), "beside: a facet, or several, are needed"),
        (bool(found.when), "when: at least one list of signs is needed"),
        (named <= set(found.signs), f"there is no sign {', '.join(sorted(named - set(found.signs)))}"),
        (all(sign.of in known for sign in found.signs.values()), "a sign is of a facet that is not there"),
        (all(of in known for of, _by in found.best), "best: of a facet that is not there"),
    ]

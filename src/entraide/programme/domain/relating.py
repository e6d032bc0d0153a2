"""How what a source says stands to what is recorded, field by field as a kind declares, and where they differ. Pure.

Values are given by the names of fields: ids of links, texts by language, partial dates, tuples, numbers, truth, codes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.facts import Contradiction
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.programme.domain.places import same_place
from entraide.programme.domain.words import SAME_WORDS, fold_words, same_person

Values = Mapping[str, Any]


class Relation(StrEnum):
    """How a given value stands to a recorded one."""

    EQUAL = "equal"
    NEAR = "near"
    UNKNOWN = "unknown"
    APART = "apart"


def contradictions_of(fields: Iterable[Field], recorded: Values, given: Values) -> tuple[Contradiction, ...]:
    """Return the fields on which sources may differ and do; a number counts only among those of the same `among`."""
    return tuple(
        Contradiction(field.name, text_of(recorded[field.name]), text_of(given[field.name]))
        for field in fields
        if field.contradictable
        and (not field.among or (recorded.get(field.among) and recorded.get(field.among) == given.get(field.among)))
        and relate(field, recorded.get(field.name), given.get(field.name)) is Relation.APART
    )


def relate(field: Field, recorded: Any, given: Any) -> Relation:  # noqa: ANN401 - whatever the field holds
    """Return how two values of a field stand to each other; unknown where one of them is missing."""
    if recorded in (None, "", (), {}) or given in (None, "", (), {}):
        return Relation.UNKNOWN
    if isinstance(recorded, PartialDate):
        return _relate_dates(recorded, given)
    if field.type is FieldType.TEXTS:
        return _relate_texts(recorded, given)
    if field.type is FieldType.TEXT:
        return ALIKE[field.alike](recorded, given)
    return Relation.EQUAL if recorded == given else Relation.APART


def _relate_dates(recorded: PartialDate, given: PartialDate) -> Relation:
    relation = relate_dates(recorded, given)
    if relation.differs:
        return Relation.APART
    return Relation.EQUAL if relation is DateRelation.EQUAL else Relation.NEAR


def _relate_texts(recorded: Mapping[str, str], given: Mapping[str, str]) -> Relation:
    """Compare texts in the languages that both have; in none, nothing is known."""
    found = [_relate_words(recorded[code], given[code]) for code in recorded.keys() & given.keys()]
    order = (Relation.APART, Relation.NEAR, Relation.EQUAL)
    return next((relation for relation in order if relation in found), Relation.UNKNOWN)


def _relate_words(recorded: str, given: str) -> Relation:
    """Compare words: the same letters, or like words."""
    if fold_words(recorded) == fold_words(given):
        return Relation.EQUAL
    alike = fuzz.token_sort_ratio(fold_words(recorded), fold_words(given)) >= SAME_WORDS
    return Relation.NEAR if alike else Relation.APART


def _relate_places(recorded: str, given: str) -> Relation:
    """Compare places: the same letters, or one within the other (`Hanoi`, `Hanoi, Vietnam`)."""
    if fold_words(recorded) == fold_words(given):
        return Relation.EQUAL
    return Relation.APART if same_place(recorded, given) is False else Relation.NEAR


def _relate_people(recorded: str, given: str) -> Relation:
    """Compare names of people: other letters of one name, or its parts in another order; a like name is another one."""
    return Relation.EQUAL if same_person(recorded, given) else Relation.APART


ALIKE: Mapping[str, Callable[[str, str], Relation]] = {
    "": _relate_words,
    "place": _relate_places,
    "person": _relate_people,
}
"""How texts are compared, by what a declaration names as `alike`."""


def values_of_view(kind: Kind, view: object) -> dict[str, Any]:
    """Return what a view says of a fact, by the names of fields."""
    fields = (field for field in kind.fields if field.type is not FieldType.PARTS)
    return {field.name: read_path(Item(view), field.path) for field in fields}


def text_of(value: Any) -> str:  # noqa: ANN401 - whatever a field on which sources may differ holds
    """Return a value as a statement beside the fact keeps it."""
    return value.value if isinstance(value, PartialDate) else str(value)


def values_of_facts(kind: Kind, facts: object) -> dict[str, Any]:
    """Return what plain facts (`MeetingFacts` and the like) say, by the names of fields."""
    return {item.name: getattr(facts, item.argument) for item in kind.fields if hasattr(facts, item.argument)}


def differences_of_parts(part: Kind, recorded: Sequence[Values], given: Sequence[Values]) -> tuple[Contradiction, ...]:
    """Return where parts of a fact (who chaired, when it was signed) differ, by the name that the part declares.

    One that agrees with any recorded one of its name is no other; of several recorded ones the first is shown.
    """
    if part.apart is None:
        return ()
    field, found = part.field(part.apart.contradictions), []
    for one in given:
        name = part.apart.name_of(one)
        theirs = [other for other in recorded if name and part.apart.name_of(other) == name]
        relations = [relate(field, other.get(field.name), one.get(field.name)) for other in theirs]
        if relations and all(relation is Relation.APART for relation in relations):
            found.append(Contradiction(name, text_of(theirs[0][field.name]), text_of(one[field.name])))
    return tuple(found)

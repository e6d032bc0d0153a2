"""What a source says of a fact of any kind beside the register: is it the same, and where do they differ? Pure.

Values are given by the names of fields: ids of links, texts by language, partial dates, tuples, numbers, truth, codes.

1. What agrees in all of `same` is certainly the same fact.
2. What agrees in it as far as it goes (a vaguer date, like words) is likely the same.
3. Where something of it is not known on one side, or sources may differ on it and do, it is possibly the same, if one
   text, number or date of it agrees; a person is asked.
4. A link, a code, or anything else of it that is another one makes it another fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entraide.kernel.decision import Reason
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.facts import Contradiction, Match
from entraide.programme.domain.kinds import Change, Field, FieldType, Kind
from entraide.programme.domain.matching import CERTAIN, LIKELY, POSSIBLE
from entraide.programme.domain.relating import Relation, contradictions_of, relate

Values = Mapping[str, Any]
WORDS = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.LIST})
TELLING = WORDS | {FieldType.EDTF, FieldType.NUMBER}
"""Types by which two facts of one kind and place are told apart; links and codes are shared by many."""
AGREEING = frozenset({Relation.EQUAL, Relation.NEAR})
SURE = Reason("fact.same", N_("It agrees in all that tells such facts apart."))
NEARLY = Reason("fact.alike", N_("It agrees in what tells such facts apart, as far as it goes."))
PARTLY = Reason("fact.partly", N_("It agrees in part of what tells such facts apart."))


@dataclass(frozen=True, slots=True)
class Compared:
    """What a source adds to a recorded fact: values that fill gaps, or make a date precise; where it differs in what
    sources may differ on; and the fields that it shows, agreeing or filling.
    """

    fills: Values
    contradicted: tuple[Contradiction, ...]
    shown: tuple[str, ...]


def match_fact(kind: Kind, recorded: Values, given: Values) -> Match | None:
    """Return why `given` may be the fact `recorded` of a kind, or None."""
    fields = [kind.field(name) for name in _identity(kind, recorded, given)]
    relations = [(field, relate(field, recorded.get(field.name), given.get(field.name))) for field in fields]
    if any(relation is Relation.APART and not field.contradictable for field, relation in relations):
        return None
    if not any(relation in AGREEING and field.type in TELLING for field, relation in relations):
        return None
    strength, reason = _strength({relation for _field, relation in relations})
    return Match(strength, reason, contradictions_of(kind.fields, recorded, given))


def _strength(found: set[Relation]) -> tuple[int, Reason]:
    if found == {Relation.EQUAL}:
        return CERTAIN, SURE
    return (LIKELY, NEARLY) if found <= AGREEING else (POSSIBLE, PARTLY)


def _identity(kind: Kind, recorded: Values, given: Values) -> tuple[str, ...]:
    """Return the first list of `same` that both sides know in full, else the last one."""
    known = (names for names in kind.same if all(recorded.get(name) and given.get(name) for name in names))
    return next(known, kind.same[-1] if kind.same else ())


def compare_fact(kind: Kind, recorded: Values, given: Values) -> Compared:
    """Return what `given` adds to a recorded fact; what is filled once, or never changes, stays as it is."""
    fills: dict[str, Any] = {}
    shown = []
    for field in (kind.field(name) for name in given):
        known, new = recorded.get(field.name), given[field.name]
        if not new and new != 0:
            continue
        if (added := _added(field, known, new)) is not None:
            fills[field.name] = added
        if added is not None or relate(field, known, new) in AGREEING:
            shown.append(field.name)
    return Compared(fills, contradictions_of(kind.fields, recorded, given), tuple(shown))


def _added(field: Field, known: Any, new: Any) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return what a source adds to a recorded value: all of it where there is none, languages, a more precise date."""
    if field.change not in (Change.ALWAYS, Change.FILL):
        return None
    if known in (None, "", (), {}):
        return new
    if field.change is not Change.ALWAYS:
        return None
    if field.type is FieldType.TEXTS:
        return {language: text for language, text in new.items() if language not in known} or None
    refines = isinstance(known, PartialDate) and relate_dates(known, new) is DateRelation.REFINES
    return new if refines else None

"""What is wrong with a form that can be read: words that name nothing, found when the form is loaded and by name."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from entraide.requests.domain.fact_links import Reading
from entraide.requests.domain.forms import Condition, Field, FieldKind, Form
from entraide.requests.domain.lifecycle import Act
from entraide.safeguards.domain.shape import FactType, describe_facts

NO_CODE = "none"
"""The code that a form adds to a list of the safeguards for “none of these”: it is an answer, and no fact."""
_CODED = (FieldKind.CODE, FieldKind.CODES)


def find_form_defects(
    form: Form, codes: Mapping[str, frozenset[str]], traits: AbstractSet[str], *, known: AbstractSet[str]
) -> list[str]:
    """Return what is wrong with `form`, one sentence each; an empty list for a form that can be asked.

    `codes` are the code lists, `traits` those that rules look at (none for a form that nobody is asked by), and
    `known` the types whose traits the rules have themselves.
    """
    scopes = [tuple(form.fields), *(item.fields for item in form.fields if item.fields)]
    return [
        *(defect for fields in scopes for defect in _in_scope(fields, codes)),
        *_in_times(form),
        *_in_traits(form, traits, known),
    ]


def _in_scope(fields: tuple[Field, ...], codes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    by_id = {item.id: item for item in fields}
    for item in fields:
        if item.kind in _CODED and not codes.get(item.codes):
            yield f"field {item.id}: there is no code list {item.codes}; write it in codes.yaml under lists"
            continue
        for condition in (item.required_when, item.waived_when):
            yield from _in_condition(item, condition, by_id, codes)
        if unknown := {*item.one_of} - {child.id for child in item.fields}:
            yield f"field {item.id}: one_of names {sorted(unknown)}"
        yield from _in_codes_of_facts(item, codes.get(item.codes, frozenset()))


def _in_condition(
    item: Field, condition: Condition | None, by_id: Mapping[str, Field], codes: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    if condition is None:
        return
    other = by_id.get(condition.field)
    if other is None:
        yield f"field {item.id}: a condition names the field {condition.field}, which is not asked here"
    elif condition.values and not {*condition.values} <= codes.get(other.codes, frozenset()):
        missing = _listed({*condition.values} - codes.get(other.codes, frozenset()))
        yield f"field {item.id}: a condition waits for a code that {condition.field} does not offer: {missing}"


def _in_codes_of_facts(item: Field, offered: frozenset[str]) -> Iterator[str]:
    for link in item.links:
        shape = describe_facts()[link.path]
        if link.reading is Reading.CHOSEN and not {*link.codes} <= offered:
            missing = _listed({*link.codes} - offered)
            yield f"field {item.id}: the fact {link.path} waits for a code that is not offered: {missing}"
        if link.reading is not Reading.ANSWER:
            continue
        if shape.kind in (FactType.FLAG, FactType.ANSWER) and not {"yes", "no"} <= offered:
            yield f"field {item.id}: the fact {link.path} is answered by yes or no, which {item.codes} does not offer"
        if shape.codes and (unknown := offered - {NO_CODE} - {code.value for code in shape.codes}):
            yield f"field {item.id}: no rule that reads {link.path} knows {sorted(unknown)}"


def _listed(codes: AbstractSet[str]) -> str:
    return ", ".join(
        sorted(map(str, codes))
    )  # YAML may have made something else of a word, such as `no` without quotes


def _in_times(form: Form) -> Iterator[str]:
    for clock in form.clocks:
        if unknown := clock.met_by - {act.value for act in Act}:
            yield f"clock {clock.id}: there is no act {sorted(unknown)}"
    until = form.by_id.get(form.preservation.until) if form.preservation else None
    if form.preservation and (until is None or until.kind is not FieldKind.DATE):
        yield f"preservation: {form.preservation.until} is no date of this form"


def _in_traits(form: Form, traits: AbstractSet[str], known: AbstractSet[str]) -> Iterator[str]:
    if form.id in known:
        if form.traits:
            yield "traits: the rules know those of this type"
        return
    if not form.traits or not form.traits <= traits:
        unknown = f"; unknown {sorted(form.traits - traits)}" if form.traits - traits else ""
        yield f"traits: at least one, all of {sorted(traits)}{unknown}"
    asks = {link.path for item in form.fields for part in (item, *item.fields) for link in part.links}
    if asks & {"persons", "preservation.identifiers"} and "person" not in form.traits:
        yield "traits: somebody may be identified through it, so it has the trait person"

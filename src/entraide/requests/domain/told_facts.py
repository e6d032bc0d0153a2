"""From a filled form to the facts that the safeguards decide on: codes and whether a text is there, never the text.

Which field tells which fact stands in the form (`fact_links`); nothing here knows a field by its name. An answer that
no field asks for tells nothing: completeness refuses it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from entraide.requests.domain.fact_links import FactLink, Reading
from entraide.requests.domain.forms import Field, Form
from entraide.safeguards.domain.request_facts import AuthorityFacts, RequestFacts
from entraide.safeguards.domain.shape import FactShape, FactType, describe_facts, make_facts

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the node knows beside the form: the two authorities and earlier refusals of the same sender.

    `refused` holds the references of the sender's requests that were refused; `refusals` counts those of twelve months.
    `content_digest` is the salted digest of the content, to which clearances are bound.
    """

    on: date
    sender: AuthorityFacts
    recipient: AuthorityFacts
    refused: frozenset[str] = frozenset()
    refusals: int = 0
    content_digest: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A field that tells a fact, and the field whose rows it stands in."""

    link: FactLink
    field: Field
    rows: Field | None = None

    def answers(self, content: Content) -> list["_Answer"]:
        """The answer of the form, or one of each row."""
        scopes = [content] if self.rows is None else _rows(content.get(self.rows.id))
        return [self.answer(scope) for scope in scopes]

    def answer(self, scope: Content) -> "_Answer":
        """The answer that stands in `scope`, the form or one row."""
        return _Answer(self.link, self.field, scope.get(self.field.id), scope)


@dataclass(frozen=True, slots=True)
class _Answer:
    link: FactLink
    field: Field
    value: object
    scope: Content

    @property
    def is_complete(self) -> bool:
        return bool(self.value) or not self.field.is_required(self.scope)


def derive_facts(form: Form, content: Content, around: Surroundings) -> RequestFacts:
    """Return the facts of `content`; a missing or unreadable answer becomes None or False, which a rule then stops."""
    values = _read(form, content, around)
    # The rules know persons by a reference, never by name; which requests were refused is known to the node.
    persons = [
        {**person, "persons.reference": f"Subject {chr(ord('A') + index)}"}
        for index, person in enumerate(values.get("persons", ()))
    ]
    earlier = [
        item for item in values.get("earlier_refusals", ()) if item.get("earlier_refusals.reference") in around.refused
    ]
    supplied = {
        "request_type": form.id,
        "traits": form.traits,
        "on": around.on,
        "sender": around.sender,
        "recipient": around.recipient,
        "persons": persons,
        "earlier_refusals": earlier,
        "earlier_refusals_of_sender": around.refusals,
        "content_digest": around.content_digest,
    }
    return make_facts({**form.always, **values, **supplied})


def _read(form: Form, content: Content, around: Surroundings) -> dict[str, Any]:
    """Every fact that the fields tell, by its path; the items of a list as mappings of their own facts."""
    sources = _list_sources(form)
    whole = {path: found for path, found in sources.items() if not _list_of(path)}
    lists = sorted({_list_of(path) for path in sources} - {""})
    return {
        **{path: _tell_whole(path, found, content, around) for path, found in whole.items()},
        **{path: _read_items(path, sources, content, around) for path in lists},
    }


def _list_of(path: str) -> str:
    """The list whose items have this fact, or which it is itself; empty for a fact of the whole request."""
    shape = describe_facts()[path]
    return path if shape.kind is FactType.ITEMS else shape.items


def _list_sources(form: Form) -> dict[str, list[_Source]]:
    sources: dict[str, list[_Source]] = {}
    for item in form.fields:
        for link in item.links:
            sources.setdefault(link.path, []).append(_Source(link, item))
        for child in item.fields:
            for link in child.links:
                sources.setdefault(link.path, []).append(_Source(link, child, item))
    return sources


def _read_items(path: str, sources: "_Sources", content: Content, around: Surroundings) -> list[dict[str, Any]]:
    """The items of one list: one for each row or code, with the facts that the form tells of all of them."""
    of_all, of_rows = _below(path, sources, in_rows=False), _below(path, sources, in_rows=True)
    told_of_all = _tell({name: found for name, found in of_all.items() if not _names_item(name)}, content, around)
    items = [*_named_items(of_all, content), *(_tell(of_rows, row, around) for row in _rows_of(path, sources, content))]
    return [{**told_of_all, **item} for item in items]


def _below(path: str, sources: "_Sources", *, in_rows: bool) -> dict[str, list[_Source]]:
    """What tells facts of the items of a list: fields in rows, or fields of the form, which tell them of all items."""
    below = {name: found for name, found in sources.items() if name != path and _list_of(name) == path}
    return {name: found for name, found in below.items() if (found[0].rows is not None) is in_rows}


def _named_items(sources: "_Sources", content: Content) -> list[dict[str, Any]]:
    """One item for each code of a field that names items, such as the measures asked for."""
    makers = {name: found[0].field.id for name, found in sources.items() if _names_item(name)}
    return [{name: str(code)} for name, maker in makers.items() for code in _parts(content.get(maker))]


def _names_item(path: str) -> bool:
    return describe_facts()[path].names_item


def _rows_of(path: str, sources: "_Sources", content: Content) -> list[Content]:
    return [row for maker in sources.get(path, ()) for row in _rows(content.get(maker.field.id))]


def _tell_whole(path: str, sources: list[_Source], content: Content, around: Surroundings) -> Any:  # noqa: ANN401 - a value of the facts
    answers = [answer for source in sources for answer in source.answers(content)]
    return _combine(path, sources[0].link.reading, answers, around)


def _tell(sources: "_Sources", scope: Content, around: Surroundings) -> dict[str, Any]:
    """The facts of one item, all answered in one `scope`."""
    return {
        path: _combine(path, found[0].link.reading, [source.answer(scope) for source in found], around)
        for path, found in sources.items()
    }


def _combine(path: str, reading: Reading, answers: Sequence[_Answer], around: Surroundings) -> Any:  # noqa: ANN401 - a value of the facts
    shape = describe_facts()[path]
    if reading is Reading.ANSWER:
        return _CONVERT[shape.kind](shape, answers[0].value)
    if reading in (Reading.YEARS, Reading.MONTHS):
        return _months(answers)
    holds = _HOLDS[reading](answers, around)
    if shape.kind is FactType.FLAG or holds:
        return holds
    # Not to be answered is no answer; to have chosen something else is one.
    return False if reading in _DENIED and any(answer.value for answer in answers) else None


def _months(answers: Iterable[_Answer]) -> int | None:
    parts = {answer.link.reading: answer.value for answer in answers if isinstance(answer.value, int)}
    return int(parts.get(Reading.YEARS, 0)) * 12 + int(parts.get(Reading.MONTHS, 0)) if parts else None


_Sources = Mapping[str, list[_Source]]
_DENIED: Final = frozenset({Reading.CHOSEN, Reading.REQUESTED_STATE})
_HOLDS: Final[Mapping[Reading, Callable[[Sequence[_Answer], Surroundings], bool]]] = {
    Reading.ANSWERED: lambda answers, _: all(answer.value for answer in answers),
    Reading.ANY_ANSWERED: lambda answers, _: any(answer.value for answer in answers),
    Reading.COMPLETE: lambda answers, _: all(answer.is_complete for answer in answers),
    Reading.CHOSEN: lambda answers, _: bool({*answers[0].link.codes} & {*map(str, _parts(answers[0].value))}),
    Reading.REQUESTED_STATE: lambda answers, around: answers[0].value == around.recipient.state,
}


def _rows(value: object) -> Sequence[Content]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _parts(value: object) -> Sequence[object]:
    """The codes of an answer; one that stands alone is its only one."""
    if isinstance(value, list | tuple):
        return value
    return [] if value in (None, "") else [value]


def _yes_or_no(value: object) -> bool | None:
    return {"yes": True, "no": False}.get(str(value))


def _code(shape: FactShape, value: object) -> Any:  # noqa: ANN401 - a member of the fact's enumeration
    return next((code for code in _enumeration(shape) if code.value == value), None)


def _known_codes(shape: FactShape, value: object) -> Any:  # noqa: ANN401 - a set of members of the fact's enumeration
    if shape.optional and not value:
        return None
    return frozenset(code for code in _enumeration(shape) if isinstance(value, list) and code.value in value)


def _enumeration(shape: FactShape) -> Iterable[StrEnum]:
    return shape.codes or ()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


_CONVERT: Final[Mapping[FactType, Callable[[FactShape, object], Any]]] = {
    FactType.FLAG: lambda _, value: _yes_or_no(value) is True,
    FactType.ANSWER: lambda _, value: _yes_or_no(value),
    FactType.CODE: _code,
    FactType.CODES: _known_codes,
    FactType.TEXT: lambda _, value: "" if value is None else str(value),
    FactType.TEXTS: lambda _, value: frozenset(str(part) for part in _parts(value)),
    FactType.LIST: lambda _, value: tuple(str(part) for part in _parts(value)),
    FactType.NUMBER: lambda _, value: value if isinstance(value, int) else None,
    FactType.DAY: lambda _, value: _day(value),
}

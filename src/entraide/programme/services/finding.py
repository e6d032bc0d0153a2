"""Putting facts into the search index: by their own words, and by what they belong to.

A plan is found by its parties, its year and its kind, a meeting by the parties of its mechanism and its number, a
commitment by its mechanism, its domain and the plan or the meeting that it comes from. The States of a fact are those
of its mechanism; its years those of its dates and of what it covers. Called inside the transaction of the act.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from entraide.directory.api import state_name
from entraide.kernel.errors import EntraideError
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.adapters.columns import has_column
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.adapters.vocabulary import load_domains, load_numerals
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.listing import UNDATED
from entraide.programme.domain.periods import years_of
from entraide.programme.domain.places import spellings_of_place
from entraide.programme.models import Commitment, Instrument, InstrumentAction, Mechanism, MechanismParty, Meeting
from entraide.search.api import NewDocument, fold_name, index_documents

SEVERAL = frozenset({FieldType.LIST, FieldType.LINKS})
BY_CODE = frozenset({FieldType.TEXTS, FieldType.BY_STATE})
SEVERAL_STATES = "XX"
GENERAL = frozenset({"general", "mechanism"})
_BATCH = 500


def index_mechanisms(rows: Iterable[Mechanism]) -> None:
    """Put mechanisms into the index: by their names, their parties and their States."""
    _index(rows, _mechanisms)


def index_meetings(rows: Iterable[Meeting]) -> None:
    """Put meetings into the index: by number, series, place, day, people and the parties of their mechanisms."""
    _index(rows, _meetings)


def index_instruments(rows: Iterable[Instrument]) -> None:
    """Put instruments into the index: by title, kind, period, parties, what was done with them, and their meeting."""
    _index(rows, _instruments)


def index_commitments(rows: Iterable[Commitment]) -> None:
    """Put commitments into the index: by their words, domain, parties, and the text or meeting that they come from."""
    _index(rows, _commitments)


def index_facts(kind: Kind, rows: Iterable[Any]) -> None:
    """Put facts of a kind without rules of its own into the index; one of which nothing is searched stays out of it."""
    if any(field.searched for field in kind.fields):
        _index(rows, lambda found: _facts(kind, found))


def index_with_meeting(meeting_id: UUID) -> None:
    """Put what was made at a meeting into the index again, after what the meeting is called or its day has changed."""
    index_instruments(Instrument.objects.filter(meeting_id=meeting_id))
    index_commitments(Commitment.objects.filter(meeting_id=meeting_id))


def index_with_instrument(instrument_id: UUID) -> None:
    """Put the commitments of an instrument into the index again, after the instrument has changed."""
    index_commitments(Commitment.objects.filter(instrument_id=instrument_id))


def index_with_mechanism(mechanism_id: UUID) -> None:
    """Put what belongs to a mechanism into the index again, after its parties have changed."""
    index_meetings(Meeting.objects.filter(mechanism_id=mechanism_id))
    index_instruments(Instrument.objects.filter(mechanism_id=mechanism_id))
    index_commitments(Commitment.objects.filter(mechanism_id=mechanism_id))


def words_of_code(listed: str, code: str) -> tuple[str, ...]:
    """Return the words by which people look for a code of a closed list, in every language."""
    names = tuple(load_domains().label(code, language) for language in SPOKEN) if listed == "domain" else ()
    return tuple(dict.fromkeys((*names, *_load_words().get(listed, {}).get(code, ()))))


def _index(rows: Iterable[Any], describe: Any) -> None:  # noqa: ANN401 - a function of the rows' own type
    held = list(rows)
    for begin in range(0, len(held), _BATCH):
        index_documents(list(describe(held[begin : begin + _BATCH])))


def _mechanisms(rows: Sequence[Mechanism]) -> Iterator[NewDocument]:
    kind = load_kinds().get("mechanism")
    parties: dict[UUID, list[MechanismParty]] = defaultdict(list)
    for party in MechanismParty.objects.filter(mechanism__in=rows).order_by("position"):
        parties[party.mechanism_id].append(party)
    for row in rows:
        states = tuple(dict.fromkeys(party.state for party in parties[row.id] if party.state != SEVERAL_STATES))
        called = [state_name(code, "en") for code in states]
        bodies = [name for party in parties[row.id] for name in party.names.values()]
        head = [*called, *(reversed(called) if len(called) == 2 else ()), *row.names.values()]
        yield _document(kind, row, head, bodies, states=states)


def _meetings(rows: Sequence[Meeting]) -> Iterator[NewDocument]:
    kind = load_kinds().get("meeting")
    full = Meeting.objects.filter(id__in=[row.id for row in rows]).select_related("series").prefetch_related("people")
    states = _states(row.mechanism_id for row in rows)
    for row in full:
        people = [text for person in row.people.all() for text in (person.name, person.post)]
        own = tuple(person.state for person in row.people.all() if person.state)
        names = [*row.series.names.values(), *row.series.aliases] if row.series else []
        yield _document(
            kind,
            row,
            [_number(row.ordinal), row.name, *names, *words_of_code("meeting_kind", row.kind), *_places(row.place)],
            [*_told_days(row.date), *words_of_code("level", row.level), *people],
            states=states[row.mechanism_id] or own,
            years=_years(row.date),
            numbers=_numbers(row),
            day=row.sort_date,
        )


def _instruments(rows: Sequence[Instrument]) -> Iterator[NewDocument]:
    kind = load_kinds().get("instrument")
    states, meetings = _states(row.mechanism_id for row in rows), _meetings_of(rows)
    days: dict[UUID, list[str]] = defaultdict(list)
    actions = InstrumentAction.objects.filter(instrument__in=rows).exclude(date="")
    for instrument_id, date in actions.values_list("instrument_id", "date"):
        days[instrument_id].append(date)
    for row in rows:
        meeting = meetings.get(row.meeting_id)
        yield _document(
            kind,
            row,
            [*row.titles.values(), *words_of_code("instrument_kind", row.kind), row.period],
            [*_subjects(row.titles), *_of_meeting(meeting), *_told(days[row.id])],
            states=states[row.mechanism_id],
            years=_years(row.period, *days[row.id], meeting.date if meeting else ""),
            numbers=_numbers(meeting),
            day=row.sort_date,
        )


def _commitments(rows: Sequence[Commitment]) -> Iterator[NewDocument]:
    kind = load_kinds().get("commitment")
    states, meetings = _states(row.mechanism_id for row in rows), _meetings_of(rows)
    instruments: Mapping[Any, Instrument] = Instrument.objects.in_bulk({row.instrument_id for row in rows} - {None})
    for row in rows:
        meeting, instrument = meetings.get(row.meeting_id), instruments.get(row.instrument_id)
        of_text, period = _of_instrument(instrument)
        day = row.listed_on if row.listed_on != UNDATED else None
        yield _document(
            kind,
            row,
            words_of_code("domain", row.domain),
            [*row.texts.values(), *row.lead_units.values(), *of_text, *_of_meeting(meeting), row.period or period],
            states=states[row.mechanism_id],
            years=(*_years(row.period or period), *([day.year] if day else [])),
            numbers=_numbers(meeting),
            day=day,
        )


def _facts(kind: Kind, rows: Sequence[Any]) -> Iterator[NewDocument]:
    link = next((field for field in kind.fields if field.type is FieldType.LINK and field.to == "mechanism"), None)
    states = _states(getattr(row, link.column) for row in rows) if link else {}
    dates = [kind.field(name).column for name in (kind.dated, kind.covered) if name]
    has_day = has_column(kind, "sort_date")
    for row in rows:
        yield _document(
            kind,
            row,
            _searched(kind, row, called=True),
            _searched(kind, row, called=False),
            states=states.get(getattr(row, link.column)) if link else None,
            years=_years(*(str(getattr(row, column) or "") for column in dates)),
            day=row.sort_date if has_day else None,
        )


def _searched(kind: Kind, row: Any, *, called: bool) -> list[str]:  # noqa: ANN401 - a row of the kind's model
    """Return the words of the searched fields: of the one by which the fact is called, or of all others."""
    fields = (field for field in kind.fields if field.searched and (field == kind.called) is called)
    return [text for field in fields for text in _words(field, row)]


def _meetings_of(rows: Iterable[Instrument | Commitment]) -> Mapping[Any, Meeting]:
    return Meeting.objects.in_bulk({row.meeting_id for row in rows} - {None})


def _of_instrument(instrument: Instrument | None) -> tuple[tuple[str, ...], str]:
    """Return the words for the kind of a text, and its period."""
    return (words_of_code("instrument_kind", instrument.kind), instrument.period) if instrument else ((), "")


def _numbers(meeting: Meeting | None) -> tuple[int, ...]:
    return (meeting.ordinal,) if meeting and meeting.ordinal else ()


def _told(dates: Iterable[str]) -> list[str]:
    return [told for date in dates for told in _told_days(date)]


def _document(
    kind: Kind,
    row: Any,  # noqa: ANN401 - a row of the kind's model
    head: Iterable[str],
    text: Iterable[str],
    *,
    states: tuple[str, ...] | None,
    years: Iterable[int] = (),
    numbers: tuple[int, ...] = (),
    day: dt.date | None = None,
) -> NewDocument:
    return NewDocument(
        kind.name,
        row.pk,
        " ".join(part for part in text if part),
        public=True,
        head=" ".join(part for part in head if part),
        states=states,
        years=tuple(sorted(set(years))),
        numbers=numbers,
        day=day,
        place=_ahead(kind, row),
    )


def _ahead(kind: Kind, row: Any) -> int:  # noqa: ANN401 - the same
    """Return how far ahead of others a fact is shown: as declared of a code that it has, else of its kind."""
    for name, places in kind.ahead_of.items():
        place = places.get(str(getattr(row, kind.field(name).column)))
        if place is not None:
            return place
    return kind.ahead


def _states(ids: Iterable[UUID | None]) -> Mapping[Any, tuple[str, ...]]:
    """Return the States of each mechanism's parties, each once."""
    found: dict[Any, tuple[str, ...]] = defaultdict(tuple)
    rows = MechanismParty.objects.filter(mechanism_id__in=set(ids)).order_by("mechanism_id", "position")
    for mechanism_id, state in rows.values_list("mechanism_id", "state"):
        if state != SEVERAL_STATES and state not in found[mechanism_id]:
            found[mechanism_id] = (*found[mechanism_id], state)
    return found


def _of_meeting(meeting: Meeting | None) -> list[str]:
    """Return the words by which what was made at a meeting is found besides."""
    return [_number(meeting.ordinal), *_places(meeting.place), *_told_days(meeting.date)] if meeting else []


def _number(ordinal: int | None) -> str:
    return str(ordinal) if ordinal else ""


def _places(place: str) -> tuple[str, ...]:
    return (place, *spellings_of_place(place)) if place else ()


def _told_days(date: str) -> list[str]:
    """Return a date in digits and in the words of each language."""
    try:
        value = PartialDate(date) if date else None
    except EntraideError:
        return [date]
    return [date, *dict.fromkeys(load_numerals(language).day(value) for language in SPOKEN)] if value else []


def _years(*dates: str) -> tuple[int, ...]:
    return tuple(year for date in dates if date for year in years_of(date))


def _subjects(titles: Mapping[str, str]) -> list[str]:
    """Return all the words for the domains that titles name, so that they are found in any language."""
    said = [f" {fold_name(title)} " for title in titles.values()]
    found: list[str] = []
    for code, folded in _folded_domains().items():
        if any(f" {words} " in title for title in said for words in folded):
            found += words_of_code("domain", code)
    return found


@cache
def _folded_domains() -> Mapping[str, tuple[str, ...]]:
    """Return the folded words for each domain but the general ones, which titles name by the way."""
    codes = [code for code in load_domains().codes if code not in GENERAL]
    return {code: tuple(fold_name(word) for word in words_of_code("domain", code)) for code in codes}


@cache
def _load_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    raw = parse_yaml((files("entraide.programme") / "vocabulary" / "finding.yaml").read_text(encoding="utf-8"))
    return {
        name: {str(code): tuple(str(word) for word in words) for code, words in rows.items()}
        for name, rows in raw.items()
        if isinstance(rows, dict)
    }


def _words(field: Field, row: Any) -> Iterable[str]:  # noqa: ANN401 - a row of the kind's model
    value = getattr(row, field.column)
    if field.type is FieldType.CODE:
        if field.code_list:
            return words_of_code(field.code_list, str(value)) or [str(value)]
        words = field.code_words.get(value)
        return [words.english, *words.others.values()] if words else [str(value)]
    if field.type in BY_CODE:
        return [str(text) for text in value.values()]
    return [str(item) for item in value] if field.type in SEVERAL else [str(value or "")]

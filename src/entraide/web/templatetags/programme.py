"""Facts of the programme in the reader's language: terms, domains, states, partial dates, texts per language."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from django import template
from django.utils.translation import gettext, gettext_noop, override

from entraide.channel.api import EvidenceKind
from entraide.directory.api import Tenure, is_right_to_left, language_name, own_name, state_name
from entraide.kernel.errors import EntraideError
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import DateBasis, NotADate, PartialDate
from entraide.kernel.tongues import language_of
from entraide.plans.api import (
    STATE_NAMES,
    PlanState,
)
from entraide.programme.api import (
    NAMES,
    CommitmentView,
    MechanismView,
    MeetingKind,
    MeetingView,
    SeriesView,
    SourceKind,
    find_difference,
    list_listed_kinds,
    load_domains,
    load_entitling,
    load_numerals,
    name_code,
    name_field,
    say,
)
from entraide.programme.domain.kinds import Field, FieldType
from entraide.search.api import fold
from entraide.web import naming
from entraide.web.language import reader_language, text_here

register = template.Library()

OF_STATES = "XX"
"""The code that stands for an organisation of states where a state's would."""

BASES = {
    DateBasis.HEADER: gettext_noop("date taken from the header of the text"),
    DateBasis.WEEKDAY: gettext_noop("date worked out from the weekday"),
    DateBasis.INFERRED: gettext_noop("date inferred from the text"),
}

ACTS = {
    "proposed": gettext_noop("proposed"),
    "amended": gettext_noop("amended"),
    "agreed": gettext_noop("agreed"),
    "signed": gettext_noop("signed"),
}
SOURCE_KINDS = {
    SourceKind.SIGNED_TEXT: gettext_noop("signed text"),
    SourceKind.OFFICIAL_RELEASE: gettext_noop("official release"),
    SourceKind.PRESS: gettext_noop("press"),
}
EVIDENCES = {
    EvidenceKind.SUBMISSION_ACCEPTED: gettext_noop("waits to be sent"),
    EvidenceKind.RELAY_FAILED: gettext_noop("the partner could not be reached; it is tried again"),
    EvidenceKind.RELAY_ACCEPTED: gettext_noop("durable at the partner's node"),
    EvidenceKind.DELIVERED: gettext_noop("delivered"),
    EvidenceKind.REJECTED: gettext_noop("rejected"),
    EvidenceKind.NON_DELIVERY: gettext_noop("not delivered"),
    EvidenceKind.RETRIEVED: gettext_noop("opened"),
}


@register.filter
def term(value: StrEnum) -> str:
    """Return the name of a value of the register's closed lists."""
    return gettext(STATE_NAMES[value] if isinstance(value, PlanState) else NAMES[value])


@register.filter
def term_within(value: StrEnum) -> str:
    """Return the name of a value as it stands within a sentence."""
    name = term(value)
    return name[:1].lower() + name[1:]


@register.filter
def plan_act(act: str) -> str:
    """Return what a message did to a plan."""
    return gettext(ACTS.get(act, act))


@register.filter
def evidence_title(kind: EvidenceKind) -> str:
    """Return what an evidence says of a message's way, in a few words."""
    return gettext(EVIDENCES[kind])


@register.filter
def domain_name(code: str) -> str:
    """Return the name of a domain of cooperation."""
    return load_domains().label(code, reader_language())


@register.filter
def state_title(code: str) -> str:
    """Return the name of a state; the code itself for an organisation of states or an unknown code."""
    if code == OF_STATES:
        return gettext("Organisation of states")
    try:
        return state_name(code, reader_language())
    except EntraideError:
        return code


@register.filter
def edtf(value: PartialDate | None) -> str:
    """Return a partial date in words as far as it is known; days of one month name the month once."""
    if value is None:
        return gettext("date not known")
    return load_numerals(reader_language()).day(value)


@register.filter
def seen(tenure: Tenure) -> str:
    """Return the first and the last day on which a source shows somebody in a post, in words; one day once."""
    first, last = tenure.first_seen.start, tenure.last_seen.end
    return edtf(PartialDate(first if first == last else f"{first}/{last}"))


@register.filter
def basis(value: PartialDate | None) -> str:
    """Return how a date is known, empty when the source states it."""
    return gettext(BASES[value.basis]) if value and value.basis in BASES else ""


@register.filter
def day(value: str) -> str:
    """Return a date in EDTF, as messages and statements carry it, in words."""
    return edtf(PartialDate(value))


@register.filter
def language_title(code: str) -> str:
    """Return a language's own name, so that its readers recognise it."""
    if code in SPOKEN:
        return own_name(code)
    return language_name(code, code) if code else ""


@register.filter
def language_here(code: str) -> str:
    """Return what the reader calls a language: « vietnamien »."""
    return language_name(code, reader_language())


@register.filter
def right_to_left(code: str) -> bool:
    """Return whether a language is written from right to left."""
    return is_right_to_left(code)


@register.filter
def here_in(texts: Mapping[str, str]) -> str:
    """Return the text in the reader's language, else in English, else the first there is."""
    return text_here(texts).text


@register.filter
def lang_of(texts: Mapping[str, str]) -> str:
    """Return the language of the text that `here_in` returns, for the `lang` attribute."""
    return text_here(texts).language


@register.filter
def mechanism_title(mechanism: MechanismView) -> str:
    """Return a mechanism's name in the reader's language, or its parties' states; one of states by its own name."""
    return mechanism.names.get(reader_language()) or " – ".join(
        (party.state == OF_STATES and naming.name_body(party.names, "").text) or state_title(party.state)
        for party in mechanism.parties
    )


@register.filter
def names_parties(mechanism: MechanismView) -> bool:
    """Return whether its parties say more than its title does: an organisation's name, or a title of its own."""
    return bool(mechanism.names) or any(party.organisation_id or party.names for party in mechanism.parties)


@register.filter
def series_title(series: SeriesView | None) -> str:
    """Return a series' name, or its level."""
    if series is None:
        return gettext("Meetings outside any series")
    return capitalised(naming.name_series(series).text) or term(series.level)


@cache
def _names_of_kinds() -> frozenset[str]:
    """Return the kinds of meetings in every language, folded: « Entretiens » alone is no name of a meeting."""
    found = set()
    for language in SPOKEN:
        with override(language):
            found |= {fold(term(kind)) for kind in MeetingKind}
    return frozenset(found)


@register.filter
def meeting_title(meeting: MeetingView) -> str:
    """Return what a meeting is called in the reader's language: its series with its number, its name, its kind."""
    plain = fold(meeting.name) in _names_of_kinds()
    name = naming.name_meeting(meeting, plain=plain).text
    return capitalised(name if meeting.ordinal is None else numbered(meeting.ordinal, name))


def meeting_language(meeting: MeetingView) -> str:
    """Return the language of what `meeting_title` says, empty where nobody knows."""
    return naming.name_meeting(meeting, plain=fold(meeting.name) in _names_of_kinds()).language


def series_language(series: SeriesView) -> str:
    """Return the language of what `series_title` says."""
    named = naming.name_series(series)
    return named.language if named.text else reader_language()


def numbered(ordinal: int | None, name: str) -> str:
    """Return a name with its number as the reader's language has it, « 1re réunion »; without a number the name."""
    return name if ordinal is None else load_entitling(reader_language()).numbered(ordinal, name)


def capitalised(name: str) -> str:
    """Return a name as it begins a line."""
    return name[:1].upper() + name[1:]


@register.filter
def by_words(commitments: Sequence[CommitmentView]) -> tuple[tuple[CommitmentView, ...], ...]:
    """Return commitments, those of the same words together where the first stands: one sentence, several domains.

    One whose requests were counted, or that somebody graded, stands alone: that is of its domain.
    """
    found: dict[tuple[object, ...], list[CommitmentView]] = {}
    for item in commitments:
        alone = item.id if item.progress or item.assessments else None
        made = item.mechanism_id, item.instrument_id, item.meeting_id
        found.setdefault((here_in(item.texts), *made, item.status, item.period, alone), []).append(item)
    return tuple(tuple(group) for group in found.values())


@register.filter
def rows_by_words(
    rows: Sequence[tuple[CommitmentView, MechanismView | None]],
) -> tuple[tuple[tuple[CommitmentView, ...], MechanismView | None], ...]:
    """Return commitments with their mechanisms as `by_words` puts them together."""
    mechanism_of = {item.id: mechanism for item, mechanism in rows}
    return tuple((alike, mechanism_of[alike[0].id]) for alike in by_words([item for item, _ in rows]))


@register.simple_tag
def listed_kinds() -> list[tuple[str, str]]:
    """Return table and name of the kinds of fact that have a list, in their order."""
    return [(kind.table, say(kind.many)) for kind in list_listed_kinds()]


@register.simple_tag
def field_title(kind: str, field: str) -> str:
    """Return the name of a field that sources disagree about: `date`, or of a part `signed.date`, `co_chair.VN`."""
    found = find_difference(kind, field)
    if found is None:
        return field
    declared, contradictions = found
    apart = declared.apart
    told = apart.read(field) if apart is not None and declared.name != kind else None
    if apart is None or told is None:
        return name_field(contradictions)
    return say(apart.label) % {name: _code_title(declared.field(name), value) for name, value in told.items()}


@register.simple_tag
def value_text(kind: str, field: str, value: str) -> str:
    """Return a contested value in the reader's words, by its field; what nobody can read stays as it is."""
    found = find_difference(kind, field)
    if value and found is not None and found[1].type is FieldType.EDTF:
        try:
            return day(value)
        except NotADate:
            return value
    if value and found is not None and found[1].type is FieldType.CODE:
        return _code_title(found[1], value)
    if found is not None and found[1].alike == "place":
        return naming.name_town(value).text or "–"
    return naming.tongued(value, language_of(value)) if value else "–"


def _code_title(field: Field, code: str) -> str:
    return state_title(code) if field.code_list == "states" else name_code(field, code)


@register.filter
def source_kind(kind: SourceKind) -> str:
    """Return what kind of text a source is, within a line."""
    return gettext(SOURCE_KINDS[kind])


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, address: str) -> str:
    """Return a page's address with the site's own name before it, as it is cited."""
    request = context.get("request")
    return request.build_absolute_uri(address) if request else address

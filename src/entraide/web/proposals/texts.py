"""The words of the communiqués area: kinds and states of proposals, names of fields, one line per proposal."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.communiques.api import ProposalKind, ProposalState, SourceKind
from entraide.directory.api import state_name
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.programme.api import NAMES, FactKind, InstrumentKind, MeetingKind, load_domains, load_kinds, say
from entraide.web.language import reader_language
from entraide.web.templatetags.programme import edtf, field_title, value_text

KINDS: dict[ProposalKind, str | Promise] = {
    ProposalKind.PARTY: gettext_lazy("Parties"),
    ProposalKind.OFFICIAL: gettext_lazy("Holders of posts"),
    ProposalKind.MEETING: gettext_lazy("Meetings"),
    ProposalKind.INSTRUMENT: gettext_lazy("Instruments"),
    ProposalKind.REFERENCE: gettext_lazy("Other meetings mentioned"),
    ProposalKind.COMMITMENT: gettext_lazy("Commitments"),
    ProposalKind.CONFLICT: gettext_lazy("Sources that disagree"),
}
STATES: dict[ProposalState, tuple[str | Promise, str]] = {
    ProposalState.WAITING: (gettext_lazy("Waiting"), "wait"),
    ProposalState.KEPT: (gettext_lazy("Kept"), "good"),
    ProposalState.CORRECTED: (gettext_lazy("Kept, corrected"), "good"),
    ProposalState.REJECTED: (gettext_lazy("Rejected"), "neutral"),
}
SOURCE_KINDS: dict[SourceKind, str | Promise] = {
    SourceKind.SIGNED_TEXT: gettext_lazy("Signed text"),
    SourceKind.OFFICIAL_RELEASE: gettext_lazy("Official release"),
    SourceKind.PRESS: gettext_lazy("Press"),
}
FORMATS: dict[str, str | Promise] = {
    "text/plain": gettext_lazy("Text"),
    "text/html": "HTML",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "message/rfc822": gettext_lazy("E-mail"),
    "multipart/related": "MHTML",
    "application/rtf": "RTF",
}
"""What a person calls the media type of a source's file."""
FIELDS: dict[str, str | Promise] = {
    "state": gettext_lazy("State"),
    "organisation": gettext_lazy("Organisation"),
    "name": gettext_lazy("Name"),
    "post": gettext_lazy("Post"),
    "role": gettext_lazy("Role in the text"),
    "parties": gettext_lazy("Parties"),
    "kind": gettext_lazy("Kind"),
    "series": gettext_lazy("Name or series"),
    "ordinal": gettext_lazy("Number in its series"),
    "level": gettext_lazy("Level"),
    "date": gettext_lazy("Date"),
    "date_basis": gettext_lazy("How the date is known"),
    "place": gettext_lazy("Place"),
    "people": gettext_lazy("People, one per line"),
    "people_role": gettext_lazy("Their part in it"),
    "members": gettext_lazy("Others in the delegations, one per line"),
    "title": gettext_lazy("Title"),
    "action": gettext_lazy("What happened to it"),
    "period": gettext_lazy("Period"),
    "meeting": gettext_lazy("Belongs to the meeting"),
    "instrument": gettext_lazy("Comes from the instrument"),
    "when": gettext_lazy("Earlier or later"),
    "domain": gettext_lazy("Domain"),
    "status": gettext_lazy("Status"),
    "text": gettext_lazy("Words"),
    "given": gettext_lazy("What this source says"),
}
BASES: dict[str, str | Promise] = {
    "": gettext_lazy("Not known"),
    "stated": gettext_lazy("Stated in the text"),
    "header": gettext_lazy("From the date of the page"),
    "weekday": gettext_lazy("From a day of the week"),
    "inferred": gettext_lazy("Inferred"),
}
FACTS: dict[str, str | Promise] = {
    "organisation": gettext_lazy("Organisation"),
    "tenure": gettext_lazy("Holder of a post"),
    "assertion": gettext_lazy("Differing statement"),
}


def country(code: str) -> str:
    """Return a State's name in the reader's language; bodies of several States have none of their own."""
    return _("Body of several States") if code == "XX" else state_name(code, reader_language())


def fact_name(kind: str) -> str:
    """Return the name of a kind of fact in the reader's language."""
    if kind in FACTS:
        return str(FACTS[kind])
    if kind in set(FactKind):
        return _(NAMES[FactKind(kind)])
    declared = load_kinds().find(kind)
    return say(declared.one) if declared is not None else kind


def _day(value: str | None) -> str:
    """Return a date of a proposal in words; what nobody can read stays as it was found."""
    try:
        return edtf(PartialDate(value)) if value else ""
    except NotADate:
        return str(value)


def headline(kind: ProposalKind, fields: Mapping[str, Any]) -> str:
    """Return one line that says what a proposal is about."""
    match kind:
        case ProposalKind.PARTY:
            parts = [country(fields["state"]), fields["organisation"]]
        case ProposalKind.OFFICIAL:
            parts = [fields["name"], fields["post"]]
        case ProposalKind.MEETING:
            number = _("No. %(ordinal)s") % {"ordinal": fields["ordinal"]} if fields["ordinal"] else ""
            name = fields["series"] or _(NAMES[MeetingKind(fields["kind"])])
            parts = [number, name, _day(fields["date"]), fields["place"]]
        case ProposalKind.INSTRUMENT:
            parts = [_(NAMES[InstrumentKind(fields["kind"])]), fields["title"], fields["period"]]
        case ProposalKind.REFERENCE:
            number = _("No. %(ordinal)s") % {"ordinal": fields["ordinal"]} if fields["ordinal"] else ""
            parts = [number, fields["series"], _day(fields["date"]), fields["place"]]
        case ProposalKind.COMMITMENT:
            parts = [load_domains().label(fields["domain"], reader_language()), fields["text"]]
        case ProposalKind.CONFLICT:
            values = {name: value_text(fields["field"], fields[name]) for name in ("recorded", "given")}
            parts = [field_title(fields["field"]), _("%(recorded)s or %(given)s?") % values]
    return " · ".join(part for part in parts if part)


def outcome(fields: Mapping[str, Any]) -> str:
    """Return what a person decided about a conflict, empty while nobody has."""
    if "taken" not in fields:
        return ""
    recorded, given = (value_text(fields["field"], fields[name]) for name in ("recorded", "given"))
    shown, beside = (given, recorded) if fields["taken"] else (recorded, given)
    return _("“%(shown)s” is shown; “%(beside)s” stands beside it.") % {"shown": shown, "beside": beside}

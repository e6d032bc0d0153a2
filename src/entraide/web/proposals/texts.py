"""The words of the communiqués area: kinds and states of proposals, names of fields, one line per proposal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.communiques.api import ProposalKind, ProposalState
from entraide.directory.api import state_name
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.programme.api import load_kinds, name_code, say
from entraide.programme.domain.kinds import Field, FieldType
from entraide.web.language import reader_language
from entraide.web.templatetags.programme import edtf, field_title, value_text

STATE_CODES = "states"
"""The closed list of States."""
STATES: dict[ProposalState, tuple[str | Promise, str]] = {
    ProposalState.WAITING: (gettext_lazy("Waiting"), "wait"),
    ProposalState.KEPT: (gettext_lazy("Kept"), "good"),
    ProposalState.CORRECTED: (gettext_lazy("Kept, corrected"), "good"),
    ProposalState.REJECTED: (gettext_lazy("Rejected"), "neutral"),
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
BASES: dict[str, str | Promise] = {
    "": gettext_lazy("Not known"),
    "stated": gettext_lazy("Stated in the text"),
    "header": gettext_lazy("From the date of the page"),
    "weekday": gettext_lazy("From a day of the week"),
    "inferred": gettext_lazy("Inferred"),
}


def country(code: str) -> str:
    """Return a State's name in the reader's language; bodies of several States have none of their own."""
    return _("Body of several States") if code == "XX" else state_name(code, reader_language())


def fact_name(kind: str) -> str:
    """Return the name of a kind of fact in the reader's language."""
    declared = load_kinds().find(kind)
    return say(declared.one) if declared is not None else kind


def fact_href(kind: str, fact_id: UUID) -> str:
    """Return the address of a fact's page in the register, or empty where it has none of its own."""
    declared = load_kinds().find(kind)
    return f"/{declared.table}/{fact_id}/" if declared is not None and declared.has_page else ""


def group_name(kind: str) -> str:
    """Return what the proposals of a kind are called together."""
    if kind == ProposalKind.CONTRADICTION:
        return _("Contradictions between sources")
    declared = load_kinds().get(kind)
    return say(declared.proposed if declared.proposed.english else declared.many)


def field_name(kind: str, name: str) -> str:
    """Return what a field of a proposal, or a cited one of a fact, is called."""
    if kind == ProposalKind.CONTRADICTION:
        return _("What this source says") if name == "given" else name
    kinds = load_kinds()
    declared = kinds.find(kind)
    own = (*declared.proposal, *declared.fields) if declared is not None else ()
    # What a fact cites may be a word of the proposal that brought it: a series, of its meeting.
    others = (field for other in kinds for field in other.proposal)
    return next((say(field.label) for field in (*own, *others) if field.name == name and field.label.english), name)


def headline(kind: str, fields: Mapping[str, Any]) -> str:
    """Return one line that says what a proposal is about."""
    if kind == ProposalKind.CONTRADICTION:
        values = {
            name: value_text(fields["fact_kind"], fields["field"], fields[name]) for name in ("recorded", "given")
        }
        parts = [field_title(fields["fact_kind"], fields["field"]), _("%(recorded)s or %(given)s?") % values]
    else:
        declared = load_kinds().get(kind)
        said = {field.name: field for field in declared.proposal}
        alternatives = ([said[name] for name in item.split("|")] for item in declared.told_in_line)
        parts = [next(filter(None, (told(one, fields) for one in several)), "") for several in alternatives]
    return " · ".join(part for part in parts if part)


def told(field: Field, fields: Mapping[str, Any]) -> str:
    """Return what a proposal says in a field, in the reader's words; empty where it says nothing."""
    value = fields.get(field.name)
    if value in (None, "", []):
        return ""
    text = _in_words(field, value)
    return say(field.told) % {field.name: text} if field.told.english else text


def _in_words(field: Field, value: Any) -> str:  # noqa: ANN401 - as the field's type says
    if field.type is FieldType.LIST:
        return ", ".join(country(item) if field.code_list == STATE_CODES else str(item) for item in value)
    if field.code_list == STATE_CODES:
        return country(value)
    if field.type is FieldType.CODE:
        return name_code(field, value)
    if field.type is FieldType.YESNO:
        return _("yes") if value else _("no")
    return _day(value) if field.type is FieldType.EDTF and field.basis else str(value)


def _day(value: str | None) -> str:
    """Return a date of a proposal in words; what nobody can read stays as it was found."""
    try:
        return edtf(PartialDate(value)) if value else ""
    except NotADate:
        return str(value)


def outcome(fields: Mapping[str, Any]) -> str:
    """Return what a person decided about a contradiction, empty while nobody has."""
    if "taken" not in fields:
        return ""
    recorded, given = (value_text(fields["fact_kind"], fields["field"], fields[name]) for name in ("recorded", "given"))
    shown, beside = (given, recorded) if fields["taken"] else (recorded, given)
    return _("“%(shown)s” is shown; “%(beside)s” stands beside it.") % {"shown": shown, "beside": beside}

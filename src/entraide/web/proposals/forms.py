"""Forms of the communiqués area: importing a text, and one form per kind of proposal."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.communiques.api import ProposalKind, ProposalView
from entraide.documents.domain.errors import LARGEST_BYTES
from entraide.kernel.partial_dates import DateBasis
from entraide.programme.api import (
    NAMES,
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    MeetingKind,
    PersonRole,
    SourceKind,
    When,
    load_domains,
)
from entraide.web.language import reader_language
from entraide.web.proposals.texts import BASES, FIELDS, SOURCE_KINDS, country, headline

CODES: dict[str, type[StrEnum]] = {
    "level": Level,
    "action": ActionKind,
    "when": When,
    "status": CommitmentStatus,
    "people_role": PersonRole,
}
OPTIONAL_CODES = {"level"}
REQUIRED = {"name", "post", "state", "title", "text", "domain", "status", "action", "when", "kind", "people_role"}
NEW = "new"
"""The choice that a proposal is none of the facts that the register has."""
CHOICES = {"same_as", "mechanism"}
"""Fields of the form that say what a proposal is, beside those that were read."""
LINES = {"people", "members"}
"""Fields that hold a list of names, one per line."""
MULTILINE = {"people": 3, "members": 3, "text": 4}


class ImportForm(forms.Form):
    """A file with what a reader must know of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "One communiqué or plan as text, web page, PDF, DOCX, ODT, RTF, XLSX or e-mail, of at most 20 MB."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".txt,.md,.html,.htm,.mht,.mhtml,.pdf,.docx,.odt,.ods,.xlsx,.rtf,.eml"}
        ),
        allow_empty_file=True,  # so that the line about it is the same as at the terminal
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"),
        choices=[(kind.value, label) for kind, label in SOURCE_KINDS.items()],
        initial=SourceKind.PRESS.value,  # the one that counts least: who does not look gives a text no weight it lacks
    )
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    url = forms.URLField(
        label=gettext_lazy("Address of the original"), max_length=500, required=False, assume_scheme="https"
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - Django's uploaded file
        """Refuse what is far too large to be a communiqué; raises `ValidationError`."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            limit = LARGEST_BYTES // 2**20
            raise forms.ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": limit})
        return file


class ProposalForm(forms.Form):
    """What a proposal is the same as and, where a person corrects it (`whole`), its fields as they were read.

    The fields of one proposal are shown at a time: twenty whole forms on one page are heavy to load and to read.
    """

    def __init__(
        self,
        proposal: ProposalView,
        others: Sequence[ProposalView],
        candidates: Sequence[tuple[str, str]] = (),
        preselected: str = "",
        data: Mapping[str, Any] | None = None,
        *,
        whole: bool = True,
        mechanisms: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, prefix=proposal.key, initial=_initial(proposal))
        self.kind = proposal.kind
        self.whole = whole
        for name in proposal.read_fields if whole else ():
            self.fields[name] = _field(name, proposal, others)
        if candidates:
            self.fields["same_as"] = forms.ChoiceField(
                label=_("Does the register have it already?"),
                choices=[*candidates, (NEW, _("None of these: it is new"))],
                initial=preselected or NEW,
                widget=forms.RadioSelect,
            )

        if mechanisms:
            # Nothing is chosen beforehand: of several mechanisms none is taken for being the first.
            self.fields["mechanism"] = forms.ChoiceField(
                label=_("Several mechanisms join these parties. Which one is meant?"),
                choices=list(mechanisms),
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def mechanism(self) -> str:
        """The id of the mechanism that the person chose, or empty."""
        return str(self.cleaned_data.get("mechanism") or "")

    @property
    def same_as(self) -> str:
        """The id of the fact that the person says it is, or empty for a new one."""
        chosen = str(self.cleaned_data.get("same_as") or NEW)
        return "" if chosen == NEW else chosen

    def values(self) -> dict[str, Any]:
        """Return the corrected fields in the shape that the service takes."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in CHOICES}
        for name in LINES & cleaned.keys():
            cleaned[name] = [line.strip() for line in cleaned[name].splitlines() if line.strip()]
        return cleaned


class ConflictForm(forms.Form):
    """Which of two disagreeing values the register shows; `preselected` is what the weight of the sources says."""

    take = forms.ChoiceField(label=gettext_lazy("Which one does the register show?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Why, where the choice goes against the weight of the sources"),
        help_text=gettext_lazy("Shown in public beside both values."),
        max_length=500,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        key: str,
        choices: Sequence[tuple[str, str]],
        preselected: str,
        seen: str,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=key, initial={"take": preselected, "seen": seen})
        self.fields["take"].choices = list(choices)  # type: ignore[attr-defined]


class SettleAllForm(forms.Form):
    """One decision for all waiting conflicts of a source that are alike."""

    BY_WEIGHT, KEEP, TAKE, REJECT = "weight", "keep", "take", "reject"

    decision = forms.ChoiceField(
        label=gettext_lazy("All of these"),
        choices=[
            (BY_WEIGHT, gettext_lazy("Show what the weightier source says")),
            (KEEP, gettext_lazy("Keep what the register shows")),
            (TAKE, gettext_lazy("Show what this source says")),
            (REJECT, gettext_lazy("Reject them as misread")),
        ],
    )
    note = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False)
    family = forms.CharField(widget=forms.HiddenInput)


def _initial(proposal: ProposalView) -> dict[str, Any]:
    values = dict(proposal.fields)
    for name in LINES & values.keys():
        values[name] = "\n".join(values[name])
    return values


def _field(name: str, proposal: ProposalView, others: Sequence[ProposalView]) -> forms.Field:
    label = str(FIELDS[name])
    choices = _choices(name, proposal, others)
    if name == "parties":
        return forms.MultipleChoiceField(
            label=label, choices=choices or [], required=False, widget=forms.CheckboxSelectMultiple
        )
    if choices is not None:
        return forms.ChoiceField(label=label, choices=choices, required=name in REQUIRED)
    rows = MULTILINE.get(name)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    help_text = _("2025, 2025-01 or 2025-01-12; X for an unknown digit.") if name in ("date", "period") else ""
    return forms.CharField(label=label, required=name in REQUIRED, widget=widget, help_text=help_text, max_length=4000)


def _choices(name: str, proposal: ProposalView, others: Sequence[ProposalView]) -> list[tuple[str, Any]] | None:
    """Return the choices of a coded field, None for a free one."""
    if name == "parties":
        states = [item.fields["state"] for item in others if item.kind is ProposalKind.PARTY]
        return [(code, country(code)) for code in dict.fromkeys([*states, *proposal.fields["parties"]])]
    if name in ("meeting", "instrument"):
        wanted = [item for item in others if item.kind.value == name]
        return [("", _("None")), *((item.key, headline(item.kind, item.fields)) for item in wanted)]
    if name == "date_basis":
        return [(code, BASES[code]) for code in ("", *DateBasis)]
    if name == "domain":
        domains = load_domains()
        return [(code, domains.label(code, reader_language())) for code in domains.codes]
    codes = CODES.get(name)
    if name == "kind":
        codes = MeetingKind if proposal.kind is ProposalKind.MEETING else InstrumentKind
    if codes is None:
        return None
    listed = [(str(code), _(NAMES[code])) for code in codes]
    return [("", _("Not stated")), *listed] if name in OPTIONAL_CODES else listed

"""Forms of the communiqués area: importing a text, and one form per kind of proposal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.communiques.api import ProposalView
from entraide.documents.domain.errors import LARGEST_BYTES
from entraide.programme.api import SourceKind, load_kinds
from entraide.programme.domain.kinds import Kind
from entraide.web.proposals.inputs import proposal_inputs
from entraide.web.sourcekinds import SOURCE_KINDS

NEW = "new"
"""The choice that a proposal is none of the facts that the register has."""
CHOICES = {"same_as", "mechanism"}
"""Fields of the form that say what a proposal is, beside those that were read."""


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
        super().__init__(data, prefix=proposal.key)
        self.whole = whole
        self.fields |= proposal_inputs(load_kinds().get(proposal.kind), proposal.fields, others) if whole else {}
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
        return {name: value for name, value in self.cleaned_data.items() if name not in CHOICES}


class AddForm(forms.Form):
    """A proposal that was not read: what its kind declares, and the words of the source that show it."""

    quote = forms.CharField(
        label=gettext_lazy("The words that show it"),
        help_text=gettext_lazy("Copied from the source, letter for letter."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, kind: Kind, others: Sequence[ProposalView], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=kind.name)
        self.fields = {**proposal_inputs(kind, {}, others), **self.fields}

    def values(self) -> dict[str, Any]:
        """Return what is proposed, in the shape that the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "quote"}


class ContradictionForm(forms.Form):
    """Which of two contradictory values the register shows; `preselected` is what the weight of the sources says."""

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
    """One decision for all waiting contradictions of a source that are alike."""

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

"""Forms of the communiqués area: importing a text, and one form per kind of proposal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.communiques.api import LONGEST_TEXT, ProposalView
from entraide.documents.domain.errors import LARGEST_BYTES
from entraide.kernel.errors import BadInput
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import SourceKind, load_kinds
from entraide.programme.domain.kinds import Kind
from entraide.web.proposals.inputs import proposal_inputs
from entraide.web.sourcekinds import SOURCE_KINDS
from entraide.web.typed_dates import typed_date

NEW = "new"
"""The choice that a proposal is none of the facts that the register has."""
DOMAIN, WORDS = "domain", "text"
"""Fields of a commitment: one sentence makes one for each domain."""
CHOICES = {"same_as", "mechanism"}
"""Fields of the form that say what a proposal is, beside those that were read."""


class FilesField(forms.FileField):
    """Several files at once."""

    widget = forms.ClearableFileInput

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - Django's own
        """Return the files as a list; raises `ValidationError`."""
        given = data if isinstance(data, list) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class FilesInput(forms.FileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


def partial_date(value: str) -> PartialDate | None:
    """Return a day, month or year that a person wrote, also as 12/01/2025; raises `ValidationError`."""
    try:
        return typed_date(value)
    except BadInput as error:
        raise forms.ValidationError(_("This is no day, month or year.")) from error


_DAY_HELP = gettext_lazy("12/01/2025 (day, month, year), 2025-01-12, 2025-01 or 2025.")


class PublishedForm(forms.Form):
    """When a source was published that does not say it itself."""

    published = forms.CharField(
        label=gettext_lazy("When was this published?"),
        help_text=_DAY_HELP,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_published(self) -> PartialDate | None:
        """Return the date; raises `ValidationError`."""
        return partial_date(self.cleaned_data["published"])


class ImportForm(forms.Form):
    """Files or a pasted text, with what a reader must know of them."""

    file = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "One or several communiqués or plans as text, saved web page, PDF, DOCX, ODT, RTF, XLSX or e-mail, "
            "each of at most 20 MB."
        ),
        widget=FilesInput(
            attrs={"accept": ".txt,.md,.html,.htm,.mht,.mhtml,.pdf,.docx,.odt,.ods,.xlsx,.rtf,.eml", "multiple": True}
        ),
        allow_empty_file=True,  # so that the line about it is the same as at the terminal
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Or the text itself"),
        help_text=gettext_lazy("Copied from where it was published and pasted here."),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"),
        choices=[(kind.value, label) for kind, label in SOURCE_KINDS.items()],
        initial=SourceKind.PRESS.value,  # the one that counts least: who does not look gives a text no weight it lacks
    )
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    url = forms.URLField(
        label=gettext_lazy("Address of the original"),
        help_text=gettext_lazy("Left empty, that of a saved web page is taken from the page."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    published = forms.CharField(
        label=gettext_lazy("Day of publication"),
        help_text=_DAY_HELP,
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - Django's uploaded files
        """Refuse what is far too large to be a communiqué; raises `ValidationError`."""
        files = self.cleaned_data["file"]
        if any(file.size > LARGEST_BYTES for file in files):
            limit = LARGEST_BYTES // 2**20
            raise forms.ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": limit})
        return files

    def clean_published(self) -> PartialDate | None:
        """Return the date; raises `ValidationError`."""
        return partial_date(self.cleaned_data["published"])

    def clean(self) -> dict[str, Any]:
        """Demand something to read; raises `ValidationError`."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given["file"] and not given["text"].strip():
            self.add_error("file", _("Choose a file, or paste the text."))
        return given


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


class TogetherForm(forms.Form):
    """What the domains of one sentence have in common, as a person corrects it; each is a proposal of its own."""

    def __init__(
        self,
        items: Sequence[ProposalView],
        others: Sequence[ProposalView],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=items[0].key)
        self.fields |= proposal_inputs(load_kinds().get(items[0].kind), items[0].fields, others)
        del self.fields[DOMAIN]
        if len({item.fields[WORDS] for item in items}) > 1:
            words = self.fields[WORDS]
            words.required, words.initial = False, ""
            words.help_text = _("Left empty, each domain keeps the words that were read for it.")

    def values(self, item: ProposalView) -> dict[str, Any]:
        """Return the corrected fields of one proposal of the sentence, in the shape that the service takes."""
        given = self.cleaned_data
        return {**given, WORDS: given[WORDS] or item.fields[WORDS], DOMAIN: item.fields[DOMAIN]}


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

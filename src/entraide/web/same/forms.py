"""The forms of identity: an answer about two facts, two facts named by hand, and the reason of a split."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.communiques.api import list_resembling_kinds
from entraide.programme.api import say

LONGEST_REASON = 500
ADDRESS = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"


class AnswerForm(forms.Form):
    """What a person says of two facts: that they are one, kept as the one chosen, or that they are two; and why."""

    kind = forms.CharField(widget=forms.HiddenInput)
    one = forms.UUIDField(widget=forms.HiddenInput)
    other = forms.UUIDField(widget=forms.HiddenInput)
    signs = forms.CharField(widget=forms.HiddenInput, required=False)
    keep = forms.UUIDField(required=False)
    reason = forms.CharField(label=_("Reason, which the journal keeps"), max_length=LONGEST_REASON)

    def pair(self) -> tuple[UUID, UUID]:
        """Return the fact that is kept, and the other."""
        one, other, keep = (self.cleaned_data[name] for name in ("one", "other", "keep"))
        return (other, one) if keep == other else (one, other)


class PairForm(forms.Form):
    """Two facts of a kind, named by their addresses or ids."""

    kind = forms.ChoiceField(label=_("What they are"))
    one = forms.RegexField(regex=f"(?i){ADDRESS}", label=_("Address of the one"), max_length=300)
    other = forms.RegexField(regex=f"(?i){ADDRESS}", label=_("Address of the other"), max_length=300)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401 - as a form takes it
        super().__init__(data)
        choices = [(kind.name, say(kind.one)) for kind in list_resembling_kinds()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined] # a field of choices
        for name in ("one", "other"):
            self.fields[name].error_messages["invalid"] = _("Paste the address of a page of the register.")


class SplitForm(forms.Form):
    """Why a join is undone."""

    reason = forms.CharField(label=_("Reason, which the journal keeps"), max_length=LONGEST_REASON)

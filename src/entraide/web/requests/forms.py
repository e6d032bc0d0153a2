"""Small forms of the requests area; the request forms themselves come from the vocabulary."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.requests.domain.lifecycle import Act
from entraide.requests.domain.paper import MEANS_NAMES
from entraide.web.requests.texts import ACTS, DIRECTIONS, STATES


class FilterForm(forms.Form):
    """What the list shows."""

    direction = forms.ChoiceField(
        label=_("Direction"),
        required=False,
        choices=[("", _("Both")), *((direction.value, text) for direction, text in DIRECTIONS.items())],
    )
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *((state.value, text) for state, (text, _tone) in STATES.items())],
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[("", _("At any time")), ("overdue", _("Overdue")), ("week", _("Within 7 days"))],
    )


class NewRequestForm(forms.Form):
    """Which type, to whom."""

    form_id = forms.ChoiceField(label=_("Type of request"), widget=forms.RadioSelect)
    party = forms.ChoiceField(label=_("Whom you ask"), widget=forms.RadioSelect)

    def __init__(self, *args: object, types: list[tuple[str, str]], parties: list[tuple[str, str]]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # data, files
        self.fields["form_id"].choices = types  # type: ignore[attr-defined]
        self.fields["party"].choices = parties  # type: ignore[attr-defined]
        if len(parties) == 1:
            self.fields["party"].initial = parties[0][0]


class PaperForm(forms.Form):
    """The paper that somebody holds of a party without a node."""

    post = forms.CharField(label=_("Post of who signed"), max_length=200, help_text=_("As on the paper, never a name."))
    signed_on = forms.CharField(label=_("Day on the paper"), max_length=10, help_text=_("For example 2026-01-12."))
    means = forms.ChoiceField(
        label=_("How it came"), choices=[(means.value, _(name)) for means, name in MEANS_NAMES.items()]
    )
    scan = forms.CharField(
        label=_("SHA-256 of the scan"),
        required=False,
        max_length=100,
        help_text=_("64 hexadecimal digits, if the paper was scanned. The scan itself stays with you."),
    )


class PaperActForm(PaperForm):
    """What the party did, and the paper that says so."""

    act = forms.ChoiceField(label=_("What the party did"))
    field_order = ("act", "post", "signed_on", "means", "scan")

    def __init__(self, *args: object, acts: Sequence[Act]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # data, files
        self.fields["act"].choices = [(act.value, ACTS[act.value]) for act in acts]  # type: ignore[attr-defined]


class ClearanceForm(forms.Form):
    """Why a finding is cleared."""

    finding_key = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    decision_reference = forms.CharField(
        label=_("Reference of the decision of a court or an asylum authority"), max_length=160, required=False
    )

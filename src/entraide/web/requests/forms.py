"""Small forms of the requests area; the request forms themselves come from the vocabulary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.web.requests.texts import DIRECTIONS, STATES


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


class ClearanceForm(forms.Form):
    """Why a finding is cleared."""

    finding_key = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    decision_reference = forms.CharField(
        label=_("Reference of the decision of a court or an asylum authority"), max_length=160, required=False
    )

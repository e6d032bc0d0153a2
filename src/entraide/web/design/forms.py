"""A form with every kind of field, for the design page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Fields as request forms use them; nothing is stored."""

    reference = forms.CharField(label=_("Reference"), help_text=_("As your registry numbers it."), max_length=40)
    facts = forms.CharField(
        label=_("Facts"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Date, place, role, and the link to the measure asked."),
    )
    kind = forms.ChoiceField(
        label=_("Type of request"),
        choices=[("preservation", _("Preservation of data")), ("evidence", _("Evidence"))],
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), widget=forms.RadioSelect, choices=[("normal", _("Normal")), ("urgent", _("Urgent"))]
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("hearing", _("Hearing of a witness")),
            ("search", _("Search and seizure")),
            ("documents", _("Documents")),
        ],
    )
    wanted_by = forms.DateField(label=_("Date wanted"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    confirmed = forms.BooleanField(label=_("I have read the rules that apply to this request."))

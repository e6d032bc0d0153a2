"""Forms of the pairing area."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StartForm(forms.Form):
    """Where the other node is, and what its operator said its fingerprint is."""

    origin = forms.CharField(
        label=_("Address of the partner's node"),
        max_length=255,
        help_text=_("Such as https://node.ministry.example; the partner's operator knows it."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint of its keys"),
        max_length=100,
        required=False,
        help_text=_(
            "If you have it by another way, on paper or by diplomatic bag. Another fingerprint stops the pairing."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DigitsForm(forms.Form):
    """The digits that the other operator reads out."""

    digits = forms.CharField(
        label=_("Digits that the other operator reads out"),
        max_length=40,
        help_text=_("Type the fifteen digits as you hear them; spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

"""Why an act is undone, or counts again."""

from django import forms
from django.utils.translation import gettext_lazy


class ReasonForm(forms.Form):
    """A reason, and the digest of what was shown."""

    digest = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("Where a fact is withdrawn, its address shows this reason to everyone."),
    )

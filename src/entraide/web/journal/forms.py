"""What an auditor asks the journal for."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from entraide.journal.api import list_kinds
from entraide.kernel.node import Node


class EntryFilter(forms.Form):
    """Which entries to show: of one kind, about one subject, older than one entry."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    subject = forms.UUIDField(label=_("Subject"), required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, node: Node, data: QueryDict) -> None:
        super().__init__(data)
        choices = [("", _("All kinds")), *((kind, kind) for kind in list_kinds(node))]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField

"""Forms of reports: what a reader says is wrong, and how an officer answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy

from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.publication.api import FormOutOfTime, Outcome, Reported, is_in_time
from entraide.publication.domain.error_reports import (
    LONGEST_ADDRESS,
    LONGEST_CONTACT,
    LONGEST_REASON,
    LONGEST_WORDS,
)

SALT = "entraide/error-report/v1"
TRAP = "subject"
"""A field that people do not see; whoever fills it in is a program that fills in everything."""


class ReportForm(forms.Form):
    """What is wrong, what is right, where that can be read, and perhaps how to reach who says so."""

    wrong = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    right = forms.CharField(
        label=gettext_lazy("What is right?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source_url = forms.CharField(
        label=gettext_lazy("Where can that be read?"),
        help_text=gettext_lazy("The address of a public document. With it an officer can correct the fact at once."),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we ask you?"),
        help_text=gettext_lazy(
            "Leave it empty if you like. Only desk officers can open it; it is erased when the report is answered, at "
            "the latest after 180 days."
        ),
        max_length=LONGEST_CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    form = forms.CharField(widget=forms.HiddenInput, required=False)

    def reported(self) -> Reported:
        """Return what was said."""
        given = self.cleaned_data
        return Reported(given["wrong"], given["right"], given["source_url"], given["contact"])


class AnswerForm(forms.Form):
    """What became of a report; which of the other fields are needed depends on it."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[
            (Outcome.CORRECTED.value, gettext_lazy("The fact is corrected")),
            (Outcome.NO_ERROR.value, gettext_lazy("It is not an error")),
            (Outcome.DUPLICATE.value, gettext_lazy("Another report says the same")),
            (Outcome.SET_ASIDE.value, gettext_lazy("It reports no error: advertising or abuse")),
        ],
        widget=forms.RadioSelect,
    )
    act = forms.ChoiceField(label=gettext_lazy("The correction, where the fact is corrected"), required=False)
    original = forms.ChoiceField(label=gettext_lazy("The other report, where it says the same"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason, for everyone to read"),
        help_text=gettext_lazy("Needed where it is not an error. Name nobody who wrote to you."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own
        acts: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices, none in (
            ("act", acts, gettext_lazy("none since the report came: correct the fact first")),
            ("original", others, gettext_lazy("no other report on this fact")),
        ):
            field = self.fields[name]
            field.choices = choices or [("", none)]  # type: ignore[attr-defined]


def open_form(node: Node) -> str:
    """Return what a form carries: the id that its report will have, and when it was opened, signed."""
    value = {"id": str(new_uuid(node)), "at": node.clock.now().isoformat()}
    return signing.dumps(value, salt=SALT)


def read_form(node: Node, text: str) -> UUID:
    """Return the id of a form's report; raises `FormOutOfTime` where it was not opened here and in this time."""
    try:
        value = signing.loads(text, salt=SALT)
        report_id, opened = UUID(value["id"]), datetime.fromisoformat(value["at"])
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise FormOutOfTime from error
    if not is_in_time(opened, node.clock.now()):
        raise FormOutOfTime
    return report_id

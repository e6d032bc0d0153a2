"""Forms of the public register."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from entraide.programme.api import NAMES, AssessmentMethod, Grade, load_domains
from entraide.search.domain.folding import fold
from entraide.web.language import reader_language


def domain_choices(first: str) -> list[tuple[str, str]]:
    """Return the domains by their name in the reader's language, after an empty choice named `first`."""
    domains = load_domains()
    named = [(code, domains.label(code, reader_language())) for code in domains.codes]
    return [("", first), *sorted(named, key=lambda item: fold(item[1]))]


def term_choices(values: Any, first: str | None = None) -> list[tuple[str, str]]:  # noqa: ANN401 - an enumeration
    """Return the values of a closed list with their names, after an empty choice named `first` if there is one."""
    named = [(item.value, gettext(NAMES[item])) for item in values]
    return [("", first), *named] if first is not None else named


class AssessmentForm(forms.Form):
    """A grade for a commitment."""

    assessor = forms.CharField(label=gettext_lazy("Who assesses"), max_length=200)
    method = forms.ChoiceField(label=gettext_lazy("As"))
    grade = forms.ChoiceField(label=gettext_lazy("Grade"))
    period = forms.CharField(label=gettext_lazy("Period"), max_length=21)
    note = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = term_choices(AssessmentMethod)  # type: ignore[attr-defined]
        self.fields["grade"].choices = term_choices(Grade)  # type: ignore[attr-defined]

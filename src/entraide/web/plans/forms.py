"""Forms of the plans area."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from entraide.directory.api import Party
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import CommitmentId, OrganisationId, PartnerId
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.api import ClauseView
from entraide.programme.api import (
    CommitmentView,
    MeetingKind,
)
from entraide.web.errors import error_text
from entraide.web.naming import in_their_tongues
from entraide.web.register.forms import domain_choices, term_choices
from entraide.web.templatetags.parties import party_title
from entraide.web.templatetags.programme import domain_name, here_in, language_here
from entraide.web.typed_dates import typed_date


def _date(text: str) -> PartialDate | None:
    """Return a partial date as typed, None for nothing; raises Django's `ValidationError` with the remedy."""
    try:
        return typed_date(text)
    except EntraideError as error:
        said = error_text(error)
        raise forms.ValidationError(f"{said.message} {said.remedy}") from error


class DraftForm(forms.Form):
    """Which parties, period, languages and commitments a new plan starts from."""

    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Parties with a node"), required=False, widget=forms.CheckboxSelectMultiple
    )
    paper = forms.MultipleChoiceField(
        label=gettext_lazy("Parties on paper"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They have no node; yours records what they agree to and sign on paper."),
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=9,
        help_text=gettext_lazy("A year, or two years with a slash: 2026, 2026/2027."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Authentic languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The plan is written in these, and each is equally valid."),
    )
    commitments = forms.MultipleChoiceField(
        label=gettext_lazy("Clauses from these commitments"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        partners: list[tuple[str, str]],
        on_paper: list[tuple[str, str]],
        commitments: tuple[CommitmentView, ...],
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(item.id), in_their_tongues(f"{domain_name(item.domain)} · {here_in(item.texts)}"))
            for item in commitments
        ]
        self.fields["partners"].choices = partners  # type: ignore[attr-defined]
        self.fields["paper"].choices = on_paper  # type: ignore[attr-defined]
        for name in (name for name, found in (("partners", partners), ("paper", on_paper)) if not found):
            del self.fields[name]
        self.fields["languages"].choices = [(code, language_here(code)) for code in SPOKEN]  # type: ignore[attr-defined]
        self.fields["commitments"].choices = choices  # type: ignore[attr-defined]

    @property
    def partner_ids(self) -> list[PartnerId]:
        """The partners that were chosen."""
        return [PartnerId(UUID(item)) for item in self.cleaned_data.get("partners", ())]

    @property
    def paper_ids(self) -> list[OrganisationId]:
        """The organisations on paper that were chosen."""
        return [OrganisationId(UUID(item)) for item in self.cleaned_data.get("paper", ())]

    @property
    def commitment_ids(self) -> list[CommitmentId]:
        """The commitments that become clauses, in the order shown."""
        return [CommitmentId(UUID(item)) for item in self.cleaned_data["commitments"]]

    def clean_period(self) -> str:
        """Return the period, a date of the profile without unknown digits; raises `ValidationError`."""
        text: str = self.cleaned_data["period"].strip()
        if _date(text) is None or "X" in text:
            raise forms.ValidationError(gettext("Write a year, or two years with a slash."))
        return text


class ClauseForm(forms.Form):
    """One clause: its domain, its words in each language of the plan, the leading unit of each party."""

    domain = forms.ChoiceField(label=gettext_lazy("Domain"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        languages: tuple[str, ...],
        parties: tuple[Party, ...],
        clause: ClauseView | None = None,
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        initial: dict[str, Any] = {}
        if clause is not None:
            initial = {"domain": clause.domain, "seen": clause.digest}
            initial |= {f"text_{language}": text for language, text in clause.texts.items()}
            initial |= {f"lead_{party}": unit for party, unit in clause.lead_units.items()}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = domain_choices(gettext("choose"))  # type: ignore[attr-defined]
        self.languages, self.parties = languages, parties
        for language in languages:
            widget = forms.Textarea(attrs={"rows": 4, "lang": language})
            label = gettext("Text, %(language)s") % {"language": language_here(language)}
            self.fields[f"text_{language}"] = forms.CharField(
                label=label, required=False, max_length=8000, widget=widget
            )
        for party in parties:
            label = gettext("Leading unit, %(party)s") % {"party": party_title(party)}
            self.fields[f"lead_{party.id}"] = forms.CharField(label=label, required=False, max_length=200)

    @property
    def texts(self) -> dict[str, str]:
        """The words per language."""
        return {language: self.cleaned_data[f"text_{language}"] for language in self.languages}

    @property
    def lead_units(self) -> dict[str, str]:
        """The leading unit per party."""
        return {party.id: self.cleaned_data[f"lead_{party.id}"] for party in self.parties}


class SignForm(forms.Form):
    """The passphrase that opens the signatory's key for one signature."""

    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase of your signatory's key"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class SignatoryForm(SignForm):
    """A new signatory's key."""

    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. You alone know it; nobody can recover it."),
    )
    again = forms.CharField(
        label=gettext_lazy("Passphrase, once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    post = forms.CharField(label=gettext_lazy("Post in which you sign"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """Compare the two passphrases."""
        values = super().clean() or {}
        if values.get("passphrase") != values.get("again"):
            self.add_error("again", gettext("The two passphrases differ."))
        return values


class PaperForm(forms.Form):
    """What a party on paper agreed to or signed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    party = forms.ChoiceField(label=gettext_lazy("Party"))
    post = forms.CharField(label=gettext_lazy("Post of who agreed or signed"), max_length=300)
    signed_on = forms.CharField(
        label=gettext_lazy("Day on the paper"), max_length=10, help_text=gettext_lazy("For example 2026-01-12.")
    )
    scan = forms.CharField(
        label=gettext_lazy("SHA-256 of the scan"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("64 hexadecimal digits, if the paper was scanned. The scan itself stays with you."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        parties: tuple[Party, ...],
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(party.id, party_title(party)) for party in parties]  # type: ignore[attr-defined]

    def clean_signed_on(self) -> str:
        """Return the day as written."""
        day = _date(self.cleaned_data["signed_on"])
        return day.value if day else ""


class ConferenceForm(forms.Form):
    """The conference at which a plan is signed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    name = forms.CharField(label=gettext_lazy("What it is called"), required=False, max_length=500)
    series = forms.ChoiceField(label=gettext_lazy("Series"), required=False)
    ordinal = forms.IntegerField(label=gettext_lazy("Number in the series"), required=False, min_value=1, max_value=999)
    date = forms.CharField(
        label=gettext_lazy("Date"),
        max_length=60,
        help_text=gettext_lazy("12/01/2026 (day, month, year) or 2026-01-12; a month alone is 01/2026."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        series: list[tuple[str, str]],
        parties: tuple[Party, ...],
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        self.fields["kind"].choices = term_choices(MeetingKind)  # type: ignore[attr-defined]
        self.fields["series"].choices = [("", gettext("none")), *series]  # type: ignore[attr-defined]
        # One for each party, in the order of their States: two ministries of one State have a co-chair each.
        for number, party in enumerate(parties):
            named = {"party": party_title(party)}
            self.fields[f"name_{number}"] = forms.CharField(
                label=gettext("Co-chair, %(party)s: name") % named, required=False, max_length=200
            )
            self.fields[f"post_{number}"] = forms.CharField(
                label=gettext("Co-chair, %(party)s: post") % named, required=False, max_length=400
            )

    def clean_date(self) -> PartialDate | None:
        """Return the partial date."""
        return _date(self.cleaned_data["date"])

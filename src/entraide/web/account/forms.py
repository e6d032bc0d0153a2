"""Forms of the account area."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entraide.access.domain.tokens import LONGEST_LIFE_DAYS
from entraide.directory.api import AuthorityKind, list_states, state_name
from entraide.web.account.texts import ROLE_CHOICES, SCOPE_CHOICES


class RolesForm(forms.Form):
    """The roles of a person."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A person may hold several roles; an auditor holds no other."),
    )


class NewUserForm(RolesForm):
    """A new account."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Letters without accents, digits, dots, hyphens. Only this node's operator sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    post = forms.CharField(
        label=_("Title of the post"),
        max_length=200,
        help_text=_("Shown to colleagues and partners instead of a name."),
    )
    unit_name = forms.CharField(label=_("Unit"), max_length=200, required=False)
    password = forms.CharField(
        label=_("First password"),
        min_length=12,
        help_text=_("At least 12 characters. The person changes it after the first login."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("username", "post", "unit_name", "roles", "password")


class NewTokenForm(forms.Form):
    """A new token for a program."""

    label = forms.CharField(label=_("What it is for"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"), choices=SCOPE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("Days it is valid"), min_value=1, max_value=LONGEST_LIFE_DAYS, initial=90)


class AuthorityFilterForm(forms.Form):
    """Which authorities to list."""

    state = forms.ChoiceField(label=_("State"), required=False)
    request_type = forms.ChoiceField(label=_("Competent for"), required=False)

    def __init__(self, *args: Any, states: list[str], request_types: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.fields["state"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("All States")),
            *((code, state_name(code, language)) for code in states),
        ]
        self.fields["request_type"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Any request")),
            *((code, code) for code in request_types),
        ]


class NewAuthorityForm(forms.Form):
    """One of this node's own authorities."""

    name = forms.CharField(label=_("Name of the authority"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, _(kind.label)) for kind in AuthorityKind])
    organisation = forms.ChoiceField(label=_("Organisation"))
    request_types = forms.MultipleChoiceField(
        label=_("Competent for"), widget=forms.CheckboxSelectMultiple, choices=[]
    )
    legal_bases = forms.CharField(
        label=_("Legal bases"),
        required=False,
        help_text=_("Codes of the instruments, parted by commas, such as UNTOC, UNCAC."),
    )
    languages = forms.CharField(
        label=_("Languages accepted"), help_text=_("Codes of ISO 639, parted by commas, such as vi, en, fr.")
    )
    hours = forms.CharField(label=_("Opening hours"), max_length=300, help_text=_("Such as Mon-Fri 08:00-17:00, or 24/7."))
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=60, help_text=_("Its name in the IANA database, such as Asia/Ho_Chi_Minh.")
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        organisations: list[tuple[str, str]],
        request_types: list[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["request_types"].choices = request_types  # type: ignore[attr-defined]  # the same

    def clean_legal_bases(self) -> list[str]:
        """Return the codes."""
        return split_codes(self.cleaned_data["legal_bases"])

    def clean_languages(self) -> list[str]:
        """Return the codes."""
        return split_codes(self.cleaned_data["languages"])


def split_codes(text: str) -> list[str]:
    """Return the codes of a text that parts them by commas or spaces."""
    return text.replace(",", " ").split()


def all_states() -> list[str]:
    """Return the codes of all States, for a choice."""
    return sorted(list_states())

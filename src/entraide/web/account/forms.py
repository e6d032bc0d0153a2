"""Forms of the account area."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.access.api import ROLES_OF_EDITION
from entraide.access.domain.tokens import LONGEST_LIFE_DAYS
from entraide.directory.api import AuthorityKind
from entraide.kernel.node import Edition
from entraide.web.account.texts import ROLE_CHOICES, SCOPE_CHOICES

Choices = Sequence[tuple[str, str | Promise]]


class RolesForm(forms.Form):
    """The roles of a person."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A person may hold several roles; an auditor holds no other."),
    )

    def __init__(self, *args: Any, edition: Edition = Edition.NODE, **kwargs: Any) -> None:  # noqa: ANN401 - a form's
        super().__init__(*args, **kwargs)
        own = ROLES_OF_EDITION[edition]
        self.fields["roles"].choices = [choice for choice in ROLE_CHOICES if choice[0] in own]  # type: ignore[attr-defined]  # of this field


class PasswordForm(forms.Form):
    """A new password for someone else."""

    password = forms.CharField(
        label=_("New password"),
        min_length=12,
        help_text=_("At least 12 characters. The person changes it after the first login."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
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

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        states: Choices,
        request_types: Choices,
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, state=[("", _("All States")), *states], request_type=[("", _("Any request")), *request_types])


class NewAuthorityForm(forms.Form):
    """One of this node's own authorities."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    name = forms.CharField(label=_("Name of the authority"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, _(kind.label)) for kind in AuthorityKind])
    request_types = forms.MultipleChoiceField(label=_("Competent for"), widget=forms.CheckboxSelectMultiple)
    legal_bases = forms.MultipleChoiceField(
        label=_("Under these instruments"), widget=forms.CheckboxSelectMultiple, required=False
    )
    languages = forms.CharField(
        label=_("Languages accepted"), help_text=_("Codes of ISO 639, parted by commas, such as vi, en, fr.")
    )
    hours = forms.CharField(
        label=_("Opening hours"), max_length=300, help_text=_("Such as Mon-Fri 08:00-17:00, or 24/7.")
    )
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=60, help_text=_("Its name in the IANA database, such as Asia/Ho_Chi_Minh.")
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        organisations: Choices,
        request_types: Choices,
        instruments: Choices,
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, organisation=organisations, request_types=request_types, legal_bases=instruments)

    def clean_languages(self) -> list[str]:
        """Return the codes."""
        text: str = self.cleaned_data["languages"]
        return text.replace(",", " ").split()


class PaperAuthorityForm(NewAuthorityForm):
    """An authority of a ministry without a node, whom requests reach on paper."""

    state = forms.ChoiceField(label=_("State"))
    organisation_name = forms.CharField(
        label=_("Name of the organisation"), max_length=300, help_text=_("Its own name; it is entered when it is new.")
    )
    field_order = ("state", "organisation_name")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        states: Choices,
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, organisations=[], **kwargs)
        del self.fields["organisation"]
        set_choices(self, state=states)


def set_choices(form: forms.Form, **choices: Choices) -> None:
    """Set the choices of fields by name, which are known only when the page is asked for."""
    for name, values in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = values

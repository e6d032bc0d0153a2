"""Forms of the upkeep area; each that enters a fact asks for the source and the words that show it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.communiques.api import Quoted, SourceSummary
from entraide.kernel.ids import MechanismId, SeriesId
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.programme.api import (
    NAMES,
    MechanismStatus,
    MechanismView,
    PersonInPost,
    PersonRole,
)
from entraide.web.sourcekinds import SOURCE_KINDS
from entraide.web.templatetags.programme import language_here, mechanism_title, series_title, state_title
from entraide.web.tongued_select import TonguedSelect
from entraide.web.typed_dates import typed_date

Choices = Sequence[tuple[str, str]]


def language_choices() -> Choices:
    """Return the languages of the site, each by its own name."""
    return [(code, language_here(code)) for code in SPOKEN]


class CitedForm(forms.Form):
    """A fact with the passage behind it: a source and the words copied from it."""

    source = forms.ChoiceField(label=gettext_lazy("Source"), widget=TonguedSelect)
    quote = forms.CharField(
        label=gettext_lazy("The words that show it"),
        help_text=gettext_lazy("Copied from the source, letter for letter."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, sources: Sequence[SourceSummary], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        # The kinds are groups, in the reader's language; each title is in its own.
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (label, [(str(item.id), item.title or item.name) for item in sources if item.kind == kind])
            for kind, label in SOURCE_KINDS.items()
            if any(item.kind == kind for item in sources)
        ]
        self.order_fields([*(name for name in self.fields if name not in ("source", "quote")), "source", "quote"])

    def passage(self) -> Quoted:
        """Return the passage that was given."""
        return Quoted(UUID(self.cleaned_data["source"]), self.cleaned_data["quote"])


class NameForm(CitedForm):
    """A mechanism's name in one language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=400)


class StandingForm(CitedForm):
    """How a mechanism stands since a date."""

    status = forms.ChoiceField(label=gettext_lazy("Status"))
    since = forms.CharField(
        label=gettext_lazy("Since"),
        help_text=gettext_lazy("2025, 2025-01 or 2025-01-12; X for an unknown digit."),
        max_length=60,
        required=False,
    )
    successor = forms.ChoiceField(
        label=gettext_lazy("The mechanism that follows"), required=False, widget=TonguedSelect
    )

    def __init__(self, others: Sequence[MechanismView], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(item.value, _(NAMES[item])) for item in MechanismStatus]  # type: ignore[attr-defined]
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((str(item.id), mechanism_title(item)) for item in others),
        ]

    def clean_since(self) -> PartialDate | None:
        """Return the date, None where none is given."""
        return _date(self.cleaned_data["since"])

    def successor_id(self) -> MechanismId | None:
        """Return the mechanism that follows, if one was chosen."""
        chosen = self.cleaned_data["successor"]
        return MechanismId(UUID(chosen)) if chosen else None


class SameSeriesForm(forms.Form):
    """Two series of one mechanism that are one."""

    into = forms.ChoiceField(label=gettext_lazy("The series that stays"))
    other = forms.ChoiceField(label=gettext_lazy("The series that is the same"))

    def __init__(self, mechanism: MechanismView, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        named = [(str(item.id), f"{series_title(item)} ({_(NAMES[item.level])})") for item in mechanism.series]
        for name in ("into", "other"):
            self.fields[name].choices = [("", _("Choose a series")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a series beside itself."""
        values = super().clean() or {}
        if values.get("into") and values.get("into") == values.get("other"):
            self.add_error("other", _("Choose another series than the one that stays."))
        return values

    def chosen(self) -> tuple[SeriesId, SeriesId]:
        """Return the series that stays and the one that is joined into it."""
        return SeriesId(UUID(self.cleaned_data["into"])), SeriesId(UUID(self.cleaned_data["other"]))


class DelegationForm(CitedForm):
    """A side's delegation: its size and its people, one per line."""

    state = forms.ChoiceField(label=gettext_lazy("Side"))
    size = forms.IntegerField(label=gettext_lazy("How many it was"), min_value=1, max_value=2000, required=False)
    head = forms.CharField(
        label=gettext_lazy("Who led it"), help_text=gettext_lazy("Name, post"), max_length=600, required=False
    )
    members = forms.CharField(
        label=gettext_lazy("Members, one per line"),
        help_text=gettext_lazy("Name, post"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, mechanism: MechanismView, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        states = dict.fromkeys(party.state for party in mechanism.parties)
        self.fields["state"].choices = [(code, state_title(code)) for code in states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an empty delegation, and a person without a post: people stand here as holders of one."""
        values = super().clean() or {}
        for name in ("head", "members"):
            lines = [line.strip() for line in values.get(name, "").splitlines() if line.strip()]
            if any(not all(_parted(line)) for line in lines):
                self.add_error(name, _("Write each person as a name, a comma and the post."))
        if not (values.get("size") or values.get("head") or values.get("members")):
            self.add_error("size", _("Say how many it was, or who was in it."))
        return values

    def people(self) -> list[PersonInPost]:
        """Return the people that were entered, the head first."""
        state = self.cleaned_data["state"]
        rows = [(self.cleaned_data["head"], PersonRole.HEAD_OF_DELEGATION)]
        rows += [(line, PersonRole.PARTICIPANT) for line in self.cleaned_data["members"].splitlines()]
        return [PersonInPost(*_parted(line), state, role) for line, role in rows if line.strip()]


class AgendaForm(CitedForm):
    """A point of the agenda and what came of it."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices)
    text = forms.CharField(label=gettext_lazy("Point of the agenda"), max_length=1000)
    outcome = forms.CharField(label=gettext_lazy("What came of it"), max_length=2000, required=False)


def _parted(line: str) -> tuple[str, str]:
    name, _comma, post = line.partition(",")
    return name.strip(), post.strip()


def _date(value: str) -> PartialDate | None:
    try:
        return typed_date(value)
    except NotADate as error:
        raise forms.ValidationError(_("Write 12/01/2025, 2025-01-12, 01/2025 or 2025.")) from error

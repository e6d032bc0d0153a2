"""How a person is asked for what a proposal says: an input for each field that its kind declares, by type."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from entraide.communiques.api import ProposalKind, ProposalView
from entraide.directory.api import list_states
from entraide.kernel.partial_dates import DateBasis
from entraide.programme.api import name_code, name_field
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.search.api import fold
from entraide.web.proposals.texts import BASES, STATE_CODES, country, headline, unit_told

TEXTAREA = "textarea"
STATES_TOGETHER = "XX"
"""The code of bodies of several States."""
UNITS = "lead_units"
"""A list of units, each after the State that it belongs to."""
Others = Sequence[ProposalView]
Input = Callable[[Field, Any, Others], forms.Field]


class LinesField(forms.CharField):
    """A list of names, one per line."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's own: what was sent, or a list
        """Return the lines of a list."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """Return the names, without empty lines."""
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]


class UnitsField(LinesField):
    """Units with their States, one per line: `Laos: unit` to people, `LA: unit` to the service; codes are taken too."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """Return the lines with the names of States."""
        return super().prepare_value([unit_told(str(item)) for item in value] if isinstance(value, list) else value)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """Return the units with the codes of States."""
        codes = {country(code).casefold(): code for code in list_states()}
        parted = [line.partition(":") for line in super().clean(value)]
        return [f"{codes.get(state.strip().casefold(), state.strip())}{colon}{unit}" for state, colon, unit in parted]


class WordsField(forms.MultipleChoiceField):
    """A text that names several codes of a list: chosen by their names, kept as `co-chair, signatory`."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """Return the codes of a text."""
        return [part for part in value.split(", ") if part] if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """Return the text."""
        return ", ".join(super().clean(value))


def proposal_inputs(kind: Kind, values: Mapping[str, Any], others: Others) -> dict[str, forms.Field]:
    """Return the inputs of a proposal of `kind`, filled with `values`; `others` are the proposals of its source."""
    found: dict[str, forms.Field] = {}
    for field in kind.proposal:
        value = values.get(field.name)
        shown = _input_of(field)(field, value, others)
        shown.required, shown.label, shown.initial = field.needed, name_field(field), value
        found[field.name] = shown
        if field.basis:
            name = f"{field.name}_basis"
            bases = [(code, BASES[code]) for code in ("", *DateBasis)]
            found[name] = forms.ChoiceField(
                label=_("How the date is known"), choices=bases, required=False, initial=values.get(name, "")
            )
    return found


def _input_of(field: Field) -> Input:
    if field.code_list == STATE_CODES:
        return _states if field.type is FieldType.LIST else _state
    if field.code_words and field.type is FieldType.TEXT:
        return _words
    return INPUTS.get(field.type, _text)


def _state(field: Field, _value: object, _others: Others) -> forms.Field:
    """All States by name, in the order of the reader's alphabet, and the bodies of several."""
    named = sorted(((code, country(code)) for code in list_states()), key=lambda item: fold(item[1]))
    listed = [*named, (STATES_TOGETHER, country(STATES_TOGETHER))]
    return forms.ChoiceField(choices=[("", _("Choose a State") if field.needed else _("Not stated")), *listed])


def _words(field: Field, value: object, _others: Others) -> forms.Field:
    """The words of the list, and what the proposal says that is none of them."""
    said = [part for part in str(value or "").split(", ") if part and part not in field.codes]
    return WordsField(choices=[(code, name_code(field, code)) for code in (*field.codes, *said)])


def _text(field: Field, _value: object, _others: Others) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 4}) if field.widget == TEXTAREA else None
    return forms.CharField(widget=widget, max_length=field.longest)


def _date(field: Field, _value: object, _others: Others) -> forms.Field:
    help_text = _("2025, 2025-01 or 2025-01-12; X for an unknown digit.")
    return forms.CharField(max_length=field.longest, help_text=help_text)


def _lines(field: Field, _value: object, _others: Others) -> forms.Field:
    lines = UnitsField if field.name == UNITS else LinesField
    return lines(widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One per line."), max_length=8000)


def _code(field: Field, _value: object, _others: Others) -> forms.Field:
    listed = [(code, name_code(field, code)) for code in field.codes]
    return forms.ChoiceField(choices=listed if field.needed else [("", _("Not stated")), *listed])


def _truth(_field: Field, _value: object, _others: Others) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", _("Not stated")), ("True", _("yes")), ("False", _("no"))],
        coerce=lambda value: value == "True",
        empty_value=None,
    )


def _states(_field: Field, value: Sequence[str] | None, others: Others) -> forms.Field:
    """The States of the source's parties, and those that the proposal names already."""
    states = [item.fields["state"] for item in others if item.kind == ProposalKind.PARTY]
    choices = [(code, country(code)) for code in dict.fromkeys([*states, *(value or ())])]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)


def _link(field: Field, _value: object, others: Others) -> forms.Field:
    """The proposals of the source that it may rest on."""
    wanted = [item for item in others if item.kind == field.to]
    named = [(item.key, headline(item.kind, item.fields)) for item in wanted]
    return forms.ChoiceField(choices=[("", _("None")), *named])


INPUTS: Mapping[FieldType, Input] = {
    FieldType.LINK: _link,
    FieldType.LIST: _lines,
    FieldType.CODE: _code,
    FieldType.EDTF: _date,
    FieldType.YESNO: _truth,
}
"""How a field is asked for, by its type; others are asked for as text."""

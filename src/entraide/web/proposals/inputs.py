"""How a person is asked for what a proposal says: an input for each field that its kind declares, by type."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from entraide.communiques.api import ProposalKind, ProposalView
from entraide.kernel.partial_dates import DateBasis
from entraide.programme.api import name_code, name_field
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.web.proposals.texts import BASES, STATE_CODES, country, headline

TEXTAREA = "textarea"
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
        return _states if field.type is FieldType.LIST else _text
    return INPUTS.get(field.type, _text)


def _text(field: Field, _value: object, _others: Others) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 4}) if field.widget == TEXTAREA else None
    return forms.CharField(widget=widget, max_length=field.longest)


def _date(field: Field, _value: object, _others: Others) -> forms.Field:
    help_text = _("2025, 2025-01 or 2025-01-12; X for an unknown digit.")
    return forms.CharField(max_length=field.longest, help_text=help_text)


def _lines(_field: Field, _value: object, _others: Others) -> forms.Field:
    return LinesField(widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One per line."), max_length=8000)


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

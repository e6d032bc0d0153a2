"""A form of the vocabulary as a Django form: every question with label, help, condition and error beside it.

Django draws; what is missing or wrong is said by the domain's completeness check alone, so that the page, the service
and the partner's node never disagree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext

from entraide.directory.api import list_states, state_name
from entraide.requests.api import Words
from entraide.requests.domain.completeness import Problem
from entraide.requests.domain.forms import Condition, Field, FieldKind, Form
from entraide.web.language import filled
from entraide.web.requests.texts import FIELD_FILLED, FIRST_CONDITION

LONG_LIST, SHORT_LIST, SHORT_TEXT = 24, 4, 80
Choices = list[tuple[str, str]]
AuthorityChoices = Mapping[str, Choices]
"""The authorities to choose from, by the field's side: `sending` and `receiving`."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """One question; `folded` when its choices are so many that they stand in a fold."""

    bound: BoundField
    folded: bool = False
    short: bool = False
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a list: `Person 1` with its questions; `name` is what removes it."""

    title: str
    name: str
    anchor: str
    fields: tuple[ShownField, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question or a list of rows."""

    question: ShownField | None = None
    label: str = ""
    help: str = ""
    name: str = ""
    add: str = ""
    errors: tuple[str, ...] = ()
    rows: tuple[ShownRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Items that stand together: short questions side by side, or one item over the whole width."""

    items: tuple[ShownItem, ...]
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its groups of items."""

    id: str
    title: str
    help: str
    groups: tuple[ShownGroup, ...]


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A line of the summary: the anchor of the field and what is wrong there."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A whole form for a page."""

    sections: tuple[ShownSection, ...]
    problems: tuple[ShownProblem, ...] = ()
    form: forms.Form | None = field(default=None, repr=False)


class DrawnForm(forms.Form):
    """A Django form that only draws: its errors are given, never computed."""

    use_required_attribute = False

    def __init__(
        self, fields: Mapping[str, forms.Field], initial: Mapping[str, Any], errors: Mapping[str, list[str]]
    ) -> None:
        super().__init__(initial=dict(initial))
        self.fields.update(fields)
        self._given = ErrorDict({name: ErrorList(texts) for name, texts in errors.items()})

    @property
    def errors(self) -> ErrorDict:
        """The given errors by field."""
        return self._given


def show_form(
    form: Form,
    content: Mapping[str, Any],
    words: Words,
    *,
    authorities: AuthorityChoices | None = None,
    problems: Sequence[Problem] = (),
    add_row_to: str = "",
) -> ShownForm:
    """Return `form` filled with `content`, with `problems` beside their fields and one more row for `add_row_to`."""
    lists = {item.id: item.codes for item in form.fields}
    lists |= {f"{item.id}.{child.id}": child.codes for item in form.fields for child in item.fields}
    drawing = _Drawing(words, authorities or {}, content, add_row_to, lists)
    for item in form.fields:
        drawing.draw(item, content)
    errors: dict[str, list[str]] = {}
    for problem in problems:
        errors.setdefault(html_name(problem.path), []).append(problem_text(problem, words))
    drawn = DrawnForm(drawing.fields, drawing.initial, errors)
    sections = tuple(
        ShownSection(
            section.id,
            words.section(section.id).text,
            words.section(section.id).help,
            _groups([_item(drawn, drawing, item, errors) for item in section.fields]),
        )
        for section in form.sections
    )
    shown = tuple(ShownProblem(_anchor(drawn, problem.path), _with_row(problem, words)) for problem in problems)
    return ShownForm(sections, shown, drawn)


def _groups(items: list[ShownItem]) -> tuple[ShownGroup, ...]:
    groups = []
    for short, members in groupby(items, key=lambda item: item.question is not None and item.question.short):
        found = tuple(members)
        groups += [ShownGroup(found, side_by_side=True)] if short else [ShownGroup((item,)) for item in found]
    return tuple(groups)


def html_name(path: str) -> str:
    """Return the name of a field in HTML: `persons.0.name` is `persons-0-name`."""
    return path.replace(".", "-")


def problem_text(problem: Problem, words: Words) -> str:
    """Return what is wrong, in the reader's language, with the field's own label."""
    fields = problem.params.get("fields", "").split(", ")
    params = {
        **problem.params,
        "path": problem.path,
        "label": words.field(problem.params["label"]).text,
        "fields": ", ".join(words.field(name).text for name in fields),
    }
    return filled(problem.message, params)


def _with_row(problem: Problem, words: Words) -> str:
    parts = problem.path.split(".")
    text = problem_text(problem, words)
    if len(parts) < 3:
        return text
    return f"{words.field(parts[0]).item} {int(parts[1]) + 1}: {text}"


def _anchor(form: DrawnForm, path: str) -> str:
    name = html_name(path)
    if name not in form.fields:
        return path.split(".", maxsplit=1)[0]
    bound = form[name]
    return bound.id_for_label or bound.auto_id


@dataclass
class _Drawing:
    words: Words
    authorities: AuthorityChoices
    content: Mapping[str, Any]
    add_row_to: str
    lists: Mapping[str, str]
    fields: dict[str, forms.Field] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)
    row_counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def draw(self, item: Field, values: Mapping[str, Any], prefix: str = "", path: str = "") -> None:
        """Add the Django field of `item`, or those of each of its rows."""
        name = f"{prefix}{item.id}"
        if item.kind is FieldKind.ROWS:
            rows = values.get(item.id)
            rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
            blank = 1 if not rows or self.add_row_to == item.id else 0
            self.row_counts[name] = (len(rows), min(len(rows) + blank, item.max))
            for index in range(self.row_counts[name][1]):
                row = rows[index] if index < len(rows) else {}
                for child in item.fields:
                    self.draw(child, row, f"{name}-{index}-", f"{item.id}.")
            return
        label = self.words.field(f"{path}{item.id}")
        help_text = " ".join(filter(None, (label.help, self._condition(item.required_when, item, path))))
        self.fields[name] = self._field(item, label.text, help_text)
        self.initial[name] = values.get(item.id)

    def _condition(self, condition: Condition | None, item: Field, path: str) -> str:
        if condition is None or item.required:
            return ""
        other = self.words.field(f"{path}{condition.field}").text
        if not condition.values:
            return str(FIELD_FILLED).format(field=other)
        list_name = self.lists[f"{path}{condition.field}"]
        values = ", ".join(self.words.code(list_name, code) for code in condition.values)
        return str(FIRST_CONDITION).format(field=other, values=values)

    def _field(self, item: Field, label: str, help_text: str) -> forms.Field:
        common: dict[str, Any] = {
            "label": label,
            "help_text": help_text,
            # A question that some answers make necessary is not called optional.
            "required": item.required or item.required_when is not None,
        }
        choices = self._choices(item)
        if item.kind is FieldKind.CODES:
            return forms.MultipleChoiceField(choices=choices or [], widget=forms.CheckboxSelectMultiple, **common)
        if choices is not None and len(choices) <= SHORT_LIST and item.kind is FieldKind.CODE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        if choices is not None:
            return forms.ChoiceField(choices=[("", "—"), *choices], **common)
        return forms.CharField(widget=_widget(item), **common)

    def _choices(self, item: Field) -> Choices | None:
        if item.kind in (FieldKind.CODE, FieldKind.CODES):
            return self.words.choices(item.codes)
        if item.kind is FieldKind.AUTHORITY:
            return list(self.authorities.get(item.side, ()))
        if item.kind is FieldKind.STATE:
            return sorted(
                ((code, state_name(code, self.words.language)) for code in list_states()), key=lambda pair: pair[1]
            )
        return None


def _widget(item: Field) -> forms.Widget:
    if item.kind is FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 5, "maxlength": item.max})
    if item.kind is FieldKind.DATE:
        return forms.DateInput(attrs={"type": "date"})
    if item.kind is FieldKind.INTEGER:
        return forms.NumberInput(attrs={"min": item.minimum, "max": item.maximum})
    # Personal data is never offered again by the browser.
    attrs: dict[str, object] = {"maxlength": item.max} if item.max else {}
    return forms.TextInput(attrs={**attrs, "autocomplete": "off"} if item.personal else attrs)


def _item(form: DrawnForm, drawing: _Drawing, item: Field, errors: Mapping[str, list[str]]) -> ShownItem:
    if item.kind is not FieldKind.ROWS:
        return ShownItem(question=_shown(form, item, item.id))
    label = drawing.words.field(item.id)
    stored, shown = drawing.row_counts[item.id]
    rows = tuple(
        ShownRow(
            title=f"{label.item} {index + 1}",
            name=f"{item.id}-{index}",
            anchor=f"{item.id}-{index}",
            fields=tuple(_shown(form, child, f"{item.id}-{index}-{child.id}") for child in item.fields),
            is_new=index >= stored,
        )
        for index in range(shown)
    )
    add = gettext("Add: {item}").format(item=label.item) if shown < item.max else ""
    return ShownItem(
        label=label.text, help=label.help, name=item.id, add=add, rows=rows, errors=tuple(errors.get(item.id, ()))
    )


def _shown(form: DrawnForm, item: Field, name: str) -> ShownField:
    bound = form[name]
    chosen = bound.value()
    is_long = item.kind is FieldKind.CODES and len(list(_options(bound))) > LONG_LIST
    number = len(chosen) if is_long and isinstance(chosen, list) else 0
    return ShownField(bound, folded=is_long, short=_is_short(item, bound), chosen=number)


def _is_short(item: Field, bound: BoundField) -> bool:
    if item.kind is FieldKind.TEXT:
        return item.max <= SHORT_TEXT
    return item.kind in _SHORT and not isinstance(bound.field.widget, forms.RadioSelect)


_SHORT = frozenset({
    FieldKind.CODE, FieldKind.DATE, FieldKind.PARTIAL_DATE, FieldKind.INTEGER, FieldKind.MOMENT, FieldKind.STATE
})  # fmt: skip


def _options(bound: BoundField) -> Iterator[object]:
    choices = getattr(bound.field, "choices", ())
    return iter(choices)

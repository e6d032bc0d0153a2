"""Pages on which facts of a declared kind are entered and corrected by hand: the form is made of the declaration."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import SourceSummary, amend_fact, citations_of, enter_fact, list_sources
from entraide.directory.api import language_name
from entraide.kernel.errors import EntraideError
from entraide.kernel.languages import SPOKEN
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.programme.api import load_kinds, name_code, name_field, plug_of, say
from entraide.programme.domain.kinds import Change, Field, FieldType, Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.register.presenting import title_of
from entraide.web.typed_dates import typed_date
from entraide.web.upkeep.forms import CitedForm

LATEST_SOURCES = 200
TEXTAREA = "textarea"


def list_entered_kinds() -> tuple[Kind, ...]:
    """Return the kinds that are entered on these pages: those with a page and the general acts."""
    return tuple(kind for kind in load_kinds() if kind.has_page and kind.model and not kind.plug)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, name: str) -> HttpResponse:
    """Enter a fact of a kind with the passage that shows it."""
    kind = load_kinds().get(name)

    def act(form: FactForm) -> UUID:
        node, actor = node_of(request), actor_from(request)
        return enter_fact(node, actor=actor, kind=name, values=form.values(), passage=form.passage())

    return _guarded(kind, lambda asked: _page(asked, kind, None, act))(request)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, name: str, fact_id: UUID) -> HttpResponse:
    """Correct what may be corrected of a fact, with the passage that shows it."""
    kind = load_kinds().get(name)
    read = plug_of(name).get
    view = read(node_of(request), fact_id) if read is not None else None

    def act(form: FactForm) -> UUID:
        node, actor = node_of(request), actor_from(request)
        if values := form.values():
            amend_fact(node, actor=actor, kind=name, fact_id=fact_id, values=values, passage=form.passage())
        return fact_id

    return _guarded(kind, lambda asked: _page(asked, kind, view, act))(request)


class FactForm(CitedForm):
    """The fields of a kind: all of a new fact, those that may change of one that is recorded (`view`)."""

    def __init__(self, kind: Kind, view: object, sources: Sequence[SourceSummary], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(sources, *args, **kwargs)
        self.asked = [field for field in kind.fields if field.type in INPUTS and _may_change(field, view)]
        self.before = {field.name: read_path(Item(view), field.path) if view else None for field in self.asked}
        for field in self.asked:
            for name, shown in INPUTS[field.type](field, self.before[field.name]).items():
                shown.required = field.needed and view is None and field.type is not FieldType.TEXTS
                self.fields[name] = shown
        self.order_fields([*(name for name in self.fields if name not in ("source", "quote")), "source", "quote"])

    def clean(self) -> dict[str, Any]:
        """Refuse a date that is none, a page that is none, and a new fact without what it must have."""
        super().clean()
        for field in self.asked:
            try:
                value = self._given(field)
            except (NotADate, ValueError):
                self.add_error(field.name, _("This cannot be read."))
                continue
            if field.needed and not value and not self.before[field.name]:
                first = next(name for name in self.fields if name.partition("-")[0] == field.name)
                self.add_error(first, _("This field is required."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """Return what was given and differs from what is recorded, by the names of fields."""
        given = {field.name: self._given(field) for field in self.asked}
        return {name: value for name, value in given.items() if value and value != self.before[name]}

    def _given(self, field: Field) -> Any:  # noqa: ANN401 - by the field's type
        if field.type is FieldType.TEXTS:
            texts = {code: self.cleaned_data.get(f"{field.name}-{code}") for code in SPOKEN}
            return {code: text for code, text in texts.items() if text}
        return _READ.get(field.type, str)(self.cleaned_data.get(field.name) or "")


def _may_change(field: Field, view: object) -> bool:
    if view is None:
        return field.change is not Change.DERIVED
    known = read_path(Item(view), field.path)
    return field.change is Change.ALWAYS or (field.change is Change.FILL and known in (None, "", (), {}))


def _texts(field: Field, value: Mapping[str, str] | None) -> dict[str, forms.Field]:
    """Return an input for each language of the site."""
    return {
        f"{field.name}-{code}": forms.CharField(
            label=f"{name_field(field)} ({language_name(code, reader_language())})",
            max_length=field.longest,
            initial=(value or {}).get(code, ""),
        )
        for code in SPOKEN
    }


def _text(field: Field, value: object) -> dict[str, forms.Field]:
    widget = forms.Textarea(attrs={"rows": 3}) if field.widget == TEXTAREA else None
    shown = forms.CharField(label=name_field(field), max_length=field.longest, initial=value or "", widget=widget)
    return {field.name: shown}


def _date(field: Field, value: object) -> dict[str, forms.Field]:
    initial = value.value if isinstance(value, PartialDate) else value
    help_text = _("12/01/2025, 2025-01-12, 01/2025 or 2025; X for an unknown digit.")
    shown = forms.CharField(label=name_field(field), max_length=60, initial=initial or "", help_text=help_text)
    return {field.name: shown}


def _code(field: Field, value: object) -> dict[str, forms.Field]:
    choices = [("", _("Not stated")), *((code, name_code(field, code)) for code in field.codes)]
    return {field.name: forms.ChoiceField(label=name_field(field), choices=choices, initial=str(value or ""))}


def _number(field: Field, value: object) -> dict[str, forms.Field]:
    return {field.name: forms.IntegerField(label=name_field(field), min_value=1, max_value=99_999, initial=value)}


def _list(field: Field, value: Sequence[str] | None) -> dict[str, forms.Field]:
    widget, initial = forms.Textarea(attrs={"rows": 3}), "\n".join(value or ())
    help_text = _("One per line.")
    return {field.name: forms.CharField(label=name_field(field), widget=widget, initial=initial, help_text=help_text)}


def _link(field: Field, value: object) -> dict[str, forms.Field]:
    help_text = _("The address of its page in this register.")
    return {field.name: forms.CharField(label=name_field(field), initial=str(value or ""), help_text=help_text)}


INPUTS: Mapping[FieldType, Callable[[Field, Any], dict[str, forms.Field]]] = {
    FieldType.LINK: _link,
    FieldType.TEXT: _text,
    FieldType.URL: _text,
    FieldType.TEXTS: _texts,
    FieldType.LIST: _list,
    FieldType.CODE: _code,
    FieldType.NUMBER: _number,
    FieldType.EDTF: _date,
}
"""How a field is asked for, by its type; what is missing here is not entered by hand."""
_READ: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.LINK: lambda text: UUID(text.strip().rstrip("/")[-36:]) if text.strip() else None,
    FieldType.LIST: lambda text: tuple(line.strip() for line in text.splitlines() if line.strip()),
    FieldType.NUMBER: lambda number: number or None,
    FieldType.EDTF: typed_date,
}


def _guarded(kind: Kind, view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let only those in who may write facts of the kind."""
    return role_required(*(Role(name) for name in kind.writers))(view)


def _page(request: HttpRequest, kind: Kind, view: Any, act: Callable[[FactForm], UUID]) -> HttpResponse:  # noqa: ANN401 - a view or None
    node = node_of(request)
    cited = [item.source for item in citations_of(node, kind.fact, view.id)] if view is not None else []
    sources = list({item.id: item for item in (*cited, *list_sources(node, limit=LATEST_SOURCES))}.values())
    form = FactForm(kind, view, sources, request.POST if request.method == "POST" else None, prefix=kind.name)
    if form.is_bound and form.is_valid():
        try:
            fact_id = act(form)
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The entry stands in the register."))
            return redirect(f"/{kind.table}/{fact_id}/")
    title = title_of(kind, view).text if view is not None else say(kind.one)
    back = f"/{kind.table}/{view.id}/" if view is not None else f"/{kind.table}/"
    context = {
        "title": title,
        "trail": [
            {"label": _("Register"), "href": reverse("register:home")},
            {"label": say(kind.many), "href": f"/{kind.table}/"},
            {"label": _("Entries by hand")},
        ],
        "acts": [{"label": say(kind.one), "form": form, "name": kind.name}],
        "back": back,
    }
    return render(request, "upkeep/page.html", context, status=400 if form.is_bound else 200)

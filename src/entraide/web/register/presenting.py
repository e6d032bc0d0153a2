"""How facts of any kind look on the general list and the general page: names, cells and links by what is declared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, name_code, name_field, say
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.web.language import text_here
from entraide.web.register.hits import read_titles, told_of
from entraide.web.templatetags.programme import state_title

POINTING = frozenset({FieldType.LINK, FieldType.LINKS})


@dataclass(frozen=True, slots=True)
class Shown:
    """A value on a page: its text and the text's language (empty: the reader's), and where it leads."""

    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A field on a page: its name and its values, none where nothing is known."""

    label: str
    values: tuple[Shown, ...]


def title_of(kind: Kind, view: object) -> Shown:
    """Return what a fact is called: its texts in the reader's language, else the name of its kind."""
    field = kind.called
    value = read_path(Item(view), field.path) if field is not None else None
    if not value:
        return Shown(say(kind.one))
    return _text(value) if isinstance(value, Mapping) else Shown(str(value))


def present_list(node: Node, kind: Kind, views: Sequence[object]) -> dict[str, Any]:
    """Return the columns of a list and its rows, each with its title and address; queries grow with links, not rows."""
    fields = [field for field in kind.fields if field.listed or field.name == "mechanism"]
    named = _named(node, fields, views)
    rows = [
        (title_of(kind, view), address_of(kind, view), [_line(field, view, named) for field in fields])
        for view in views
    ]
    return {"columns": [say(kind.one), *(name_field(field) for field in fields)], "facts": rows}


def present_fact(node: Node, kind: Kind, view: object) -> list[Line]:
    """Return all that is known of a fact, a line for each of its fields."""
    fields = [field for field in kind.fields if field.type is not FieldType.PARTS]
    named = _named(node, fields, [view])
    return [line for field in fields if (line := _line(field, view, named)).values]


def address_of(kind: Kind, view: object) -> str:
    """Return the path of a fact's page."""
    return f"/{kind.table}/{read_path(Item(view), 'id')}/"


Named = Mapping[tuple[str, UUID], str]


def _named(node: Node, fields: Iterable[Field], views: Sequence[object]) -> Named:
    """Return what the facts are called that links lead to, in one read per field."""
    found: dict[tuple[str, UUID], str] = {}
    for field in fields:
        if field.type in POINTING:
            ids = sorted({id_ for view in views for id_ in _ids(field, view)})
            titles = read_titles(node, field.to, ids) if ids else {}
            found |= {(field.to, id_): title for id_, title in titles.items()}
    return found


def _ids(field: Field, view: object) -> tuple[UUID, ...]:
    value = read_path(Item(view), field.path)
    return tuple(value or ()) if field.type is FieldType.LINKS else (value,) if value else ()


def _line(field: Field, view: object, named: Named) -> Line:
    if field.type in POINTING:
        return Line(name_field(field), tuple(_link(field, id_, named) for id_ in _ids(field, view)))
    value = read_path(Item(view), field.path)
    return Line(name_field(field), tuple(_values(field, value)) if value not in (None, "") else ())


def _link(field: Field, id_: UUID, named: Named) -> Shown:
    to = load_kinds().get(field.to)
    return Shown(named.get((to.name, id_)) or say(to.one), f"/{to.table}/{id_}/" if to.has_page else "")


def _values(field: Field, value: Any) -> Iterable[Shown]:  # noqa: ANN401 - whatever the field holds
    if field.type is FieldType.BY_STATE:
        return [Shown(f"{state_title(code)}: {text}") for code, text in value.items()]
    if field.type is FieldType.LIST:
        return [Shown(name_code(field, str(item))) for item in value]
    if isinstance(value, Mapping):
        return [_text(value)] if value else []
    if isinstance(value, bool):
        return [Shown(gettext("yes") if value else gettext("no"))]
    return [_plain(field, value)]


def _plain(field: Field, value: Any) -> Shown:  # noqa: ANN401 - the same
    return Shown(told_of(field, value), href=str(value) if field.type is FieldType.URL else "")


def _text(texts: Mapping[str, str]) -> Shown:
    chosen = text_here(texts)
    return Shown(chosen.text, language=chosen.language)

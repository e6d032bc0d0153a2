"""Lists and details of every kind of fact that has a page: one operation each, made out of its declaration."""

from collections.abc import Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from entraide.directory.api import parse_state
from entraide.programme.api import Page, load_kinds, plug_of, terms_of
from entraide.programme.domain.declarations import PLAN_YEAR
from entraide.programme.domain.errors import UnknownCode
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.lists import NEWEST, sorts_of
from entraide.programme.domain.paths import Item
from entraide.programme.domain.plugs import Narrowed, Stretch
from entraide.rest.citations import citations, contradictions
from entraide.rest.interface import ORGANISATION_OF_STATES, PROBLEMS, Cursor, Limit, node_of
from entraide.rest.paging import link_pages, page_by_id
from entraide.rest.shapes import detail_shape_of, facts_of, interface_of, page_shape_of

States = Annotated[
    tuple[str, ...],
    Query(alias="state", max_length=20, description="ISO 3166-1 alpha-2; repeated: all of them are parties"),
]
State = Annotated[str | None, Query(min_length=2, max_length=2, description="ISO 3166-1 alpha-2")]
Year = Annotated[int | None, Query(ge=1, le=9999, description="Four digits")]
PlanYear = Annotated[int | None, Query(ge=1, le=9999, description="A year that the plan or the commitment is for")]
Mechanism = Annotated[UUID | None, Query(description="Id of a mechanism")]
Code = Annotated[str | None, Query(max_length=40, description="Code of a domain, see /filters")]
Place = Annotated[str | None, Query(max_length=200, description="A town, province or State in any spelling")]
PLACE = "place"
"""How fields that hold a place declare that they are compared."""
STATES = "states"
Given = tuple[str, Any, Any]
"""A parameter: its name, its type, what stands for none."""
OWN: Mapping[str, Given] = {
    "state": ("states", States, ()),
    "year": ("year", Year, None),
    PLAN_YEAR: (PLAN_YEAR, PlanYear, None),
    "mechanism": ("mechanism", Mechanism, None),
}
"""Filters that are no codes of a kind: the name of the parameter, its type, what stands for none."""


def add_operations(register: Router, others: Mapping[str, Router]) -> None:
    """Add the list and the detail of each kind to the router of the application that keeps it, or to `register`."""
    for kind in load_kinds():
        if kind.interface is None or not kind.has_page:
            continue
        router = others.get(kind.model.partition(".")[0], register)
        has_list = plug_of(kind.name).page is not None
        if has_list:
            _add_list(router, kind)
        elif plug_of(kind.name).entered is not None:
            _add_entered(router, kind)
        if has_list or kind.interface.summary:
            _add_detail(router, kind)


def _add_list(router: Router, kind: Kind) -> None:
    page = plug_of(kind.name).page
    schema, interface = page_shape_of(kind.name), interface_of(kind)

    def read(request: HttpRequest, response: HttpResponse, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - by name
        node, wanted = node_of(request), _narrowed(kind, given)
        found: Page[Any] = page(node, wanted, given["cursor"], given["limit"])  # type: ignore[misc]  # asked for before
        links = link_pages(request, response, found.next_cursor, found.previous_cursor)
        items = [facts_of(kind.name, Item(view), node.settings.origin) for view in found.items]
        return {**links, "count": found.count, "counted_all": found.counted_all, "items": items}

    given: list[Given] = [("response", HttpResponse, Parameter.empty)]
    given += [_parameter(kind, name) for name in kind.filters]
    given += [("sort", _sort_of(kind), NEWEST)]
    given += [("cursor", Cursor, None), ("limit", Limit, 50)]
    _describe(read, f"read_{kind.table}", given, interface.list_about, kind.many.english)
    summary = interface.list_summary or f"{kind.many.english}, newest first"
    router.get(f"/{kind.table}", response={200: schema, **PROBLEMS}, summary=summary)(read)


def _add_entered(router: Router, kind: Kind) -> None:
    """Add a list in the order of entry, narrowed by one field; it goes on by id and counts nothing."""
    entered, interface = plug_of(kind.name).entered, interface_of(kind)
    field = kind.field(interface.narrowed) if interface.narrowed else None

    def read(request: HttpRequest, response: HttpResponse, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - by name
        node = node_of(request)
        wanted = given[field.name] if field is not None else None
        if field is not None and field.code_list == STATES and wanted is not None:
            (wanted,) = _states((wanted,))
        found, following, preceding = page_by_id(
            lambda beyond, backwards, most: entered(node, wanted, Stretch(beyond, backwards, most)),  # type: ignore[misc]  # asked for before
            given["cursor"],
            given["limit"],
        )
        links = link_pages(request, response, following, preceding)
        return {**links, "items": [facts_of(kind.name, Item(view), node.settings.origin) for view in found]}

    given: list[Given] = [("response", HttpResponse, Parameter.empty)]
    given += [(field.name, _narrowing(field), None)] if field is not None else []
    given += [("cursor", Cursor, None), ("limit", Limit, 50)]
    _describe(read, f"read_{kind.table}", given, interface.list_about, kind.many.english)
    schema = page_shape_of(kind.name, counted=False)
    summary = interface.list_summary or f"{kind.many.english}, as entered"
    router.get(f"/{kind.table}", response={200: schema, **PROBLEMS}, summary=summary)(read)


def _narrowing(field: Field) -> Any:  # noqa: ANN401 - an annotated type
    """Return the type of the parameter by which a list in the order of entry is narrowed: a State, or a link."""
    if field.code_list == STATES:
        return State
    name = load_kinds().get(field.to).one.english.lower()
    article = "an" if name[:1] in "aeio" else "a"
    return Annotated[UUID | None, Query(description=f"Id of {article} {name}")]  # type: ignore[type-arg]  # a call


def _add_detail(router: Router, kind: Kind) -> None:
    schema, interface, key = detail_shape_of(kind.name), interface_of(kind), f"{kind.name}_id"

    def read(request: HttpRequest, **given: UUID) -> dict[str, Any]:
        return detail_of(kind, request, given[key])

    _describe(read, f"read_{kind.name}", [(key, UUID, Parameter.empty)], interface.about, kind.one.english)
    summary = interface.summary or f"One {kind.one.english.lower()}"
    path = f"/{kind.table}/{{uuid:{key}}}"
    router.get(path, response={200: schema, **PROBLEMS}, summary=summary)(read)


def detail_of(kind: Kind, request: HttpRequest, id_: UUID) -> dict[str, Any]:
    """Return a fact with what links to it and what shows it, as the fields of its detail; raises a `NotFound`."""
    node, get = node_of(request), plug_of(kind.name).get
    origin = node.settings.origin
    view = get(node, id_) if get is not None else None
    found = facts_of(kind.name, Item(view), origin)
    interface = interface_of(kind)
    for name, of in interface.related:
        read = plug_of(of).of
        views = read(node, link_to(kind, load_kinds().get(of)), id_) if read is not None else ()
        found[name] = [facts_of(of, Item(item), origin) for item in views]
    if kind.cited and interface.evidence:
        found["citations"] = citations(node, kind.fact, id_, origin)
        found["contradictions"] = contradictions(node, kind.fact, id_, origin)
    return found


def link_to(kind: Kind, of: Kind) -> Field:
    """Return the link by which facts of the kind `of` lead to one of `kind`."""
    return next(field for field in of.fields if field.type is FieldType.LINK and field.to == kind.name)


def _parameter(kind: Kind, name: str) -> Given:
    """Return the name, type and default of the parameter by which a list is narrowed."""
    if name in OWN:
        return OWN[name]
    terms = terms_of(kind.name, name)
    if kind.field(name).alike == PLACE:
        return name, Place, None
    return name, (terms | None if terms is not None else Code), None


def _sort_of(kind: Kind) -> Any:  # noqa: ANN401 - an annotated type
    """Return the type of the parameter by which a list is ordered."""
    return Annotated[Literal[sorts_of(kind.sorted)], Query(description="The order of the list")]  # type: ignore[type-arg]  # a call


def _narrowed(kind: Kind, given: Mapping[str, Any]) -> Narrowed:
    codes = {}
    for name in kind.filters:
        if name not in OWN and given.get(name) is not None:
            field, value = kind.field(name), str(given[name])
            codes[name] = value if field.alike == PLACE else _code(field, value)
    return Narrowed(
        _states(given.get("states", ())),
        given.get("year"),
        given.get("mechanism"),
        codes,
        given.get(PLAN_YEAR),
        given.get("sort", NEWEST),
    )


def _states(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        ORGANISATION_OF_STATES if code.upper() == ORGANISATION_OF_STATES else parse_state(code) for code in codes
    )


def _code(field: Field, code: str) -> str:
    if code not in field.codes:
        raise UnknownCode(value=code[:40], what=field.name, allowed=", ".join(field.codes))
    return code


def _describe(function: Any, name: str, given: list[Given], about: str, what: str) -> None:  # noqa: ANN401 - a function whose signature is set here
    """Give an operation the name, the parameters and the description that ninja reads off a function."""
    function.__name__ = name
    function.__doc__ = (
        about or f"Return {what[:1].lower()}{what[1:]} as the register has them, each with its addresses."
    )
    parameters = [Parameter(key, Parameter.KEYWORD_ONLY, annotation=of, default=none) for key, of, none in given]
    first = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    function.__signature__ = Signature([*first, *parameters])

"""Search of the public register: what the words were found in, best first, with counts by kind, State and year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from entraide.directory.api import list_states
from entraide.kernel.node import Node
from entraide.programme.api import say
from entraide.search.api import Narrowing, Order, Results, fold, search_documents
from entraide.search.domain.documents import FoundDocument
from entraide.web.http import node_of
from entraide.web.register.hits import Hit, list_searched, read_hits
from entraide.web.templatetags.programme import state_title

LONGEST = 200
"""Characters of a query that are looked at."""
PER_PAGE = 20
MOST_PAGES = 50
MOST_SHOWN = 8
"""Values of a facet that stand there at once; the others are one step away."""
ORDERS = {
    Order.BEST: gettext_noop("Best first"),
    Order.NEWEST: gettext_noop("Newest first"),
    Order.OLDEST: gettext_noop("Oldest first"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: how many results have it, and the address of those, or of all when it is `chosen`."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """By what results can be narrowed: the values that most have, then the `others`."""

    label: str
    values: tuple[Value, ...]
    others: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A result with the name of its kind."""

    kind: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what the register does not know of it is left out."""

    query: str
    kind: str
    states: tuple[str, ...]
    year: int | None
    order: Order
    page: int

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out by more than its words."""
        return bool(self.kind or self.states or self.year)

    def address(self, **changed: object) -> str:
        """Return the address of this search with some of it changed; it begins with the first page."""
        given: dict[str, object] = {
            "q": self.query,
            "kind": self.kind,
            "state": self.states,
            "year": self.year,
            "sort": "" if self.order is Order.BEST else self.order.value,
            "page": "",
        }
        query = QueryDict(mutable=True)
        for name, value in {**given, **changed}.items():
            for item in value if isinstance(value, tuple) else (value,):
                if item:
                    query.appendlist(name, str(item))
        return f"{reverse('register:search')}?{query.urlencode()}"


def show_results(request: HttpRequest) -> HttpResponse:
    """Show what the words of `q` were found in, narrowed by `kind`, `state` and `year`, in the order of `sort`."""
    names = {one.name: say(one.many) for one in list_searched()}
    asked = _asked(request, names)
    node = node_of(request)
    narrowing = Narrowing((asked.kind,) if asked.kind else None, asked.states, asked.year)
    first = (asked.page - 1) * PER_PAGE
    results = search_documents(
        node, asked.query, narrowing, kinds=list(names), order=asked.order, first=first, limit=PER_PAGE
    )
    context = {
        "query": asked.query,
        "hits": _shown(node, results.found, asked.query),
        "results": results,
        "facets": tuple(_facets(asked, results, names)) if results.count or asked.narrowed else (),
        "orders": [
            Value(
                gettext(label), 0, asked.address(sort="" if order is Order.BEST else order.value), order is asked.order
            )
            for order, label in ORDERS.items()
        ],
        "previous": asked.address(page=asked.page - 1 if asked.page > 2 else "") if asked.page > 1 else "",
        "next": asked.address(page=asked.page + 1) if first + PER_PAGE < results.count else "",
        "first": first + 1,
        "last": first + len(results.found),
        "all": asked.address(kind="", state=(), year=None),
        "narrowed": asked.narrowed,
        "trail": [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Search")}],
    }
    return render(request, "register/search.html", context)


def _asked(request: HttpRequest, names: Mapping[str, str]) -> Asked:
    given = request.GET
    kind, year, page = given.get("kind", ""), given.get("year", ""), given.get("page", "")
    order = given.get("sort", "")
    return Asked(
        query=" ".join(given.get("q", "")[: 5 * LONGEST].replace("\x00", " ").split())[:LONGEST],
        kind=kind if kind in names else "",
        states=tuple(code for code in dict.fromkeys(given.getlist("state")) if code in list_states())[:4],
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        order=Order(order) if order in set(Order) else Order.BEST,
        page=_page(page),
    )


def _page(text: str) -> int:
    """Return the page that is asked for, the last one for any beyond it; numbers of many digits are not worked out."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(1, min(int(text), MOST_PAGES)) if len(text) < LONGEST else MOST_PAGES


def _shown(node: Node, found: Sequence[FoundDocument], query: str) -> tuple[Shown, ...]:
    """Return the results in their order, with the names of their kinds; what is there no more is left out."""
    ids: dict[str, list[UUID]] = {}
    for item in found:
        ids.setdefault(item.kind, []).append(item.object_id)
    hits: dict[tuple[str, UUID], Hit] = {}
    for name, own in ids.items():
        hits |= {(name, id_): hit for id_, hit in read_hits(node, name, own, query).items()}
    singular = {one.name: say(one.one) for one in list_searched()}
    return tuple(
        Shown(singular[item.kind], hits[item.kind, item.object_id])
        for item in found
        if (item.kind, item.object_id) in hits
    )


def _facets(asked: Asked, results: Results, names: Mapping[str, str]) -> Iterable[Facet]:
    facets = (
        (gettext("Kind"), _kinds(asked, results, names)),
        (gettext("State"), _states(asked, results)),
        (gettext("Year"), _years(asked, results)),
    )
    for label, values in facets:
        if values:
            yield Facet(label, tuple(values[:MOST_SHOWN]), tuple(values[MOST_SHOWN:]))


def _kinds(asked: Asked, results: Results, names: Mapping[str, str]) -> list[Value]:
    """Return the kinds in the order of the register."""
    found = [name for name in names if results.kinds.get(name) or name == asked.kind]
    return [_value(asked, results.kinds, "kind", name, names[name], chosen=name == asked.kind) for name in found]


def _states(asked: Asked, results: Results) -> list[Value]:
    """Return the States, those asked for first, then those that most results are about."""
    found = []
    for code in dict.fromkeys((*asked.states, *results.states)):
        chosen = code in asked.states
        others = tuple(one for one in asked.states if one != code)
        href = asked.address(state=others if chosen else (*asked.states, code))
        found.append(Value(state_title(code), results.states.get(code, 0), href, chosen))
    return sorted(found, key=lambda value: (not value.chosen, -value.count, fold(value.label)))


def _years(asked: Asked, results: Results) -> list[Value]:
    """Return the years, the one asked for first, then the latest."""
    found = sorted({*results.years, *((asked.year,) if asked.year else ())}, reverse=True)
    values = [_value(asked, results.years, "year", year, str(year), chosen=year == asked.year) for year in found]
    return sorted(values, key=lambda value: not value.chosen)


def _value(asked: Asked, counts: Mapping[Any, int], name: str, value: object, label: str, *, chosen: bool) -> Value:
    return Value(label, counts.get(value, 0), asked.address(**{name: None if chosen else value}), chosen)

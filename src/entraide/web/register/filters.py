"""Filters of the public lists: read from the address, shown as a form and as chips, written back as a permalink."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext, gettext_noop

from entraide.directory.api import list_states
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId
from entraide.kernel.node import Node
from entraide.programme.api import (
    FilterValues,
    MechanismView,
    count_facets,
    get_mechanism,
    list_filter_values,
    list_plan_years,
    name_code,
    name_field,
    place_code,
    plug_of,
    say,
)
from entraide.programme.domain import kinds
from entraide.programme.domain.declarations import PLAN_YEAR
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.lists import NEWEST, OLDEST, Facets, sorts_of
from entraide.programme.domain.plugs import Narrowed
from entraide.search.domain.folding import fold
from entraide.web.http import node_of
from entraide.web.naming import name_town
from entraide.web.register.exporting import list_exports
from entraide.web.templatetags.programme import mechanism_title, state_title

CURSOR = "cursor"
STATE, YEAR, SORT = "state", "year", "sort"
PLACE = "place"
"""How fields that hold a place declare that they are compared."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with its name; `chosen` when the address asks for it, `count` how many rows it would leave.

    `count` is None where the list is too long to be counted so.
    """

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as a select: `id` is unique on the page, `first` names the empty choice."""

    name: str
    id: str
    label: str
    first: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """What the list is narrowed by, and the address of the list without it."""

    label: str
    value: str
    without: str


class ListFilter:
    """The filters of a kind's list, from the address of the page; `names` are those of them that the list has.

    What the register does not know is left out and told in `unknown`, never guessed.
    """

    def __init__(
        self,
        request: HttpRequest,
        kind: Kind,
        names: Sequence[str] | None = None,
        *,
        path: str | None = None,
        mechanism: MechanismView | None = None,
    ) -> None:
        """Read the filters of `request`; `path` and `mechanism` are of a list that another page leads to."""
        self.kind = kind
        self.names = tuple(kind.filters if names is None else names)
        self._path = path or request.path
        self._given = request.GET
        self._node = node_of(request)
        self._values: FilterValues = list_filter_values(self._node)
        self.unknown: list[str] = []
        self.states = tuple(dict.fromkeys(self._known("state", list_states() | {"XX"})))
        self.codes: Mapping[str, str] = {
            name: self._one(name, self._allowed(name)) for name in self.names if name not in LABELS
        }
        self.year = self._year(YEAR)
        self.plan_year = self._year(PLAN_YEAR)
        self.sorts = sorts_of(kind.sorted) if names is None else ()
        self.sort = self._sort()
        self.mechanism_id, self._mechanism_title = (
            (mechanism.id, mechanism_title(mechanism)) if mechanism else self._mechanism(node_of(request))
        )

    @property
    def narrowed(self) -> Narrowed:
        """What the list is narrowed to."""
        codes = {name: code for name, code in self.codes.items() if code}
        return Narrowed(frozenset(self.states), self.year, self.mechanism_id, codes, self.plan_year, self.sort)

    @property
    def path(self) -> str:
        """The address of the whole list."""
        return self._path

    @property
    def untidy(self) -> bool:
        """Whether the address carries empty values, as a form without a script sends them."""
        return any(not value.strip() for _, values in self._given.lists() for value in values)

    @property
    def permalink(self) -> str:
        """The address of this list without empty values and without a place in its pages."""
        return self._address(self._pairs())

    @property
    def fields(self) -> tuple[Field, ...]:
        """The form: a select per filter, two for States, each value with how many rows it would leave."""
        found = (field for name in self.names for field in self._fields(name))
        return tuple(self._counted(field) for field in found)

    @property
    def order(self) -> Field | None:
        """The select of the list's order."""
        if not self.sorts:
            return None
        named = [(name, self._name_of_sort(name)) for name in self.sorts]
        choices = tuple(Choice("" if name == NEWEST else name, text, name == self.sort) for name, text in named)
        return Field(SORT, "filter-sort", gettext("Sorted by"), "", choices)

    @cached_property
    def facets(self) -> Facets:
        """How many rows each value of a filter would leave."""
        rows = plug_of(self.kind.name).rows if self.sorts else None
        if rows is None:  # the filter of a list that another page leads to counts nothing
            return Facets({})
        return count_facets(self._node, self.kind.name, rows, self.narrowed, self.states)

    @property
    def planned_instead(self) -> str:
        """The address of what is for the year by whose meetings and reports the list is narrowed; else empty.

        Addresses from before there were two years meant either.
        """
        if not self.year or self.plan_year or PLAN_YEAR not in self.names:
            return ""
        pairs = [(PLAN_YEAR if name == YEAR else name, value) for name, value in self._pairs()]
        return self._address(pairs)

    @property
    def exports(self) -> tuple[tuple[str, str], ...]:
        """The forms in which the list as it is narrowed can be taken along: each with its name and its address."""
        pairs = [(name, value) for name, value in self._pairs() if name != SORT]
        return tuple((label, self._address(pairs, path)) for label, path in list_exports(self.kind))

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What the list is narrowed by, each with the way to take it away."""
        pairs = self._pairs()
        narrowing = [pair for pair in pairs if pair[0] != SORT]
        return tuple(
            Chip(self._label(name), self._value(name, value), self._address(pair for pair in pairs if pair != own))
            for own in narrowing
            for name, value in (own,)
        )

    @property
    def title(self) -> str:
        """What the list is narrowed by in a few words, for the page's title and its citation."""
        return ", ".join(chip.value for chip in self.chips)

    def _label(self, name: str) -> str:
        if name == YEAR and PLAN_YEAR in self.names:
            return gettext(YEAR_OF_REPORT)
        return gettext(LABELS[name]) if name in LABELS else say(self.kind.field(name).label)

    def _name_of_sort(self, name: str) -> str:
        if name in SORTS:
            return gettext(SORTS[name] if self.kind.has("mechanism") else SORTS_AS_ENTERED[name])
        return name_field(self.kind.field(name))

    def _counted(self, field: Field) -> Field:
        """Return a select whose choices tell how many rows each would leave, without those that would leave none."""
        place = field.id.removeprefix("filter-")
        counts = self.facets.counts.get(place if field.name == STATE else field.name)
        if counts is None:
            return field
        told = [replace(choice, count=counts.get(choice.value, 0)) for choice in field.choices]
        return replace(field, choices=tuple(choice for choice in told if choice.count or choice.chosen))

    def _value(self, name: str, value: str) -> str:
        if name in self.codes:
            return dict(self._named(self.kind.field(name))).get(value, value)
        if name == "state":
            return state_title(value)
        return self._mechanism_title if name == "mechanism" else value

    def _fields(self, name: str) -> Iterable[Field]:
        if name == "state":
            named = sorted(((code, state_title(code)) for code in self._values.states), key=lambda item: fold(item[1]))
            for number, first in enumerate((gettext("any party"), gettext("any other party"))):
                chosen = self.states[number] if len(self.states) > number else ""
                label = gettext("Party") if number == 0 else gettext("with")
                yield _field("state", f"filter-state-{number + 1}", label, first, named, chosen)
        elif name in (YEAR, PLAN_YEAR):
            known = self._values.years if name == YEAR else list_plan_years(self._node)
            asked = self.year if name == YEAR else self.plan_year
            years = [(str(year), str(year)) for year in known]
            identifier = f"filter-{name.replace('_', '-')}"
            yield _field(name, identifier, self._label(name), gettext("all years"), years, str(asked or ""))
        elif name in self.codes:
            field = self.kind.field(name)
            first = say(field.every) or gettext("all")
            yield _field(name, f"filter-{name}", say(field.label), first, self._named(field), self.codes[name])

    def _named(self, field: kinds.Field) -> list[tuple[str, str]]:
        """Return the codes of a field with their names; of the domains those that occur, in the reader's order."""
        if field.alike == PLACE:
            towns = ((code, name_town(spelled[0]).text) for code, spelled in self._values.places.items())
            return sorted(towns, key=lambda item: fold(item[1]))
        if field.code_list != "domain":
            return [(code, name_code(field, code)) for code in field.codes]
        named = ((code, name_code(field, code)) for code in self._values.domains)
        return sorted(named, key=lambda item: fold(item[1]))

    def _pairs(self) -> list[tuple[str, str]]:
        values: dict[str, Sequence[str]] = {
            "state": self.states,
            **{name: (code,) for name, code in self.codes.items()},
            YEAR: (str(self.year or ""),),
            PLAN_YEAR: (str(self.plan_year or ""),),
            "mechanism": (str(self.mechanism_id or ""),),
            SORT: (self.sort if self.sort != NEWEST else "",),
        }
        return [(name, value) for name in (*self.names, SORT) for value in values[name] if value]

    def _address(self, pairs: Iterable[tuple[str, str]], path: str = "") -> str:
        query = QueryDict(mutable=True)
        for name, value in pairs:
            query.appendlist(name, value)
        return f"{path or self._path}?{query.urlencode()}" if query else path or self._path

    def _known(self, name: str, allowed: Iterable[str]) -> list[str]:
        if name not in self.names:
            return []
        values = [value.strip() for value in self._given.getlist(name)[:6] if value.strip()]
        if name not in LABELS and self.kind.field(name).alike == PLACE:
            values = [place_code(value) for value in values]
        known = set(allowed)
        self.unknown += [f"{name}={value[:40]}" for value in values if value not in known]
        return [value for value in values if value in known]

    def _allowed(self, name: str) -> Iterable[str]:
        field = self.kind.field(name)
        return self._values.places if field.alike == PLACE else field.codes

    def _one(self, name: str, allowed: Iterable[str]) -> str:
        return next(iter(self._known(name, allowed)), "")

    def _year(self, name: str) -> int | None:
        given = self._given.get(name, "").strip() if name in self.names else ""
        if given and not (given.isascii() and given.isdigit() and len(given) == 4):
            self.unknown.append(f"{name}={given[:40]}")
            return None
        return int(given) if given else None

    def _sort(self) -> str:
        given = self._given.get(SORT, "").strip() if self.sorts else ""
        if given and given not in self.sorts:
            self.unknown.append(f"{SORT}={given[:40]}")
            return NEWEST
        return given or NEWEST

    def _mechanism(self, node: Node) -> tuple[MechanismId | None, str]:
        given = self._given.get("mechanism", "").strip() if "mechanism" in self.names else ""
        if not given:
            return None, ""
        try:
            mechanism = get_mechanism(node, MechanismId(UUID(given)))
        except (ValueError, EntraideError):
            self.unknown.append(f"mechanism={given[:40]}")
            return None, ""
        return mechanism.id, mechanism_title(mechanism)


LABELS = {
    STATE: gettext_noop("Party"),
    PLAN_YEAR: gettext_noop("Year of the plan"),
    YEAR: gettext_noop("Year"),
    "mechanism": gettext_noop("Mechanism"),
    SORT: gettext_noop("Sorted by"),
}
"""Filters that are no codes of a kind."""
YEAR_OF_REPORT = gettext_noop("Year of the report")
"""What the year of a list is called that has a year of the plan besides."""
SORTS = {NEWEST: gettext_noop("Newest first"), OLDEST: gettext_noop("Oldest first")}
SORTS_AS_ENTERED = {NEWEST: gettext_noop("Entered last first"), OLDEST: gettext_noop("Entered first first")}
"""The orders of lists without dates."""


def _field(name: str, identifier: str, label: str, first: str, named: Iterable[tuple[str, str]], chosen: str) -> Field:
    known = list(named)
    if chosen and chosen not in {value for value, _ in known}:
        known.insert(0, (chosen, state_title(chosen) if name == "state" else chosen))
    choices = tuple(Choice(value, text, value == chosen) for value, text in known)
    return Field(name, identifier, label, first, choices)

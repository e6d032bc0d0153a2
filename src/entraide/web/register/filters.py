"""Filters of the public lists: read from the address, shown as a form and as chips, written back as a permalink."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    get_mechanism,
    list_filter_values,
    name_code,
    place_code,
    say,
)
from entraide.programme.domain import kinds
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.plugs import Narrowed
from entraide.search.domain.folding import fold
from entraide.web.http import node_of
from entraide.web.naming import name_town
from entraide.web.templatetags.programme import mechanism_title, state_title

CURSOR = "cursor"
PLACE = "place"
"""How fields that hold a place declare that they are compared."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with its name; `chosen` when the address asks for it."""

    value: str
    label: str
    chosen: bool


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
        self._values: FilterValues = list_filter_values(node_of(request))
        self.unknown: list[str] = []
        self.states = tuple(dict.fromkeys(self._known("state", list_states() | {"XX"})))
        self.codes: Mapping[str, str] = {
            name: self._one(name, self._allowed(name)) for name in self.names if name not in LABELS
        }
        self.year = self._year()
        self.mechanism_id, self._mechanism_title = (
            (mechanism.id, mechanism_title(mechanism)) if mechanism else self._mechanism(node_of(request))
        )

    @property
    def narrowed(self) -> Narrowed:
        """What the list is narrowed to."""
        codes = {name: code for name, code in self.codes.items() if code}
        return Narrowed(frozenset(self.states), self.year, self.mechanism_id, codes)

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
        """The form: a select per filter, two for States."""
        return tuple(field for name in self.names for field in self._fields(name))

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What the list is narrowed by, each with the way to take it away."""
        pairs = self._pairs()
        return tuple(
            Chip(self._label(name), self._value(name, value), self._address(pair for pair in pairs if pair != own))
            for own in pairs
            for name, value in (own,)
        )

    @property
    def title(self) -> str:
        """What the list is narrowed by in a few words, for the page's title and its citation."""
        return ", ".join(chip.value for chip in self.chips)

    def _label(self, name: str) -> str:
        return gettext(LABELS[name]) if name in LABELS else say(self.kind.field(name).label)

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
        elif name == "year":
            years = [(str(year), str(year)) for year in self._values.years]
            yield _field(name, "filter-year", gettext("Year"), gettext("all years"), years, str(self.year or ""))
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
            "year": (str(self.year or ""),),
            "mechanism": (str(self.mechanism_id or ""),),
        }
        return [(name, value) for name in self.names for value in values[name] if value]

    def _address(self, pairs: Iterable[tuple[str, str]]) -> str:
        query = QueryDict(mutable=True)
        for name, value in pairs:
            query.appendlist(name, value)
        return f"{self._path}?{query.urlencode()}" if query else self._path

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

    def _year(self) -> int | None:
        given = self._given.get("year", "").strip() if "year" in self.names else ""
        if given and not (given.isascii() and given.isdigit() and len(given) == 4):
            self.unknown.append(f"year={given[:40]}")
            return None
        return int(given) if given else None

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


LABELS = {"state": gettext_noop("Party"), "year": gettext_noop("Year"), "mechanism": gettext_noop("Mechanism")}
"""Filters that are no codes of a kind."""


def _field(name: str, identifier: str, label: str, first: str, named: Iterable[tuple[str, str]], chosen: str) -> Field:
    known = list(named)
    if chosen and chosen not in {value for value, _ in known}:
        known.insert(0, (chosen, state_title(chosen) if name == "state" else chosen))
    choices = tuple(Choice(value, text, value == chosen) for value, text in known)
    return Field(name, identifier, label, first, choices)

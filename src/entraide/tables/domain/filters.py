"""What an export is narrowed to: the same filters as those of the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from entraide.programme.domain.plugs import Narrowed
from entraide.tables.domain.errors import NoSuchFilter, UnknownFilter

OWN = ("state", "year", "plan_year", "mechanism")
"""Filters of addresses that are no codes of a kind; `state` may stand several times."""


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """Filters of an export; an empty one takes everything. A table takes those that it has and leaves the others.

    `codes` are the closed lists by the field that they narrow.
    """

    states: frozenset[str] = frozenset()
    year: int | None = None
    mechanism_id: UUID | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    plan_year: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left out."""
        return self == ExportFilter()

    @property
    def narrowed(self) -> Narrowed:
        """The same as lists are narrowed to."""
        return Narrowed(self.states, self.year, self.mechanism_id, self.codes, self.plan_year)


def parse_filter(given: Mapping[str, Sequence[str]], allowed: Mapping[str, Sequence[str]]) -> ExportFilter:
    """Return the filter of an address's parameters, empty ones left out; `allowed` are the values of coded filters,
    none where any text may be given.

    Raises `NoSuchFilter` and `UnknownFilter`, naming the parameter, so that a mistyped filter never exports everything.
    """
    names = dict.fromkeys((*OWN, *allowed))
    for name in given:
        if name not in names:
            raise NoSuchFilter(name=name[:40], known=", ".join(sorted(names)))
    values = {name: [item for item in given.get(name, ()) if item] for name in names}
    for name, items in values.items():
        for item in items:
            if allowed.get(name) and item not in allowed[name]:
                raise UnknownFilter(name=name, value=item[:40])
    single = {name: items[0] for name, items in values.items() if items}
    return ExportFilter(
        states=frozenset(values["state"]),
        year=_year("year", single.pop("year", "")),
        plan_year=_year("plan_year", single.pop("plan_year", "")),
        mechanism_id=_id(single.pop("mechanism", "")),
        codes={name: value for name, value in single.items() if name != "state"},
    )


def _year(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UnknownFilter(name=name, value=text[:40])
    return int(text)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise UnknownFilter(name="mechanism", value=text[:40]) from error

"""A kind of fact, declared once: its fields with their types, codes, labels, change rules, columns and terms.

Tables, REST, linked data, proposals, forms, lists and the search index are derived from these values; what a key of a
declaration means stands in `docs/kinds.md`. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from entraide.programme.domain.errors import NoSuchKind
from entraide.programme.domain.resembling import Resembling

LONGEST = 4000
"""Characters of a text for which nothing else is declared."""


class FieldType(StrEnum):
    """What a field holds.

    `texts` are by language, `by_state` by State; `parts` are facts of another kind that hang on this one and come with
    it; `fact` is any fact of the register, whose kind the field `fact_kind` names; `id` names what has no page.
    """

    LINK = "link"
    LINKS = "links"
    TEXT = "text"
    TEXTS = "texts"
    LIST = "list"
    BY_STATE = "by_state"
    CODE = "code"
    NUMBER = "number"
    YESNO = "yesno"
    EDTF = "edtf"
    URL = "url"
    MOMENT = "moment"
    PARTS = "parts"
    FACT = "fact"
    ID = "id"


class Change(StrEnum):
    """What may be done to a value that the register has.

    `always` it may be corrected; `fill` it may be added where there is none; `never` it is part of what the fact is;
    `derived` it is computed for readers.
    """

    ALWAYS = "always"
    FILL = "fill"
    NEVER = "never"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Words:
    """A text for people: English, which is the message id of the catalogs, and languages that are declared with it."""

    english: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind.

    `path` leads from a view to the value (`series.id`, `parties[].state`, `^id` of what it is part of, `title|name` the
    first that is not empty); `column` is the model's, empty where there is none; `basis` the column that says how a
    date is known; `rest` the name in REST, empty where it is left out; `term` that of linked data. `codes` are the
    values of a closed list, `code_words` their names where the list is the kind's own. `nullable` says that REST
    answers null where nothing is known; `contradictable` that sources may disagree and a person settles it; `among` the
    link within which its value counts, as a number in its series; `alike` by name how texts are compared; `standing`
    that it tells how things stand, so that of two equal sources the later counts. `label` is its name on pages, `every`
    the choice of a filter that leaves all, `told` a form of words around its value in a line (`No. %(ordinal)s`).
    """

    name: str
    type: FieldType
    path: str
    column: str = ""
    basis: str = ""
    to: str = ""
    code_list: str = ""
    codes: tuple[str, ...] = ()
    code_words: Mapping[str, Words] = field(default_factory=dict)
    change: Change = Change.NEVER
    needed: bool = False
    longest: int = LONGEST
    in_table: bool = True
    rest: str = ""
    nullable: bool = False
    term: str = ""
    listed: bool = False
    filtered: bool = False
    searched: bool = False
    contradictable: bool = False
    among: str = ""
    alike: str = ""
    standing: bool = False
    widget: str = ""
    label: Words = Words()
    every: Words = Words()
    told: Words = Words()
    about: Words = Words()

    @property
    def argument(self) -> str:
        """The name under which services and views know the value: `meeting_id` of a link, `titles` of texts."""
        if self.type is FieldType.LINK:
            return f"{self.name}_id"
        return f"{self.name}s" if self.type is FieldType.TEXTS else self.name


@dataclass(frozen=True, slots=True)
class Within:
    """Facts that are read with those of another kind: `at` a path of its view, or as those that link to it."""

    kind: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """How a difference in a part is named at the fact that it is part of: `name` with fields of the part in braces.

    It is one in the field `contradicted`, of parts that are `only` what these codes say; a value that is taken `brings`
    further fields.
    `label` tells it on pages, with the same fields in words, and `many` several alike.
    """

    name: str
    contradictions: str
    only: Mapping[str, str] = field(default_factory=dict)
    brings: tuple[str, ...] = ()
    label: Words = Words()
    many: Words = Words()

    def name_of(self, values: Mapping[str, Any]) -> str:
        """Return the name of a difference in a part with these values; empty where it can have none."""
        told = {part: str(values.get(part) or "") for part in self.parts}
        fits = all(str(values.get(key) or "") == code for key, code in self.only.items())
        return self.name.format(**told) if fits and all(told.values()) else ""

    def read(self, name: str) -> dict[str, str] | None:
        """Return the values that a name stands for, None where it is no such name."""
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[A-Za-z_]+)", re.escape(self.name))
        found = re.fullmatch(pattern, name)
        return found.groupdict() if found else None

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields that the name tells."""
        return tuple(re.findall(r"\{(\w+)\}", self.name))

    @property
    def family(self) -> str:
        """What such names have in common: `co_chair` of `co_chair.{state}`."""
        return re.sub(r"\{\w+\}", "", self.name).strip(".")


@dataclass(frozen=True, slots=True)
class Interface:
    """How REST names a kind: its schema, whether it has an id, what the document says of its list and its detail.

    A list in the order of entry is `narrowed` by one field. A detail lists the kinds of `related`, because they link to
    it, and, as `evidence`, passages and contradictions.
    """

    schema: str
    identified: bool = True
    evidence: bool = True
    list_summary: str = ""
    list_about: str = ""
    page_about: str = ""
    summary: str = ""
    about: str = ""
    detail_about: str = ""
    narrowed: str = ""
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    `table` is its name in addresses and exports, empty for one that exists only as part of another; `page` the form of
    a permalink, whose parts are `id`, `number` (the place among its siblings), fields, or those of `parts`. `natural`
    are the fields by which a row of another table may name one; `same` the fields in which two new rows of one fact
    agree: the first list of which nothing is empty, else the last. `rules` are what must hold between its fields, by
    name; `filters` what its list can be narrowed by, `dated` and `covered` the fields by whose year and by whose years,
    `sorted` the fields by which it can be ordered besides. `ahead` is how far ahead of others a search shows it, from 0
    to 9, `ahead_of` the same by codes of its fields. `proposal` is what a proposal of one says, `proposed` what such
    are called, `line` the fields that tell one in a line, and `kept` by name how one becomes a fact. `types` are its
    classes in linked data, `linked` what its document says beside its fields, and `hit` how a search shows it, by
    name; `plug` names its own acts and reads, empty where it has none.
    """

    name: str
    table: str = ""
    page: str = ""
    place: int = 1000
    model: str = ""
    plug: str = ""
    fields: tuple[Field, ...] = ()
    proposal: tuple[Field, ...] = ()
    proposed: Words = Words()
    line: tuple[str, ...] = ()
    kept: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    natural: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    likeness: str = ""
    resembles: Resembling[Words] | None = None
    rules: tuple[str, ...] = ()
    imported: bool = False
    cited: bool = False
    repeated: bool = False
    cites_as: str = ""
    within: Within | None = None
    apart: Apart | None = None
    filters: tuple[str, ...] = ()
    dated: str = ""
    covered: str = ""
    sorted: tuple[str, ...] = ()
    ahead: int = 3
    ahead_of: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    linked: str = ""
    hit: str = ""
    writers: tuple[str, ...] = ()
    interface: Interface | None = None
    one: Words = Words()
    many: Words = Words()
    about: Words = Words()

    def field(self, name: str) -> Field:
        """Return a field by name; raises `NoSuchKind` naming both."""
        found = next((item for item in self.fields if item.name == name), None)
        if found is None:
            raise NoSuchKind(name=f"{self.name}.{name}", allowed=", ".join(item.name for item in self.fields))
        return found

    def has(self, name: str) -> bool:
        """Whether the kind has a field of this name."""
        return any(item.name == name for item in self.fields)

    @property
    def called(self) -> Field | None:
        """The field that says what a fact is called: the first text that is searched, else the first text."""
        texts = [item for item in self.fields if item.type in (FieldType.TEXT, FieldType.TEXTS)]
        return next((item for item in texts if item.searched), next(iter(texts), None))

    @property
    def sorted_by(self) -> str:
        """The date by which facts are ordered: as declared, else the first whose basis is known."""
        return self.dated or next((item.name for item in self.fields if item.basis), "")

    @property
    def told_in_line(self) -> tuple[str, ...]:
        """The fields that tell a proposal in a line, `a|b` the first that is not empty: as declared, else what it is
        called and what lists show.
        """
        said = {item.name for item in self.proposal}
        names = [self.called.name if self.called else "", *(item.name for item in self.fields if item.listed)]
        return self.line or tuple(dict.fromkeys(name for name in names if name in said))

    @property
    def has_page(self) -> bool:
        """Whether a fact has an address of its own, not a place on the page of another."""
        return self.page == f"/{self.table}/{{id}}/"

    @property
    def title(self) -> str:
        """The kind's name as one of a class: `Meeting`."""
        return "".join(part.title() for part in self.name.split("_"))

    @property
    def fact(self) -> str:
        """The kind that citations of such a fact name."""
        return self.cites_as or self.name

    @property
    def page_parts(self) -> tuple[str, ...]:
        """The names of the parts of a permalink."""
        return tuple(re.findall(r"\{(\w+)\}", self.page))


@dataclass(frozen=True)
class Kinds:
    """All kinds, in an order in which each links only to those before it (but for sources)."""

    kinds: tuple[Kind, ...]

    def __iter__(self) -> Iterator[Kind]:
        """Yield the kinds in their order."""
        return iter(self.kinds)

    def get(self, name: str) -> Kind:
        """Return a kind by name; raises `NoSuchKind`."""
        found = self._by_name.get(name)
        if found is None:
            raise NoSuchKind(name=name[:40], allowed=", ".join(self._by_name))
        return found

    def find(self, name: str) -> Kind | None:
        """Return a kind by name, or None."""
        return self._by_name.get(name)

    def parts_of(self, name: str) -> tuple[Kind, ...]:
        """Return the kinds whose facts are parts of those of a kind, and may differ there."""
        return tuple(kind for kind in self.kinds if kind.apart and kind.within and kind.within.kind == name)

    def find_difference(self, name: str, field: str) -> tuple[Kind, Field] | None:
        """Return the kind and the field in which a difference of this name stands at a fact of a kind, or None."""
        own = self._by_name[name].fields if name in self._by_name else ()
        if contradictions := next((item for item in own if item.name == field and item.contradictable), None):
            return self._by_name[name], contradictions
        parts = ((part, part.apart) for part in self.parts_of(name))
        return next(
            ((part, part.field(apart.contradictions)) for part, apart in parts if apart and apart.read(field)), None
        )

    def of_table(self, table: str) -> Kind:
        """Return the kind of a table; raises `NoSuchKind`."""
        found = self._by_table.get(table)
        if found is None:
            raise NoSuchKind(name=table[:40], allowed=", ".join(self._by_table))
        return found

    @property
    def in_tables(self) -> tuple[Kind, ...]:
        """The kinds that have a table."""
        return tuple(self._by_table.values())

    @cached_property
    def _by_name(self) -> Mapping[str, Kind]:
        return {kind.name: kind for kind in self.kinds}

    @cached_property
    def _by_table(self) -> Mapping[str, Kind]:
        return {kind.table: kind for kind in self.kinds if kind.table}

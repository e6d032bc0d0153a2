"""What the tables of exports and imports look like: each is made out of the declaration of its kind of fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from entraide.programme.domain.kinds import Change, Field, FieldType, Kind, Kinds
from entraide.tables.domain.errors import NoSuchTable


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    PERMALINK = "permalink"
    LINK = "link"
    LINKS = "links"
    TEXT = "text"
    LIST = "list"
    BY_STATE = "by_state"
    OTHER_TEXTS = "other_texts"
    CODE = "code"
    NUMBER = "number"
    YESNO = "yesno"
    EDTF = "edtf"
    URL = "url"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `field` is the fact's field that it shows (`name` of `name_fr`), `language` that of a text, `to` the
    table that a link points to, `codes` the closed list of a code, empty where any value is good.
    """

    name: str
    type: ColumnType
    field: str
    language: str = ""
    to: str = ""
    codes: tuple[str, ...] = ()
    change: Change = Change.NEVER
    needed: bool = False
    import_only: bool = False
    longest: int = 4000


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the facts of a kind."""

    kind: Kind
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """The table's name in addresses and files."""
        return self.kind.table

    @property
    def page(self) -> str:
        """The form of a permalink."""
        return self.kind.page

    @property
    def natural(self) -> tuple[str, ...]:
        """The fields by which a row of another table may name one of this without a permalink."""
        return self.kind.natural

    @property
    def importable(self) -> bool:
        """Whether the table is imported too."""
        return self.kind.imported

    @property
    def dates(self) -> frozenset[str]:
        """The columns with a date that another column says how it is known."""
        return frozenset(field.name for field in self.kind.fields if field.basis)

    @property
    def exported(self) -> tuple[Column, ...]:
        """The columns of an export, the permalink first."""
        return tuple(column for column in self.columns if not column.import_only)

    def column(self, name: str) -> Column | None:
        """Return a column by name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def texts(self, field: str) -> bool:
        """Whether `field` has a text per language."""
        return any(column.field == field and column.language for column in self.columns)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, in an order in which each links only to those before it (but for sources)."""

    tables: tuple[Table, ...]
    languages: tuple[str, ...]

    def get(self, name: str) -> Table:
        """Return a table by name; raises `NoSuchTable`."""
        found = next((table for table in self.tables if table.name == name), None)
        if found is None:
            raise NoSuchTable(name=name[:40], allowed=", ".join(table.name for table in self.tables))
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all tables."""
        return tuple(table.name for table in self.tables)

    @property
    def importable(self) -> tuple[Table, ...]:
        """The tables that are imported."""
        return tuple(table for table in self.tables if table.importable)


def derive_tables(
    kinds: Kinds, shared: Mapping[str, Any], codes: Mapping[str, Sequence[str]], languages: tuple[str, ...]
) -> Tables:
    """Return the tables of all kinds that have one.

    `shared` is `tables.yaml`: the columns that every cited and every imported table has; `codes` are the closed lists
    that these name, and `date_basis`; each of `languages` has a column of its own for every text.
    """
    tables = []
    for kind in kinds.in_tables:
        columns = [Column("permalink", ColumnType.PERMALINK, "permalink")]
        columns += _own_columns(kinds, kind, languages, codes)
        if kind.cited:
            columns += [_shared(row, codes, change=Change.DERIVED) for row in shared["cited_columns"]]
        if kind.imported:
            columns += _naming_columns(kinds, kind, languages, codes)
            columns += [_shared(row, codes, import_only=True) for row in shared["import_columns"]]
        tables.append(Table(kind, tuple(columns)))
    return Tables(tuple(tables), languages)


def _own_columns(
    kinds: Kinds, kind: Kind, languages: Sequence[str], codes: Mapping[str, Sequence[str]]
) -> list[Column]:
    fields = (field for field in kind.fields if field.in_table)
    return [column for field in fields for column in _columns(kinds, field, languages, codes)]


OF_TYPE: Mapping[FieldType, ColumnType] = {FieldType.FACT: ColumnType.TEXT, FieldType.ID: ColumnType.TEXT}
"""Columns of fields whose type a table does not have."""


def _columns(
    kinds: Kinds, field: Field, languages: Sequence[str], codes: Mapping[str, Sequence[str]]
) -> tuple[Column, ...]:
    column = Column(
        field.name,
        OF_TYPE.get(field.type) or ColumnType("text" if field.type is FieldType.TEXTS else field.type.value),
        field.name,
        to=kinds.get(field.to).table if field.to else "",
        codes=field.codes,
        change=field.change,
        needed=field.needed,
        longest=field.longest,
    )
    if field.type is FieldType.TEXTS:
        each = (replace(column, name=f"{field.name}_{code}", language=code) for code in languages)
        other = replace(column, name=f"{field.name}_other", type=ColumnType.OTHER_TEXTS, language="other")
        return (*each, other)
    if field.basis:
        name = f"{field.name}_basis"
        known = Column(name, ColumnType.CODE, name, codes=tuple(codes["date_basis"]), change=field.change)
        return (column, known)
    return (column,)


def _shared(row: Mapping[str, Any], codes: Mapping[str, Sequence[str]], **how: Any) -> Column:  # noqa: ANN401 - of Column
    name, allowed = str(row["name"]), tuple(codes[row["codes"]]) if "codes" in row else ()
    return Column(name, ColumnType(row["type"]), name, to=str(row.get("to", "")), codes=allowed, **how)


def _naming_columns(
    kinds: Kinds, kind: Kind, languages: Sequence[str], codes: Mapping[str, Sequence[str]]
) -> list[Column]:
    """Return, for each link, a column for a key of the same import and columns for the natural key of its target."""
    found: list[Column] = []
    taken = {column.name for column in _own_columns(kinds, kind, languages, codes)}
    for link in kind.fields:
        if link.type is not FieldType.LINK:
            continue
        found.append(Column(f"{link.name}_key", ColumnType.TEXT, link.name, import_only=True))
        target = kinds.get(link.to)
        for natural in target.natural:
            name, field = f"{link.name}_{natural}", target.field(natural)
            if field.type in NAMED_BY_TEXT:
                column = Column(name, ColumnType.TEXT, name, import_only=True)
            else:
                (column,) = _columns(kinds, replace(field, basis=""), languages, codes)
                column = replace(column, name=name, field=name, change=Change.NEVER, needed=False, import_only=True)
            if name not in taken:
                found.append(column)
    return found


NAMED_BY_TEXT = frozenset({FieldType.TEXTS, FieldType.LINK, FieldType.LINKS})
"""Types of natural keys that a row of another table writes as a plain text."""

"""What the tables of exports and imports look like, as reviewed data (`vocabulary/tables/`) made into values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from entraide.tables.domain.errors import NoSuchTable


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    PERMALINK = "permalink"
    LINK = "link"
    LINKS = "links"
    TEXT = "text"
    LIST = "list"
    LEAD_UNITS = "lead_units"
    OTHER_TEXTS = "other_texts"
    CODE = "code"
    NUMBER = "number"
    YESNO = "yesno"
    EDTF = "edtf"
    URL = "url"
    MOMENT = "moment"


class Change(StrEnum):
    """What an import may do to a fact that the register has: see the head of `tables.yaml`."""

    ALWAYS = "always"
    FILL = "fill"
    NEVER = "never"
    DERIVED = "derived"


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
    """A table: `fact` is the kind that citations name, `page` the form of a permalink, `natural` the fields by which
    a row of another table may name one of this without a permalink.
    """

    name: str
    fact: str
    page: str
    columns: tuple[Column, ...]
    natural: tuple[str, ...] = ()
    importable: bool = False
    cited: bool = False

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


def parse_tables(raw: Mapping[str, Any], codes: Mapping[str, Sequence[str]], languages: tuple[str, ...]) -> Tables:
    """Return the tables of `tables.yaml`; `codes` are the closed lists by name, `languages` have columns of texts."""
    cited, added = raw["cited"], raw["import_columns"]
    tables = []
    for name, item in raw["tables"].items():
        has_citations = name in cited["tables"]
        rows = [*item["columns"], *(cited["columns"] if has_citations else [])]
        columns = [column for row in rows for column in _columns(row, languages, codes)]
        if item["import"]:
            columns += _import_columns(columns, raw["tables"], languages, codes)
            columns += [column for row in added for column in _columns({**row, "import_only": True}, languages, codes)]
        tables.append(
            Table(
                name,
                item["fact"],
                item["page"],
                tuple(columns),
                tuple(item["natural"]),
                importable=bool(item["import"]),
                cited=has_citations,
            )
        )
    return Tables(tuple(tables), languages)


def _columns(
    row: Mapping[str, Any], languages: Sequence[str], codes: Mapping[str, Sequence[str]]
) -> tuple[Column, ...]:
    name, kind = row["name"], row["type"]
    shared: dict[str, Any] = {
        "field": name,
        "change": Change(row.get("change", Change.NEVER)),
        "needed": bool(row.get("needed", False)),
        "import_only": bool(row.get("import_only", False)),
        "longest": int(row.get("longest", 4000)),
    }
    if kind == "texts":
        each = (Column(f"{name}_{code}", ColumnType.TEXT, language=code, **shared) for code in languages)
        return (*each, Column(f"{name}_other", ColumnType.OTHER_TEXTS, language="other", **shared))
    allowed = tuple(codes[row["codes"]]) if kind == "code" else ()
    return (Column(name, ColumnType(kind), to=row.get("to", ""), codes=allowed, **shared),)


def _import_columns(
    columns: Sequence[Column],
    tables: Mapping[str, Any],
    languages: Sequence[str],
    codes: Mapping[str, Sequence[str]],
) -> list[Column]:
    """Return, for each link, a column for a key of the same import and columns for the natural key of its target."""
    found: list[Column] = []
    taken = {column.name for column in columns}
    for link in columns:
        if link.type is not ColumnType.LINK:
            continue
        found.append(Column(f"{link.name}_key", ColumnType.TEXT, link.name, import_only=True))
        target = tables[link.to]
        for natural in target["natural"]:
            name = f"{link.name}_{natural}"
            row = next(item for item in target["columns"] if item["name"] == natural)
            plain = {"type": "text"} if row["type"] in ("texts", "link", "links") else {**row, "change": "never"}
            (column,) = _columns({**plain, "name": name, "needed": False, "import_only": True}, languages, codes)
            if name not in taken:
                found.append(column)
    return found

"""The register as tables: every row with its permalink, narrowed as asked, in the memory of a page."""

import csv
import io
import json
import re

import pytest

from entraide.access.api import Role
from entraide.kernel.ids import MechanismId
from entraide.programme.api import get_mechanism
from entraide.tables.api import (
    ExportFormat,
    export_filter,
    export_table,
    load_tables,
)
from entraide.tables.domain.errors import NoSuchFilter, NoSuchTable, UnknownFilter
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def register(node):
    return make_register(node, make_actor(node, Role.desk_officer), with_sources=True)


def rows_of(node, name, **filters: list[str]):
    text = "".join(export_table(node, name, ExportFormat.CSV, export_filter(filters)))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_every_row_has_a_permalink_of_this_node(node, register):
    """All tables export, none is empty but counts and grades that nobody gave, and each row says where its fact is."""
    for table in load_tables().tables:
        rows = rows_of(node, table.name)
        assert rows or table.name in {"progress", "assessments"}, table.name
        assert all(row["permalink"].startswith("http://127.0.0.1:8000/") for row in rows)
        if table.name != "citations":
            assert len({row["permalink"] for row in rows}) == len(rows), table.name


def test_links_lead_to_rows_of_their_table(node, register):
    """Each relationship is the permalink of a row that is exported too: nothing points into the void."""
    known = {table.name: {row["permalink"] for row in rows_of(node, table.name)} for table in load_tables().tables}
    followed = 0
    for table in load_tables().tables:
        for row in rows_of(node, table.name):
            for column in table.exported:
                if column.to and row[column.name]:
                    cells = row[column.name].split(" | ") if column.type.value == "links" else [row[column.name]]
                    assert set(cells) <= known[column.to], (table.name, column.name)
                    followed += len(cells)
    assert followed > 50


def test_facts_carry_the_sources_that_show_them(node, register):
    """Address, kind and SHA-256 of each source stand beside the fact, and each passage is a row of its own."""
    cited = [row for row in rows_of(node, "commitments") if row["cited_sources"]]
    assert cited
    (source,) = rows_of(node, "sources")
    for row in cited:
        assert row["cited_urls"] == "https://example.org/hanoi"
        assert row["cited_kinds"] == "official_release"
        assert row["cited_sha256"] == source["sha256"]
        assert row["cited_sources"] == source["permalink"]
    quotes = [row for row in rows_of(node, "citations") if row["fact"] == cited[0]["permalink"]]
    assert any(row["field"] == "domain" and row["quote"] and row["source_sha256"] == source["sha256"] for row in quotes)


def test_texts_stand_by_language_and_no_cell_is_computed(node, register):
    """French, English and Vietnamese have a column each, any other language is kept; formulas are quoted."""
    texts = {row["text_fr"]: row for row in rows_of(node, "commitments")}
    assert texts["'=lutter contre la drogue"]["text_other"] == "lo: ຢາເສບຕິດ"
    assert not [cell for table in load_tables().tables for row in rows_of(node, table.name) for cell in row.values()
                if re.match(r"[=+\-@]", cell) and cell != "-"]  # fmt: skip


def test_dates_carry_their_basis(node, register):
    """A partial date is EDTF with how it is known."""
    dates = {(row["date"], row["date_basis"]) for row in rows_of(node, "meetings")}
    assert {("2024-12", "stated"), ("2025-12-10/2025-12-12", "weekday"), ("", "")} <= dates


def test_filters_narrow_like_the_lists(node, register):
    """State, domain, status, year, level, kind and mechanism narrow the tables that have them."""
    assert {row["states"] for row in rows_of(node, "mechanisms", state=["KH", "TH"])} == {"KH | TH | VN"}
    own = rows_of(node, "commitments", mechanism=[str(register.mechanism)])
    assert len(own) == 3
    assert rows_of(node, "commitments", mechanism=[str(register.mechanism)], domain=["training"]) == []
    assert len(rows_of(node, "commitments", domain=["drugs"], state=["KH"])) == 3
    states = get_mechanism(node, MechanismId(register.mechanism)).parties
    assert {party.state for party in states} == {"KH", "VN"}
    assert len(rows_of(node, "meetings", state=["KH"], year=["2024"])) == 1
    assert rows_of(node, "delegations", state=["KH"], year=["2024"]) == []
    assert len(rows_of(node, "instruments", kind=["plan"], state=["KH"])) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "Vietnam"), ("domain", "drug"), ("year", "20"), ("mechanism", "1"), ("status", "new"), ("level", "x")],
)
def test_a_mistyped_filter_is_refused(name, value):
    """A filter that cannot be never exports everything."""
    with pytest.raises(UnknownFilter, match=value):
        export_filter({name: [value]})


@pytest.mark.parametrize("name", ["stat", "States", "sort", "mark"])
def test_a_parameter_that_is_no_filter_is_refused(name):
    """A slip of the pen in a name never exports everything; the filters that there are are named."""
    with pytest.raises(NoSuchFilter, match=name) as caught:
        export_filter({name: ["VN"]})
    assert "state" in caught.value.remedy_text


def test_an_unknown_table_is_refused(node):
    """The tables that there are are named."""
    with pytest.raises(NoSuchTable) as caught:
        export_table(node, "commitment", ExportFormat.CSV)
    assert "commitments" in caught.value.remedy_text


def test_json_and_csv_say_the_same(node, register):
    """A row of JSON has the values of the row of CSV."""
    made = json.loads("".join(export_table(node, "meetings", ExportFormat.JSON)))
    lines = [json.loads(line) for line in "".join(export_table(node, "meetings", ExportFormat.JSONL)).splitlines()]
    assert made["rows"] == lines
    assert [row["permalink"] for row in lines] == [row["permalink"] for row in rows_of(node, "meetings")]
    assert {row["ordinal"] for row in lines} >= {4, 5, 6}

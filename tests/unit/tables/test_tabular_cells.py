"""Cells of a spreadsheet: nothing computed, nothing lost."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.languages import SPOKEN
from entraide.tables.api import (
    describe_column,
    describe_table,
    load_tables,
)
from entraide.tables.domain.cells import (
    cell_of,
    csv_lines,
    join_list,
    json_document,
    json_lines,
    protect,
    split_list,
    split_pairs,
    unprotect,
)
from entraide.tables.domain.tables import ColumnType

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 24", "-5", "@cmd", "\t=1", "'=1", "''+x", "＝1", " =HYPERLINK(1)", "\r=1", "\n-1"]
)
def test_what_a_spreadsheet_computes_gets_an_apostrophe(text):
    """Texts that begin like a formula are protected, also behind blanks and apostrophes."""
    assert protect(text) == f"'{text}"
    assert unprotect(protect(text)) == text


@pytest.mark.parametrize("text", ["'Ndrangheta", "Hà Nội", "2018-10", "a=b", "'", ""])
def test_any_other_text_stays(text):
    """An apostrophe that is part of a name is not taken away."""
    assert protect(text) == unprotect(text) == text


@given(words)
def test_protection_is_undone_exactly(text):
    """Every text comes back, and no protected text begins as a formula."""
    assert unprotect(protect(text)) == text
    assert protect(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


@given(st.lists(words.map(str.strip).filter(bool), max_size=5))
def test_lists_come_back(values):
    """Bars and backslashes inside a value survive."""
    assert split_list(join_list(values)) == tuple(values)


def test_pairs_need_a_code():
    """A leading unit without its State is no pair."""
    assert split_pairs("LA: Police | VN: Cục A: phòng 1") == {"LA": "Police", "VN": "Cục A: phòng 1"}
    assert split_pairs("Police") is None


@given(st.lists(st.lists(words, min_size=5, max_size=5), max_size=5))
def test_a_csv_file_reads_back_with_another_reader(rows):
    """What is written is RFC 4180: Python's own reader gives the same cells, line breaks and quotes included."""
    columns = [column for column in load_tables().get("meetings").exported if column.type is ColumnType.TEXT][:2]
    columns += [column for column in load_tables().get("commitments").exported if column.language == "fr"]
    made = [dict(zip((column.name for column in columns), row, strict=False)) for row in rows]
    text = "".join(csv_lines(columns, made, mark=False))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == [column.name for column in columns]
    assert [[unprotect(cell) for cell in row] for row in read[1:]] == [list(row.values()) for row in made]


def test_json_has_values_not_cells():
    """Numbers, lists and texts of further languages are what they are, and what is empty is null."""
    table = load_tables().get("meetings")
    row = {"permalink": "https://x/meetings/1/", "ordinal": 9, "place": "", "cited_kinds": ("press", "press")}
    document = json.loads("".join(json_document(table, [row], "https://x/exports/")))
    assert document["table"] == "meetings"
    (read,) = document["rows"]
    assert (read["ordinal"], read["place"], read["cited_kinds"]) == (9, None, ["press", "press"])
    assert json.loads("".join(json_lines(table.exported, [row]))) == read


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (True, "yes"), (False, "no"), (7, "7"), ({"lo": "ປະຊຸມ"}, "lo: ປະຊຸມ")]
)
def test_values_as_cells(value, cell):
    """Every kind of value has one form as a cell."""
    assert cell_of(value) == cell


@pytest.mark.parametrize("language", SPOKEN)
def test_every_table_and_column_is_described(language):
    """What a column means is said in the three languages of the site."""
    for table in load_tables().tables:
        assert describe_table(table.name, language)
        assert table.exported[0].name == "permalink"
        assert all(describe_column(table, column, language) for column in table.exported)

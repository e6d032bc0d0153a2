"""CSV files as spreadsheets write them, and as they go wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.tables.api import load_tables
from entraide.tables.domain import reading
from entraide.tables.domain.reading import parse_file

TABLES = load_tables()
LINK = "/meetings/019459f0-0000-7000-8000-00000000abcd/"
GOOD = f"permalink,place,date\r\n{LINK},Hà Nội,2024-12\r\n"


def read(text, name="meetings.csv", encoding="utf-8"):
    return parse_file(name, text if isinstance(text, bytes) else text.encode(encoding), TABLES)


def refused(file):
    return [(refusal.line, refusal.code) for refusal in file.refusals]


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")],
)
def test_encodings_are_told_by_their_marks(encoding, label):
    """UTF-8 with or without a mark and UTF-16 with one give the same rows."""
    file = read(GOOD, encoding=encoding)
    assert (file.encoding, refused(file)) == (label, [])
    assert file.rows[0].cells == {"permalink": LINK, "place": "Hà Nội", "date": "2024-12"}


def test_windows_1252_is_read_and_named():
    """What is no UTF-8 is read as Windows-1252, and the file says so, for a person to check."""
    file = read(GOOD.replace("Hà Nội", "Vientiane, été".replace(",", "")), encoding="cp1252")
    assert (file.encoding, file.rows[0].cells["place"]) == ("Windows-1252", "Vientiane été")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends(delimiter, end):
    """Comma, semicolon and tab, with the line ends of any system; lines count as an editor counts them."""
    text = end.join(["permalink;place;date", f"{LINK};a;2024", "", f"{LINK};b;2025"]).replace(";", delimiter)
    file = read(text)
    assert (file.delimiter, [row.line for row in file.rows]) == (delimiter, [2, 4])


def test_excels_separator_line_is_skipped():
    """`sep=;` above the header is no row, and lines are still those of the file."""
    file = read(f"sep=;\r\npermalink;place\r\n{LINK};x\r\n")
    assert (file.delimiter, [row.line for row in file.rows]) == (";", [3])


def test_a_cell_may_hold_line_breaks_quotes_and_delimiters():
    """A quoted cell is one cell; the row's line is where it begins, its span is the row's own text."""
    text = f'permalink,place\r\n{LINK},"Phnom Penh; ""palais""\nannexe"\r\n{LINK},b\r\n'
    file = read(text)
    assert [row.line for row in file.rows] == [2, 4]
    assert file.rows[0].cells["place"] == 'Phnom Penh; "palais"\nannexe'
    assert file.text[file.rows[1].start : file.rows[1].end] == f"{LINK},b\r\n"


def test_protection_is_taken_away():
    """The apostrophe that an export put before a formula is gone, one of a name stays."""
    file = read(f"permalink,place,name\r\n{LINK},'=1+1,'t Hof\r\n")
    assert (file.rows[0].cells["place"], file.rows[0].cells["name"]) == ("=1+1", "'t Hof")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", [(0, "empty")]),
        (b"\r\n \r\n", [(0, "empty")]),
        (b"permalink,place\r\n\x00,x", [(0, "not_text")]),
        (b"PK\x03\x04xlsx", [(0, "workbook")]),
        (b"\xd0\xcf\x11\xe0xls", [(0, "workbook")]),
        (b"\xff\xfea", [(0, "encoding")]),
        (b"permalink,\x81\r\n", [(0, "encoding")]),
        (f'permalink,place\r\n{LINK},"open\r\n', [(2, "quotes")]),
        (f'permalink,place\r\n{LINK},"a"b\r\n', [(2, "quotes")]),
        ("permalink,place,Place\r\n", [(1, "duplicate_column")]),
        ("permalink,palce\r\n", [(1, "unknown_column")]),
        ("place,date\r\n", [(1, "missing_column"), (1, "missing_column")]),
        (f"permalink,place\r\n{LINK},a,b\r\n{LINK}\r\n{LINK},c\r\n", [(2, "cells"), (3, "cells")]),
    ],
    ids=["empty", "blank", "nul", "xlsx", "xls", "half utf-16", "no windows-1252", "open quote", "quote inside",
         "duplicate", "unknown", "missing", "cells"],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(text, expected):
    """Nothing is guessed and nothing raises: each fault has its line and its code."""
    assert refused(read(text)) == expected


def test_the_nearest_column_is_named():
    """A mistyped column is refused with the one that was meant."""
    (refusal,) = read("permalink,text_frr\r\n", name="commitments.csv").refusals
    assert refusal.params["nearest"] == "text_fr"


@pytest.mark.parametrize(
    ("name", "header", "table"),
    [
        ("commitments.csv", "permalink", "commitments"),
        ("vn-mps-commitments (2).csv", "permalink", "commitments"),
        ("list.csv", "permalink,lead_units", "commitments"),
        ("list.csv", "permalink,first_seen", "tenures"),
    ],
)
def test_the_table_is_told_by_name_or_header(name, header, table):
    """The file's name says it, else columns that only one table has."""
    file = read(f"{header}\r\n", name=name)
    assert file.table is not None
    assert file.table.name == table


def test_a_file_of_no_table_is_refused():
    """Neither name nor header says what it is."""
    assert refused(read("permalink\r\n", name="list.csv")) == [(0, "which_table")]


def test_a_table_that_is_only_exported_is_left_out_and_says_so():
    """A whole folder of exports can be given again: sources and passages are named as left out, not refused."""
    file = read("permalink,quote\r\nx,y\r\n", name="citations.csv")
    assert (file.left_out, file.rows, refused(file)) == (True, (), [])


def test_texts_in_further_languages_have_columns_of_their_own():
    """`text_lo` is the Lao text; a language that is none is refused later, with the cell."""
    file = read(f"permalink,text_lo\r\n{LINK},ປ\r\n", name="commitments.csv")
    assert file.columns[1].language == "lo"


def test_more_rows_than_can_be_compared_are_refused(monkeypatch):
    """Above the limit nothing more is read, and the refusal says what to do."""
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    file = read("permalink,place\r\n" + f"{LINK},x\r\n" * 5)
    assert (len(file.rows), refused(file)) == (3, [(5, "too_many_rows")])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    """No file raises."""
    file = parse_file("meetings.csv", data, TABLES)
    assert file.rows or file.refusals or file.table is not None


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    """No text after a good header raises, and every row's span lies in the text, one after the other."""
    file = parse_file("meetings.csv", ("permalink,place\n" + text).encode("utf-8", "surrogatepass"), TABLES)
    spans = [(row.start, row.end) for row in file.rows]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(file.text) for start, end in spans)

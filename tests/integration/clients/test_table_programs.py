"""Tables as spreadsheets and checkers of data open them: openpyxl, LibreOffice, frictionless."""

import csv
import dataclasses
import io
import zipfile
from pathlib import Path

import frictionless
import openpyxl
import pytest

from entraide.access.api import Role
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import Level, MeetingFacts, create_meeting
from entraide.tables.adapters import workbooks
from entraide.tables.api import load_tables, make_package
from entraide.tables.domain.cells import unprotect
from tests.factories.people import make_actor
from tests.integration.clients.foreign import find_program, run

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://example.org/","Open")'


@pytest.fixture
def spoilt(site, told):
    """The register, with a meeting called as a formula is, one place that looks like a number and one without a URL."""
    officer = make_actor(site.node, Role.desk_officer)
    facts = MeetingFacts(None, None, PartialDate("2018-10"), "007", Level.UNIT, name=FORMULA)
    return create_meeting(site.node, actor=officer, mechanism_id=told.mechanism, facts=facts, people=[])


def fetch(site, path: str) -> bytes:
    answer = site.visitor().get(path)
    assert answer.status_code == 200, path
    return answer.getvalue()


def rows_of(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def convert(file: Path, wanted: str, *options: str) -> Path:
    """Have LibreOffice open a file and save it as another kind."""
    office = find_program("soffice")
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    done = run([office, profile, "--headless", *options, "--convert-to", wanted, file.name], file.parent)
    assert done.returncode == 0, done.stderr
    return next(
        path for path in file.parent.iterdir() if path.suffix == f".{wanted.split(':', maxsplit=1)[0]}" and path != file
    )


def test_openpyxl_finds_in_the_workbook_what_the_table_says(site, spoilt):
    """Every row and cell of the CSV file, with numbers as numbers; no cell is a formula, no date is made up."""
    for table in ("meetings", "commitments", "sources", "citations"):
        expected = rows_of(fetch(site, f"/exports/{table}.csv?mark=no"))
        book = openpyxl.load_workbook(io.BytesIO(fetch(site, f"/exports/{table}.xlsx")))
        header, *rows = list(book[table].iter_rows())
        names = [cell.value for cell in header]
        assert names == list(expected[0])
        assert len(rows) == len(expected)
        for row, wanted in zip(rows, expected, strict=True):
            assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
            shown = {name: "" if cell.value is None else str(cell.value) for name, cell in zip(names, row, strict=True)}
            assert shown == {name: unprotect(text) for name, text in wanted.items()}
        described = {row[0].value: row[1].value for row in book["columns"].iter_rows()}
        assert list(described) == names
        assert all(described.values())
        assert book[table].freeze_panes == "B2"


def test_the_columns_are_told_in_the_language_that_is_asked_for(site, told):
    """The second sheet speaks the reader's language; the names of columns are the same in all."""
    book = openpyxl.load_workbook(io.BytesIO(fetch(site, "/exports/meetings.xlsx?lang=fr")))
    english = openpyxl.load_workbook(io.BytesIO(fetch(site, "/exports/meetings.xlsx?lang=en")))
    here, there = ([row[1].value for row in one["columns"].iter_rows()] for one in (book, english))
    assert len(here) == len(there)
    assert here != there


def test_a_table_too_long_for_a_workbook_is_refused_with_a_way(site, told, monkeypatch):
    """Nobody waits for an endless workbook; the CSV file has no limit."""
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    answer = site.visitor().get("/exports/citations.xlsx")
    assert answer.status_code == 400
    assert answer.json()["code"] == "tables.too_many_rows"
    assert site.visitor().get("/exports/citations.csv").status_code == 200


def test_a_text_longer_than_a_cell_says_that_it_is_cut(monkeypatch):
    """A spreadsheet takes so many characters; what is cut ends with a mark."""
    monkeypatch.setattr(workbooks, "LONGEST_CELL", 20)
    out = io.BytesIO()
    table = load_tables().get("meetings")
    columns = {column: "" for column in table.exported if column.name == "name"}
    workbooks.write_workbook(out, "meetings", columns, [{"name": "x" * 50}], about="", publisher="")
    sheet = openpyxl.load_workbook(out)["meetings"]
    assert sheet["A2"].value == "x" * 16 + " […]"


def test_libreoffice_opens_the_workbook_and_keeps_every_value(site, spoilt, tmp_path):
    """Opened and saved as CSV: the formula is words, `2018-10` no day, `007` no number, Vietnamese whole."""
    file = tmp_path / "meetings.xlsx"
    file.write_bytes(fetch(site, "/exports/meetings.xlsx"))
    saved = convert(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1")
    rows = {row["permalink"]: row for row in rows_of(saved.read_bytes())}
    row = rows[f"{site.node.settings.origin}/meetings/{spoilt}/"]
    assert (row["name"], row["date"], row["place"]) == (FORMULA, "2018-10", "007")
    assert {item["place"] for item in rows.values()} >= {"Hà Nội"}
    assert len(rows) == len(rows_of(fetch(site, "/exports/meetings.csv")))


def test_libreoffice_opens_the_file_with_semicolons(site, spoilt, tmp_path):
    """As a French spreadsheet takes it, by semicolons: the same columns and rows."""
    file = tmp_path / "meetings.csv"
    file.write_bytes(fetch(site, "/exports/meetings.csv?separator=semicolon"))
    saved = convert(file, "xlsx", "--infilter=CSV:59,34,76,1,,1036,false,false")
    sheet = openpyxl.load_workbook(saved).active
    expected = rows_of(fetch(site, "/exports/meetings.csv"))
    assert [cell.value for cell in next(sheet.iter_rows())] == list(expected[0])
    assert sheet.max_row == len(expected) + 1


def test_a_csv_file_is_separated_as_is_asked(site, told):
    """Whatever separates the cells, the rows are the same."""
    asked = {
        "separator=;": ";",
        "separator=%3B": ";",
        "separator=semicolon": ";",
        "separator=tab": "\t",
        "separator=comma": ",",
        "mark=no": ",",
    }
    expected = rows_of(fetch(site, "/exports/meetings.csv"))
    for query, delimiter in asked.items():
        assert rows_of(fetch(site, f"/exports/meetings.csv?{query}"), delimiter) == expected, query


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/exports/meetings.csv?separator=x", "tables.bad_separator"),
        ("/exports/meetings.json?separator=;", "tables.for_csv_only"),
        ("/exports/meetings.xlsx?mark=no", "tables.for_csv_only"),
        ("/exports/meetings.csv?stat=VN", "tables.no_such_filter"),
        ("/exports/meetings.ods", "tables.no_such_form"),
        ("/exports/meeting.xlsx", "tables.no_such_table"),
    ],
)
def test_what_cannot_be_is_told_to_programs(site, path, code):
    """A slip of the pen is a problem with a code and a remedy, never another table than was asked for."""
    answer = site.visitor().get(path)
    assert answer.status_code in {400, 404}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], bool(answer.json()["remedy"])) == (code, True)


def test_an_address_that_is_not_known_is_an_empty_cell(site, told):
    """Of sources whose original has no address nothing is said, in cells and in JSON."""
    rows = rows_of(fetch(site, "/exports/meetings.csv"))
    cited = [row for row in rows if row["cited_sources"]]
    assert cited
    assert not any("-" in row["cited_urls"].split(" | ") or "'-" in row["cited_urls"] for row in cited)
    assert any(row["cited_urls"] == "" for row in cited)


def test_frictionless_finds_the_package_valid(site, spoilt, tmp_path):
    """Every table against its schema, digests and keys; a changed byte is caught."""
    node = dataclasses.replace(site.node, settings=dataclasses.replace(site.node.settings, home=tmp_path))
    made = make_package(node)
    report = frictionless.validate(str(made), type="package")
    assert report.valid, report.flatten(["taskNumber", "type", "note"])[:5]
    assert len(report.tasks) == len(load_tables().tables)
    folder = tmp_path / "opened"
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder)
    meetings = folder / "meetings.csv"
    assert FORMULA in {row["name"] for row in rows_of(meetings.read_bytes())}  # programs compute nothing
    meetings.write_bytes(meetings.read_bytes().replace(b"2018-10", b"2018-11"))
    spoilt_report = frictionless.validate(str(folder / "datapackage.json"), type="package")
    assert {error.type for task in spoilt_report.tasks for error in task.errors} == {"hash-count"}

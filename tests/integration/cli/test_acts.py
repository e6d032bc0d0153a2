"""What the commands do, called as a command calls them: what they print, what they write, what they refuse."""

import csv
import io
import json
from pathlib import Path

import pytest

from entraide.access.api import Role
from entraide.cli import exporting, importing, node, read
from entraide.cli.exporting import OneTableToAFile, WholePackage
from entraide.cli.importing import NobodyNamed
from entraide.programme.api import SourceKind, list_meetings
from entraide.tables.domain.errors import DifferenceChanged
from entraide.tables.domain.formats import ExportFormat
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.factories.registers import make_register

TEXT = (
    "Hanoï, 12 janvier 2025 – Le ministre vietnamien de la Sécurité publique, Luong Tam Quang, et son homologue lao "
    "ont coprésidé la 14e conférence. Les deux ministres ont signé le plan de coopération 2025."
)


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    """The terminal speaks English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "hanoi.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "data.json").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def officer(here):
    return make_actor(here, Role.desk_officer)


@pytest.fixture
def here(db):
    return make_node()


@pytest.fixture
def register(here, officer):
    return make_register(here, officer)


def test_files_are_read_and_a_bad_one_costs_a_line(folder, capsys):
    """Proposals on standard output, the bad file's line on standard error; data beside texts is passed over."""
    assert read.read_files([folder], None, as_json=False, with_texts=False) == 1
    out, err = capsys.readouterr()
    assert "hanoi" in out
    assert "instruments" in out
    assert "empty.txt" in err
    assert "data.json" not in out + err


def test_readings_are_one_object(folder, capsys):
    """Each file stands under its name, with its path, what it proposes, and both texts when asked."""
    assert read.read_files([folder / "hanoi.txt"], None, as_json=True, with_texts=True) == 0
    (reading,) = json.loads(capsys.readouterr().out).values()
    assert reading["file"]["path"].endswith("hanoi.txt")
    assert [instrument["kind"] for instrument in reading["instruments"]] == ["plan"]
    assert TEXT in json.dumps(reading, ensure_ascii=False)


@pytest.mark.parametrize(
    ("url", "model"), [("http://127.0.0.1:1/v1", ""), ("", "m"), ("ftp://127.0.0.1/v1", "m"), ("http://", "m")]
)
def test_an_endpoint_is_named_whole(url, model):
    """Address and model come together, and the address is one that can be asked."""
    with pytest.raises(read.BadEndpoint):
        read.endpoint_of(url, model, 5)


def test_no_endpoint_is_asked_unless_named():
    """Without both there is none."""
    assert read.endpoint_of("", "", 5) is None
    asked = read.endpoint_of("http://127.0.0.1:11434/v1", "small", 5)
    assert asked is not None
    assert asked.host == "127.0.0.1"


@pytest.mark.parametrize("form", list(ExportFormat))
def test_tables_are_written_into_a_folder(here, register, tmp_path, capsys, form):
    """A file for each table; the last line says how many and where."""
    exporting.export_tables(here, ["meetings", "posts"], form, tmp_path / "out", mark=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"meetings.{form}", f"posts.{form}"]
    assert "2 tables written" in capsys.readouterr().out


def test_one_table_goes_to_standard_output(here, register, capsys):
    """As CSV that a spreadsheet opens, with a permalink in each row."""
    exporting.export_tables(here, ["meetings"], ExportFormat.CSV, None, mark=False)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(register.meetings)
    assert all(row["permalink"].startswith(here.settings.origin) for row in rows)


def test_several_tables_do_not_go_into_one_file(here, register, tmp_path):
    """Nor to standard output."""
    file = tmp_path / "all.csv"
    file.write_text("kept", encoding="utf-8")
    for output in (None, file):
        with pytest.raises(OneTableToAFile):
            exporting.export_tables(here, ["meetings", "posts"], ExportFormat.CSV, output, mark=True)
    assert file.read_text(encoding="utf-8") == "kept"


def test_the_package_is_whole(here, register, tmp_path, capsys):
    """It has no part, and is written where asked."""
    with pytest.raises(WholePackage):
        exporting.export_package(here, ["meetings"], tmp_path)
    exporting.export_package(here, None, tmp_path)
    assert (tmp_path / "datapackage.zip").stat().st_size > 1000
    assert "datapackage.zip" in capsys.readouterr().out


def _edited(here, tmp_path: Path, place: str) -> Path:
    """Return the exported table of meetings with another place in the first row."""
    exporting.export_tables(here, ["meetings"], ExportFormat.CSV, tmp_path / "meetings.csv", mark=True)
    file = tmp_path / "meetings.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    rows[0]["place"] = place
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def test_a_difference_is_shown_and_then_applied_by_its_digest(here, officer, register, tmp_path, capsys):
    """What is printed is what is applied, in a person's name and by no other digest."""
    file = _edited(here, tmp_path, "Huế")
    capsys.readouterr()
    refused = importing.show_difference(here, [file], SourceKind.OFFICIAL_RELEASE, as_json=False)
    assert not refused
    shown = capsys.readouterr().out
    assert "Huế" in shown
    assert "1 changed" in shown
    importing.show_difference(here, [file], SourceKind.OFFICIAL_RELEASE, as_json=True)
    told = json.loads(capsys.readouterr().out)
    with pytest.raises(NobodyNamed):
        importing.apply_difference(
            here, [file], SourceKind.OFFICIAL_RELEASE, digest=told["digest"], username=None, as_json=False
        )
    user = _username(officer)
    with pytest.raises(DifferenceChanged):
        importing.apply_difference(
            here, [file], SourceKind.OFFICIAL_RELEASE, digest="0" * 64, username=user, as_json=False
        )


def _username(officer) -> str:
    from entraide.access.models import User  # noqa: PLC0415 - models load after Django is set up

    return str(User.objects.get(id=officer.user_id).username)


def test_a_row_that_cannot_stand_is_told_with_its_place(here, register, tmp_path, capsys):
    """File, line and column, and what to do; nothing can be applied."""
    file = _edited(here, tmp_path, "Huế")
    file.write_text(file.read_text(encoding="utf-8").replace("conference", "party", 1), encoding="utf-8")
    importing.show_difference(here, [file], SourceKind.OFFICIAL_RELEASE, as_json=False)
    shown = capsys.readouterr().out
    assert "! meetings.csv:2:kind" in shown
    assert "Nothing can be applied." in shown
    assert list_meetings(here)


@pytest.mark.django_db(databases=["default", "partner"])
def test_every_log_is_verified(pair, capsys):
    """Each log with its size and root."""
    node.verify_logs(pair.a.node, as_json=True)
    assert {"logs", "evidences"} <= set(json.loads(capsys.readouterr().out))
    node.verify_logs(pair.a.node, as_json=False)
    assert "Every log verifies." in capsys.readouterr().out

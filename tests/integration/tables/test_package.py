"""The Data Package: what its description says is true of its files, and nothing that is not public is in it."""

import csv
import dataclasses
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest

from entraide.access.api import Role, Scope, create_token
from entraide.cli.exporting import WholePackage, export_package
from entraide.communiques.api import (
    SourceKind,
    import_source,
    list_samples,
    read_sample,
)
from entraide.config.nightly import start_nightly_package
from entraide.tables.api import (
    find_package,
    list_packages,
    make_nightly_package,
    make_package,
)
from entraide.tables.domain.errors import NoSuchPackage
from entraide.tables.services.package import is_latest_current, renew_latest
from tests.factories.cooperations import make_register as make_cooperation
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(tmp_path):
    """A node with a home on disk and a register with sources."""
    made = make_node()
    made = dataclasses.replace(made, settings=dataclasses.replace(made.settings, home=tmp_path))
    make_register(made, make_actor(made, Role.desk_officer), with_sources=True)
    return made


def opened(file) -> tuple[dict, dict[str, bytes]]:
    """Return the description and the tables of a package."""
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        tables = {name: archive.read(name) for name in archive.namelist() if name != "datapackage.json"}
        return json.loads(archive.read("datapackage.json")), tables


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def fits(field: dict, cell: str) -> bool:
    """Whether a cell is of its field's type (Table Schema)."""
    constraints = field.get("constraints", {})
    if cell == "":
        return not constraints.get("required", False)
    if "enum" in constraints:
        return cell in constraints["enum"]
    match field["type"], field.get("format"):
        case "integer", _:
            return re.fullmatch(r"-?\d+", cell) is not None
        case "boolean", _:
            return cell in [*field["trueValues"], *field["falseValues"]]
        case "string", "uri":
            return re.match(r"(https?://|urn:)", cell) is not None
    return field["type"] == "string" or re.match(r"\d{4}-\d\d-\d\dT", cell) is not None


def test_the_description_is_true_of_every_table(node):
    """Length, digest, rows, fields in order, types, keys and relationships are those of the files."""
    description, tables = opened(make_package(node))
    resources = {item["name"]: item for item in description["resources"]}
    assert {item["path"] for item in resources.values()} == set(tables)
    found = {name: rows(tables[item["path"]]) for name, item in resources.items()}
    followed = 0
    for name, item in resources.items():
        data, schema = tables[item["path"]], item["schema"]
        assert (item["bytes"], item["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        assert item["rows"] == len(found[name])
        assert data.decode().splitlines()[0].split(",") == [field["name"] for field in schema["fields"]]
        assert all(field["description"] for field in schema["fields"]), name
        for row in found[name]:
            assert [field["name"] for field in schema["fields"] if not fits(field, row[field["name"]])] == [], name
        if "primaryKey" in schema:
            keys = [tuple(row[field] for field in schema["primaryKey"]) for row in found[name]]
            assert len(keys) == len(set(keys)), name
        for key in schema.get("foreignKeys", ()):
            (field,), (target,) = key["fields"], key["reference"]["fields"]
            known = {row[target] for row in found[key["reference"]["resource"]]}
            given = {row[field] for row in found[name]} - {""}
            assert given <= known, (name, field)
            followed += len(given)
    assert followed > 10
    assert description["whole"] is True


def test_the_package_says_whose_it_is_and_how_it_may_be_used(node):
    """Name, day, licence with its address, publisher and sources."""
    description, _ = opened(make_package(node))
    assert description["name"] == "entraide-vn-mps"
    assert description["version"] == "2025.01.12"
    assert description["licenses"][0]["name"] == "CC-BY-4.0"
    assert description["contributors"][0]["title"] == "Ministry of Public Security"
    assert description["sources"][0]["path"] == f"{node.settings.origin}/sources/"
    assert description["$schema"].startswith("https://datapackage.org/")


def test_only_what_is_public_is_in_it(node):
    """No account, token, journal, proposal or text of a source, and nothing of a source that nothing cites."""
    operator = make_actor(node, Role.operator, username="secret.operator", password="a-secret-password-1")
    token = create_token(node, actor=operator, label="Secret label", scopes=[Scope.read_counts], days=3)
    officer = make_actor(node, Role.desk_officer)
    text = "Communiqué. " + "A sentence that nobody has confirmed yet stands here. " * 5
    import_source(node, actor=officer, name="unconfirmed-name", text=text, kind=SourceKind.PRESS)
    _, tables = opened(make_package(node))
    everything = b"".join(tables.values()).decode()
    for secret in ("secret.operator", "Secret label", token.text, "nobody has confirmed", "unconfirmed-name"):
        assert secret not in everything
    for sample in list_samples():
        assert read_sample(sample.name) not in everything
    assert set(tables) == {
        f"{name}.csv"
        for name in [
            "organisations",
            "posts",
            "tenures",
            "mechanisms",
            "series",
            "meetings",
            "delegations",
            "instruments",
            "actions",
            "signatories",
            "commitments",
            "references",
            "progress",
            "assessments",
            "sources",
            "citations",
        ]
    }


def test_an_edition_stays_and_the_latest_is_replaced_whole(node):
    """The edition of a day keeps its file; the latest is another one; nothing half-written is left."""
    first = make_package(node)
    content = first.read_bytes()
    node.clock.advance(days=1)
    make_cooperation(node, state="TH")
    second = make_package(node)
    assert [edition.day for edition in list_packages(node)] == [date(2025, 1, 13), date(2025, 1, 12)]
    assert first.read_bytes() == content
    assert find_package(node).read_bytes() == second.read_bytes() != content
    assert find_package(node, date(2025, 1, 12)) == first
    assert [file.name for file in first.parent.iterdir() if file.name.startswith(".")] == []


def test_a_night_makes_one_edition_and_none_when_nothing_changed(node):
    """Once a day, and only when the register changed since the last."""
    assert make_nightly_package(node) is not None
    make_cooperation(node, state="TH")
    assert make_nightly_package(node) is None
    node.clock.advance(days=1)
    assert make_nightly_package(node) is not None
    node.clock.advance(days=1)
    assert make_nightly_package(node) is None
    assert len(list_packages(node)) == 2


def test_one_who_asks_after_a_change_gets_it_anew(node):
    """The latest holds the change; the edition of the day, which somebody may cite, stays; the night dates the rest."""
    assert renew_latest(node) == find_package(node, date(2025, 1, 12))
    cited = find_package(node, date(2025, 1, 12)).read_bytes()
    assert is_latest_current(node)
    assert renew_latest(node) is None
    make_cooperation(node, state="TH")
    assert not is_latest_current(node)
    assert renew_latest(node) == find_package(node)
    assert find_package(node).read_bytes() != cited == find_package(node, date(2025, 1, 12)).read_bytes()
    assert opened(find_package(node))[0]["whole"]
    assert make_nightly_package(node) is None  # there is an edition of this day
    node.clock.advance(days=1)
    assert make_nightly_package(node) == find_package(node, date(2025, 1, 13))
    assert [file.name for file in find_package(node).parent.iterdir() if file.name.startswith(".")] == []


def test_one_is_made_at_a_time(node):
    """While another process makes one, nobody else begins; when it ends, however it ends, the next one does."""
    folder = node.settings.home / "exports"
    folder.mkdir()
    code = (
        f"import fcntl, os, sys; handle = os.open({str(folder)!r}, os.O_RDONLY); fcntl.flock(handle, fcntl.LOCK_EX); "
        "print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603 - ours
        other.stdout.readline()
        assert renew_latest(node) is None
        assert make_nightly_package(node) is None
        other.kill()
    assert renew_latest(node) is not None


def test_old_editions_go_but_the_first_of_each_month(node):
    """After a month the editions between go; one of each month stays for good."""
    folder = make_package(node).parent
    for number in range(1, 70):
        day = date(2025, 1, 12) + timedelta(days=number)
        (folder / f"datapackage-{day.isoformat()}.zip").write_bytes(b"an edition")
    node.clock.advance(days=70)
    make_package(node)
    days = [edition.day for edition in list_packages(node)]
    assert {date(2025, 1, 12), date(2025, 2, 1), date(2025, 3, 1)} <= set(days)
    assert date(2025, 1, 13) not in days
    assert len(days) == 32 + 2


def test_a_failure_leaves_the_last_edition_and_no_rest(node, monkeypatch):
    """When the disk is full in the middle, yesterday's package is still served whole."""
    made = make_package(node).read_bytes()
    node.clock.advance(days=1)

    def full(*_args: object, **_kwargs: object):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space"):
        make_package(node)
    monkeypatch.undo()
    assert find_package(node).read_bytes() == made
    assert [file.name for file in find_package(node).parent.iterdir() if file.name.startswith(".")] == []


def test_without_a_package_there_is_a_clear_answer(node):
    """Before the first night, and for a day without an edition, the error says when there will be one."""
    with pytest.raises(NoSuchPackage, match=r"datapackage\.zip"):
        find_package(node)
    make_package(node)
    with pytest.raises(NoSuchPackage):
        find_package(node, date(2025, 1, 12) - timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it_beside_delivery(tmp_path, settings):
    """The duty returns at once; its thread makes the edition of the day."""
    made = make_node()
    made = dataclasses.replace(made, settings=dataclasses.replace(made.settings, home=tmp_path))
    make_cooperation(made)
    thread = start_nightly_package(made)
    assert thread is not None
    thread.join(timeout=60)
    assert find_package(made).is_file()


def test_a_command_makes_it_at_once(node, tmp_path):
    """`entraide export --package` writes today's edition, or the file that is named; a table cannot be left out."""
    export_package(node, None, None)
    assert find_package(node).is_file()
    named = tmp_path / "elsewhere" / "register.zip"
    export_package(node, None, named)
    assert opened(named)[0]["name"] == "entraide-vn-mps"
    with pytest.raises(WholePackage):
        export_package(node, ["meetings"], None)

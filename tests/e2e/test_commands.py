"""The commands as an operator types them: every wrong word is one line with a remedy and the right exit code."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from entraide.communiques.api import read_sample
from tests.e2e.conftest import free_port
from tests.factories import documents
from tests.simulators.model import http, says, sends, stub_model

pytestmark = pytest.mark.slow

MINISTRY = ("--organisation", "fr=Ministère de la Sécurité publique")
GOOD = ("--name", "vn-mps", "--state", "VN", *MINISTRY)
OPERATOR = ("user", "create", "operator", "--role", "operator", "--post", "Operator of the node")

NEW_TYPE = Path(__file__).parents[1] / "integration" / "requests" / "new_type"
NO_CONTACT = "Missing: Contact. Readers find no way to reach you: entraide about set contact FILE --language fr"
Done = subprocess.CompletedProcess[str]


def entraide(*words: str, home: Path | None = None, given: str = "") -> Done:
    """Run `entraide` in a process of its own, in English, with no variable of ours but `ENTRAIDE_HOME`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "ENTRAIDE"))}
    kept |= {"LC_ALL": "C.UTF-8"} | ({"ENTRAIDE_HOME": str(home)} if home else {})
    command = [sys.executable, "-m", "entraide.cli.command", *words]
    return subprocess.run(command, env=kept, input=given, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own command


def demand_one_line(done: Done, *, exit_code: int, code: str) -> None:
    """Assert that `done` ended with one line on standard error: what is wrong, the remedy, the stable code."""
    lines = done.stderr.splitlines()
    assert done.returncode == exit_code, (done.stdout, done.stderr)
    assert len(lines) == 1, done.stderr
    assert lines[0].endswith(f"[{code}]")
    assert "Errno" not in lines[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node that `entraide init` made."""
    home = tmp_path_factory.mktemp("operator") / "node"
    done = entraide("init", str(home), *GOOD)
    assert done.returncode == 0, done.stderr
    assert f"export ENTRAIDE_HOME={home}\n" in done.stdout
    assert len(done.stdout.splitlines()) == 4
    return home


def test_a_home_that_is_not_there_yet_stops_neither_help_nor_init(tmp_path: Path) -> None:
    """ENTRAIDE_HOME may name the folder that `init` is about to make; a command of a node says that there is none."""
    home = tmp_path / "later"
    for words in (("--help",), ("doctor", "--help"), ("--version",), ("init", str(home), *GOOD)):
        done = entraide(*words, home=home)
        assert (done.returncode, done.stderr) == (0, ""), words
    assert entraide("doctor", home=home).stdout.endswith("All is well.\n")
    demand_one_line(entraide("doctor", home=tmp_path / "none"), exit_code=4, code="config.no_such_home")


@pytest.mark.parametrize("command", ["worker", "user create"])
def test_a_command_without_a_home_says_how_to_name_one(command: str) -> None:
    """Without ENTRAIDE_HOME every command of a node says so in one line, before it asks for anything."""
    words = OPERATOR if command.startswith("user") else (command,)
    done = entraide(*words)
    demand_one_line(done, exit_code=4, code="config.home_not_set")
    assert done.stdout == ""


def test_wrong_settings_of_a_new_node_write_nothing(tmp_path: Path) -> None:
    """`init` checks every word before it writes; a password in a database's address is not repeated."""
    words = ("init", str(tmp_path / "node"), *GOOD, "--database-url", "mysql://account:secret@host/x")
    done = entraide(*words)
    demand_one_line(done, exit_code=2, code="cli.bad_database_url")
    assert "secret" not in done.stderr
    assert not (tmp_path / "node").exists()


def test_a_node_is_never_overwritten_and_a_file_is_no_home(home: Path, tmp_path: Path) -> None:
    """A second `init` in the same folder, and one where a file is, end with one line."""
    demand_one_line(entraide("init", str(home), *GOOD), exit_code=5, code="config.home_exists")
    (tmp_path / "file").touch()
    demand_one_line(entraide("init", str(tmp_path / "file"), *GOOD), exit_code=2, code="config.home_not_writable")


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """A home whose PostgreSQL is not there keeps its keys and says how to go on."""
    done = entraide("init", str(tmp_path / "node"), *GOOD, "--database-url", "postgresql://x@127.0.0.1:1/x")
    demand_one_line(done, exit_code=8, code="cli.database_not_ready")
    assert (tmp_path / "node" / "keys").is_dir()


def test_a_demonstration_never_replaces_a_real_node(home: Path, tmp_path: Path) -> None:
    """`demo --home` refuses a folder in which a node that is no demonstration would be removed."""
    real = tmp_path / "vn-mps"
    real.symlink_to(home, target_is_directory=True)
    done = entraide("demo", "--once", "--home", str(tmp_path), "--ports", str(free_port()), str(free_port()))
    assert done.returncode == 5
    assert done.stderr.strip().endswith("[config.home_exists]")
    assert (home / "node.toml").is_file()


def test_a_port_in_use_is_said_before_anything_is_made(home: Path, tmp_path: Path) -> None:
    """Neither `serve` nor `demo` begins where another program listens; both name the port and the remedy."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        demand_one_line(entraide("serve", "--port", port, home=home), exit_code=8, code="config.address_taken")
        done = entraide("demo", "--once", "--home", str(tmp_path / "demo"), "--ports", port, str(free_port()))
        demand_one_line(done, exit_code=8, code="config.address_taken")
        assert f"127.0.0.1:{port}" in done.stderr
    assert list((tmp_path / "demo").iterdir()) == []


def test_an_address_of_another_machine_cannot_be_served(home: Path) -> None:
    """An address that is not this machine's is no port in use: the line says so."""
    done = entraide("serve", "--host", "192.0.2.1", "--port", str(free_port()), home=home)
    demand_one_line(done, exit_code=8, code="config.address_not_usable")
    assert entraide("serve", "--port", "99999", home=home).returncode == 2


def test_accounts_need_a_password_from_somewhere(home: Path) -> None:
    """Without a terminal and without --password-stdin there is one line, and a weak or empty password is refused."""
    demand_one_line(entraide(*OPERATOR, home=home), exit_code=2, code="cli.no_password")
    demand_one_line(entraide(*OPERATOR, "--password-stdin", home=home), exit_code=2, code="cli.no_password")
    weak = entraide(*OPERATOR, "--password-stdin", home=home, given="short\n")
    demand_one_line(weak, exit_code=2, code="access.weak_password")
    opened = entraide(*OPERATOR, "--password-stdin", home=home, given="Sentier-lumineux-9\n")
    assert opened.returncode == 0, opened.stderr
    again = entraide(*OPERATOR, "--password-stdin", home=home, given="Sentier-lumineux-9\n")
    demand_one_line(again, exit_code=5, code="access.user_exists")


def test_a_damaged_home_is_explained(home: Path, tmp_path: Path) -> None:
    """A database that is none, one that is missing, files open to others: each is named with what to do."""
    assert entraide("doctor", home=home).stdout == (
        "Edition: node (register and exchange).\n"
        f"Reading: rules alone; no text of a source leaves this machine for it.\n{NO_CONTACT}\nAll is well.\n"
    )
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(home), str(copy)], check=True)  # noqa: S603, S607 - a copy of a folder
    (copy / "django-secret").chmod(0o644)
    loose = entraide("doctor", home=copy)
    assert loose.returncode == 1
    assert loose.stdout.splitlines()[2:] == [
        NO_CONTACT,
        f"{copy}/django-secret can be read by others; run chmod 600 {copy}/django-secret",
    ]
    for name in copy.glob("entraide.sqlite3*"):
        name.unlink()
    assert "run `entraide migrate`" in entraide("doctor", home=copy).stdout
    demand_one_line(entraide("verify", home=copy), exit_code=8, code="cli.database_unusable")
    behind = entraide("serve", "--port", str(free_port()), home=copy)
    demand_one_line(behind, exit_code=5, code="config.database_behind")
    (copy / "entraide.sqlite3").write_text("no database" * 100, encoding="ascii")
    assert "The database cannot be used" in entraide("doctor", home=copy).stdout
    (copy / "django-secret").unlink()
    demand_one_line(entraide("doctor", home=copy), exit_code=4, code="config.secret_missing")


def test_the_doctor_fails_on_a_connection_in_the_clear(home: Path, tmp_path: Path) -> None:
    """A database on another machine without a demand for encryption is a fault, also while it does not answer."""
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(home), str(copy)], check=True)  # noqa: S603, S607 - a copy of a folder
    text = (copy / "node.toml").read_text(encoding="utf-8")
    url = "postgresql://account:secret@192.0.2.1/x?connect_timeout=2"
    for more, lines in (("", 1), ("&sslmode=require", 0)):
        (copy / "node.toml").write_text(f'{text}\n[database]\nurl = "{url}{more}"\n', encoding="utf-8")
        done = entraide("doctor", home=copy)
        assert (done.returncode, done.stdout.count("on 192.0.2.1 may be in the clear")) == (1, lines), done.stderr
        assert "The database cannot be used" in done.stdout
        assert "secret" not in done.stdout + done.stderr


def test_reading_names_every_file_that_cannot_be_read(tmp_path: Path) -> None:
    """One line for each bad file, exit code 1; two files of one name are both shown; an empty folder is said."""
    demand_one_line(entraide("read", str(tmp_path)), exit_code=1, code="documents.empty_folder")
    (tmp_path / "bad.bin").write_bytes(b"\x00\x01")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "one.txt").write_text("Nothing of note happened.", encoding="utf-8")
    (tmp_path / "one.md").write_text("Nothing of note happened.", encoding="utf-8")
    done = entraide("read", str(tmp_path), str(tmp_path / "gone.txt"))
    assert done.returncode == 1
    assert [line.rsplit("[")[-1] for line in done.stderr.splitlines()] == [
        "documents.binary_file]",
        "documents.empty_file]",
        "documents.no_such_file]",
    ]
    assert done.stdout.count("nothing found for the register") == 2


def test_files_of_every_format_and_every_defect_side_by_side(tmp_path: Path) -> None:
    """Good files of a tree give one JSON object with passages; each bad one costs a line, and nothing else is said."""
    paragraphs = [line for line in read_sample("fr-hanoi-2025").split("\n") if line.strip()]
    word = documents.word("Titre", paragraphs)
    good = {
        "hanoi.txt": "\n".join(paragraphs).encode("cp1252"),
        "2025/hanoi.html": documents.page("Titre", paragraphs).encode(),
        "2025/janvier/plan.pdf": documents.pdf("Titre", paragraphs),
        "2025/janvier/plan.docx": word,
    }
    bad = {
        "bad/1-empty.txt": (b"", "empty_file"),
        "bad/2-binary.txt": (bytes(range(256)), "binary_file"),
        "bad/3-russian.txt": ("Министр внутренних дел".encode("koi8-r"), "encoding_not_certain"),
        "bad/4-secret.pdf": (documents.encrypted_pdf(good["2025/janvier/plan.pdf"], "x"), "encrypted_file"),
        "bad/5-cut.pdf": (good["2025/janvier/plan.pdf"][:2000], "damaged_file"),
        "bad/6-pictures.pdf": (documents.picture_pdf(), "no_text_inside"),
        "bad/7-cut.docx": (word[:5000], "damaged_file"),
        "bad/8-bomb.docx": (documents.zip_bomb(), "unpacks_too_large"),
        "bad/9-old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format_not_read"),
    }
    for name, data in {**good, **{name: data for name, (data, _code) in bad.items()}}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    done = entraide("read", "--json", "--texts", str(tmp_path))
    assert done.returncode == 1
    codes = [line.rsplit("[")[-1] for line in done.stderr.splitlines()]
    assert codes == [f"documents.{code}]" for code in [*(code for _data, code in bad.values()), "file_too_large"]]
    assert all(str(tmp_path) in line for line in done.stderr.splitlines())
    got = json.loads(done.stdout)
    # The second of each name stands under its name with the ending: nobody is lost, and no key is a path.
    assert set(got) == {"hanoi", "plan", "hanoi.txt", "plan.pdf"}
    for reading in got.values():
        assert [(item["ordinal"], item["date"]) for item in reading["meetings"]] == [(None, "2025-01-12")]
        date = reading["meetings"][0]["evidence"]["date"]
        assert reading["original_text"][date["start"] : date["end"]] == date["quote"]
        assert reading["clean_text"][date["clean_start"] : date["clean_end"]] == date["quote"]
        assert (date["basis"], bool(date["reason"])) == ("stated", True)
    file = got["hanoi"]["file"]
    assert (file["path"], file["media_type"]) == (str(tmp_path / "2025/hanoi.html"), "text/html")
    assert file["sha256"] == hashlib.sha256(good["2025/hanoi.html"]).hexdigest()


def test_the_doctor_says_that_texts_leave_the_machine(home: Path, tmp_path: Path) -> None:
    """With an endpoint in node.toml the operator reads where each text goes; the key is nowhere."""
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(home), str(copy)], check=True)  # noqa: S603, S607 - a copy of a folder
    with (copy / "node.toml").open("a", encoding="utf-8") as file:
        file.write('\n[reader.endpoint]\nenabled = true\nurl = "https://models.example.org/v1"\nmodel = "small"\n')
    assert entraide("doctor", home=copy).stdout.splitlines()[1] == (
        "Reading: the text of each imported source is sent to models.example.org, model small."
    )


def test_the_doctor_says_which_forms_of_its_own_a_node_read(home: Path, tmp_path: Path) -> None:
    """How many, which, in which version, from where; nothing without a folder, and a broken one is a problem."""
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(home), str(copy)], check=True)  # noqa: S603, S607 - a copy of a folder
    settings = copy / "node.toml"
    text = settings.read_text(encoding="utf-8")

    def name(folder: Path) -> None:
        settings.write_text(text.replace("[node]\n", f'[node]\nrequest_forms = "{folder}"\n', 1), encoding="utf-8")

    name(NEW_TYPE)
    assert entraide("doctor", home=copy).stdout.splitlines()[2:] == [
        f"Requests: 1 form of this node's own was read from {NEW_TYPE}: vehicle_return 1.",
        NO_CONTACT,
        "All is well.",
    ]
    assert json.loads(entraide("doctor", "--json", home=copy).stdout)["own_forms"] == ["vehicle_return 1"]
    assert json.loads(entraide("doctor", "--json", home=home).stdout)["own_forms"] is None
    (empty := tmp_path / "empty").mkdir()
    name(empty)
    assert f"Requests: no form of this node's own is in {empty}.\n" in entraide("doctor", home=copy).stdout
    (empty / "forms").mkdir()
    (empty / "forms" / "boat_return.yaml").write_text("id: boat_return\n", encoding="utf-8")
    broken = entraide("doctor", home=copy)
    assert (broken.returncode, "boat_return.yaml" in broken.stdout, "Requests:" in broken.stdout) == (1, True, False)


def test_reading_with_an_endpoint_says_what_came_of_it(tmp_path: Path) -> None:
    """A good answer is proposed under the model's name; a bad one is one line and the rules' proposals."""
    text = "Le 12 mai 2022, la 7e conférence ministérielle s'est tenue à Hanoï. Ils ont signé le plan de 2023."
    file = tmp_path / "one.txt"
    file.write_text(text, encoding="utf-8")
    quote = "la 7e conférence ministérielle"
    meeting = {"type": {"value": "conférence", "quote": quote}, "place": {"value": "Mars", "quote": "sur Mars"}}
    with stub_model(says({"meetings": [meeting]})) as stub:
        done = entraide("read", str(file), "--json", "--endpoint", stub.url, "--model", "small")
    reading = json.loads(done.stdout)["one"]
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)
    assert "one: left out of the answer of small: 1 quotes that are not in the text." in done.stderr
    assert reading["reading"] == {"reader": "small", "failure": "", "dropped": {"quote_not_in_text": 1}}
    assert reading["meetings"][0]["evidence"]["type"]["quote"] == quote
    assert len(stub.questions) == 1
    with stub_model(sends(http(b"<html>", status="502 Bad Gateway"))) as stub:
        done = entraide("read", str(file), "--json", "--endpoint", stub.url, "--model", "small")
    assert done.returncode == 0
    assert done.stderr == (
        "one: the endpoint was not used: it answered with an error. These are the proposals of the rules.\n"
    )
    assert json.loads(done.stdout)["one"]["meetings"][0]["ordinal"] == 7


@pytest.mark.parametrize(
    "words",
    [
        ("--endpoint", "http://far.example.org/v1", "--model", "x"),
        ("--endpoint", "http://127.0.0.1:1/v1"),
        ("--model", "x"),
    ],
)
def test_an_endpoint_that_cannot_be_asked_is_refused_before_anything_is_read(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """The text would pass in the clear, or the model or the address is missing."""
    (tmp_path / "one.txt").write_text("Nothing of note happened.", encoding="utf-8")
    done = entraide("read", str(tmp_path), *words)
    demand_one_line(done, exit_code=2, code="cli.bad_endpoint")
    assert done.stdout == ""


def test_tables_go_out_and_come_in_as_shown(home: Path, tmp_path: Path) -> None:
    """Tables given, the difference, its application, whole files out, the same in again: as an operator types it."""
    given = tmp_path / "given"
    given.mkdir()
    (given / "mechanisms.csv").write_text("key;states;name_fr\nm;FR | VN;Dialogue\n", encoding="utf-8")
    (given / "meetings.csv").write_text("mechanism_key,kind,date\nm,dialogue,2019-05\n", encoding="utf-8")
    account = ("user", "create", "desk", "--role", "desk_officer", "--post", "Desk", "--password-stdin")
    assert entraide(*account, home=home, given="a very long password\n").returncode == 0
    without = entraide("import", str(given), home=home)
    assert without.returncode == 1
    assert "mechanisms.csv:2:source" in without.stdout
    words = ("import", str(given), "--source-kind", "official_release")
    shown = json.loads(entraide(*words, "--json", home=home).stdout)
    assert (len(shown["added"]), shown["refused"]) == (2, [])
    apply = (*words, "--apply", shown["digest"])
    demand_one_line(entraide(*apply, home=home), exit_code=2, code="cli.nobody_named")
    demand_one_line(
        entraide(*words, "--apply", "0" * 64, "--as", "desk", home=home),
        exit_code=5,
        code="tables.difference_changed",
    )
    done = entraide(*apply, "--as", "desk", home=home)
    assert "2 added" in done.stdout, done.stderr
    out = tmp_path / "out"
    assert entraide("export", "--output", str(out), home=home).returncode == 0
    assert not [path for path in out.iterdir() if path.suffix != ".csv"]
    assert "2019-05" in (out / "meetings.csv").read_text(encoding="utf-8-sig")
    again = entraide("import", str(out), home=home)
    assert again.returncode == 0, again.stdout
    assert "0 added, 0 changed, 2 unchanged, 0 refused" in again.stdout
    demand_one_line(entraide("export", "--kind", "x", home=home), exit_code=4, code="tables.no_such_table")
    demand_one_line(entraide("import", str(tmp_path / "x.csv"), home=home), exit_code=4, code="documents.no_such_file")

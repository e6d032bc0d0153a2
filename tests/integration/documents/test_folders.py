"""Which files a path names, and the process in which they are taken apart."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from entraide.cli.read import name_files
from entraide.documents.adapters.bounded import Extractor
from entraide.documents.adapters.files import FileReader
from entraide.documents.adapters.folders import list_files
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.errors import BAD_FILES, EmptyFolder, FileNotOpened, TooMuchMemory, TooSlow
from tests.factories import documents

WORD = documents.word("Titre", ["Le ministre a reçu l'ambassadeur."])


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Rien.", encoding="utf-8")


def test_folders_are_read_with_all_folders_inside_in_order(tmp_path: Path) -> None:
    """Files come in the order of their paths; hidden files and folders are left out unless named themselves."""
    make(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "c/x.txt", ".hidden", ".git/config", "a/.swp")
    found = list_files([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["a/b/c.txt", "a/z.txt", "b.txt", "c/x.txt"]
    assert list_files([tmp_path / ".hidden"]).files == [tmp_path / ".hidden"]


def test_data_beside_texts_is_no_text(tmp_path: Path) -> None:
    """JSON, YAML and CSV in a folder are left out; a file that is named itself is tried, whatever its ending."""
    make(tmp_path, "a.txt", "a.json", "a/b.YAML", "a/c.csv", "a/d.jsonl", "e.yml/f.txt", "notes")
    found = list_files([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["a.txt", "e.yml/f.txt", "notes"]
    assert list_files([tmp_path / "a.json"]).files == [tmp_path / "a.json"]
    assert [type(problem) for problem in list_files([tmp_path / "a"]).problems] == [EmptyFolder]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    """A folder is entered once however many links lead to it, and a link to a file is that file."""
    make(tmp_path, "a/one.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "z").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "y.txt").symlink_to(tmp_path / "a" / "one.txt")
    found = list_files([tmp_path])
    assert [path.name for path in found.files] == ["one.txt", "self", "y.txt"]
    assert found.problems == []


def test_a_path_named_twice_counts_once_and_an_empty_folder_is_said(tmp_path: Path) -> None:
    """A file that two paths name is read once; a folder without files is a line, also beside others."""
    make(tmp_path, "a/one.txt")
    (tmp_path / "empty").mkdir()
    found = list_files([tmp_path / "a", tmp_path / "a" / "one.txt", tmp_path / "a", tmp_path / "empty"])
    assert found.files == [tmp_path / "a" / "one.txt"]
    assert [type(problem) for problem in found.problems] == [EmptyFolder]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_that_cannot_be_entered_is_named(tmp_path: Path) -> None:
    """The others go on."""
    make(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a").chmod(0)
    try:
        found = list_files([tmp_path])
    finally:
        (tmp_path / "a").chmod(0o755)
    assert [path.name for path in found.files] == ["two.txt"]
    assert [type(problem) for problem in found.problems] == [FileNotOpened]


def test_no_two_files_have_the_same_name() -> None:
    """The first keeps its name without ending, the others have it with it or a number; nobody is lost."""
    paths = [Path("x/a.txt"), Path("x/a.html"), Path("y/a.txt"), Path("a"), Path("b.pdf"), Path("y/a\n.txt")]
    names = name_files(paths)
    assert list(names.values()) == ["a", "a.html", "a.txt", "a (2)", "b", "a\ufffd"]
    assert len(set(names.values())) == len(paths)


def test_a_name_is_never_a_path() -> None:
    """However many files share a name, and wherever they are, no name leads anywhere."""
    paths = [Path(f"{folder}/report.txt") for folder in ("/srv/a", "/srv/b", "../c", "d/e", ".", "/")]
    names = list(name_files(paths).values())
    assert names == ["report", "report.txt", "report (2)", "report (3)", "report (4)", "report (5)"]


def test_a_file_that_takes_too_long_costs_a_line_and_not_the_others() -> None:
    """The process is ended, and the next file has a new one."""
    with Extractor(seconds=0.001) as extractor:
        with pytest.raises(TooSlow, match=r"slow\.docx: reading this DOCX file took longer than"):
            extractor.extract(WORD, form=Format.DOCX, file="slow.docx")
        extractor._seconds = 30
        assert extractor.extract(WORD, form=Format.DOCX, file="a.docx").tree.text.startswith("Titre")


def test_a_process_that_died_costs_one_line() -> None:
    """One that ends at its work is said of its file; one that ended before is started anew without a word."""
    with Extractor() as extractor:
        assert extractor.extract(WORD, form=Format.DOCX, file="a.docx").tree.text.startswith("Titre")
        assert extractor._process is not None
        extractor._process.kill()
        extractor._process.wait()
        assert extractor.extract(WORD, form=Format.DOCX, file="a.docx").tree.text.startswith("Titre")
        process = extractor._process
        assert process is not None
        process.send_signal(signal.SIGSTOP)
        Timer(0.3, process.kill).start()
        with pytest.raises(TooMuchMemory, match=r"a\.docx: .*ended the process"):
            extractor.extract(WORD, form=Format.DOCX, file="a.docx")


def test_no_process_is_left_and_plain_text_needs_none() -> None:
    """A folder of texts starts nothing, and what was started ends with the reading."""
    with FileReader() as reader:
        reader.take(b"Bonjour", name="a.txt")
        assert reader._extractor._process is None
        reader.take(WORD, name="a.docx")
        process = reader._extractor._process
        assert process is not None
    assert process.returncode is not None


@pytest.mark.parametrize(
    ("act", "error"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import os; os.system('true')", "PermissionError"),
        ("import tempfile; tempfile.TemporaryFile()", "FileNotFoundError"),
        ("x = bytearray(3 * 2**30)", "MemoryError"),
    ],
    ids=["connect", "resolve", "start a program", "shell", "write", "memory"],
)
def test_the_process_reaches_nothing(act: str, error: str) -> None:
    """No network, no program, no file and little memory, whatever a library tries."""
    code = f"from entraide.documents.adapters import worker; worker.shut_off(); {act}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 - ours
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(error)


def test_every_reason_has_its_own_code_and_remedy() -> None:
    """What the process answers is told again by its code alone."""
    assert len(BAD_FILES) >= 18
    assert all(kind.message.startswith("{file}: ") and kind.remedy for kind in BAD_FILES.values())

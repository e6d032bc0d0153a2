"""What a person types without a node starts without what a node needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Le 12 janvier 2025, à Vientiane, les deux ministres ont signé le plan de coopération de 2025."
HELPS = [
    (*command, "--help")
    for command in [
        (),
        ("read",),
        ("init",),
        ("migrate",),
        ("serve",),
        ("worker",),
        ("user",),
        ("user", "create"),
        ("doctor",),
        ("verify",),
        ("export",),
        ("import",),
        ("demo",),
    ]
]
HEAVY = ("django", "granian", "cryptography", "trafilatura", "lxml", "pypdf", "docx", "ftfy", "httpx", "icalendar")
RUN = """
import sys
from entraide.cli.command import main
for line in sys.stdin.read().splitlines():
    sys.argv = ["entraide", *line.split("\\t")]
    try:
        main()
    except SystemExit as end:
        assert not end.code, line
print("\\nLOADED", *sorted({name.split(".")[0] for name in sys.modules}))
print("CONTEXTS", *sorted(name for name in sys.modules if name.startswith("entraide.") and name.endswith(".models")))
"""


def run(*commands: tuple[str, ...], language: str = "C.UTF-8") -> str:
    """Run `commands` one after the other in a process of their own and return what it printed."""
    given = "\n".join("\t".join(words) for words in commands)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "ENTRAIDE"))}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": language, "COLUMNS": "100"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", RUN], input=given, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "one.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["help", "version", "reading"])
def test_neither_django_nor_a_database_is_loaded(text: Path, kind: str) -> None:
    """Every --help, the version and the reading of a text load no framework, server, parser or table of a context."""
    commands = {
        "help": HELPS,
        "version": [("--version",)],
        "reading": [("read", str(text)), ("read", "--json", str(text))],
    }
    printed = run(*commands[kind])
    loaded = next(line for line in printed.splitlines() if line.startswith("LOADED")).split()
    assert "entraide" in loaded
    assert [name for name in HEAVY if name in loaded] == []
    assert "CONTEXTS" in printed.splitlines()


def test_help_lists_every_command_with_what_it_does() -> None:
    """Nothing is missing for being loaded late."""
    printed = run(("--help",))
    for name, does in (("read", "Read communiqués"), ("import", "Show what tables"), ("demo", "Play the whole cycle")):
        assert any(name in line and does in line for line in printed.splitlines()), name


def test_a_reading_speaks_the_language_of_the_terminal(text: Path) -> None:
    """The catalogs are read without Django; a language without a catalog is English."""
    assert "Proposé" in run(("read", str(text)), language="fr_FR.UTF-8")
    assert "Đã đề xuất" in run(("read", str(text)), language="vi_VN.UTF-8")
    assert "Proposed" in run(("read", str(text)), language="de_DE.UTF-8")


def test_nothing_is_loaded_to_draw_or_to_check_types() -> None:
    """A list of commands is text: no library for colours or data models starts with it."""
    loaded = run(*HELPS).split()
    assert [name for name in ("rich", "pygments", "pydantic", "yaml", "babel") if name in loaded] == []

"""The documents name commands and files that exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

from entraide.cli.application import build_application

pytestmark = pytest.mark.wording

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/operating/README.md"]


def commands(document: str) -> list[list[str]]:
    """Return the commands of the indented blocks of a document, continued lines joined, comments dropped."""
    text = Path(document).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^    (?!\[|url )(\S.*)$", text, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


CASES = [
    pytest.param(words, id=f"{document}: {' '.join(words[:4])}")
    for document in DOCUMENTS
    for words in commands(document)
]


@pytest.mark.parametrize("words", CASES)
def test_a_command_of_the_documents_exists(words: list[str]) -> None:
    """Each `make` target is in the Makefile, each `entraide` command and option is one that the program has."""
    while "=" in words[0]:
        words = words[1:]
    if words[0] == "make":
        targets = re.findall(r"^([a-z]+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert words[1] in targets
    elif words[0].endswith("entraide"):
        assert_known(words[1:])
    else:
        assert words[0] == "export"


def assert_known(words: list[str]) -> None:
    """Fail unless `words` begin with a command of the program and every option is one of its own."""
    command: click.Command = build_application()
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    assert not isinstance(command, click.Group), f"no such command: {words}"
    known = {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
    assert {word for word in words if word.startswith("--")} <= known


LINKED = sorted(
    path
    for path in [*Path().glob("*.md"), *Path("docs").rglob("*.md"), *Path("changelog.d").glob("*.md")]
    if path.is_file()
)


@pytest.mark.parametrize("document", LINKED, ids=str)
def test_a_link_of_a_document_leads_to_a_file(document: Path) -> None:
    """Each relative link of a document leads to a file or folder of the project."""
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_decision_record_is_listed() -> None:
    """The index of decision records links to each of them."""
    index = Path("docs/adr/README.md").read_text(encoding="utf-8")
    assert [path.name for path in Path("docs/adr").glob("0*.md") if f"({path.name})" not in index] == []


def test_the_glossary_has_each_term_once_in_order() -> None:
    """A term is found by the alphabet, has four cells, and is explained once."""
    rows = [line.split(" | ") for line in Path("GLOSSARY.md").read_text(encoding="utf-8").splitlines()]
    rows = [cells for cells in rows if cells[0].startswith("| ") and cells[0] != "| term"]
    terms = [cells[0].removeprefix("| ").lower() for cells in rows]
    assert {len(cells) for cells in rows} == {4}
    assert terms == sorted(set(terms))

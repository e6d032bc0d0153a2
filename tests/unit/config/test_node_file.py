"""The node file: read whole or refused with one clear line."""

from pathlib import Path

import pytest

from entraide.config.node_file import BadNodeFile, NoSuchHome, database_settings, read_node_file
from entraide.kernel.node import Edition

GOOD = (
    '[node]\nname = "vn-mps"\nstate = "vn"\norigin = "http://127.0.0.1:8000/"\n[node.organisation]\nen = "Ministry"\n'
)


def write_home(folder: Path, text: str) -> Path:
    (folder / "node.toml").write_text(text, encoding="utf-8")
    (folder / "django-secret").write_text("secret", encoding="ascii")
    return folder


def test_a_good_file_becomes_frozen_settings(tmp_path: Path) -> None:
    """Names are kept, the State is upper case, the origin has no trailing slash, a demonstration must be asked for."""
    file = read_node_file(write_home(tmp_path, GOOD))
    assert (file.node.name, file.node.state, file.node.origin) == ("vn-mps", "VN", "http://127.0.0.1:8000")
    assert file.node.demonstration is False
    assert file.database_url is None


@pytest.mark.parametrize("name", ["request_forms", "safeguards"])
def test_a_folder_of_the_nodes_own_lies_in_its_home(name: str, tmp_path: Path) -> None:
    """Own forms and rules are read from the folder that is named; one that is not there is an error, never ignored."""
    text = GOOD.replace("[node.organisation]", f'{name} = "own"\n[node.organisation]')
    with pytest.raises(BadNodeFile, match=f"node.{name} is a folder"):
        read_node_file(write_home(tmp_path, text))
    (tmp_path / "own").mkdir()
    assert getattr(read_node_file(tmp_path).node, name) == tmp_path / "own"
    assert getattr(read_node_file(write_home(tmp_path, GOOD)).node, name) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "'node' is missing", id="empty"),
        pytest.param("[node", "Expected", id="no TOML"),
        pytest.param(GOOD.replace("name", "nom"), "'name' is missing", id="a setting is missing"),
        pytest.param(GOOD.replace('"vn"', '"viet"'), "two letters", id="a State that is no code"),
        pytest.param(GOOD.replace("vn-mps", "công-an"), "ASCII", id="a name outside ASCII"),
        pytest.param(
            GOOD.replace('"vn"', '"vn"\nclock_offset_days = -3'), "only a demonstration", id="a clock that is moved"
        ),
        pytest.param(
            GOOD.replace('"vn"', '"vn"\nedition = "museum"'), "one of: node, observatory", id="an edition that is none"
        ),
    ],
)
def test_a_file_that_cannot_be_used_names_the_reason(tmp_path: Path, text: str, why: str) -> None:
    """The operator reads which file and what is wrong in it."""
    with pytest.raises(BadNodeFile, match=why):
        read_node_file(write_home(tmp_path, text))


def test_the_edition_is_a_nodes_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    """An older file without the line is a node's; an observatory exchanges nothing."""
    assert read_node_file(write_home(tmp_path, GOOD)).node.exchanges
    observatory = read_node_file(write_home(tmp_path, GOOD.replace('"vn"', '"vn"\nedition = "observatory"'))).node
    assert (observatory.edition, observatory.exchanges) == (Edition.OBSERVATORY, False)


def test_a_folder_without_a_node_is_said_so(tmp_path: Path) -> None:
    """A wrong ENTRAIDE_HOME is not an empty node."""
    with pytest.raises(NoSuchHome):
        read_node_file(tmp_path)


def test_a_database_url_must_be_postgresql(tmp_path: Path) -> None:
    """Another scheme is refused; a good URL is taken apart, percent signs decoded."""
    with pytest.raises(BadNodeFile):
        database_settings("mysql://x/y", tmp_path)
    settings = database_settings("postgresql://user:p%40ss@db.example:5433/entraide", tmp_path)
    assert (settings["NAME"], settings["PASSWORD"], settings["PORT"]) == ("entraide", "p@ss", "5433")

"""The protocol's tables follow from the declarations."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest

from entraide.kernel.codecs import Number, Text
from entraide.kernel.wire import Document, Message, Most, RefusedWith
from tools import protocol_messages
from tools.protocol_messages import fill_in, find_missing, list_messages, main


@dataclass(frozen=True, slots=True)
class Part(Document):
    """A part of it."""

    n: Annotated[int, Number(1, 9), "its number"]


@dataclass(frozen=True, slots=True)
class Sample(Message):
    """What the sample says.

    And when.
    """

    message_type, message_version = "sample.said", 2
    sender = "nobody"

    name: Annotated[str, Text(5), RefusedWith("sample.bad_name"), "its name"]
    parts: Annotated[tuple[Part, ...], Most(3), "of it"]


BLOCK = "before\n<!-- messages sample. -->\nstale\n<!-- end -->\nafter\n"
WANTED = """before
<!-- messages sample. -->
**`sample.said`, version 2** (from nobody). What the sample says. And when.

| field | form | |
|---|---|---|
| `name` | text up to 5 | its name; rejected with `sample.bad_name` when it is none |
| `parts` | list of *part*, at most 3 | of it |

*part*: A part of it.

| field | form | |
|---|---|---|
| `n` | number from 1 to 9 | its number |
<!-- end -->
after
"""


def test_a_block_is_made_anew_from_the_declaration():
    """Fields by name, forms, what they say, codes of parts, and each part once; what stands around it stays."""
    assert fill_in(BLOCK, [Sample]) == WANTED
    assert fill_in(WANTED, [Sample]) == WANTED


def test_every_message_has_a_line():
    """The list tells type, version, who sends it, what it is, and the code when it is none."""
    listed = fill_in("<!-- every message -->\n<!-- end -->\n", [Sample])
    assert "| `sample.said`, 2 | nobody | What the sample says. | `malformed` |\n" in listed


def test_a_message_that_no_document_tells_of_is_missed():
    """A message of a new context must get a block."""
    assert find_missing([BLOCK], [Sample]) == []
    assert find_missing(["<!-- messages other. -->\n<!-- end -->\n"], [Sample]) == ["sample.said"]


def test_the_documents_are_current(monkeypatch: pytest.MonkeyPatch):
    """docs/protocol tells of every message that a node handles, as it is declared."""
    monkeypatch.setattr("sys.argv", ["protocol_messages", "check"])
    main()
    assert len(list_messages()) == 13


def test_check_says_what_is_stale_and_update_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A table that was edited by hand is named; `update` writes it again."""
    for document in protocol_messages.FOLDER.glob("*.md"):
        (tmp_path / document.name).write_text(document.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(protocol_messages, "FOLDER", tmp_path)
    plans = tmp_path / "plans.md"
    plans.write_text(plans.read_text(encoding="utf-8").replace("| `base_version` |", "| `base` |"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["protocol_messages", "check"])
    with pytest.raises(SystemExit, match=r"plans\.md: not current"):
        main()
    monkeypatch.setattr("sys.argv", ["protocol_messages", "update"])
    main()
    assert "| `base_version` |" in plans.read_text(encoding="utf-8")

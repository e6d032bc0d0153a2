"""How commands speak at a terminal and to a file."""

import sys
from io import StringIO

import pytest

from entraide.cli.output import complain, say, say_table, tell_waiting, tracked


class Screen(StringIO):
    """A terminal that keeps what was written to it."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_what_is_said_beside_a_bar_has_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is cleared first, and drawn again with the next step."""
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    for number in tracked(range(3), "Reading"):
        if number == 1:
            complain("one.txt: no text.")
    after = screen.getvalue().partition("\r\033[Kone.txt: no text.\n")[2]
    assert "2/3" in after
    assert "3/3" in after


def test_a_bar_is_drawn_only_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    """To a file or a program, what takes a while prints nothing but its outcome."""
    tell_waiting("Applying")
    assert list(tracked(range(3), "Reading")) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_a_long_wait_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person at the terminal knows what is going on."""
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    tell_waiting("Applying")
    assert "Applying …" in screen.getvalue()


def test_a_table_keeps_each_row_in_one_line_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    """What goes into a file is not cut at a width."""
    long = " · ".join(["place: Vientiane"] * 20)
    say_table("one", ("Kind", "Proposed"), [("meetings", long)])
    assert f"meetings  {long}" in capsys.readouterr().out.splitlines()


def test_a_table_is_wrapped_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its second column stays below its head."""
    monkeypatch.setattr(sys, "stdout", shown := Screen())
    monkeypatch.setenv("COLUMNS", "60")
    say_table("one", ("Kind", "Proposed"), [("meetings", " · ".join(["place: Vientiane"] * 20))])
    lines = shown.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert all(line.startswith(" " * 10) for line in lines[3:] if line)


def test_no_text_moves_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever wrote it, a line holds no code of the terminal."""
    say("a\x1b[2Jb\rc\x07")
    assert capsys.readouterr().out == "a[2Jbc\n"

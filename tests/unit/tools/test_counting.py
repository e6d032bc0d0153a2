"""The line that tells tests of behaviour and of wording apart."""

from types import SimpleNamespace

from tests.counting import tell_apart


def report(when: str = "call", *marks: str) -> SimpleNamespace:
    return SimpleNamespace(when=when, keywords=dict.fromkeys(marks, 1))


def test_both_kinds_are_counted_apart():
    """What fails is told beside what passes; set-up and tear-down count for nothing."""
    stats = {
        "passed": [report(), report(), report("call", "wording"), report("setup"), report("teardown", "wording")],
        "": [report("setup")],
        "failed": [report("call", "wording")],
        "error": [report("setup")],
    }
    assert tell_apart(stats) == "behaviour: 2 passed, 1 error; wording and documents: 1 passed, 1 failed"


def test_a_kind_without_a_test_is_said_to_have_none():
    """A run of wording alone says so; a run of behaviour alone needs no line."""
    assert tell_apart({"passed": [report("call", "wording")]}) == "behaviour: none; wording and documents: 1 passed"
    assert tell_apart({"passed": [report()]}) == ""

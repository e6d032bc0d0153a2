"""Survivors of mutation testing are held against the explained ones."""

import json
from pathlib import Path

import pytest

from tools.mutants import (
    EXPLAINED,
    BadExplanation,
    Explained,
    Mutant,
    Tried,
    derive_verdict,
    find_difference,
    list_packages,
    parse_explained,
    read_tried,
)

PACKAGES = {"keys": "src/entraide/keys/*"}
PATH = "src/entraide/keys/domain/framing.py"
MUTANT = Mutant("keys", "signed_bytes", "if a < b:", "if a <= b:")
OTHER = Mutant("keys", "Signer.sign", "return a", "return None")
WHY = Explained(MUTANT, PATH, "a and b are never equal, for both are primes")
ENTRY = """
- package: keys
  file: src/entraide/keys/domain/framing.py
  function: signed_bytes
  why: a and b are never equal, for both are primes
  changes:
    - {was: "if a < b:", now: "if a <= b:"}
"""


def test_packages_are_those_of_the_project_file():
    """A package has the name of its folder."""
    project = '[tool.mutmut]\nonly_mutate = ["src/entraide/keys/*", "src/entraide/journal/domain/*"]\n'
    assert list_packages(project) == {
        "keys": "src/entraide/keys/*",
        "journal/domain": "src/entraide/journal/domain/*",
    }


def test_a_mutant_is_named_by_the_lines_that_differ():
    """The place of a line, its indentation and what did not change play no part."""
    original = ["def f(a):", "    if a:", "        return (1,", "            2)"]
    assert find_difference(original, [*original[:2], "        return (1,", "            3)"]) == ("2)", "3)")
    assert find_difference(original, original[:2]) == ("return (1, 2)", "")


def test_what_mutmut_leaves_is_read(tmp_path: Path):
    """Each mutant has its function, its text, its file and its fate; equal changes of a function are counted."""
    folder = tmp_path / "mutants/src/entraide/keys"
    folder.mkdir(parents=True)
    functions = {
        "x_f__mutmut_orig": "def x_f__mutmut_orig(a):\n    b = 1\n    b = 1\n",
        "x_f__mutmut_1": "def x_f__mutmut_1(a):\n    b = 2\n    b = 1\n",
        "x_f__mutmut_2": "def x_f__mutmut_2(a):\n    b = 1\n    b = 2\n",
        "xǁRingǁg__mutmut_orig": "    def xǁRingǁg__mutmut_orig(self):\n        return 1\n",
        "xǁRingǁg__mutmut_1": "    def xǁRingǁg__mutmut_1(self):\n        return 2\n",
    }
    spans, line = {}, 1
    for name, text in functions.items():
        spans[name] = [line, line + text.count("\n") - 1]
        line += text.count("\n")
    (folder / "rings.py").write_text("".join(functions.values()))
    (folder / "rings.py.spans").write_text(json.dumps({"version": 1, "spans": spans}))
    codes = {"entraide.keys.rings.x_f__mutmut_1": 0, "entraide.keys.rings.x_f__mutmut_2": 33}
    codes |= {"entraide.keys.rings.xǁRingǁg__mutmut_1": 1}
    (folder / "rings.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    path = "src/entraide/keys/rings.py"
    assert list(read_tried(tmp_path, PACKAGES)) == [
        Tried(Mutant("keys", "f", "b = 1", "b = 2"), path, "survived"),
        Tried(Mutant("keys", "f", "b = 1", "b = 2", 2), path, "no test"),
        Tried(Mutant("keys", "Ring.g", "return 1", "return 2"), path, "killed"),
    ]
    assert list(read_tried(tmp_path, {"journal": "src/entraide/journal/*"})) == []


@pytest.mark.parametrize(
    ("tried", "explained", "holds", "says"),
    [
        pytest.param([Tried(MUTANT, PATH, "killed")], [], True, "1 killed (100.0 %)", id="all are killed"),
        pytest.param([Tried(MUTANT, PATH, "survived")], [WHY], True, "1 explained", id="a survivor is explained"),
        pytest.param([Tried(MUTANT, PATH, "survived")], [], False, "SURVIVED, not explained", id="a new survivor"),
        pytest.param([Tried(MUTANT, PATH, "no test")], [], False, "NO TEST, not explained", id="no test reaches it"),
        pytest.param([Tried(MUTANT, PATH, "not run")], [], False, "NOT RUN, not explained", id="it was not tried"),
        pytest.param([Tried(MUTANT, PATH, "killed")], [WHY], False, "GONE or killed", id="killed meanwhile"),
        pytest.param([Tried(OTHER, PATH, "killed")], [WHY], False, "GONE or killed", id="the code is gone"),
        pytest.param([Tried(MUTANT, "src/moved.py", "survived")], [WHY], True, "MOVED to src/moved.py", id="it moved"),
        pytest.param([], [], False, "", id="nothing was tried"),
    ],
)
def test_the_verdict(tried: list[Tried], explained: list[Explained], holds: bool, says: str):  # noqa: FBT001 - a case
    """All is well when every survivor is explained and every explanation is of a survivor."""
    verdict = derive_verdict(tried, explained)
    assert verdict.holds is holds
    assert says in "\n".join(verdict.lines)


def test_an_explanation_is_read():
    """An entry names package, file, function, the change and the reason; several changes may share a reason."""
    assert parse_explained(ENTRY) == [WHY]
    assert parse_explained("[]") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ENTRY.replace("a and b are never equal, for both are primes", ""), id="no reason"),
        pytest.param(
            ENTRY.replace("a and b are never equal, for both are primes", "equivalent"), id="a word for a reason"
        ),
        pytest.param(ENTRY * 2, id="twice"),
    ],
)
def test_an_explanation_without_a_reason_is_refused(text: str):
    """A survivor is explained once, in a sentence."""
    with pytest.raises(BadExplanation):
        parse_explained(text)


def test_the_explained_survivors_are_in_files_that_exist():
    """The list can be read, and does not point into the void."""
    for one in parse_explained(EXPLAINED.read_text(encoding="utf-8")):
        assert Path(one.path).is_file(), one

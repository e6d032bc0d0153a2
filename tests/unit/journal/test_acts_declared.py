"""Each kind of act says in words what was done, and what takes it back."""

import re
from pathlib import Path

from entraide.journal.api import TakenBack, act_kind_of, list_act_kinds


def test_each_kind_of_act_has_words_of_its_own() -> None:
    kinds = list_act_kinds()
    assert len({kind.words for kind in kinds}) == len(kinds) >= 15


def test_what_is_taken_back_by_its_opposite_names_a_declared_kind() -> None:
    names = {kind.name for kind in list_act_kinds()}
    opposites = {kind.opposite for kind in list_act_kinds() if kind.taken_back is TakenBack.OPPOSITE}
    assert opposites
    assert opposites <= names


def test_a_kind_that_this_version_does_not_know_is_told_by_its_name() -> None:
    assert act_kind_of("of.tomorrow").words == "of.tomorrow"


def test_each_act_that_the_program_opens_is_declared() -> None:
    """Whoever opens an act of a new kind says what was done, and what takes it back."""
    opened = set()
    for file in Path("src/entraide").rglob("*.py"):
        opened |= set(re.findall(r"with act\(node, kind=(\w+|\"[\w.]+\")", file.read_text(encoding="utf-8")))
    declared = "".join(file.read_text(encoding="utf-8") for file in Path("src/entraide").glob("*/domain/acts.py"))
    assert len(opened) > 10
    assert all(f"ActKind({name}," in declared or name == "kind" for name in opened)

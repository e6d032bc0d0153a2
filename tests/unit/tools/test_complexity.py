"""The check of complexity counts what it says, and would notice a house that gets harder."""

import pytest

from tools.complexity import HARD, exceeds, measure

BRANCHES = "\n".join(f"    if x == {number}:\n        return {number}" for number in range(HARD - 1))
HARD_FUNCTION = f"def hard(x):\n{BRANCHES}\n    return x\n"


def test_functions_and_methods_are_counted_once_each():
    """A class's methods count, the class itself and migrations do not."""
    text = "class A:\n    def one(self):\n        return 1\n\ndef two():\n    return 2\n"
    found = list(measure({"entraide/web/a.py": text, "entraide/web/migrations/0001.py": text}))
    assert sorted(item.name for item in found) == ["A.one", "two"]


def test_branches_make_a_function_hard():
    """Ten branches and the way through are eleven."""
    (found,) = measure({"entraide/web/a.py": HARD_FUNCTION})
    assert found.complexity == HARD
    assert found.context == "web"


@pytest.mark.parametrize(("hard", "functions", "too_many"), [(0, 100, False), (1, 100, False), (2, 100, True)])
def test_two_in_a_hundred_are_too_many(hard, functions, too_many):
    """The share stays under two per cent."""
    assert exceeds(hard=hard, functions=functions) is too_many

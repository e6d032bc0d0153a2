"""docs/coverage.md names only what exists, and leaves out no rule and no type of request."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from entraide.requests.api import list_forms
from entraide.safeguards.api import list_codes, load_rules
from entraide.safeguards.domain.rules import CHECKS, EXCEPTIONS
from tests.factories.nodes import make_node
from tests.unit.tools.test_readme import assert_known

pytestmark = pytest.mark.wording

DOCUMENT = Path("docs/coverage.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([^`\n]+)`", DOCUMENT)))
FOLDERS = ("docs/", "conformance/", "tests/", "bench/", "tools/", "src/")
FUNCTION = re.compile(r"^ *def (\w+)\(", re.MULTILINE)
FILE = re.compile(r"[\w./-]+\.(?:py|yaml|md|html|css|json)\Z")
RULES_ELSEWHERE = {"R22"}
"""Rules that a context decides by itself: a refusal without consultation is stopped where answers are made."""


def test_every_named_test_exists() -> None:
    """Each `path::name` is a function of that file."""
    named = [name.split("::") for name in NAMED if "::" in name]
    assert len(named) > 200
    assert [name for name in named if name[1] not in _functions(Path("tests") / name[0])] == []


def test_every_named_path_exists() -> None:
    """Each path is a file of the project, of the program, or of the tests."""
    named = [name for name in NAMED if "/" in name and FILE.match(name) and name[0] != "/"]
    assert len(named) > 100
    assert [name for name in named if not any(place.is_file() for place in _places(name))] == []


def test_every_named_address_exists() -> None:
    """Each address is one that the node serves; `…` stands for an id."""
    named = {name for name in NAMED if name.startswith("/")}
    assert len(named) > 50
    assert named - set(_addresses(get_resolver().url_patterns, "/")) == set()


def test_every_named_command_exists() -> None:
    """Each command is one of the program's."""
    named = [name for name in NAMED if name.startswith("entraide ")]
    assert len(named) > 5
    for name in named:
        assert_known(name.split()[1:])


def test_every_rule_is_told_and_those_without_a_check_are_to_come() -> None:
    """Each rule stands in one row of the safeguards; the row of those that nothing decides says so."""
    section = DOCUMENT.split("\n## Safeguards\n")[1]
    rows = [row for row in section.splitlines() if re.match(r"\| R\d\d", row)]
    told = [rule for row in rows for rule in re.findall(r"R\d\d", row.split("|")[1])]
    assert sorted(told) == [rule.id for rule in load_rules(make_node()).rules]
    undecided = {
        rule
        for row in rows
        if row.split("|")[4].strip().startswith("to come")
        for rule in row.split("|")[1].split(", ")
    }
    undecided = {rule.strip() for rule in undecided}
    assert undecided == {rule.id for rule in load_rules(make_node()).rules} - {*CHECKS, *EXCEPTIONS, *RULES_ELSEWHERE}


def test_every_type_of_request_is_told_and_those_without_a_form_are_to_come() -> None:
    """Each type stands in its table; what has no form is to come, what has one is not."""
    section = DOCUMENT.split("\n## Types of request\n")[1].split("\n## ")[0]
    states = dict(re.findall(r"^\|[^|]+\| `([a-z_]+)` \| ([^|]*) \|", section, re.MULTILINE))
    assert set(states) == {code.code for code in list_codes(make_node(), "request_types")}
    built = {code for code, state in states.items() if not state.startswith("to come")}
    assert built == {"answer", *list_forms(make_node())}


@cache
def _functions(path: Path) -> frozenset[str]:
    return frozenset(FUNCTION.findall(path.read_text(encoding="utf-8")))


def _places(name: str) -> list[Path]:
    return [Path(name)] if name.startswith(FOLDERS) else [Path("src/entraide") / name, Path("tests") / name]


def _addresses(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        address = prefix + re.sub(r"<[^>]+>", "…", str(pattern.pattern)).replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, address)
        else:
            yield address

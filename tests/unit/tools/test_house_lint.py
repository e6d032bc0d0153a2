"""The house lints find what they are for."""

import pytest

from tools.house_lint import check_door_names, find_problems

CASES = [
    pytest.param({"entraide/web/a.py": "\n" * 501}, "file-size", id="a file of more than 500 lines"),
    pytest.param(
        {"entraide/web/a.py": "def f():\n" + "    x = 1\n" * 50}, "function-size", id="a function of more than 50 lines"
    ),
    pytest.param({"entraide/web/utils.py": ""}, "empty-name", id="a module called utils"),
    pytest.param({"entraide/web/helpers/a.py": ""}, "empty-name", id="a folder called helpers"),
    pytest.param(
        {"entraide/web/a.py": "from entraide.journal.models import Entry"}, "door", id="another context's models"
    ),
    pytest.param(
        {"entraide/web/a.py": "def f():\n    from entraide.journal import models"},
        "door",
        id="another context's room, inside a function",
    ),
    pytest.param(
        {"entraide/web/a.py": "import entraide.journal.services.sequence"},
        "door",
        id="another context's services by a plain import",
    ),
    pytest.param(
        {"entraide/access/models.py": "x = ForeignKey('requests.Request')"}, "foreign-key", id="a foreign key upwards"
    ),
    pytest.param(
        {"entraide/requests/models.py": "x = ForeignKey('communiques.Source')"}, "foreign-key", id="upwards again"
    ),
    pytest.param({"entraide/web/a.py": "gettext(f'{x} done')"}, "translated-text", id="a translated f-string"),
    pytest.param({"entraide/web/a.py": "def f():\n    raise NotThere"}, "untold-error", id="an error that is not told"),
    pytest.param({"entraide/web/a.py": "NN_('one', f'{x}', by='x')"}, "translated-text", id="a plural f-string"),
    pytest.param({"entraide/web/a.py": "x = ('fr', 'vi')"}, "language-list", id="a list of languages"),
    pytest.param({"entraide/web/a.py": "for x in ['en', 'fr', 'vi']: pass"}, "language-list", id="another, in a loop"),
    pytest.param({"entraide/journal/selectors.py": "def f(): pass"}, "node-first", id="a read that is given nothing"),
    pytest.param(
        {"entraide/journal/selectors/a.py": "def f(ids, node): pass"},
        "node-first",
        id="a read that takes the node last",
    ),
    pytest.param({"entraide/journal/selectors.py": "def f(*, node): pass"}, "node-first", id="the node by name alone"),
]


@pytest.mark.parametrize(("sources", "rule"), CASES)
def test_a_broken_rule_is_found(sources: dict[str, str], rule: str) -> None:
    """Each rule finds the code that breaks it."""
    assert rule in {problem.rule for problem in find_problems(sources)}


GOOD = [
    pytest.param({"entraide/journal/selectors.py": "def f(node, ids): pass"}, id="a read that takes the node first"),
    pytest.param({"entraide/journal/selectors/a.py": "def _f(row): pass"}, id="a part of a read"),
    pytest.param({"entraide/journal/adapters/a.py": "def f(row): pass"}, id="what is no read"),
    pytest.param({"entraide/web/a.py": "from entraide.journal.api import transaction"}, id="a door"),
    pytest.param({"entraide/web/a.py": "from entraide.journal.domain.tiles import leaf_hash"}, id="a domain"),
    pytest.param({"entraide/journal/services/a.py": "from entraide.journal.models import Entry"}, id="the own room"),
    pytest.param(
        {"entraide/requests/models.py": "x = ForeignKey('directory.PartnerNode')"}, id="a foreign key downwards"
    ),
    pytest.param({"entraide/access/migrations/0001_initial.py": "\n" * 900}, id="a long migration"),
    pytest.param(
        {"entraide/web/a.py": "x = {'fr': 1, 'vi': 2}; y = ('fr',); z = ('fr', 'au')"}, id="no list of languages"
    ),
]


@pytest.mark.parametrize("sources", GOOD)
def test_what_the_house_allows_passes(sources: dict[str, str]) -> None:
    """Code that keeps the rules has no problem."""
    assert find_problems(sources) == []


def test_many_long_files_raise_the_median() -> None:
    """The house as a whole stays in small files."""
    sources = {f"entraide/web/a{number}.py": "x = 1\n" * 130 for number in range(30)}
    assert "median-size" in {problem.rule for problem in find_problems(sources)}


DOOR = "from entraide.journal.services.a import f, g\n\n__all__ = ['f', 'g']\n"


@pytest.mark.parametrize(
    ("user", "tests", "unused"),
    [
        pytest.param("from entraide.journal.api import f, g", [], [], id="another context uses both"),
        pytest.param("from entraide.journal.api import f", ["from entraide.journal.api import g"], [], id="a test too"),
        pytest.param("from entraide.journal.api import f", [], ["g"], id="nobody uses one"),
    ],
)
def test_a_door_holds_what_others_use(user: str, tests: list[str], unused: list[str]):
    """What the context itself imports from its door does not count."""
    own = "from entraide.journal.api import f, g"
    sources = {"entraide/journal/api.py": DOOR, "entraide/journal/services/b.py": own, "entraide/web/a.py": user}
    found = [problem.text for problem in check_door_names(sources, tests)]
    assert found == [f"nobody else imports {name}" for name in unused]

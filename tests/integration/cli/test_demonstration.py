"""What the demonstration leaves: a register in which nothing stands twice and no question of sameness is open."""

import pytest

from entraide.access.api import Role
from entraide.cli.demonstration.reading import play_reading
from entraide.cli.demonstration.stage import OBSERVATORY, Side
from entraide.cli.demonstration.telling import Teller
from entraide.communiques.api import list_joins, list_same_questions
from tests.factories.duplicates import label_facts, true_pairs
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def test_the_register_of_the_demonstration_ends_without_a_duplicate():
    """The officer answers every question: of what the list made by hand calls one, no two facts are left."""
    node = make_node()
    side = Side(OBSERVATORY, node, 0, {Role.desk_officer: make_actor(node, Role.desk_officer)})
    teller = Teller(quiet=True)
    with teller.scene("reading", ""):
        play_reading(side, teller, None)
    assert list_joins(node)
    labels, names = label_facts(node)
    left = [[names.get(one) for one in pair] for pairs in true_pairs(labels).values() for pair in pairs]
    assert left == []
    assert list_same_questions(node) == ()

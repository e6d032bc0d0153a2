"""Agreeing to a plan is four eyes, on the version that was read."""

import pytest

from entraide.access.api import Role, SamePerson
from entraide.plans.api import (
    agree_plan,
    edit_clause,
    send_amendments,
)
from entraide.plans.domain.errors import ChangedMeanwhile
from tests.factories.people import make_actor
from tests.simulators.negotiation import Table

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def table(pair):
    return Table(pair)


def amend(table: Table, plan_id, actor, text):
    """Change the first clause on B."""
    clause = table.clauses("b", plan_id)[0]
    edit_clause(table.b, actor=actor, plan_id=plan_id, clause_id=clause.id, texts={"fr": text})


def test_whoever_wrote_does_not_agree(table):
    """An approver who edited a clause cannot agree for their side, whoever sent the amendments; a colleague can."""
    plan_id = table.propose()
    amend(table, plan_id, table.chief["b"], "Lutter ensemble contre la drogue.")
    send_amendments(table.b, actor=table.desk["b"], plan_id=plan_id)
    with pytest.raises(SamePerson):
        agree_plan(table.b, actor=table.chief["b"], plan_id=plan_id)
    agree_plan(table.b, actor=make_actor(table.b, Role.approver), plan_id=plan_id)


def test_nobody_agrees_to_a_version_that_they_did_not_read(table):
    """The partner's amendments arrived while the page of the older version was open."""
    plan_id = table.propose()
    amend(table, plan_id, table.desk["b"], "Lutter ensemble contre la drogue.")
    send_amendments(table.b, actor=table.desk["b"], plan_id=plan_id)
    table.pair.deliver()
    with pytest.raises(ChangedMeanwhile):
        agree_plan(table.a, actor=table.chief["a"], plan_id=plan_id, seen=1)
    agree_plan(table.a, actor=table.chief["a"], plan_id=plan_id, seen=2)

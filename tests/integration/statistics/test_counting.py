"""Requests are counted by pair of parties: who asks and who is asked."""

import datetime as dt

import pytest

from entraide.access.api import Role
from entraide.plans.api import add_clause, draft_plan_from_commitments, get_plan, propose_plan
from entraide.programme.api import (
    CommitmentStatus,
    InstrumentKind,
    Party,
    create_commitment,
    create_instrument,
    ensure_mechanism,
    list_commitments,
)
from entraide.requests.adapters.vocabulary import load_form
from entraide.requests.api import acknowledge, approve_answer, count_answers, count_answers_in, draft_answer
from entraide.requests.domain.counting import Pair
from entraide.requests.models import Request
from entraide.statistics.api import DomainCounts, count_answered_requests, count_asked, count_pairs
from tests.factories.contents import answer_content
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
ASKED = Pair("vn-mps", "la-mops")


@pytest.fixture
def plans(exchange):
    """The plan for 2026 on both nodes, each with the register's commitments of 2025 on telecom fraud."""
    a, b = exchange.a.node, exchange.b.node
    for node in (a, b):
        desk = make_actor(node, Role.desk_officer)
        with node.active():
            mechanism = ensure_mechanism(node, actor=desk, parties=[Party("VN"), Party("LA")])
            last = create_instrument(
                node,
                actor=desk,
                mechanism_id=mechanism,
                kind=InstrumentKind.PLAN,
                titles={"fr": "plan de 2025"},
                period="2025",
            )
            create_commitment(
                node,
                actor=desk,
                mechanism_id=mechanism,
                domain="telecom-fraud",
                status=CommitmentStatus.PLEDGED,
                texts={"fr": "Lutter contre la fraude."},
                instrument_id=last,
                period="2025",
            )
        if node is a:
            plan_id = draft_plan_from_commitments(
                node,
                actor=desk,
                partner_ids=[exchange.pair.a.partner_id],
                mechanism_id=mechanism,
                period="2026",
                commitment_ids=[],
            )
            texts = {"fr": "Former ensemble."}
            add_clause(node, actor=desk, plan_id=plan_id, domain="training", texts=texts)
            proposer = desk
    propose_plan(a, actor=proposer, plan_id=plan_id)
    exchange.pair.deliver()
    return {node.settings.name: (node, get_plan(node, plan_id)) for node in (a, b)}


def answer(exchange, request_id):
    """Let B answer a request of A."""
    b = exchange.b
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content())
    approve_answer(b.node, actor=b.approver, request_id=request_id)
    exchange.pair.deliver()


def test_both_nodes_count_the_same_for_who_asked_whom(exchange, plans):
    """Vietnam asked Laos twice and was answered once; the other way round nothing was asked."""
    first, _ = exchange.release("preservation"), exchange.release("preservation")
    answer(exchange, first)
    for node, plan in plans.values():
        assert count_pairs(node, plan) == {"telecom-fraud": {ASKED: DomainCounts(1, 0, 1)}}
        assert count_asked(node, plan) == {ASKED: 2}


def test_a_request_that_stands_in_two_domains_of_a_plan_was_asked_once(exchange):
    """Its offence counts it in one domain and its form in another; together it is one request."""
    exchange.release("preservation")
    form = load_form(exchange.a.node, "preservation").domain
    assert form != "telecom-fraud"
    span = {"since": dt.datetime(2000, 1, 1, tzinfo=dt.UTC), "until": dt.datetime(2100, 1, 1, tzinfo=dt.UTC)}
    each = [count_answers(exchange.a.node, domain=domain, **span)[ASKED].open for domain in ("telecom-fraud", form)]
    together = count_answers_in(exchange.a.node, domains=("telecom-fraud", form), **span)[ASKED].open
    assert (each, together) == ([1, 1], 1)


def test_a_request_to_nobody_of_the_plan_is_not_counted(exchange, plans):
    """What another partner was asked is not evidence for this plan."""
    exchange.release("preservation")
    node, plan = plans["vn-mps"]
    with node.active():
        Request.objects.update(requested="kh-moi")
    assert count_pairs(node, plan) == {"telecom-fraud": {}}
    assert count_answered_requests(node, plan) == {}


def test_the_pairs_together_stand_on_the_commitments(exchange, plans):
    """What all pairs of the plan's parties asked each other is kept on the reviewed commitments."""
    exchange.release("preservation", deliver=False)
    node, plan = plans["vn-mps"]
    assert count_answered_requests(node, plan) == {"telecom-fraud": DomainCounts(0, 0, 1, one_sided=True)}
    with node.active():
        (commitment,) = list_commitments(node, period="2025")
    assert (commitment.latest_progress.still_open, commitment.latest_progress.one_sided) == (1, True)

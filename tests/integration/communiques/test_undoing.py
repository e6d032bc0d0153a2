"""Undoing: every act on the register is taken back by another act, with a reason, and nothing of it is lost."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from entraide.access.api import Actor, Role
from entraide.communiques.api import (
    ProposalState,
    SourceKind,
    import_source,
    keep_all,
    keep_proposal,
    list_proposals,
    preview_undo,
    read_sample,
    restore_acts,
    undo_acts,
)
from entraide.journal.api import list_acts
from entraide.kernel.ids import SourceId
from entraide.kernel.node import Node
from entraide.programme.models import CommitmentListing, CommitmentTally
from entraide.search.models import Document
from entraide.storage.adapters.traces import image_of
from entraide.storage.api import list_traced, model_at
from tests.factories.nodes import StandingClock, make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def node() -> Node:
    return make_node()


@pytest.fixture
def officer(node: Node) -> Actor:
    return make_actor(node, Role.desk_officer)


def imported(node: Node, officer: Actor, name: str) -> SourceId:
    return import_source(
        node, actor=officer, name=name, text=read_sample(name), kind=SourceKind.OFFICIAL_RELEASE, sample=True
    )


def later(node: Node) -> None:
    """Let some time pass, so that acts have an order."""
    cast(StandingClock, node.clock).advance(minutes=1)


def register_now() -> dict[str, Any]:
    """Return every row of the register, of the directory and of the proposals, what is listed, counted and found."""
    rows = {
        f"{name} {row.pk}": image_of(row) for name in list_traced() for row in model_at(name)._default_manager.all()
    }
    counts: dict[tuple[Any, ...], int] = {}
    for cell in CommitmentTally.objects.values_list("mechanism_id", "domain", "status", "change"):
        counts[cell[:3]] = counts.get(cell[:3], 0) + cell[3]
    return {
        **rows,
        "lists": sorted(
            map(str, CommitmentListing.objects.values_list("scope", "commitment_id", "listed_on", "domain", "status"))
        ),
        "counts": {str(cell): count for cell, count in counts.items() if count},
        "found": {str(id_): sorted(terms.split()) for id_, terms in Document.objects.values_list("id", "terms")},
    }


def test_undoing_the_last_acts_one_by_one_leads_back_through_every_state(node: Node, officer: Actor) -> None:
    source = imported(node, officer, "fr-hanoi-2025")
    states, acts = [register_now()], []
    for proposal in list_proposals(node, source):
        try:
            later(node)
            keep_proposal(node, actor=officer, proposal_id=proposal.id, new=True)
        except Exception:
            continue
        states.append(register_now())
        acts.append(list_acts(node, limit=1)[0].id)
    assert len(acts) > 8
    for act, former in reversed(list(zip(acts, states[:-1], strict=True))):
        undo_acts(node, actor=officer, act_ids=[act], reason="misread")
        assert register_now() == former


@pytest.mark.parametrize("names", [("fr-hanoi-2025", "vi-hanoi-2025"), ("fr-pekin-2024", "en-beijing-2024")])
def test_what_was_kept_together_is_undone_together(node: Node, officer: Actor, names: Sequence[str]) -> None:
    first, second = names
    keep_all(node, actor=officer, source_id=imported(node, officer, first))
    later(node)
    source = imported(node, officer, second)
    before = register_now()
    keep_all(node, actor=officer, source_id=source)
    acts = list_acts(node, limit=1)
    batch = list_acts(node, batch=acts[0].batch)
    assert len(batch) > 5
    made = undo_acts(node, actor=officer, act_ids=[act.id for act in batch], reason="another text")
    now = register_now()
    for k in before["found"]:
        if before["found"][k] != now["found"].get(k):
            print(before["found"][k], now["found"].get(k))
    for d in Document.objects.all():
        if str(d.id) not in before["found"]:
            print("EXTRA", d.kind, d.terms)
    assert now == before
    assert all(item.state is ProposalState.WAITING for item in list_proposals(node, source))
    after = restore_acts(node, actor=officer, act_id=made, reason="the right text after all")
    assert after


def test_what_the_first_source_brought_and_the_second_names_too_stays(node: Node, officer: Actor) -> None:
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-pekin-2024"))
    first = list_acts(node, limit=1)[0]
    later(node)
    keep_all(node, actor=officer, source_id=imported(node, officer, "fr-pekin-2018"))
    second = list_acts(node, limit=1)[0]
    plan = preview_undo(node, actor=officer, act_ids=[act.id for act in list_acts(node, batch=first.batch)])
    print(len(plan.resting), len(plan.rows), [row.place[0] for row in plan.rows if row.then])
    assert second.batch not in {act.batch for act in plan.acts}

"""What a curious or careless insider tries: a stale page, one's own words, a clearance for another text."""

from collections.abc import Callable

import pytest

from entraide.access.api import Actor, Role, SamePerson
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import RequestId
from entraide.requests.adapters.vocabulary import UnknownForm
from entraide.requests.api import (
    acknowledge,
    approve_answer,
    approve_release,
    clear_finding,
    confirm_clearance,
    create_draft,
    draft_answer,
    get_request,
    submit_for_approval,
    update_draft,
)
from entraide.requests.domain.errors import ReadChanged
from entraide.requests.domain.lifecycle import State
from tests.factories.contents import answer_content
from tests.factories.people import make_actor
from tests.simulators.exchange import Exchange

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

JOURNALIST = {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["journalist"]}


def cleared(exchange: Exchange) -> RequestId:
    """A stopped request whose finding two approvers have cleared."""
    a = exchange.a
    request_id = exchange.draft(persons=[JOURNALIST])
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    for key in [item.key for item in get_request(a.node, request_id).findings if item.outcome == "needs_review"]:
        clear_finding(a.node, actor=a.approver, request_id=request_id, finding_key=key, reason="Examined.")
        confirm_clearance(a.node, actor=a.second_approver, request_id=request_id, finding_key=key)
    return request_id


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.AWAITING_APPROVAL),
        ({"persons": [{**JOURNALIST, "name": "Subject B"}]}, State.STOPPED),
        ({"facts": "Subject A wrote about the ministry."}, State.STOPPED),
    ],
    ids=["the same text", "another person", "other facts"],
)
def test_a_clearance_holds_for_the_very_text_that_was_read(
    exchange: Exchange, changes: dict[str, object], state: State
):
    """Names and narrative are no coded facts, yet another text needs another clearance."""
    request_id = cleared(exchange)
    content = exchange.content("preservation", **{"persons": [JOURNALIST], **changes})
    update_draft(exchange.a.node, actor=exchange.a.officer, request_id=request_id, content=content)
    assert submit_for_approval(exchange.a.node, actor=exchange.a.officer, request_id=request_id).state is state


def test_nobody_releases_what_changed_after_they_read_it(exchange: Exchange):
    """An approver's open page does not approve the text that came after it."""
    a = exchange.a
    request_id = exchange.draft()
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    read = get_request(a.node, request_id).summary.changed_at
    exchange.pair.clock.advance(minutes=1)
    content = exchange.content("preservation", facts="Something else.")
    update_draft(a.node, actor=a.officer, request_id=request_id, content=content)
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    with pytest.raises(ReadChanged):
        approve_release(a.node, actor=a.approver, request_id=request_id, based_on=read)
    assert get_request(a.node, request_id).summary.state is State.AWAITING_APPROVAL


def test_nobody_approves_an_answer_that_changed_after_they_read_it(exchange: Exchange):
    """The answer's draft was replaced while its approver read it."""
    b = exchange.b
    request_id = exchange.release()
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content())
    draft = get_request(b.node, request_id).draft_answer
    assert draft is not None
    exchange.pair.clock.advance(minutes=1)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content(done="Nothing was kept."))
    with pytest.raises(ReadChanged):
        approve_answer(b.node, actor=b.approver, request_id=request_id, based_on=draft.at)
    assert get_request(b.node, request_id).draft_answer is not None


def test_nobody_clears_facts_that_they_did_not_see(exchange: Exchange):
    """A page opened before the last check clears and confirms nothing."""
    a = exchange.a
    request_id = exchange.draft(persons=[JOURNALIST])
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    finding = next(item for item in get_request(a.node, request_id).findings if item.outcome == "needs_review")
    acts: list[Callable[..., None]] = [
        lambda **seen: clear_finding(
            a.node, actor=a.approver, request_id=request_id, finding_key=finding.key, reason="Seen.", **seen
        ),
        lambda **seen: confirm_clearance(
            a.node, actor=a.second_approver, request_id=request_id, finding_key=finding.key, **seen
        ),
    ]
    for act in acts:
        with pytest.raises(ReadChanged):
            act(seen="00")
        act(seen=get_request(a.node, request_id).facts_digest)


def _release(exchange: Exchange, both: Actor) -> None:
    a = exchange.a
    request_id = create_draft(
        a.node,
        actor=both,
        form_id="preservation",
        party_id=exchange.b.party_id,
        content=exchange.content("preservation"),
    )
    update_draft(a.node, actor=a.officer, request_id=request_id, content=exchange.content("preservation"))
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    approve_release(a.node, actor=both, request_id=request_id)


def _clear(exchange: Exchange, both: Actor) -> None:
    a, content = exchange.a, exchange.content("preservation", persons=[JOURNALIST])
    request_id = exchange.draft(persons=[JOURNALIST])
    update_draft(a.node, actor=both, request_id=request_id, content=content)
    update_draft(a.node, actor=a.officer, request_id=request_id, content=content)
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    finding = next(item for item in get_request(a.node, request_id).findings if item.outcome == "needs_review")
    clear_finding(a.node, actor=both, request_id=request_id, finding_key=finding.key, reason="I know it.")


def _answer(exchange: Exchange, both: Actor) -> None:
    b = exchange.b
    request_id = exchange.release()
    acknowledge(b.node, actor=b.officer, request_id=request_id)
    draft_answer(b.node, actor=both, request_id=request_id, content=answer_content())
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content())
    approve_answer(b.node, actor=both, request_id=request_id)


@pytest.mark.parametrize(("side", "path"), [("a", _release), ("a", _clear), ("b", _answer)])
def test_a_colleagues_save_makes_nobody_an_approver_of_their_own_words(
    exchange: Exchange, side: str, path: Callable[[Exchange, Actor], None]
):
    """Whoever holds both roles and wrote a first draft cannot approve it after a colleague saved it once more."""
    both = make_actor(getattr(exchange, side).node, Role.case_officer, Role.approver)
    with pytest.raises(SamePerson):
        path(exchange, both)


@pytest.mark.parametrize("form_id", ["answer", "acknowledgement", "surveillance"])
def test_only_a_type_of_request_is_drafted(exchange: Exchange, form_id: str):
    """The forms of answers ask none of the safeguards' questions, so nothing is requested with them."""
    with pytest.raises(UnknownForm):
        create_draft(exchange.a.node, actor=exchange.a.officer, form_id=form_id, party_id=exchange.b.party_id)


WITNESS = {
    "role": "witness",
    "basis": "fact",
    "name": "Subject A",
    "minor": "no",
    "public_roles": ["none"],
    "identity_protection": "restricted",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"conduct": []},
        {"conduct": None},
        {"conduct": ["expression"], "protective_purpose": "missing_person", "persons": [WITNESS]},
        {"conduct": ["association"], "protective_purpose": "missing_person", "persons": []},
        {"main_element": "opinion", "protective_purpose": "missing_person", "persons": [WITNESS]},
        {"facts": " \u200b"},
        {"persons": [{**WITNESS, "name": "\u2060"}]},
        {"persons": [{**WITNESS, "public_roles": []}]},
        {"beneficiary": None},
        {"offence": ["0807"], "protective_purpose": "missing_person", "persons": [WITNESS]},
    ],
    ids=str,
)
def test_no_political_request_passes_by_omission(exchange: Exchange, changes: dict[str, object]):
    """An empty answer, an invisible one, or a protective purpose put in front of what is alleged stops the request."""
    request_id = exchange.draft(**changes)
    result = submit_for_approval(exchange.a.node, actor=exchange.a.officer, request_id=request_id)
    assert result.state is State.STOPPED


def test_errors_of_two_at_once_are_named(exchange: Exchange):
    """The second approval of the same request is told what happened, and one message leaves."""
    a = exchange.a
    request_id = exchange.release(deliver=False)
    with pytest.raises(EntraideError, match="state"):
        approve_release(a.node, actor=a.second_approver, request_id=request_id)

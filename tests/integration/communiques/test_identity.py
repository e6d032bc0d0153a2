"""Identity: own keys alone make two facts the same, likeness asks, a person joins and splits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Sum

from entraide.access.api import Actor, Role, RoleMissing
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    SourceKind,
    import_source,
    join_facts,
    keep_proposal,
    list_joins,
    list_proposals,
    list_same_questions,
    read_sample,
    split_facts,
    tell_apart,
)
from entraide.communiques.domain.errors import AlreadySplit, CannotJoin, JoinedLater, OtherSentence, ReasonMissing
from entraide.communiques.domain.told_twice import Group
from entraide.communiques.models import Join
from entraide.journal.models import Entry
from entraide.kernel.node import Node
from entraide.programme import models as register
from entraide.programme.api import find_joined, get_meeting
from entraide.programme.domain.errors import NoSuchFact, NoSuchKind
from tests.factories.answering import ASKED, keep_and_answer
from tests.factories.duplicates import label_facts, list_twenty, pairs_of_two, same_in_twenty, true_pairs
from tests.factories.entered import enter_samples, enter_texts
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

ASKED_AT_LEAST, TRUE_AT_LEAST = 0.95, 0.60
"""Shares that issue 8 asks for: of the duplicates that the samples contain, and of the questions."""
ASKED_OF_TWENTY, TRUE_OF_TWENTY, MISTAKEN_OF_TWENTY = 0.94, 0.75, 3
"""The same of twenty new reports, and how many of 78 pairs that are two may be asked about."""
TOLD_TWICE = ("person", "post", "mechanism", "meeting", "instrument", "commitment", "series", "reference")
TWICE = ("fr-hanoi-2021", "en-hanoi-2021", "vi-hanoi-2021")
OF_THE_REGISTER = ("programme", "directory", "communiques")
ACTS = ("Join", "Split", "ToldApart", "JoinedFact", "CommitmentTally", "CommitmentListing")


@pytest.fixture
def node() -> Node:
    return make_node()


@pytest.fixture
def officer(node: Node) -> Actor:
    return make_actor(node, Role.desk_officer)


def entered(node: Node, officer: Actor, *names: str) -> None:
    """Enter samples, each as if it stood alone."""
    enter_texts(node, officer, [(name, read_sample(name), "press", "") for name in names])


def state_of_the_register() -> dict[tuple[str, str], Any]:
    """All rows but those that tell of acts, and what the lists of commitments are made of."""
    rows = {
        (model._meta.label, str(row.pk)): {
            column.attname: getattr(row, column.attname) for column in model._meta.concrete_fields
        }
        for model in apps.get_models()
        if model._meta.app_label in OF_THE_REGISTER and model.__name__ not in ACTS
        for row in model._default_manager.all()
    }
    tally = register.CommitmentTally.objects.values_list("mechanism_id", "domain", "status")
    rows["counts", ""] = sorted(map(str, (cell for cell in tally.annotate(n=Sum("change")) if cell[3])))
    rows["lists", ""] = sorted(register.CommitmentListing.objects.values_list("scope", "commitment_id", "listed_on"))
    return rows


def seventh() -> list[UUID]:
    """The reports of one conference: in Hanoi, in Hanoï, in Hà Nội."""
    return list(register.Meeting.objects.filter(date="2021-02-19").order_by("place").values_list("id", flat=True))


def joined(node: Node, officer: Actor, into: UUID, other: UUID, kind: str = "meeting") -> UUID:
    node.clock.advance(seconds=1)
    return join_facts(node, actor=officer, kind=kind, into_id=into, other_id=other, reason="One and the same")


def told_twice_by(node: Node, groups: Sequence[Group] | None = None) -> dict[frozenset[UUID], str]:
    """The pairs of facts that a list calls one, each with what they are."""
    labels, names = label_facts(node, groups)
    pairs = true_pairs(labels)
    assert groups or all(pairs[kind] for kind in TOLD_TWICE), "the samples tell each of these kinds twice"
    return {pair: "; ".join(names.get(one, "") for one in pair) for pair in set().union(*pairs.values())}


def share_asked(told_twice: dict[frozenset[UUID], str], asked: set[frozenset[UUID]]) -> tuple[float, list[str]]:
    """How much of what is told twice is asked about, and what is not."""
    missed = [told for pair, told in told_twice.items() if pair not in asked]
    return 1 - len(missed) / len(told_twice), missed


def questions(node: Node) -> set[frozenset[UUID]]:
    return {frozenset((item.one, item.other)) for item in list_same_questions(node)}


def test_nearly_all_that_texts_tell_twice_is_asked_about_and_most_questions_are_right(node, officer):
    """Of what lists made by hand call one 95 % is asked about, 60 % of the questions are right, nothing is joined by
    itself: of the samples, and of twenty new reports that are read into the same register.

    Of the new reports the floors are a little under what is reached (docs/figures.md).
    """
    enter_samples(node, officer)
    of_samples, before = told_twice_by(node), questions(node)
    share, missed = share_asked(of_samples, before)
    assert len(of_samples) > 150
    assert share >= ASKED_AT_LEAST, missed
    assert len(of_samples.keys() & before) / len(before) >= TRUE_AT_LEAST

    enter_texts(node, officer, [(name, text, SourceKind.PRESS, "") for name, text in list_twenty()])
    of_twenty, after = told_twice_by(node, same_in_twenty()), questions(node)
    share, missed = share_asked(of_twenty, after)
    new = after - before
    assert len(of_twenty) > 300
    assert share >= ASKED_OF_TWENTY, missed
    assert len(new & (of_twenty.keys() | told_twice_by(node).keys())) / len(new) >= TRUE_OF_TWENTY
    assert len(pairs_of_two(node, after)) <= MISTAKEN_OF_TWENTY
    assert not Join.objects.exists()


def test_a_join_gives_what_is_missing_and_a_split_puts_everything_back(node, officer):
    """Three reports of one conference become one meeting with texts, people and sources; undone, all is as before."""
    entered(node, officer, *TWICE)
    before = state_of_the_register()
    first, *others = seventh()
    assert len(others) == 2
    joins = [joined(node, officer, first, other) for other in others]
    assert seventh() == [first]
    assert register.Commitment.objects.filter(meeting=first).count() == register.Commitment.objects.count()
    assert {find_joined(node, "meeting", other) for other in others} == {first}
    assert {item.name for item in get_meeting(node, first).people} == {"To Lam", "Zhao Kezhi", "Triệu Khắc Chí"}
    assert [item.id for item in list_joins(node)] == joins[::-1]
    for join in reversed(joins):
        assert split_facts(node, actor=officer, join_id=join, reason="Two conferences after all") == 0
    assert state_of_the_register() == before
    assert find_joined(node, "meeting", others[0]) is None
    kinds = Entry.objects.filter(kind__startswith="communiques.facts_").values_list("kind", flat=True)
    assert sorted(kinds) == ["communiques.facts_joined"] * 2 + ["communiques.facts_split"] * 2


def test_one_minister_under_two_names_is_one_co_chair(node, officer):
    """Zhao Kezhi and Triệu Khắc Chí are asked about; joined, the conference has two co-chairs and not three."""
    entered(node, officer, *TWICE)
    first, *others = seventh()
    for other in others:
        joined(node, officer, first, other)
    asked = [item for item in list_same_questions(node, kind="person") if "script" in item.signs]
    assert asked
    for item in asked:
        join_facts(node, actor=officer, kind="person", into_id=item.one, other_id=item.other, reason="One minister")
    assert len(get_meeting(node, first).people) == 2


def test_what_was_changed_since_a_join_stays_when_it_is_undone(node, officer):
    """A place that somebody corrected after the join is not put back by the split, and the split says so."""
    entered(node, officer, *TWICE[:2])
    first, other = seventh()
    place = register.Meeting.objects.get(id=other).place
    register.Meeting.objects.filter(id=first).update(place="")
    join = joined(node, officer, first, other)
    assert register.Meeting.objects.get(id=first).place == place
    register.Meeting.objects.filter(id=first).update(place="Hà Nội")
    assert split_facts(node, actor=officer, join_id=join, reason="Two") == 1
    assert register.Meeting.objects.get(id=first).place == "Hà Nội"
    assert register.Meeting.objects.get(id=other).place == place


def test_a_join_that_another_rests_on_is_undone_after_it(node, officer):
    """The last join is undone first, each once, with a reason, by a desk officer."""
    entered(node, officer, *TWICE)
    first, second, third = seventh()
    early = joined(node, officer, second, third)
    late = joined(node, officer, first, second)
    assert find_joined(node, "meeting", third) == first
    with pytest.raises(JoinedLater):
        split_facts(node, actor=officer, join_id=early, reason="Two")
    with pytest.raises(ReasonMissing):
        split_facts(node, actor=officer, join_id=late, reason=" ")
    with pytest.raises(RoleMissing):
        split_facts(node, actor=make_actor(node, Role.auditor), join_id=late, reason="Two")
    split_facts(node, actor=officer, join_id=late, reason="Two")
    with pytest.raises(AlreadySplit):
        split_facts(node, actor=officer, join_id=late, reason="Two")
    split_facts(node, actor=officer, join_id=early, reason="Two")
    assert seventh() == [first, second, third]


def test_what_cannot_be_one_is_refused(node, officer):
    """A fact and itself, a fact that is not there, a kind that is not joined."""
    entered(node, officer, TWICE[0])
    (first,) = seventh()
    how = {"actor": officer, "into_id": first, "reason": "One"}
    with pytest.raises(CannotJoin):
        join_facts(node, kind="meeting", other_id=first, **how)
    with pytest.raises(NoSuchFact):
        join_facts(node, kind="meeting", other_id=UUID(int=1), **how)
    with pytest.raises(NoSuchKind):
        join_facts(node, kind="action", other_id=UUID(int=1), **how)


def test_two_that_were_told_apart_are_not_asked_about_again(node, officer):
    """A person who says that two are two is believed, and it stands in the journal."""
    entered(node, officer, *TWICE[:2])
    asked = list_same_questions(node, kind="meeting")
    question = asked[0]
    tell_apart(node, actor=officer, kind="meeting", one_id=question.one, other_id=question.other, reason="Two rooms")
    left = {frozenset((item.one, item.other)) for item in list_same_questions(node, kind="meeting")}
    assert left == {frozenset((item.one, item.other)) for item in asked[1:]}
    assert Entry.objects.filter(kind="communiques.facts_told_apart").count() == 1


def test_what_was_announced_becomes_what_was_held(node, officer):
    """The 8th conference, announced in a series of another name, is the one that was held: asked, then tied."""
    entered(node, officer, "fr-hanoi-2021", "vi-bac-kinh-2023")
    waiting = register.MeetingReference.objects.get(ordinal=8, referred=None)
    held = register.Meeting.objects.get(ordinal=8)
    register.Meeting.objects.filter(id=held.id).update(date="2022", date_basis="stated")
    (question,) = [item for item in list_same_questions(node, kind="reference") if item.one == waiting.id]
    assert question.other == held.id
    join = join_facts(node, actor=officer, kind="reference", into_id=held.id, other_id=waiting.id, reason="It was held")
    waiting.refresh_from_db()
    assert waiting.referred_id == held.id
    split_facts(node, actor=officer, join_id=join, reason="Another one")
    waiting.refresh_from_db()
    assert waiting.referred_id is None


def test_keeping_all_never_attaches_another_sentence_to_a_commitment(node, officer):
    """A sentence of the same text, domain, status and period is a commitment of its own; no wording is ever added."""
    entered(node, officer, *TWICE[:2])
    assert all(len(texts) == 1 for texts in register.Commitment.objects.values_list("texts", flat=True))


def test_words_in_another_language_are_attached_to_the_same_sentence_only(node, officer):
    """Named by a person too, a commitment of another text is refused: nothing is worded by one wrong click."""
    entered(node, officer, "fr-pekin-2018")
    wrong = register.Commitment.objects.first()
    source = import_source(node, actor=officer, name="en", text=read_sample("en-hanoi-2021"), kind="press")
    others = frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL, ProposalKind.MEETING, ProposalKind.INSTRUMENT})
    keep_and_answer(node, officer, source, others)
    for proposal in list_proposals(node, source):
        if proposal.state is ProposalState.WAITING and proposal.kind in ASKED:
            keep_proposal(node, actor=officer, proposal_id=proposal.id)
    told = next(item for item in list_proposals(node, source) if item.kind == ProposalKind.COMMITMENT)
    texts = dict(wrong.texts)
    with pytest.raises(OtherSentence):
        keep_proposal(node, actor=officer, proposal_id=told.id, same_as=wrong.id)
    wrong.refresh_from_db()
    assert wrong.texts == texts

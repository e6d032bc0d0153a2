"""What a desk officer enters by hand, each with the passage that shows it: the fact and its citation are one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.communiques.domain.acts import AMENDED, DELEGATED, ENTERED, JOINED, NAMED, ON_AGENDA, STOOD
from entraide.communiques.models import Citation, Proposal
from entraide.communiques.services.citing import cite_passage
from entraide.journal.api import act
from entraide.kernel.ids import MechanismId, MeetingId, SeriesId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    FactKind,
    JoinedSeries,
    MechanismStatus,
    PersonInPost,
    join_series,
    load_kinds,
    name_mechanism,
    plug_of,
    record_agenda_item,
    record_delegation,
    record_standing,
)
from entraide.programme.domain.errors import NoSuchKind


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passage behind an entry: a source and the words in it."""

    source_id: UUID
    quote: str


def enter_standing(
    node: Node,
    *,
    actor: Actor,
    mechanism_id: MechanismId,
    status: MechanismStatus,
    passage: Quoted,
    since: PartialDate | None = None,
    successor_id: MechanismId | None = None,
) -> UUID:
    """Record how a mechanism stands, with its passage (`programme.record_standing`); raises `QuoteNotFound` as well."""
    with act(node, kind=STOOD, by=actor.user_id, subject=mechanism_id):
        standing = record_standing(
            node, actor=actor, mechanism_id=mechanism_id, status=status, since=since, successor_id=successor_id
        )
        _cite(node, FactKind.STANDING, standing, ("status", "date"), passage)
        return standing


def enter_mechanism_name(
    node: Node, *, actor: Actor, mechanism_id: MechanismId, language: str, name: str, passage: Quoted
) -> None:
    """Enter or correct a mechanism's name, with the passage that gives it; raises `QuoteNotFound` as well."""
    with act(node, kind=NAMED, by=actor.user_id, subject=mechanism_id):
        name_mechanism(node, actor=actor, mechanism_id=mechanism_id, language=language, name=name)
        _cite(node, FactKind.MECHANISM, mechanism_id, ("name",), passage)


def enter_delegation(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    state: str,
    passage: Quoted,
    size: int | None = None,
    people: Sequence[PersonInPost] = (),
) -> UUID:
    """Record a side's delegation, with its passage (`programme.record_delegation`); raises `QuoteNotFound` as well."""
    with act(node, kind=DELEGATED, by=actor.user_id, subject=meeting_id):
        row = record_delegation(node, actor=actor, meeting_id=meeting_id, state=state, size=size, people=people)
        _cite(node, FactKind.DELEGATION, row, ("people", "size"), passage)
        return row


def enter_agenda_item(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    texts: Mapping[str, str],
    passage: Quoted,
    outcomes: Mapping[str, str] | None = None,
) -> UUID:
    """Add a point of the agenda, with its passage (`programme.record_agenda_item`); raises `QuoteNotFound` as well."""
    with act(node, kind=ON_AGENDA, by=actor.user_id, subject=meeting_id):
        row = record_agenda_item(node, actor=actor, meeting_id=meeting_id, texts=texts, outcomes=outcomes)
        _cite(node, FactKind.AGENDA_ITEM, row, ("text", "outcome"), passage)
        return row


def enter_fact(node: Node, *, actor: Actor, kind: str, values: Mapping[str, Any], passage: Quoted) -> UUID:
    """Record a fact of a declared kind with the passage that shows it, and return its id.

    Raises `NoSuchKind` for a kind that nobody enters, what its act raises, and `QuoteNotFound`.
    """
    create = plug_of(kind).create
    if create is None:
        raise NoSuchKind(name=kind, allowed="")
    with act(node, kind=ENTERED, by=actor.user_id):
        fact_id = create(node, actor, values)
        _cite(node, load_kinds().get(kind).fact, fact_id, tuple(values), passage)
        return fact_id


def amend_fact(
    node: Node, *, actor: Actor, kind: str, fact_id: UUID, values: Mapping[str, Any], passage: Quoted
) -> None:
    """Correct a fact of a declared kind with the passage that shows what is given.

    Raises `NoSuchKind` for a kind that nobody corrects, what its act raises, and `QuoteNotFound`.
    """
    correct = plug_of(kind).correct
    if correct is None:
        raise NoSuchKind(name=kind, allowed="")
    with act(node, kind=AMENDED, by=actor.user_id, subject=fact_id):
        correct(node, actor, {"id": str(fact_id)}, values)
        _cite(node, load_kinds().get(kind).fact, fact_id, tuple(values), passage)


def join_two_series(node: Node, *, actor: Actor, into_id: SeriesId, series_id: SeriesId) -> JoinedSeries:
    """Make two series one (`programme.join_series`); the passages that show the one joined show the one kept."""
    with act(node, kind=JOINED, by=actor.user_id, subject=into_id):
        done = join_series(node, actor=actor, into_id=into_id, series_id=series_id)
        _move(FactKind.SERIES, series_id, into_id)
        for former, kept in done.meetings:
            _move(FactKind.MEETING, former, kept)
        return done


def _cite(node: Node, kind: str, fact_id: UUID, fields: Sequence[str], passage: Quoted) -> None:
    cite_passage(
        node,
        fact_kind=str(kind),
        fact_id=fact_id,
        fields=fields,
        source_id=passage.source_id,
        quote=passage.quote,
    )


def _move(kind: str, former: UUID, kept: UUID) -> None:
    """Let citations and decided proposals of a fact name the one that it was joined into."""
    there = set(Citation.objects.filter(fact_kind=kind, fact_id=kept).values_list("field", "passage_id"))
    for row in Citation.objects.filter(fact_kind=kind, fact_id=former):
        if (row.field, row.passage_id) in there:
            row.delete()
        else:
            row.fact_id = kept
            row.save(update_fields=["fact_id"])
    Proposal.objects.filter(fact_kind=kind, fact_id=former).update(fact_id=kept)
    waiting = Proposal.objects.filter(kind="contradiction", fields__fact_id=str(former))
    for proposal in waiting:
        cited = [str(kept) if part == str(former) else part for part in proposal.fields["cited"]]
        proposal.fields = {**proposal.fields, "fact_id": str(kept), "cited": cited}
        proposal.save(update_fields=["fields"])

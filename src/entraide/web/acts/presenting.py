"""Acts in words: what was done, by whom by post, and each value that changed, from what to what."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from entraide.access.api import NoSuchUser, get_actor_by_id
from entraide.communiques.api import PastAct, get_proposal
from entraide.communiques.domain.errors import NoSuchProposal
from entraide.journal.api import UNDONE, ActView, TakenBack, act_kind_of, list_acts
from entraide.kernel.node import Node
from entraide.web.acts.facts import find_fact
from entraide.web.proposals.texts import headline
from entraide.web.register.changes import CITATION, Touched, present_rows

LONGEST = 60
"""Lines that are shown of one act; an import may have changed thousands of values."""


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act as a page shows it. `undoable`: it counts, and its kind can be undone by this reader."""

    act: ActView
    words: str
    post: str
    facts: tuple[Touched, ...]
    more: int
    undoable: bool
    restorable: bool
    undone: ActView | None = None
    about: tuple[str, str] = ("", "")
    cited: int = 0

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.act.at


def words_of(act: ActView) -> str:
    """Return what was done, in the reader's language."""
    return gettext(act_kind_of(act.kind).words)


def post_of(node: Node, act: ActView) -> str:
    """Return the post of who acted; empty where no person did."""
    if act.actor is None:
        return ""
    try:
        return get_actor_by_id(node, act.actor).post
    except NoSuchUser:
        return str(act.actor)


def present_act(node: Node, past: PastAct, roles: Iterable[str], undone: Mapping[UUID, ActView]) -> ActLine:
    """Return an act with what it changed; `undone` are the acts that took others back, by id."""
    act, kind, held = past.act, act_kind_of(past.act.kind), set(roles)
    facts = present_rows(node, [(item.place, item.before, item.after) for item in past.changes])
    return ActLine(
        act=act,
        words=words_of(act),
        post=post_of(node, act),
        facts=tuple(facts[:LONGEST]),
        more=max(len(facts) - LONGEST, 0),
        undoable=act.counts and kind.taken_back is TakenBack.ROWS and bool(held & set(kind.roles)),
        restorable=act.kind == UNDONE and act.undone_by is None and bool(held & _restorers(node, act)),
        undone=undone.get(act.undone_by) if act.undone_by else None,
        about=_about(node, act),
        cited=sum(item.place[0] == CITATION and item.before is None for item in past.changes),
    )


def _restorers(node: Node, act: ActView) -> set[str]:
    """Return the roles that may let what an act undid count again: those that may undo the act that it names first."""
    undone = list_acts(node, ids=[act.subject]) if act.subject else []
    return set(act_kind_of(undone[0].kind).roles) if undone else {"desk_officer"}


def _about(node: Node, act: ActView) -> tuple[str, str]:
    """Return what an act was about and where that is: the proposal that was decided, or the fact."""
    if act.subject is None or act.takes_back:
        return "", ""
    with suppress(NoSuchProposal):
        proposal = get_proposal(node, act.subject)
        return headline(proposal.kind, proposal.fields), f"/proposals/{proposal.source_id}/#{proposal.key}"
    fact = find_fact(node, act.subject)
    return (fact.title, fact.href) if fact else ("", "")

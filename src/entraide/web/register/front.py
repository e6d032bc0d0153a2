"""The first page of the register: one promise followed as far as anyone knows, what should come, who agrees on what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from entraide.communiques.api import count_decided_sources
from entraide.kernel.node import Edition, Node
from entraide.programme.api import (
    CommitmentFilter,
    CommitmentStatus,
    CommitmentView,
    FactKind,
    InstrumentView,
    MechanismFilter,
    MechanismView,
    MeetingView,
    count_commitments,
    count_domains_by_pair,
    count_meetings,
    get_mechanism,
    list_events,
    list_followed_commitments,
    list_instruments,
    list_mechanisms,
    list_meetings,
    page_commitments,
    page_mechanisms,
)
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.register.citations import Passage, list_passages
from entraide.web.register.due import list_expected
from entraide.web.register.heat import draw_map
from entraide.web.register.threads import DrawnThread, choose_shown, draw_threads

CANDIDATES = 24
"""Promises among which the one to show is chosen: those agreed last, and those that somebody counted or graded."""
DUE, LATEST, MECHANISMS = 4, 5, 6
LOOKED_AT = 60
"""Latest meetings that tell which mechanisms met last."""
OTHERS = 12
"""Further mechanisms that are named in one line."""


@dataclass(frozen=True, slots=True)
class Story:
    """A promise with its mechanism, its thread, and the passage that shows it where there is one."""

    commitment: CommitmentView
    mechanism: MechanismView
    thread: DrawnThread
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Row:
    """A mechanism with its latest recorded meeting, where it is among those that met last."""

    mechanism: MechanismView
    latest: MeetingView | None
    own: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is here: sources read and decided, facts by kind, and when the register last changed."""

    sources: int
    mechanisms: int
    meetings: int
    commitments: int
    changed: datetime | None


def show_home(request: HttpRequest) -> HttpResponse:
    """Say what this is and who keeps it, follow one promise, and tell what should come and what should have."""
    node = node_of(request)
    own = own_state(node)
    meetings = list_meetings(node, limit=LOOKED_AT)
    instruments = list_instruments(node, limit=LATEST)
    every = page_mechanisms(node, MechanismFilter(), limit=MECHANISMS + OTHERS)
    rows = list_rows(node, own, meetings, every.items)
    names = _names(node, [*meetings[:LATEST], *instruments])
    shown = {row.mechanism.id for row in rows}
    context = {
        "kept": _kept(node, every.count),
        "story": choose_story(node, own),
        "expected": list_expected(node, node.clock.now().date(), DUE, own=own),
        "rows": rows,
        "others": [item for item in every.items if item.id not in shown][:OTHERS],
        "mechanisms": every.count,
        "meetings": [(item, names.get(item.mechanism_id)) for item in meetings[:LATEST]],
        "instruments": [(item, names.get(item.mechanism_id)) for item in instruments],
        "map": draw_map(count_domains_by_pair(node), most=6, most_domains=6),
    }
    return render(request, "register/home.html", context)


def own_state(node: Node) -> str:
    """Return the State whose mechanisms are a node's own; empty for an observatory, which has none."""
    return node.settings.state if node.settings.edition is Edition.NODE else ""


def choose_story(node: Node, own: str) -> Story | None:
    """Return the promise that the first page follows: of the node's own mechanisms where there is one, else of all."""
    for state in dict.fromkeys((own, "")):
        followed = list_followed_commitments(node, state=state)
        states = frozenset({state} if state else ())
        wanted = CommitmentFilter(states=states, status=CommitmentStatus.PLEDGED)
        latest = page_commitments(node, wanted, limit=CANDIDATES).items
        candidates = list({item.id: item for item in (*followed, *latest)}.values())
        threads = draw_threads(node, candidates)
        chosen = choose_shown([(item, threads[item.id]) for item in candidates], reader_language())
        if chosen is not None:
            return _story(node, *chosen)
    return None


def list_rows(node: Node, own: str, meetings: Sequence[MeetingView], every: Sequence[MechanismView]) -> tuple[Row, ...]:
    """Return the mechanisms to show: the node's own, then those that met last, then those entered last."""
    mine = page_mechanisms(node, MechanismFilter(frozenset({own})), limit=MECHANISMS).items if own else ()
    latest: dict[UUID, MeetingView] = {}
    for meeting in meetings:
        latest.setdefault(meeting.mechanism_id, meeting)
    met = _in_order(node, latest)
    found = {item.id: item for item in (*sorted(mine, key=lambda item: item.id not in latest), *met, *every)}
    ids = {item.id for item in mine}
    return tuple(Row(item, latest.get(item.id), item.id in ids) for item in list(found.values())[:MECHANISMS])


def _story(node: Node, commitment: CommitmentView, thread: DrawnThread) -> Story:
    passages = list_passages(node, FactKind.COMMITMENT, commitment.id)
    here = [item for item in passages if item.language == reader_language()]
    return Story(commitment, get_mechanism(node, commitment.mechanism_id), thread, next(iter((*here, *passages)), None))


def _kept(node: Node, mechanisms: int) -> Kept:
    latest = list_events(node, limit=1)
    return Kept(
        count_decided_sources(node),
        mechanisms,
        count_meetings(node),
        sum(count_commitments(node).values()),
        latest[0].at if latest else None,
    )


def _in_order(node: Node, latest: dict[UUID, MeetingView]) -> list[MechanismView]:
    ids = list(latest)[:MECHANISMS]
    found = {item.id: item for item in list_mechanisms(node, ids=ids)} if ids else {}
    return [found[id_] for id_ in ids if id_ in found]  # type: ignore[index]  # an id is one


def _names(node: Node, facts: Sequence[MeetingView | InstrumentView]) -> dict[UUID, MechanismView]:
    ids = {item.mechanism_id for item in facts}
    return {item.id: item for item in list_mechanisms(node, ids=ids)} if ids else {}

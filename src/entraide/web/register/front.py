"""The first page of the register: one promise followed as far as anyone knows, what should come, who agrees on what."""

from collections.abc import Iterable, Mapping, Sequence
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
    MechanismFilter,
    MechanismView,
    MeetingView,
    count_commitments,
    count_domains_by_pair,
    count_meetings,
    list_followed_commitments,
    list_instruments,
    list_mechanisms,
    list_meetings,
    page_commitments,
    page_mechanisms,
)
from entraide.storage.api import get_revision
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.register.citations import Passage, list_passages
from entraide.web.register.due import list_expected, part_expected
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
    own, today = own_state(node), node.clock.now().date()
    meetings, instruments = list_meetings(node, limit=LOOKED_AT), list_instruments(node, limit=LATEST)
    expected, promise = list_expected(node, today, own), choose_promise(node, own)
    mine = page_mechanisms(node, MechanismFilter(frozenset({own})), limit=MECHANISMS).items if own else ()
    every = page_mechanisms(node, MechanismFilter(), limit=MECHANISMS + OTHERS)
    met = list(dict.fromkeys(item.mechanism_id for item in meetings))
    told = [item.mechanism_id for item in meetings[:LATEST]] + [item.mechanism_id for item in instruments]
    told += [item.mechanism_id for item in expected] + ([promise[0].mechanism_id] if promise else [])
    names = _named(node, (*mine, *every.items), [*met, *told])
    rows = list_rows(own, mine, [names[id_] for id_ in met if id_ in names], every.items, meetings)
    shown = {row.mechanism.id for row in rows}
    context = {
        "kept": _kept(node, every.count),
        "story": _story(node, *promise, names) if promise else None,
        "expected": part_expected(expected, names, today, DUE),
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


def choose_promise(node: Node, own: str) -> tuple[CommitmentView, DrawnThread] | None:
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
            return chosen
    return None


def list_rows(
    own: str,
    mine: Sequence[MechanismView],
    met: Sequence[MechanismView],
    every: Sequence[MechanismView],
    meetings: Sequence[MeetingView],
) -> tuple[Row, ...]:
    """Return the mechanisms to show: those of the State `own` that met last and the rest of its own, then others."""
    latest: dict[UUID, MeetingView] = {}
    for meeting in meetings:
        latest.setdefault(meeting.mechanism_id, meeting)
    found = {item.id: item for item in (*(item for item in met if _is_of(item, own)), *mine, *met, *every)}
    return tuple(Row(item, latest.get(item.id), _is_of(item, own)) for item in list(found.values())[:MECHANISMS])


def _is_of(mechanism: MechanismView, state: str) -> bool:
    return any(party.state == state for party in mechanism.parties) if state else False


def _story(node: Node, commitment: CommitmentView, thread: DrawnThread, names: Mapping[UUID, MechanismView]) -> Story:
    passages = list_passages(node, FactKind.COMMITMENT, commitment.id)
    here = [item for item in passages if item.language == reader_language()]
    return Story(commitment, names[commitment.mechanism_id], thread, next(iter((*here, *passages)), None))


def _kept(node: Node, mechanisms: int) -> Kept:
    # The database notes the moment by its own clock; a demonstration's may stand elsewhere.
    changed, now = get_revision(node).at, node.clock.now()
    return Kept(
        count_decided_sources(node),
        mechanisms,
        count_meetings(node),
        sum(count_commitments(node).values()),
        min(changed, now) if changed else None,
    )


def _named(node: Node, read: Iterable[MechanismView], ids: Iterable[UUID]) -> dict[UUID, MechanismView]:
    """Return mechanisms by their ids: those that were read, and the rest of `ids` in one read."""
    found: dict[UUID, MechanismView] = {item.id: item for item in read}
    lacking = {id_ for id_ in ids if id_ not in found}
    return found | {item.id: item for item in (list_mechanisms(node, ids=lacking) if lacking else ())}

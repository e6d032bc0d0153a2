"""A transport between nodes of one process that can be hostile on demand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from entraide.channel.api import PartnerAway, deliver_pending
from entraide.kernel.node import Node, PeerResponse, active_database
from entraide.peer import dispatch as peer
from tests.factories.nodes import StandingClock


class Hostility(StrEnum):
    """What happens to one post."""

    NONE = "none"
    AWAY = "away"  # nobody answers; nothing arrives
    DROP_BEFORE = "drop_before"  # the bytes are lost on their way
    DROP_AFTER = "drop_after"  # the partner did its work, its answer is lost
    DUPLICATE = "duplicate"  # the bytes arrive twice, the second answer comes back
    REPLAY_OLD = "replay_old"  # bytes of an earlier post arrive first (reordering)
    CORRUPT = "corrupt"  # one byte is changed on its way
    CORRUPT_ANSWER = "corrupt_answer"  # one byte of the answer is changed
    SERVER_ERROR = "server_error"  # a proxy answers 502


@dataclass
class LoopbackTransport:
    """Carries posts to the nodes in `nodes` (by origin) by calling their peer door, with the hostilities of `plan` in
    turn.

    When the plan is used up the transport is friendly. `posts` keeps (origin, path, body) of what was really sent,
    `choose` says which byte is corrupted.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    plan: list[Hostility] = field(default_factory=list)
    away: set[str] = field(default_factory=set)
    posts: list[tuple[str, str, bytes]] = field(default_factory=list)
    choose: Callable[[bytes], int] = lambda body: len(body) // 2

    def be(self, *hostilities: Hostility) -> None:
        """Treat the next posts so."""
        self.plan.extend(hostilities)

    def be_away(self, origins: Iterable[str] | str) -> None:
        """Let nobody answer at `origins` until `come_back`."""
        self.away |= {origins} if isinstance(origins, str) else set(origins)

    def come_back(self) -> None:
        """Let every node answer again."""
        self.away.clear()

    def post(self, origin: str, path: str, body: bytes, *, timeout: float) -> PeerResponse:
        """Implement `kernel.node.Transport`."""
        hostility = self.plan.pop(0) if self.plan else Hostility.NONE
        if origin in self.away or origin not in self.nodes or hostility is Hostility.AWAY:
            raise PartnerAway(origin=origin, why="simulated")
        if hostility is Hostility.SERVER_ERROR:
            return PeerResponse(502, b"<html>bad gateway</html>")
        earlier = [post for post in self.posts if post[0] == origin]
        if hostility is not Hostility.DROP_BEFORE:
            self.posts.append((origin, path, body))
        if hostility is Hostility.DROP_BEFORE:
            raise PartnerAway(origin=origin, why="simulated loss")
        if hostility is Hostility.CORRUPT:
            body = flip(body, self.choose(body))
        if hostility is Hostility.REPLAY_OLD and earlier:
            dispatch(self.nodes[origin], earlier[0][1], earlier[0][2])
        answer = dispatch(self.nodes[origin], path, body)
        if hostility is Hostility.DUPLICATE:
            answer = dispatch(self.nodes[origin], path, body)
        if hostility is Hostility.DROP_AFTER:
            raise PartnerAway(origin=origin, why="simulated loss of the answer")
        if hostility is Hostility.CORRUPT_ANSWER:
            answer = PeerResponse(answer.status, flip(answer.body, self.choose(answer.body)))
        return answer


@contextmanager
def nowhere() -> Iterator[None]:
    """Let no database be active, so that a service which does not route to its own node's database fails."""
    token = active_database.set("nowhere")
    try:
        yield
    finally:
        active_database.reset(token)


def deliver_among(nodes: Sequence[Node], clock: StandingClock, *, rounds: int = 20, step: float = 1.0) -> None:
    """Run the workers of `nodes` in turn, `step` seconds apart, until none has anything to do (at most `rounds`)."""
    idle = 0
    for _ in range(rounds):
        with nowhere():
            reports = [deliver_pending(node) for node in nodes]
        idle = idle + 1 if all(report.is_idle for report in reports) else 0
        if idle == 2:
            return
        clock.advance(seconds=step)


def dispatch(node: Node, path: str, body: bytes) -> PeerResponse:
    """Hand `body` to the peer door of `node`, as a server would: with no database active."""
    with nowhere():
        return peer.dispatch(node, path, body)


def flip(data: bytes, place: int) -> bytes:
    """Return `data` with one bit of the byte at `place` changed."""
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

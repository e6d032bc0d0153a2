"""Copies of one negotiation at two, three and four nodes, with parties on paper: they end alike, whatever crosses."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from entraide.kernel.errors import EntraideError
from entraide.plans.domain.negotiation import (
    NEGOTIABLE,
    Negotiation,
    PlanState,
    agree,
    amend,
    is_early,
    is_outdated,
    propose,
    sign,
)

NODES = ("KH", "LA", "TH", "VN")


class Copies(RuleBasedStateMachine):
    """Each node has a copy and a text; a message from one node to another keeps its order, and nothing else does.

    A text is the tuple of those who wrote its versions, so that two texts of one version can be told apart.
    """

    def __init__(self) -> None:
        super().__init__()
        self.copies, self.texts, self.queues, self.frozen = {}, {}, {}, set()

    @initialize(count=st.integers(2, 4), paper=st.integers(0, 2), data=st.data())
    def start(self, count, paper, data):
        """One node proposes; the others have not heard of it yet."""
        nodes = NODES[:count]
        speakers = {f"{data.draw(st.sampled_from(nodes))}/{number}": "" for number in range(paper)}
        speakers = {party: party.split("/")[0] for party in speakers}
        parties = tuple(sorted((*nodes, *speakers)))
        self.drafter = data.draw(st.sampled_from(nodes))
        self.start_of_all = propose(Negotiation(parties, self.drafter, speakers=speakers), self.drafter)
        self.nodes = nodes
        self.queues = {(one, other): [] for one in nodes for other in nodes if one != other}
        self.copies[self.drafter], self.texts[self.drafter] = self.start_of_all, (self.drafter,)
        self._send(self.drafter, ("propose", self.drafter, 1, frozenset(), (self.drafter,)))

    @rule(data=st.data())
    def act(self, data):
        """A node amends, agrees or signs for its own party or for one on paper, where its copy allows that."""
        node = data.draw(st.sampled_from(sorted(self.copies)))
        copy, text = self.copies[node], self.texts[node]
        party = data.draw(st.sampled_from([item for item in copy.parties if copy.speaker_of(item) == node]))
        kind = data.draw(st.sampled_from(["amend", "agree", "agree", "sign"]))
        message = (kind, party, copy.version, copy.agreed, (*text, node) if kind == "amend" else text)
        try:
            self._apply(node, message)
        except EntraideError:
            return
        self._send(node, message)

    @rule(data=st.data())
    @precondition(lambda self: any(self.queues.values()))
    def deliver(self, data):
        """The next message of one node to another arrives; one that rests on what has not come stays where it is."""
        self._deliver(data.draw(st.sampled_from(sorted(way for way, queue in self.queues.items() if queue))))

    @invariant()
    def one_holder_at_most(self):
        """At the newest version no two nodes believe that they may make the next."""
        newest = max((copy.version for copy in self.copies.values()), default=0)
        holders = [
            node
            for node, copy in self.copies.items()
            if copy.version == newest and copy.state in NEGOTIABLE and copy.turn == node
        ]
        assert len(holders) <= 1

    @invariant()
    def one_frozen_text(self):
        """No two nodes ever freeze different texts, nor one node two."""
        for node, copy in self.copies.items():
            if copy.state in {PlanState.AGREED, PlanState.SIGNED}:
                self.frozen.add((copy.version, self.texts[node]))
        assert len(self.frozen) <= 1

    def teardown(self):
        """Once all messages have arrived, all copies and texts are equal, and nothing waits for ever."""
        moved = True
        while moved:
            moved = False
            for way in [way for way, queue in self.queues.items() if queue]:
                moved = self._deliver(way) or moved
        assert not any(self.queues.values())
        if self.copies:
            assert set(self.copies) == set(self.nodes)
            assert len({repr(sorted_copy(copy)) for copy in self.copies.values()}) == 1
            assert len(set(self.texts.values())) == 1
        super().teardown()

    def _send(self, sender, message):
        for (one, _), queue in self.queues.items():
            if one == sender:
                queue.append(message)

    def _deliver(self, way):
        sender, node = way
        message = self.queues[way][0]
        kind, _, version, agreed, text = message
        if kind == "propose":
            self.copies[node], self.texts[node] = self.start_of_all, text
        elif node not in self.copies:
            if self.drafter != sender:
                return False
            raise AssertionError("a proposal comes before what its own sender sends after it")
        else:
            copy = self.copies[node]
            seen = frozenset(copy.parties) if kind == "sign" else agreed if kind == "amend" else frozenset()
            waits = kind != "sign" or copy.state is not PlanState.AGREED
            if waits and is_early(copy, version, seen, sender=sender, own=node):
                return False
            if not (kind == "agree" and is_outdated(copy, version)):
                self._apply(node, message)
        self.queues[way].pop(0)
        return True

    def _apply(self, node, message):
        kind, party, version, _, text = message
        copy = self.copies[node]
        if kind == "amend":
            self.copies[node], self.texts[node] = amend(copy, party, version), text
        else:
            self.copies[node] = agree(copy, party, version) if kind == "agree" else sign(copy, party)


def sorted_copy(copy):
    """A copy without the order of its sets."""
    return (copy.turn, copy.state, copy.version, sorted(copy.agreed), sorted(copy.signed))


TestCopies = Copies.TestCase
TestCopies.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)

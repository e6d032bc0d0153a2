"""Paired nodes with authorities and people: two that can ask each other (`exchange`), or a desk for each of a ring."""

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest

from entraide.access.api import Actor, Role
from entraide.directory.api import (
    ensure_organisation,
    export_authorities,
    import_authorities,
    list_authorities,
    register_authority,
)
from entraide.kernel.ids import PartyId, RequestId
from entraide.kernel.node import Node
from entraide.requests.api import approve_release, create_draft, list_forms, submit_for_approval
from tests.factories.contents import evidence_content, preservation_content
from tests.factories.people import make_actor
from tests.simulators.pair import SimulatedPair
from tests.simulators.ring import Ring

CONTENTS = {"evidence": evidence_content, "preservation": preservation_content}


@dataclass
class Desk:
    """One side's people and authority."""

    node: Node
    officer: Actor
    colleague: Actor
    approver: Actor
    second_approver: Actor
    authority: str

    @property
    def party_id(self) -> PartyId:
        """The ministry of this desk as a party."""
        return PartyId(self.node.settings.name)


@dataclass
class Exchange:
    """Both desks and the simulated pair below them; requests go from `a` (Vietnam) to `b` (Laos)."""

    pair: SimulatedPair
    a: Desk
    b: Desk

    def content(self, form_id: str, **changes: object) -> dict[str, Any]:
        """Complete content between the two authorities."""
        ends = {"sending_authority": self.a.authority, "receiving_authority": self.b.authority}
        return CONTENTS[form_id](**{**ends, **changes})

    def draft(self, form_id: str = "preservation", **changes: object) -> RequestId:
        """A draft on A."""
        return create_draft(
            self.a.node,
            actor=self.a.officer,
            form_id=form_id,
            party_id=self.b.party_id,
            content=self.content(form_id, **changes),
        )

    def release(self, form_id: str = "preservation", *, deliver: bool = True, **changes: object) -> RequestId:
        """A request that was released by A's approver and, unless told otherwise, arrived at B."""
        request_id = self.draft(form_id, **changes)
        submit_for_approval(self.a.node, actor=self.a.officer, request_id=request_id)
        approve_release(self.a.node, actor=self.a.approver, request_id=request_id)
        if deliver:
            self.pair.deliver()
        return request_id


@pytest.fixture
def exchange(pair: SimulatedPair) -> Exchange:
    """Two desks that can ask each other."""
    return Exchange(pair, *make_desks(pair).values())


@pytest.fixture
def desks(ring: Ring) -> dict[str, Desk]:
    """A desk at each node of a ring, by its name; all can ask each other."""
    return make_desks(ring)


def make_desks(ring: Ring) -> dict[str, Desk]:
    """Return a desk for each node, by its name, each with an authority that the others know."""
    desks = {member.node.settings.name: _desk(member.node, member.operator) for member in ring.members}
    for member, other in permutations(ring.members, 2):
        exported = export_authorities(other.node)
        partner_id = member.partners[other.node.settings.name]
        import_authorities(member.node, partner_id=partner_id, authorities=exported)
    return desks


def _desk(node: Node, operator: Actor) -> Desk:
    organisation = ensure_organisation(
        node, actor=operator, state=node.settings.state, name=node.settings.organisation["en"], language="en"
    )
    register_authority(
        node,
        actor=operator,
        organisation_id=organisation,
        name="24/7 contact point",
        kind="contact_point_24_7",
        request_types=list_forms(node),
        legal_bases=["UNTOC", "UNCAC"],
        languages=["en", "fr"],
        hours="24/7",
        time_zone="UTC",
    )
    with node.active():
        authority = list_authorities(node, own=True)[0]
    people = [make_actor(node, role) for role in (Role.case_officer, Role.case_officer, Role.approver, Role.approver)]
    return Desk(node, *people, authority=str(authority.id))

"""Builders of organisations, authorities and partners."""

from collections.abc import Sequence

from entraide.access.api import Actor, Role
from entraide.directory.api import create_partner, ensure_organisation, register_authority
from entraide.kernel.ids import AuthorityId, OrganisationId, PartnerId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from tests.factories.people import make_actor

ANY_KEYS = PublicKeys(ed25519=bytes(32), mldsa44=bytes(1312), sealing=bytes(1216))


def make_organisation(
    node: Node, *, actor: Actor | None = None, state: str | None = None, name: str = "Ministry of Tests"
) -> OrganisationId:
    """Return an organisation of the node's own State, or of `state`, entered by an operator when nobody is named."""
    return ensure_organisation(
        node,
        actor=actor or make_actor(node, Role.operator),
        state=state or node.settings.state,
        name=name,
        language="en",
    )


def make_authority(
    node: Node,
    *,
    actor: Actor | None = None,
    name: str = "Central Authority of Tests",
    kind: str = "central_authority",
    request_types: Sequence[str] = ("preservation", "evidence"),
    legal_bases: Sequence[str] = ("untoc",),
    languages: Sequence[str] = ("en", "fr"),
) -> AuthorityId:
    """Return one of the node's own authorities, competent for preservation and evidence unless said otherwise."""
    officer = actor or make_actor(node, Role.operator)
    return register_authority(
        node,
        actor=officer,
        organisation_id=make_organisation(node, actor=officer),
        name=name,
        kind=kind,
        request_types=request_types,
        legal_bases=legal_bases,
        languages=languages,
        hours="24/7" if kind == "contact_point_24_7" else "Mon-Fri 08:00-17:00",
        time_zone="Asia/Ho_Chi_Minh",
    )


def make_partner(node: Node, other: Node, *, public_keys: PublicKeys | None = None) -> PartnerId:
    """Return `other` as a partner of `node`, without a pairing; the keys are zeros unless given."""
    return create_partner(
        node,
        name=other.settings.name,
        state=other.settings.state,
        organisation=other.settings.organisation,
        origin=other.settings.origin,
        public_keys=public_keys or ANY_KEYS,
        transcript_digest=bytes(32),
    )

"""Partner nodes, entered when a pairing is confirmed on both sides."""

from collections.abc import Mapping

from entraide.access.api import Actor, Role, require_role
from entraide.directory.adapters.keys import keep_history
from entraide.directory.domain.errors import NameMissing, NoSuchPartner, PartnerExists
from entraide.directory.domain.organisations import PartnerStatus
from entraide.directory.domain.states import parse_state
from entraide.directory.models import PartnerNode
from entraide.journal.api import append_entry
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.ids import PartnerId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.storage.api import transaction


def create_partner(
    node: Node,
    *,
    name: str,
    state: str,
    organisation: Mapping[str, str],
    origin: str,
    public_keys: PublicKeys,
    transcript_digest: bytes,
) -> PartnerId:
    """Enter a partner whose keys were compared by two people; `transcript_digest` (32 bytes) is that of the pairing.

    Raises `PartnerExists`, `NameMissing` and `UnknownState`.
    """
    names = {language: text for language, text in organisation.items() if text.strip()}
    if not name or not names:
        raise NameMissing
    with transaction(node):
        if PartnerNode.objects.filter(name=name).exists():
            raise PartnerExists(name=name)
        partner = PartnerNode.objects.create(
            id=new_uuid(node),
            name=name,
            state=parse_state(state),
            organisation=names,
            origin=origin.rstrip("/"),
            transcript_digest=transcript_digest,
            paired_at=node.clock.now(),
            status=PartnerStatus.active,
        )
        keep_history(node, partner.id, KeyHistory.of(public_keys))
        append_entry(
            node,
            kind="directory.partner_created",
            subject=partner.id,
            content={"name": name, "state": partner.state, "transcript": transcript_digest.hex()},
        )
    return PartnerId(partner.id)


def set_partner_status(node: Node, *, actor: Actor, partner_id: PartnerId, status: PartnerStatus) -> None:
    """Suspend, resume or end the exchange with a partner; raises `NoSuchPartner` and `RoleMissing` (operator)."""
    require_role(actor, Role.operator)
    with transaction(node):
        if not PartnerNode.objects.filter(id=partner_id).update(status=PartnerStatus(status)):
            raise NoSuchPartner
        append_entry(
            node,
            kind="directory.partner_status_set",
            subject=partner_id,
            content={"status": PartnerStatus(status).value},
            actor=actor.user_id,
        )

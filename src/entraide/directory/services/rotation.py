"""Keys are replaced: this node's own, and a partner's as it announced them. What was signed before keeps its keys."""

from datetime import datetime, timedelta

from entraide.access.api import Actor, Role, require_role
from entraide.directory.adapters.keys import keep_history, load_history
from entraide.directory.domain.errors import KeysBeginTooEarly, KeysSignedLater, NoSuchPartner
from entraide.directory.models import PartnerNode
from entraide.journal.api import append_entry, find_last_signature
from entraide.kernel.ids import PartnerId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.keys.api import key_fingerprint
from entraide.storage.api import transaction

# Every process of the node knows the new keys before they begin, whatever it was doing meanwhile.
LEAD = timedelta(minutes=1)


def rotate_keys(node: Node, *, actor: Actor, revoke: bool = False, valid_from: datetime | None = None) -> PublicKeys:
    """Give the node new keys that begin at `valid_from` (in a minute, when not given), and return their public half.

    What was signed before stays valid. What partners seal to the old key, or receive late of what it signed, is taken
    for `kernel.dated_keys.OVERLAP` after its end; with `revoke`, when the old keys may be in other hands, not at all.
    Partners take the new keys by `record_partner_keys`. Raises `RoleMissing` (operator), `KeysBeginTooEarly` before a
    minute from now, `KeysOverlap` when newer keys begin later.

    Keys lie in files: should the machine stop between writing them and the end of the transaction, the keys are there
    and their entry is not. The key ring shows them all the same.
    """
    require_role(actor, Role.operator)
    earliest = node.clock.now() + LEAD
    begins = valid_from or earliest
    if begins < earliest:
        raise KeysBeginTooEarly(seconds=int(LEAD.total_seconds()))
    with transaction(node):
        before = node.keyring.history.generations[-1].keys
        public = node.keyring.rotate(node.random, begins, revoke=revoke)
        append_entry(
            node,
            kind="directory.own_keys_rotated",
            subject=new_uuid(node),
            content=_facts(before, public, begins, revoke=revoke),
            actor=actor.user_id,
        )
    return public


def record_partner_keys(
    node: Node,
    *,
    actor: Actor,
    partner_id: PartnerId,
    keys: PublicKeys,
    valid_from: datetime,
    revoke: bool = False,
) -> None:
    """Take over the new keys of a partner, valid from the moment that it announced.

    `revoke` says that the keys before are unsafe: nothing new is accepted under them from then on. Whether the keys are
    the partner's is for `actor` to know, by their fingerprint. What was accepted of the partner stays valid: keys that
    would begin before the last thing that the former ones signed are refused. Raises `RoleMissing` (operator),
    `NoSuchPartner`, `KeysOverlap`, `KeysUsedBefore`, `KeysSignedLater`.
    """
    require_role(actor, Role.operator)
    with transaction(node):
        partner = PartnerNode.objects.select_for_update().filter(id=partner_id).first()
        if partner is None:
            raise NoSuchPartner
        history = load_history(partner_id)
        before = history.generations[-1].keys
        after = history.succeeded_by(keys, valid_from, revoke=revoke)
        last = find_last_signature(node, partner.name, before)
        if last is not None and last >= valid_from:
            raise KeysSignedLater(moment=last.isoformat(timespec="seconds"))
        keep_history(node, partner_id, after)
        append_entry(
            node,
            kind="directory.partner_keys_recorded",
            subject=partner_id,
            content=_facts(before, keys, valid_from, revoke=revoke),
            actor=actor.user_id,
        )


def forget_ended_keys(node: Node) -> int:
    """Destroy the private halves of the node's own keys that nothing needs any more; return how many keys lost one.

    A duty of the worker; a destruction is journaled.
    """
    count = node.keyring.forget(node.clock.now())
    if count:
        with transaction(node):
            append_entry(node, kind="directory.own_keys_forgotten", subject=new_uuid(node), content={"keys": count})
    return count


def _facts(before: PublicKeys, after: PublicKeys, begins: datetime, *, revoke: bool) -> dict[str, object]:
    return {
        "before": key_fingerprint(before),
        "after": key_fingerprint(after),
        "valid_from": begins.isoformat(),
        "revoked": revoke,
    }

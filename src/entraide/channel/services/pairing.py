"""Pairing as an operator sees it: start, compare digits, confirm or abort."""

from uuid import UUID

import structlog

from entraide.access.api import Actor, Role, require_role
from entraide.channel.domain.errors import (
    AlreadyPaired,
    BadOrigin,
    BadPairing,
    NoSuchPairing,
    PairingClosed,
    PartnerAway,
    WrongDigits,
    WrongFingerprint,
)
from entraide.channel.domain.pairing import (
    CONFIRM_LABEL,
    NONCE_BYTES,
    OPEN_STATES,
    Card,
    PairingId,
    PairingState,
    check_card,
    check_origin,
    commit_to,
    confirmation,
    derive_digits,
    derive_transcript,
    parse_card,
    same_digits,
)
from entraide.channel.domain.pairing_steps import Commit, Committed, Reveal, Standing
from entraide.channel.models import Pairing
from entraide.channel.services.pairing_steps import (
    abort,
    complete_if_signed,
    lock_pairing,
    own_card,
    post_step,
    tell_partner,
)
from entraide.directory.api import find_partner
from entraide.journal.api import append_entry
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.keys.api import key_fingerprint
from entraide.storage.api import transaction

log = structlog.get_logger(__name__)


def start_pairing(node: Node, *, actor: Actor, origin: str, fingerprint: str | None = None) -> PairingId:
    """Commit to this node's card at the node at `origin`, take its card, reveal; the digits can then be compared.

    `fingerprint` is the partner's key fingerprint when the operator has it by another way; another one aborts. Raises
    `RoleMissing` (operator), `BadOrigin`, `BadPairing`, `AlreadyPaired`, `WrongFingerprint`, or `PartnerAway`.
    """
    require_role(actor, Role.operator)
    place = check_origin(origin)
    if place == node.settings.origin:
        raise BadOrigin(why=N_("that is this node's own origin"))
    card, nonce = own_card(node), node.random.draw(NONCE_BYTES)
    pairing_id = PairingId(new_uuid(node))
    commitment = commit_to(card, nonce)
    with transaction(node):
        Pairing.objects.create(
            id=pairing_id,
            initiated_here=True,
            origin=place,
            state=Pairing.State.STARTED,
            started_at=node.clock.now(),
            changed_at=node.clock.now(),
            own_card=card.to_json(),
            own_nonce=nonce,
            commitment=commitment,
        )
        append_entry(
            node,
            kind="channel.pairing_started",
            subject=pairing_id,
            content={"origin": place},
            actor=actor.user_id,
        )
    try:
        _exchange_cards(node, pairing_id, place, card, nonce, fingerprint)
    except EntraideError as error:
        abort(node, pairing_id, code=error.code, actor=actor.user_id)
        raise
    return pairing_id


def pairing_digits(node: Node, pairing_id: PairingId) -> str:
    """Return the 15 digits to compare, in groups of three; raises `NoSuchPairing`, or `PairingClosed` before the
    reveal.
    """
    with node.active():
        pairing = Pairing.objects.filter(id=pairing_id).first()
        if pairing is None:
            raise NoSuchPairing(pairing_id=pairing_id)
        if pairing.transcript is None:
            raise PairingClosed(state=pairing.state)
        return derive_digits(bytes(pairing.transcript))


def confirm_pairing(node: Node, *, actor: Actor, pairing_id: PairingId, digits: str) -> PairingState:
    """Confirm that the other side reads out the same `digits`, and return where the pairing stands.

    When both sides have confirmed, the partner, both directed logs and the exchange exist on this node, and its
    authorities are on their way. Other digits abort the pairing on both sides, and so does it when this node replaced
    its keys meanwhile. Raises `RoleMissing` (operator), `NoSuchPairing`, `PairingClosed`, `WrongDigits`, `BadPairing`.
    """
    require_role(actor, Role.operator)
    with transaction(node):
        pairing = lock_pairing(pairing_id)
        if pairing.state not in {PairingState.COMPARE, PairingState.CONFIRMED} or pairing.transcript is None:
            raise PairingClosed(state=pairing.state)
        transcript = bytes(pairing.transcript)
        agree = same_digits(derive_digits(transcript), digits)
        present = parse_card(pairing.own_card).keys == node.public_keys
        if agree and present:
            _confirm(node, actor.user_id, pairing, transcript)
    if not present:
        abort(node, pairing_id, code=BadPairing.code, actor=actor.user_id)
        raise BadPairing(why=N_("this node's keys were replaced since it began"))
    if not agree:
        abort(node, pairing_id, code=WrongDigits.code, actor=actor.user_id)
        raise WrongDigits
    tell_partner(node, pairing_id)
    with node.active():
        return PairingState(Pairing.objects.get(id=pairing_id).state)


def abort_pairing(node: Node, *, actor: Actor, pairing_id: PairingId) -> None:
    """Stop an open pairing on both sides; raises `RoleMissing` (operator), `NoSuchPairing` or `PairingClosed`."""
    require_role(actor, Role.operator)
    with node.active():
        pairing = Pairing.objects.filter(id=pairing_id).first()
    if pairing is None:
        raise NoSuchPairing(pairing_id=pairing_id)
    if pairing.state not in OPEN_STATES:
        raise PairingClosed(state=pairing.state)
    abort(node, pairing_id, code="channel.pairing_stopped", actor=actor.user_id)


def _confirm(node: Node, user_id: UUID, pairing: Pairing, transcript: bytes) -> None:
    if pairing.own_signature is None:
        signature = node.keyring.sign(CONFIRM_LABEL, confirmation(transcript, node.settings.name), at=node.clock.now())
        pairing.own_signature, pairing.confirmed_by = signature.to_json(), user_id
        pairing.state, pairing.changed_at = Pairing.State.CONFIRMED, node.clock.now()
        pairing.save(update_fields=["own_signature", "confirmed_by", "state", "changed_at"])
        append_entry(
            node,
            kind="channel.pairing_confirmed",
            subject=pairing.id,
            content={"transcript": transcript.hex()},
            actor=user_id,
        )
    complete_if_signed(node, pairing)


def _exchange_cards(
    node: Node, pairing_id: PairingId, origin: str, card: Card, nonce: bytes, fingerprint: str | None
) -> None:
    """Send the commitment, take the partner's card, check it, and only then reveal this node's own."""
    answer = post_step(node, origin, Commit(pairing_id, commit_to(card, nonce)), Committed)
    theirs, their_nonce = answer.card, answer.nonce
    check_card(theirs)
    if theirs.origin != origin:
        raise BadPairing(why=N_("the node there says that it lives at another origin"))
    shown = key_fingerprint(theirs.keys)
    if fingerprint and _plain(fingerprint) != _plain(shown):
        raise WrongFingerprint(origin=origin, shown=shown)
    transcript = derive_transcript(initiator=card, responder=theirs, initiator_nonce=nonce, responder_nonce=their_nonce)
    with transaction(node):
        if find_partner(node, theirs.name) is not None:
            raise AlreadyPaired(name=theirs.name)
    revealed = post_step(node, origin, Reveal(pairing_id, card, nonce), Standing)
    if revealed.state is not PairingState.COMPARE:
        raise PartnerAway(origin=origin, why=N_("it did not go on with the pairing"))
    with transaction(node):
        pairing = lock_pairing(pairing_id)
        pairing.card, pairing.partner_nonce, pairing.transcript = theirs.to_json(), their_nonce, transcript
        pairing.state, pairing.changed_at = Pairing.State.COMPARE, node.clock.now()
        pairing.save(update_fields=["card", "partner_nonce", "transcript", "state", "changed_at"])


def _plain(fingerprint: str) -> str:
    return "".join(character for character in fingerprint.lower() if character in "0123456789abcdef")

"""Pairing as the other node sees it: its steps arrive at the peer door, from anybody."""

from typing import Any
from uuid import UUID

from entraide.channel.domain.errors import AlreadyPaired, BadPairing, PairingClosed, TooManyPairings
from entraide.channel.domain.pairing import (
    NONCE_BYTES,
    OPEN_STATES,
    PAIRING_VERSION,
    PairingState,
    check_card,
    commit_to,
    derive_transcript,
    parse_card,
)
from entraide.channel.domain.pairing_steps import (
    STEPS,
    Abort,
    Commit,
    Committed,
    Confirm,
    Confirmed,
    Reveal,
    Standing,
    Step,
)
from entraide.channel.models import Pairing
from entraide.channel.services.pairing_steps import (
    INCOMING_LASTS,
    abort,
    complete_if_signed,
    lock_pairing,
    own_card,
    take_signature,
)
from entraide.channel.services.refusals import journal_refusal
from entraide.directory.api import find_partner
from entraide.journal.api import append_entry
from entraide.kernel.canonical import NotCanonical, parse_canonical
from entraide.kernel.codecs import Malformed
from entraide.kernel.errors import VerificationFailed
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.kernel.wire import Document
from entraide.storage.api import transaction

MOST_INCOMING = 20


def receive_pairing_step(node: Node, body: bytes) -> bytes:
    """Take one step of a pairing and return the answer (canonical JSON); repeated steps get the same answer.

    commit: the other node's commitment; this node answers with its card and a nonce. reveal: its card and nonce, which
    must be those it committed to; now both sides can show the digits. confirm: its signature over the transcript,
    answered with this node's own if its operator has confirmed. abort: it stops.

    Raises `BadPairing` for anything that does not follow; the pairing is then aborted and journaled.
    """
    pairing_id, kind, table = _read(body)
    try:
        return _take(node, kind, table).to_bytes()
    except VerificationFailed as error:
        with node.active():
            known = Pairing.objects.filter(id=pairing_id).exists()
        if known:
            abort(node, pairing_id, code=error.code, tell=False)
        else:
            journal_refusal(node, None, error)
        raise


def _take(node: Node, kind: type[Step], table: dict[str, Any]) -> Document:
    """Take one step and return its answer."""
    try:
        step = kind.from_json(table)
    except Malformed as error:
        raise BadPairing(why=N_("the step is malformed")) from error
    match step:
        case Commit():
            return _commit(node, step)
        case Reveal():
            return _reveal(node, step)
        case Confirm():
            return _confirm(node, step)
        case Abort():
            return _abort(node, step)


def _commit(node: Node, step: Commit) -> Committed:
    pairing_id, commitment = step.pairing, step.commitment
    with transaction(node):
        pairing = Pairing.objects.filter(id=pairing_id).first()
        if pairing is None:
            _demand_room(node)
            pairing = Pairing.objects.create(
                id=pairing_id,
                initiated_here=False,
                origin="",
                state=Pairing.State.INCOMING,
                started_at=node.clock.now(),
                changed_at=node.clock.now(),
                own_card=own_card(node).to_json(),
                own_nonce=node.random.draw(NONCE_BYTES),
                commitment=commitment,
            )
            append_entry(node, kind="channel.pairing_incoming", subject=pairing_id, content={})
        elif pairing.initiated_here or bytes(pairing.commitment) != commitment:
            raise BadPairing(why=N_("a second commitment came for the same pairing"))
        elif pairing.state != PairingState.INCOMING:
            raise PairingClosed(state=pairing.state)
        return Committed(parse_card(pairing.own_card), bytes(pairing.own_nonce))


def _demand_room(node: Node) -> None:
    """Raise `TooManyPairings` when strangers have begun enough, whatever became of it since.

    A stranger may reveal or abort at will, so that to count those that wait for a reveal would bound nothing: neither
    rows, nor entries of the journal, nor what the operator is shown. Pairings that this node starts are not counted.
    """
    begun = Pairing.objects.filter(initiated_here=False).exclude(state=PairingState.PAIRED)
    lately = begun.filter(started_at__gt=node.clock.now() - INCOMING_LASTS)
    if lately.count() >= MOST_INCOMING or begun.filter(state__in=OPEN_STATES).count() >= MOST_INCOMING:
        raise TooManyPairings


def _reveal(node: Node, step: Reveal) -> Standing:
    card, nonce = step.card, step.nonce
    check_card(card)
    with transaction(node):
        pairing = lock_pairing(step.pairing)
        if pairing.initiated_here or commit_to(card, nonce) != bytes(pairing.commitment):
            raise BadPairing(why=N_("what was revealed is not what was committed to"))
        if pairing.state == PairingState.COMPARE:
            return Standing(PairingState.COMPARE)
        if pairing.state != PairingState.INCOMING:
            raise PairingClosed(state=pairing.state)
        if find_partner(node, card.name) is not None:
            raise AlreadyPaired(name=card.name)
        pairing.transcript = derive_transcript(
            initiator=card,
            responder=parse_card(pairing.own_card),
            initiator_nonce=nonce,
            responder_nonce=bytes(pairing.own_nonce),
        )
        pairing.card, pairing.partner_nonce, pairing.origin = card.to_json(), nonce, card.origin
        pairing.state, pairing.changed_at = Pairing.State.COMPARE, node.clock.now()
        pairing.save(update_fields=["transcript", "card", "partner_nonce", "origin", "state", "changed_at"])
        return Standing(PairingState.COMPARE)


def _confirm(node: Node, step: Confirm) -> Confirmed:
    with transaction(node):
        pairing = lock_pairing(step.pairing)
        if pairing.state not in {PairingState.COMPARE, PairingState.CONFIRMED, PairingState.PAIRED}:
            raise PairingClosed(state=pairing.state)
        take_signature(pairing, step.signature)
        complete_if_signed(node, pairing)
        own = pairing.own_signature
        return Confirmed(PairingState(pairing.state), None if own is None else Signature.from_json(own))


def _abort(node: Node, step: Abort) -> Standing:
    with transaction(node):
        pairing = lock_pairing(step.pairing)
    if pairing.state in OPEN_STATES:
        known = step.code if step.code.startswith("channel.") else "channel.pairing_stopped"
        abort(node, step.pairing, code=known, tell=False)
    return Standing(PairingState.ABORTED)


def _read(body: bytes) -> tuple[UUID, type[Step], dict[str, Any]]:
    """Return which pairing a step is of, which step it is, and its parts; raises `BadPairing`."""
    try:
        table = parse_canonical(body)
        if not isinstance(table, dict) or table["v"] != PAIRING_VERSION:
            raise BadPairing(why=N_("the step has an unknown version"))
        if table["step"] not in STEPS:
            raise BadPairing(why=N_("the step is unknown"))
        return UUID(table["pairing"]), STEPS[table["step"]], table
    except (NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadPairing(why=N_("the step is malformed")) from error

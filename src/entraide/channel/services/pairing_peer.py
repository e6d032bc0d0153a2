"""Pairing as the other node sees it: its steps arrive at the peer door, from anybody."""

from typing import Any
from uuid import UUID

from entraide.channel.domain.errors import AlreadyPaired, BadPairing, PairingClosed, TooManyPairings
from entraide.channel.domain.pairing import (
    NONCE_BYTES,
    OPEN_STATES,
    PAIRING_VERSION,
    PairingState,
    commit_to,
    derive_transcript,
    parse_card,
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
from entraide.kernel.canonical import NotCanonical, canonical_bytes, parse_canonical
from entraide.kernel.errors import VerificationFailed
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.storage.api import transaction

MOST_INCOMING = 20


def receive_pairing_step(node: Node, body: bytes) -> bytes:
    """Take one step of a pairing and return the answer (canonical JSON); repeated steps get the same answer.

    commit: the other node's commitment; this node answers with its card and a nonce. reveal: its card and nonce, which
    must be those it committed to; now both sides can show the digits. confirm: its signature over the transcript,
    answered with this node's own if its operator has confirmed. abort: it stops.

    Raises `BadPairing` for anything that does not follow; the pairing is then aborted and journaled.
    """
    pairing_id, step, table = _read(body)
    steps = {"commit": _commit, "reveal": _reveal, "confirm": _confirm, "abort": _abort}
    try:
        return canonical_bytes({"v": PAIRING_VERSION, **steps[step](node, pairing_id, table)})
    except VerificationFailed as error:
        with node.active():
            known = Pairing.objects.filter(id=pairing_id).exists()
        if known:
            abort(node, pairing_id, code=error.code, tell=False)
        else:
            journal_refusal(node, None, error)
        raise


def _commit(node: Node, pairing_id: UUID, table: dict[str, Any]) -> dict[str, Any]:
    commitment = _hex(table, "commitment")
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
        return {"card": pairing.own_card, "nonce": bytes(pairing.own_nonce).hex()}


def _demand_room(node: Node) -> None:
    """Raise `TooManyPairings` when strangers have begun enough, whatever became of it since.

    A stranger may reveal or abort at will, so that to count those that wait for a reveal would bound nothing: neither
    rows, nor entries of the journal, nor what the operator is shown. Pairings that this node starts are not counted.
    """
    begun = Pairing.objects.filter(initiated_here=False).exclude(state=PairingState.PAIRED)
    lately = begun.filter(started_at__gt=node.clock.now() - INCOMING_LASTS)
    if lately.count() >= MOST_INCOMING or begun.filter(state__in=OPEN_STATES).count() >= MOST_INCOMING:
        raise TooManyPairings


def _reveal(node: Node, pairing_id: UUID, table: dict[str, Any]) -> dict[str, Any]:
    card, nonce = parse_card(table.get("card")), _hex(table, "nonce")
    with transaction(node):
        pairing = lock_pairing(pairing_id)
        if pairing.initiated_here or commit_to(card, nonce) != bytes(pairing.commitment):
            raise BadPairing(why=N_("what was revealed is not what was committed to"))
        if pairing.state == PairingState.COMPARE:
            return {"state": PairingState.COMPARE.value}
        if pairing.state != PairingState.INCOMING:
            raise PairingClosed(state=pairing.state)
        if find_partner(card.name) is not None:
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
        return {"state": PairingState.COMPARE.value}


def _confirm(node: Node, pairing_id: UUID, table: dict[str, Any]) -> dict[str, Any]:
    with transaction(node):
        pairing = lock_pairing(pairing_id)
        if pairing.state not in {PairingState.COMPARE, PairingState.CONFIRMED, PairingState.PAIRED}:
            raise PairingClosed(state=pairing.state)
        take_signature(pairing, table.get("signature"))
        complete_if_signed(node, pairing)
        return {"state": pairing.state, "signature": pairing.own_signature}


def _abort(node: Node, pairing_id: UUID, table: dict[str, Any]) -> dict[str, Any]:
    code = table.get("code")
    with transaction(node):
        pairing = lock_pairing(pairing_id)
    if pairing.state in OPEN_STATES:
        known = (
            code
            if isinstance(code, str) and code.startswith("channel.") and len(code) <= 80
            else "channel.pairing_stopped"
        )
        abort(node, pairing_id, code=known, tell=False)
    return {"state": PairingState.ABORTED.value}


def _read(body: bytes) -> tuple[UUID, str, dict[str, Any]]:
    try:
        table = parse_canonical(body)
        if not isinstance(table, dict) or table["v"] != PAIRING_VERSION:
            raise BadPairing(why=N_("the step has an unknown version"))
        if table["step"] not in {"commit", "reveal", "confirm", "abort"}:
            raise BadPairing(why=N_("the step is unknown"))
        return UUID(table["pairing"]), table["step"], table
    except (NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadPairing(why=N_("the step is malformed")) from error


def _hex(table: dict[str, Any], name: str) -> bytes:
    value = table.get(name)
    try:
        data = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        data = b""
    if len(data) != NONCE_BYTES:
        raise BadPairing(why=f"its {name} does not have 32 bytes")
    return data

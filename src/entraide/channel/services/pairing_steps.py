"""What both sides of a pairing share: cards, steps on the wire, completing and aborting."""

from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import structlog

from entraide.channel.domain.batch import SUITES
from entraide.channel.domain.errors import (
    BadPairing,
    NoSuchPairing,
    PartnerAway,
    PartnerRefused,
)
from entraide.channel.domain.pairing import (
    CONFIRM_LABEL,
    OPEN_STATES,
    Card,
    PairingState,
    agree_suites,
    confirmation,
    parse_card,
)
from entraide.channel.domain.pairing_steps import Abort, Confirm, Confirmed, Standing, Step
from entraide.channel.models import Exchange, Pairing
from entraide.channel.services.answers import partner_code
from entraide.channel.services.submission import submit_message
from entraide.directory.api import create_partner, export_authorities
from entraide.directory.domain.messages import AuthoritiesAnnounced
from entraide.journal.api import append_entry, append_leaves, ensure_directed_log
from entraide.kernel.codecs import Fault, Malformed
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.kernel.wire import Document
from entraide.keys.api import verify_signature
from entraide.storage.api import transaction

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer", bound=Document)
PAIRING_PATH = "/peer/v1/pairing"
STEP_SECONDS = 10.0
TELL_AGAIN = timedelta(seconds=2)
INCOMING_LASTS = timedelta(hours=1)
OPEN_LASTS = timedelta(days=1)
EXPIRED = "channel.pairing_expired"


def own_card(node: Node) -> Card:
    """Return what this node says of itself in a pairing."""
    settings = node.settings
    return Card(
        name=settings.name,
        state=settings.state,
        organisation=dict(settings.organisation),
        origin=settings.origin,
        keys=node.public_keys,
        suites=SUITES,
    )


def lock_pairing(pairing_id: UUID) -> Pairing:
    """Return the pairing, locked for the running transaction; raises `NoSuchPairing`."""
    pairing = Pairing.objects.select_for_update().filter(id=pairing_id).first()
    if pairing is None:
        raise NoSuchPairing(pairing_id=pairing_id)
    return pairing


def post_step(node: Node, origin: str, step: Step, answer: type[Answer]) -> Answer:
    """Send one step to the node at `origin` and return its `answer`.

    Raises `PartnerAway`, `PartnerRefused`, or `BadPairing` for an answer that is not the one to this step.
    """
    response = node.transport.post(origin, PAIRING_PATH, step.to_bytes(), timeout=STEP_SECONDS)
    if response.status != 200:
        code = partner_code(response)
        if response.status >= 500 or not code:
            raise PartnerAway(origin=origin, why=f"status {response.status}")
        raise PartnerRefused(partner_code=code)
    try:
        return answer.from_bytes(response.body)
    except Malformed as error:
        if error.fault in {Fault.NOT_CANONICAL, Fault.NOT_AN_OBJECT}:
            raise PartnerAway(origin=origin, why=N_("its answer is none of this protocol")) from error
        raise BadPairing(why=N_("the step is malformed")) from error


def take_signature(pairing: Pairing, signature: Signature) -> None:
    """Verify the partner's confirmation over the transcript and keep it; raises `BadPairing` or `BadSignature`."""
    if pairing.transcript is None or pairing.card is None:
        raise BadPairing(why=N_("it was confirmed before both sides were revealed"))
    card = parse_card(pairing.card)
    verify_signature(card.keys, CONFIRM_LABEL, confirmation(bytes(pairing.transcript), card.name), signature)
    if pairing.partner_signature is None:
        pairing.partner_signature = signature.to_json()
        pairing.save(update_fields=["partner_signature"])


def complete_if_signed(node: Node, pairing: Pairing) -> None:
    """When both sides have confirmed: create partner, logs and exchange, and submit this node's authorities.

    Inside the running transaction. Leaf 0 of the log that this node writes is the digest of the transcript; it stands
    at the beginning of the partner's log too, where this node mirrors it with the first batch.
    """
    if pairing.state == PairingState.PAIRED or pairing.own_signature is None or pairing.partner_signature is None:
        return
    card, transcript = parse_card(pairing.card), bytes(pairing.transcript or b"")
    partner_id = create_partner(
        node,
        name=card.name,
        state=card.state,
        organisation=dict(card.organisation),
        origin=card.origin,
        public_keys=card.keys,
        transcript_digest=transcript,
    )
    own_name = node.settings.name
    outgoing = ensure_directed_log(node, partner_id=partner_id, author=own_name, reader=card.name)
    incoming = ensure_directed_log(node, partner_id=partner_id, author=card.name, reader=own_name)
    append_leaves(node, outgoing, [transcript])
    Exchange.objects.create(
        id=new_uuid(node),
        partner_id=partner_id,
        own_name=own_name,
        outgoing_log_id=outgoing,
        incoming_log_id=incoming,
        transcript=transcript,
        suites=list(agree_suites(SUITES, card.suites)),
    )
    pairing.partner_id, pairing.state, pairing.changed_at = partner_id, Pairing.State.PAIRED, node.clock.now()
    pairing.save(update_fields=["partner_id", "state", "changed_at"])
    append_entry(
        node,
        kind="channel.paired",
        subject=pairing.id,
        content={"partner": str(partner_id), "transcript": transcript.hex()},
        actor=pairing.confirmed_by,
    )
    submit_message(
        node,
        partner_id=partner_id,
        message=AuthoritiesAnnounced(export_authorities(node)),
        thread_id=ThreadId(new_uuid(node)),
    )


def abort(node: Node, pairing_id: UUID, *, code: str, actor: UUID | None = None, tell: bool = True) -> None:
    """Close an open pairing with the `code` of the reason, journal it, and tell the partner once, if it can be
    reached.
    """
    with transaction(node):
        pairing = lock_pairing(pairing_id)
        if pairing.state not in OPEN_STATES:
            return
        pairing.state, pairing.code, pairing.changed_at = Pairing.State.ABORTED, code, node.clock.now()
        pairing.save(update_fields=["state", "code", "changed_at"])
        append_entry(node, kind="channel.pairing_aborted", subject=pairing_id, content={"code": code}, actor=actor)
        # A stranger's card names any address it likes: nothing is sent there until an operator here has confirmed.
        origin = pairing.origin if pairing.initiated_here or pairing.own_signature is not None or actor else ""
    if not tell or not origin:
        return
    try:
        post_step(node, origin, Abort(pairing_id, code), Standing)
    except EntraideError as error:
        log.info("pairing_abort_not_told", code=error.code)


def tell_partner(node: Node, pairing_id: UUID) -> None:
    """Send this node's confirmation and take the partner's, if it has one; what fails is tried again by the worker."""
    with node.active():
        pairing = Pairing.objects.get(id=pairing_id)
    if pairing.own_signature is None or pairing.transcript is None:
        return
    step = Confirm(pairing_id, Signature.from_json(pairing.own_signature))
    try:
        answer = post_step(node, pairing.origin, step, Confirmed)
        with transaction(node):
            locked = lock_pairing(pairing_id)
            locked.told_partner, locked.changed_at = True, node.clock.now()
            locked.save(update_fields=["told_partner", "changed_at"])
            if answer.signature is not None and locked.state in OPEN_STATES:
                take_signature(locked, answer.signature)
                complete_if_signed(node, locked)
    except EntraideError as error:
        log.info("pairing_confirmation_not_told", code=error.code)
        with transaction(node):
            Pairing.objects.filter(id=pairing_id).update(changed_at=node.clock.now())


def advance_pairings(node: Node) -> int:
    """Tell again what a partner has not heard, close what is too old; return how many pairings moved. For the
    worker.
    """
    now = node.clock.now()
    with node.active():
        unheard = Pairing.objects.filter(
            state__in=[PairingState.CONFIRMED, PairingState.PAIRED],
            told_partner=False,
            changed_at__lte=now - TELL_AGAIN,
            started_at__gt=now - OPEN_LASTS,
        )
        waiting = list(unheard.values_list("id", flat=True))
        late = list(
            Pairing.objects.filter(
                state__in=[PairingState.STARTED, PairingState.INCOMING], started_at__lte=now - INCOMING_LASTS
            ).values_list("id", flat=True)
        ) + list(
            Pairing.objects.filter(
                state__in=[PairingState.COMPARE, PairingState.CONFIRMED], started_at__lte=now - OPEN_LASTS
            ).values_list("id", flat=True)
        )
    for pairing_id in waiting:
        tell_partner(node, pairing_id)
    for pairing_id in late:
        abort(node, pairing_id, code=EXPIRED)
    return len(waiting) + len(late)

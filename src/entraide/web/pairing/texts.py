"""What the pages of the pairing area call things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.channel.api import Circuit, PairingState

PAIRING_STATES: dict[PairingState, tuple[str | Promise, str]] = {
    PairingState.STARTED: (_("started"), "wait"),
    PairingState.INCOMING: (_("incoming"), "wait"),
    PairingState.COMPARE: (_("digits to compare"), "accent"),
    PairingState.CONFIRMED: (_("confirmed here, waiting for the other side"), "wait"),
    PairingState.PAIRED: (_("paired"), "good"),
    PairingState.ABORTED: (_("stopped"), "bad"),
}

CIRCUITS: dict[Circuit, tuple[str | Promise, str]] = {
    Circuit.CLOSED: (_("connected"), "good"),
    Circuit.HALF_OPEN: (_("away, trying again now"), "wait"),
    Circuit.OPEN: (_("away"), "bad"),
}

REASONS: dict[str, str | Promise] = {
    "channel.wrong_digits": _("The digits were not the same on both sides."),
    "channel.wrong_fingerprint": _("The node showed another fingerprint than the expected one."),
    "channel.bad_pairing": _("A step did not follow from the one before; somebody may stand between the nodes."),
    "channel.pairing_stopped": _("An operator stopped it."),
    "channel.pairing_expired": _("Nobody confirmed it in time."),
    "channel.partner_away": _("The partner's node did not answer."),
    "channel.partner_refused": _("The partner's node refused."),
    "channel.already_paired": _("The nodes are paired already."),
    "channel.unknown_sender": _("The partner's node does not know this node, or not yet."),
    "channel.partner_suspended": _("The partner's node has suspended the exchange."),
    "channel.seal_broken": _("The sealed batch was changed on its way; it is sent again."),
    "channel.unreadable_batch": _("The batch was changed on its way; it is sent again."),
    "channel.bad_statement": _("The partner's evidence does not hold; it is asked for again."),
    "channel.suite_below_floor": _("The nodes do not agree on algorithms."),
    "journal.log_forked": _("Two histories of one log were found. Call the partner: a restored backup, or fraud."),
    "journal.log_gap": _("The partner's copy of the log lacks leaves. Call the partner: a restored backup?"),
    "journal.bad_checkpoint": _("A signed head does not hold; the batch is sent again."),
}


def reason_of(code: str) -> str | Promise:
    """Return what a code means for a person; the code itself when there are no words for it."""
    return REASONS.get(code, code)

"""Scene 2: the two nodes are paired by comparing digits."""

from entraide.access.api import Role
from entraide.channel.api import PairingView, confirm_pairing, list_pairings, pairing_digits, start_pairing
from entraide.cli.demonstration.stage import Side, Stage
from entraide.cli.demonstration.telling import Teller
from entraide.cli.demonstration.waiting import wait_for
from entraide.cli.language import gettext
from entraide.directory.api import Partner, list_authorities, list_partners


def play_pairing(stage: Stage, teller: Teller) -> None:
    """Start on A, compare what both sides show, confirm on both, and wait for the partner's authorities."""
    a, b = stage.a, stage.b
    pairing_id = start_pairing(a.node, actor=a.person(Role.operator), origin=b.node.settings.origin)
    shown_a = pairing_digits(a.node, pairing_id)
    incoming = wait_for("the pairing", lambda: _newest_pairing(b))
    shown_b = pairing_digits(b.node, incoming.id)
    teller.line(
        gettext("Both operators read the same digits: {digits}").format(digits=shown_a), digits_equal=shown_a == shown_b
    )
    confirm_pairing(a.node, actor=a.person(Role.operator), pairing_id=pairing_id, digits=shown_a)
    confirm_pairing(b.node, actor=b.person(Role.operator), pairing_id=incoming.id, digits=shown_b)
    for side in (a, b):
        wait_for("the pairing of both sides", lambda side=side: partner_of(side))  # type: ignore[misc]  # bound per side
        wait_for("the partner's authorities", lambda side=side: _knows_authorities(side))  # type: ignore[misc]  # the same
    teller.line(gettext("Both nodes know each other's keys and authorities."), paired=True)


def partner_of(side: Side) -> Partner | None:
    """Return the partner of `side`, once there is one."""
    partners = list_partners(side.node)
    return partners[0] if partners else None


def _newest_pairing(side: Side) -> PairingView | None:
    pairings = [pairing for pairing in list_pairings(side.node) if pairing.digits]
    return pairings[0] if pairings else None


def _knows_authorities(side: Side) -> bool:
    return bool(list_authorities(side.node, own=False))

"""Partners' keys with their days, in rows."""

from collections.abc import Sequence
from uuid import UUID

from django.db import router

from entraide.directory.models import PartnerKeys
from entraide.kernel.dated_keys import DatedKeys, KeyHistory
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.storage.api import find_object


def load_history(partner_id: UUID) -> KeyHistory:
    """Return the keys of one partner of the active node.

    For the hot path: one prepared statement as long as the partner has never replaced its keys.
    """
    where = {"partner_id": partner_id, "valid_until": None}
    last = find_object(router.db_for_read(PartnerKeys), PartnerKeys, where=where)
    if last is not None and last.number == 0:
        return KeyHistory((_dated(last),))
    return load_histories([partner_id])[partner_id]


def load_histories(partner_ids: Sequence[UUID]) -> dict[UUID, KeyHistory]:
    """Return the keys of each of these partners of the active node, in one query."""
    rows = PartnerKeys.objects.filter(partner_id__in=partner_ids).order_by("partner_id", "number")
    generations: dict[UUID, list[DatedKeys]] = {}
    for row in rows:
        generations.setdefault(row.partner_id, []).append(_dated(row))
    return {partner_id: KeyHistory(tuple(dated)) for partner_id, dated in generations.items()}


def keep_history(node: Node, partner_id: UUID, history: KeyHistory) -> None:
    """Make the rows of a partner those of `history`: what ends is noted first, then what begins is added."""
    for number, dated in enumerate(history.generations):
        days = {
            "valid_from": dated.valid_from,
            "valid_until": dated.valid_until,
            "revoked_at": dated.revoked_at,
        }
        rows = PartnerKeys.objects.filter(partner_id=partner_id, number=number)
        if not rows.update(**days):
            now = node.clock.now()
            PartnerKeys.objects.create(
                id=new_uuid(node),
                partner_id=partner_id,
                number=number,
                keys=dated.keys.to_json(),
                recorded_at=now,
                **days,
            )


def _dated(row: PartnerKeys) -> DatedKeys:
    return DatedKeys(PublicKeys.from_json(row.keys), row.valid_from, row.valid_until, row.revoked_at)

"""Reads of the storage context."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Sum

from entraide.kernel.node import Node
from entraide.storage.domain.revision import Revision
from entraide.storage.models import LeaseRow, PublicChange


def get_revision(node: Node) -> Revision:
    """Return the revision of what the public can read, in one short query.

    Read it before what is answered: a change that comes between makes the next request read again, never too seldom.
    """
    with node.active():
        found = PublicChange.objects.aggregate(changes=Sum("changes"), at=Max("at"))
        return Revision(found["changes"] or 0, found["at"])


def list_takings(node: Node, names: Iterable[str]) -> dict[str, datetime]:
    """Return when each of the leases `names` was last taken, by any process; those never taken are left out."""
    with node.active():
        rows = LeaseRow.objects.filter(name__in=list(names))
        return dict(rows.values_list("name", "taken_at"))

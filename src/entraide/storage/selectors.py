"""Reads of the storage context."""

from django.db.models import Max, Sum

from entraide.storage.domain.revision import Revision
from entraide.storage.models import PublicChange


def get_revision() -> Revision:
    """Return the revision of what the public can read, in one short query.

    Read it before what is answered: a change that comes between makes the next request read again, never too seldom.
    """
    found = PublicChange.objects.aggregate(changes=Sum("changes"), at=Max("at"))
    return Revision(found["changes"] or 0, found["at"])

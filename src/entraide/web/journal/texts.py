"""What the kinds of entries and the logs are called on a page."""

from django.utils.translation import gettext, gettext_noop

# The context of an entry's kind is its first word; the whole code stands beside it.
_AREAS = {
    "access": gettext_noop("Accounts and access"),
    "channel": gettext_noop("Exchange with partners"),
    "communiques": gettext_noop("Communiqués"),
    "directory": gettext_noop("Directory"),
    "programme": gettext_noop("Register and plans"),
    "publication": gettext_noop("About, and reports of errors"),
    "requests": gettext_noop("Requests"),
    "safeguards": gettext_noop("Safeguards"),
}
_LOGS = {
    "own": gettext_noop("This ministry's own acts"),
    "author": gettext_noop("Sent to {partner}"),
    "mirror": gettext_noop("Received from {partner}"),
}


def area_title(kind: str) -> str:
    """Return the area that the entry kind `requests.released` belongs to, in the reader's language."""
    area = kind.partition(".")[0]
    return gettext(_AREAS[area]) if area in _AREAS else area


def log_title(kind: str, partner: str) -> str:
    """Return what a log of `kind` holds, in the reader's language."""
    return gettext(_LOGS[kind]).format(partner=partner)

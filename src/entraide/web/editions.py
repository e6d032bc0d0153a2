"""What an edition has: an observatory is the public register alone, so the pages of the exchange are not there."""

from entraide.kernel.errors import NotFound
from entraide.kernel.node import Edition
from entraide.kernel.text import N_

# The exchange: requests and the rules for them, plans that two nodes negotiate, partners, authorities that may ask.
OF_NODES = ("/requests/", "/safeguards/", "/plans/", "/pairing/", "/desk/authorities/", "/api/v1/requests/", "/peer/")


class NotInThisEdition(NotFound):
    """The address belongs to a ministry's node, and this is an observatory."""

    code = "web.not_in_this_edition"
    message = N_("This site is an observatory: a public register that exchanges no requests and no plans with anybody.")
    remedy = N_("Read the register; requests, plans and partners are found at a ministry's own node.")


def is_of_edition(edition: Edition, path: str) -> bool:
    """Return whether an installation of `edition` has the address `path`."""
    return edition is Edition.NODE or not path.startswith(OF_NODES)

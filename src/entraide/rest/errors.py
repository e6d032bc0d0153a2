"""What can be wrong with a request of a program."""

from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.text import N_


class BadParameter(BadInput):
    """A parameter is not what the description says."""

    code = "rest.bad_parameter"
    message = N_("The parameter {name} cannot be used: {why}.")
    remedy = N_("/api/openapi.json lists every address with its parameters and their values.")


class UnknownParameter(BadInput):
    """A parameter that the address does not have; ignoring it would answer another question."""

    code = "rest.unknown_parameter"
    message = N_("This address has no parameter {name}.")
    remedy = N_("It has: {known}. /api/openapi.json describes them.")


class NoSuchAddress(NotFound):
    """Nothing is served there."""

    code = "rest.no_such_address"
    message = N_("Nothing is served at this address.")
    remedy = N_("/api/openapi.json lists every address.")


class NotPublic(NotFound):
    """There is no such source, or nothing in the register cites it."""

    code = "rest.not_public"
    message = N_("The register cites no source {id}.")
    remedy = N_("/api/v1/sources lists those that it cites.")

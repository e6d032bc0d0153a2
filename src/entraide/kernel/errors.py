"""One tree of errors: a stable code, a message that says what and where, and a remedy.

A concrete error is a class in its own context, never an ad-hoc string::

    class ApprovalByDrafter(NotAllowed):
        code = "requests.approval_by_drafter"
        message = N_("{reference} was drafted by you; nobody approves their own draft.")
        remedy = N_("Ask another approver of your unit.")

Entry points map the six branches once (HTTP status, exit code) and translate `message` and `remedy` with the
parameters; the text of the exception itself is English and holds no personal data. A text whose words depend on a
number is marked with `NN_`, by which `kernel.text.fill` finds the singular or the plural of each language.
"""

from typing import ClassVar

from entraide.kernel.text import fill


class EntraideError(Exception):
    """Root of all errors that Entraide raises on purpose.

    `params` fill the named places of `message` and `remedy`; they must not hold personal data, because errors are
    logged.
    """

    code: ClassVar[str] = ""
    message: ClassVar[str] = ""
    remedy: ClassVar[str] = ""
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(fill(self.message, params))

    @property
    def remedy_text(self) -> str:
        """The remedy in English, filled in."""
        return fill(self.remedy, self.params)


class BadInput(EntraideError):
    """What was given cannot be read or is incomplete."""

    http_status = 400
    exit_code = 2


class NotAllowed(EntraideError):
    """The person or node may not do this."""

    http_status = 403
    exit_code = 3


class NotFound(EntraideError):
    """There is no such thing here."""

    http_status = 404
    exit_code = 4


class Conflict(EntraideError):
    """The thing is no longer in the state that this act needs."""

    http_status = 409
    exit_code = 5


class Refused(EntraideError):
    """A safeguard or a policy of this node stops the act."""

    http_status = 422
    exit_code = 6


class VerificationFailed(EntraideError):
    """A signature, proof, digest or seal does not hold."""

    http_status = 400
    exit_code = 7


class Unavailable(EntraideError):
    """Something outside this node cannot be reached now; trying again later may help."""

    http_status = 503
    exit_code = 8

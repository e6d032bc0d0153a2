"""What can go wrong with a request."""

from entraide.kernel.errors import BadInput, Conflict, NotFound, Refused
from entraide.kernel.text import N_, NN_


class NoSuchRequest(NotFound):
    """There is no such request."""

    code = "requests.no_such_request"
    message = N_("There is no such request on this node.")
    remedy = N_("Look at the list of requests.")


class AskedItself(BadInput):
    """A ministry asks itself."""

    code = "requests.asked_itself"
    message = N_("The party that is asked is this ministry itself.")
    remedy = N_("Choose another party.")


class DraftChanged(Conflict):
    """Somebody else changed the draft meanwhile."""

    code = "requests.draft_changed"
    message = N_("{reference} was changed by somebody else since you opened the form; nothing was overwritten.")
    remedy = N_("Open the form again and enter your changes once more.")


class ReadChanged(Conflict):
    """What somebody read and decided on was changed meanwhile."""

    code = "requests.read_changed"
    message = N_("{reference} was changed since you read it; nothing was decided.")
    remedy = N_("Read it again as it is now, then decide.")


class NoSuchAnswer(NotFound):
    """There is no answer in this state."""

    code = "requests.no_such_answer"
    message = N_("This request has no answer that waits for approval.")
    remedy = N_("Draft the answer first.")


class NoSuchFinding(NotFound):
    """The last check did not find this."""

    code = "requests.no_such_finding"
    message = N_("The last check of {reference} has no such finding.")
    remedy = N_("Check the request again and look at what is found now.")


class RequestErased(NotFound):
    """The content is gone; its digest stays."""

    code = "requests.erased"
    message = N_("The content of {reference} was erased; only its digest and its dates remain.")
    remedy = N_("Ask the partner if its own record is still needed.")


class RequestIncomplete(BadInput):
    """The form is not answered; each reason stands beside its field."""

    code = "requests.incomplete"
    message = NN_(
        "{reference} is incomplete: {count} answer is missing or wrong.",
        "{reference} is incomplete: {count} answers are missing or wrong.",
        by="count",
    )
    remedy = N_("Each reason stands beside its field; complete the form and submit it again.")


class CarriageRefused(Refused):
    """This node's policy refuses to carry the request; no State has refused anything."""

    code = "requests.carriage_refused"
    message = N_("This node does not carry {reference}: it is stopped by {rules}.")
    remedy = N_("Read the reasons and their sources on the check page, and what can be done about each.")


class AlreadyCleared(Conflict):
    """Somebody has cleared this finding already."""

    code = "requests.already_cleared"
    message = N_("This finding has been cleared already.")
    remedy = N_("A second person can confirm it.")


class NotClearable(Refused):
    """Nobody may clear this finding in this way."""

    code = "requests.not_clearable"
    message = N_("This finding cannot be cleared: {why}")
    remedy = N_(
        "Supply what is missing, or cite the decision of a court or an asylum authority where the rule asks for it."
    )


class ReasonNeeded(BadInput):
    """The act needs a reason in words."""

    code = "requests.reason_needed"
    message = N_("A reason is needed.")
    remedy = N_("Write in one sentence why you do this; it is kept with the act.")


class AnswerIncomplete(BadInput):
    """The answer's form is not answered."""

    code = "requests.answer_incomplete"
    message = NN_(
        "The answer to {reference} is incomplete: {count} answer is missing or wrong.",
        "The answer to {reference} is incomplete: {count} answers are missing or wrong.",
        by="count",
    )
    remedy = N_("Each reason stands beside its field; complete the form and submit it again.")

"""What can go wrong in the exchange, each with a code that both nodes' operators can look up."""

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused, Unavailable, VerificationFailed
from entraide.kernel.text import N_, NN_

_ASK_AGAIN = N_(
    "Nothing was stored. The partner's node sends it again by itself; if it goes on, both operators compare notes."
)


class UnreadableBatch(BadInput):
    """The bytes are not a batch of a known format."""

    code = "channel.unreadable_batch"
    message = N_("The batch cannot be read: {why}.")
    remedy = _ASK_AGAIN


class BatchTooLarge(BadInput):
    """The batch is above the agreed size."""

    code = "channel.batch_too_large"
    message = NN_(
        "The batch holds {messages} message and {size} bytes; at most {limit_messages} and {limit_size} are allowed.",
        "The batch holds {messages} messages and {size} bytes; at most {limit_messages} and {limit_size} are allowed.",
        by="messages",
    )
    remedy = N_("The sending node must send smaller batches; check that both nodes run a supported version.")
    http_status = 413


class MessageTooLarge(BadInput):
    """One message is above the size that fits into a batch."""

    code = "channel.message_too_large"
    message = N_("The message has {size} bytes; at most {limit} can be sent at once.")
    remedy = N_("Send less at once, or large material apart.")
    http_status = 413


class BadMessage(BadInput):
    """A message's type, version or expiry cannot be sent."""

    code = "channel.bad_message"
    message = N_("The message cannot be sent: {why}.")
    remedy = N_("Correct it and submit it again.")


class UnknownSender(NotAllowed):
    """The batch or statement names a node that this node is not paired with."""

    code = "channel.unknown_sender"
    message = N_("This node is not paired with {name}.")
    remedy = N_("Pair the two nodes first.")


class PartnerSuspended(NotAllowed):
    """The exchange with this partner is suspended or ended."""

    code = "channel.partner_suspended"
    message = N_("The exchange with {name} is suspended on this node.")
    remedy = N_("The operators of both nodes agree when to resume it.")


class NotForThisNode(NotAllowed):
    """The batch or statement is addressed to another node or another key."""

    code = "channel.not_for_this_node"
    message = N_("The bytes are addressed to {name}, not to this node or not to its present key.")
    remedy = N_("The sending node must check the origin and the key that it holds of this node.")


class SuiteBelowFloor(Refused):
    """The batch uses algorithms that were not agreed at pairing."""

    code = "channel.suite_below_floor"
    message = N_("The suite {suite} was not agreed with this partner.")
    remedy = N_("Both nodes use a suite agreed at pairing; a weaker one is never accepted silently.")


class SealBroken(VerificationFailed):
    """The sealed secret or a message in the batch does not open."""

    code = "channel.seal_broken"
    message = N_("The sealed batch was changed on its way or sealed for another key ({where}).")
    remedy = _ASK_AGAIN


class BadStatement(VerificationFailed):
    """A signed statement of evidence does not hold."""

    code = "channel.bad_statement"
    message = N_("The partner's evidence does not hold: {why}.")
    remedy = N_("The batch is sent again; if it goes on, both operators compare the heads of their logs.")


class BadWitness(VerificationFailed):
    """A partner's head of its own log contradicts what it said before."""

    code = "channel.bad_witness"
    message = N_("The partner's head of its own log does not hold: {why}.")
    remedy = N_("Call the partner: a restored backup, or a rewritten journal. Keep both signed heads.")


class PartnerAway(Unavailable):
    """The partner's node did not answer, or not in a way that can be used."""

    code = "channel.partner_away"
    message = N_("The partner's node at {origin} does not answer ({why}).")
    remedy = N_("Nothing is lost: what is waiting is sent as soon as the node answers.")


class PartnerRefused(Refused):
    """The partner's node refused what was sent, with its own code."""

    code = "channel.partner_refused"
    message = N_("The partner's node refused with the code {partner_code}.")
    remedy = N_("Look the code up in docs/protocol/exchange.md; what is waiting stays and is tried again.")


class NoSuchMessage(NotFound):
    """There is no such message here."""

    code = "channel.no_such_message"
    message = N_("There is no message {message_id} on this node.")
    remedy = N_("Check the identifier.")


class NoExchange(NotFound):
    """There is no exchange with this partner."""

    code = "channel.no_exchange"
    message = N_("There is no exchange with this partner.")
    remedy = N_("Pair the two nodes first.")


class HandlerMissing(Conflict):
    """No part of this node handles a message type, or two do."""

    code = "channel.handler_missing"
    message = N_("{type} version {version} needs exactly one handler, and has {count}.")
    remedy = N_("This is a defect of the program; report it with the version.")


class NoSuchPairing(NotFound):
    """There is no such pairing."""

    code = "channel.no_such_pairing"
    message = N_("There is no pairing {pairing_id} on this node.")
    remedy = N_("Start the pairing again.")


class BadPairing(VerificationFailed):
    """A step of a pairing does not follow from the one before."""

    code = "channel.bad_pairing"
    message = N_("The pairing was stopped: {why}.")
    remedy = N_("Start it again. If it happens again, somebody may stand between the two nodes: call the partner.")


class BadOrigin(BadInput):
    """An address is none that a node can have."""

    code = "channel.bad_origin"
    message = N_("The address cannot be used: {why}.")
    remedy = N_("Write the address of the partner's node, such as https://node.ministry.example.")


class AlreadyPaired(Conflict):
    """A partner of this name exists already."""

    code = "channel.already_paired"
    message = N_("This node is already paired with a node called {name}.")
    remedy = N_("Use the existing exchange; a new node of the same ministry takes another name.")


class WrongFingerprint(VerificationFailed):
    """The partner's keys are not those that were expected."""

    code = "channel.wrong_fingerprint"
    message = N_("The node at {origin} shows the fingerprint {shown}, not the expected one. The pairing was stopped.")
    remedy = N_("Ask the partner's operator for the fingerprint by another way, then start again.")


class WrongDigits(VerificationFailed):
    """The digits that the other side reads out are not those of this side."""

    code = "channel.wrong_digits"
    message = N_("The digits are not the same on both sides. The pairing was stopped and nothing was exchanged.")
    remedy = N_(
        "Start it again and compare the digits over a call with a person you know. If they differ again, somebody "
        "may stand between the two nodes."
    )


class PairingClosed(Conflict):
    """The pairing is no longer open for this step."""

    code = "channel.pairing_closed"
    message = N_("This pairing is {state}; that step is no longer possible.")
    remedy = N_("Start a new pairing.")


class TooManyPairings(Refused):
    """Too many pairings are waiting for an operator."""

    code = "channel.too_many_pairings"
    message = N_("Too many pairings wait for an operator of this node.")
    remedy = N_("The operator confirms or stops the waiting ones; then start again.")
    http_status = 429

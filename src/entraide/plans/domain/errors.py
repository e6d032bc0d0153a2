"""What can go wrong with a plan, each with its remedy."""

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Unavailable, VerificationFailed
from entraide.kernel.text import N_


class NoSuchPlan(NotFound):
    """There is no such plan on this node."""

    code = "plans.no_such_plan"
    message = N_("There is no plan {plan} on this node.")
    remedy = N_("Open the list of plans and choose one.")


class NoSuchClause(NotFound):
    """The plan has no such clause."""

    code = "plans.no_such_clause"
    message = N_("The plan has no clause {clause}.")
    remedy = N_("Open the plan again: the clause may have been removed.")


class WrongState(Conflict):
    """The plan is not in a state in which this can be done."""

    code = "plans.wrong_state"
    message = N_("This cannot be done while the plan is {state}.")
    remedy = N_("Open the plan to see whose turn it is and what comes next.")


class NotYourTurn(Conflict):
    """Another party has the text."""

    code = "plans.not_your_turn"
    message = N_("The text is with {turn} now; only one party edits at a time.")
    remedy = N_("Wait for their amendments or their agreement; you will find them under “what needs me”.")


class ChangedMeanwhile(Conflict):
    """Somebody changed the same thing after it was opened."""

    code = "plans.changed_meanwhile"
    message = N_("Someone changed this text after you opened it (version {version}).")
    remedy = N_("Open it again, compare, and enter your change once more. Nothing of theirs was lost.")


class OtherText(Conflict):
    """Two parties speak of two different texts."""

    code = "plans.other_text"
    message = N_("The text meant has the digest {given}, but the plan here has {own}.")
    remedy = N_("Compare the two digests with the partner by telephone; sign nothing until they agree.")


class AlreadyAgreed(Conflict):
    """The party has agreed to this version already."""

    code = "plans.already_agreed"
    message = N_("The party has already agreed to version {version}.")
    remedy = N_("Wait for the other parties.")


class AlreadySigned(Conflict):
    """The party has signed already."""

    code = "plans.already_signed"
    message = N_("The party has already signed the plan.")
    remedy = N_("Wait for the other parties' signatures.")


class NothingToSend(Conflict):
    """There is no change to send."""

    code = "plans.nothing_to_send"
    message = N_("The plan has no change that the other parties have not seen.")
    remedy = N_("Change a clause first, or agree to the text as it stands.")


class EmptyPlan(BadInput):
    """A plan without clauses."""

    code = "plans.empty_plan"
    message = N_("The plan has no clause.")
    remedy = N_("Add at least one clause before you propose it.")


class NotASignatory(NotAllowed):
    """The person has no signatory's key on this node."""

    code = "plans.not_a_signatory"
    message = N_("You have no signatory's key on this node.")
    remedy = N_("Register one under “Signatory's key”, with a passphrase that you alone know.")


class PlanNotVerified(VerificationFailed):
    """A step of the verification of a plan failed."""

    code = "plans.plan_not_verified"
    message = N_("The plan does not verify at step {step}: {why}.")
    remedy = N_("Do not rely on this copy. Compare its digest with the partner's, and restore the plan from a backup.")


class UnsentChanges(Conflict):
    """This node has changes that the other parties have not seen."""

    code = "plans.unsent_changes"
    message = N_("You have changes that the other parties have not seen.")
    remedy = N_("Send them as amendments, or discard them, before you agree.")


class BadPlanMessage(BadInput):
    """A partner's message about a plan cannot be applied."""

    code = "plans.bad_plan_message"
    message = N_("The partner's message about a plan cannot be applied: {why}.")
    remedy = N_("Ask the partner to send the plan again.")


class NotOnPaper(BadInput):
    """Only what a party on paper did can be recorded for it, and only by the node that speaks for it."""

    code = "plans.not_on_paper"
    message = N_("{party} is no party on paper for which this node speaks.")
    remedy = N_("A party with a node agrees and signs there; one on paper is recorded by the party that entered it.")


class NoOtherParty(BadInput):
    """A plan with oneself."""

    code = "plans.no_other_party"
    message = N_("A plan has at least two parties.")
    remedy = N_("Choose at least one other party: a partner's node, or an organisation on paper.")


class MoveToCome(Unavailable):
    """A message rests on what another party sent and has not arrived yet."""

    code = "plans.move_to_come"
    message = N_("Another party's message about this plan has not arrived yet.")
    remedy = N_("Nothing is lost: it is applied as soon as that message is here.")

"""What can go wrong in the programme, each with its remedy."""

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, VerificationFailed
from entraide.kernel.text import N_


class NoSuchFact(NotFound):
    """The register has no such fact."""

    code = "programme.no_such_fact"
    message = N_("There is no {kind} {id} in this register.")
    remedy = N_("Start from the register's first page, or search for it.")


class TooFewParties(BadInput):
    """A mechanism has two or more parties."""

    code = "programme.too_few_parties"
    message = N_("A mechanism has two or more parties; {count} was given.")
    remedy = N_("Name the state, and the organisation if it is known, of every party.")


class UnknownCode(BadInput):
    """A code is not in the vocabulary."""

    code = "programme.unknown_code"
    message = N_("“{value}” is not a {what}.")
    remedy = N_("Use one of: {allowed}.")


class NotACursor(BadInput):
    """A text is no place in a list."""

    code = "programme.not_a_cursor"
    message = N_("“{value}” is not a place in this list.")
    remedy = N_("Start from the first page of the list; its links lead to the next ones.")


class OrdinalWithoutSeries(BadInput):
    """An ordinal counts within a series."""

    code = "programme.ordinal_without_series"
    message = N_("The ordinal {ordinal} belongs to a series, and none was named.")
    remedy = N_("Choose the series, or create it, and keep the meeting again.")


class MeetingExists(Conflict):
    """The series already has a meeting of that ordinal."""

    code = "programme.meeting_exists"
    message = N_("This series already has meeting number {ordinal}.")
    remedy = N_("Add what the source says to that meeting; where the two disagree, both are kept.")


class PlanExists(Conflict):
    """The mechanism already has a plan for that period."""

    code = "programme.plan_exists"
    message = N_("There is already a plan for {period} in this mechanism.")
    remedy = N_("Add what the source says to that plan; where the two disagree, both are kept.")


class SignedIsImmutable(Conflict):
    """What was signed on this node does not change."""

    code = "programme.signed_is_immutable"
    message = N_("What was signed on this node does not change.")
    remedy = N_("An amendment is a new text, agreed and signed by both sides.")


class OriginMissing(BadInput):
    """A commitment comes from an instrument or from a meeting."""

    code = "programme.origin_missing"
    message = N_("A commitment comes from an instrument or from a meeting; neither was named.")
    remedy = N_("Keep the meeting or the instrument first, then the commitment.")


class TextMissing(BadInput):
    """A text that must be there is empty."""

    code = "programme.text_missing"
    message = N_("The {what} is empty.")
    remedy = N_("Write it in at least one language.")


class CountOutOfRange(BadInput):
    """A count of requests is negative."""

    code = "programme.count_out_of_range"
    message = N_("A count of requests cannot be {count}.")
    remedy = N_("Count again: in time, late and open are whole numbers from zero.")


class NoSuchPlan(NotFound):
    """There is no such plan on this node."""

    code = "programme.no_such_plan"
    message = N_("There is no plan {plan} on this node.")
    remedy = N_("Open the list of plans and choose one.")


class NoSuchClause(NotFound):
    """The plan has no such clause."""

    code = "programme.no_such_clause"
    message = N_("The plan has no clause {clause}.")
    remedy = N_("Open the plan again: the clause may have been removed.")


class WrongState(Conflict):
    """The plan is not in a state in which this can be done."""

    code = "programme.wrong_state"
    message = N_("This cannot be done while the plan is {state}.")
    remedy = N_("Open the plan to see whose turn it is and what comes next.")


class NotYourTurn(Conflict):
    """The other side has the text."""

    code = "programme.not_your_turn"
    message = N_("The text is with the other side ({turn}) now; only one side edits at a time.")
    remedy = N_("Wait for their amendments or their agreement; you will find them under “what needs me”.")


class ChangedMeanwhile(Conflict):
    """Somebody changed the same thing after it was opened."""

    code = "programme.changed_meanwhile"
    message = N_("Someone changed this text after you opened it (version {version}).")
    remedy = N_("Open it again, compare, and enter your change once more. Nothing of theirs was lost.")


class OtherText(Conflict):
    """Two sides speak of two different texts."""

    code = "programme.other_text"
    message = N_("The text meant has the digest {given}, but the plan here has {own}.")
    remedy = N_("Compare the two digests with the partner by telephone; sign nothing until they agree.")


class AlreadyAgreed(Conflict):
    """This side has agreed to this version already."""

    code = "programme.already_agreed"
    message = N_("This side has already agreed to version {version}.")
    remedy = N_("Wait for the other side.")


class AlreadySigned(Conflict):
    """This side has signed already."""

    code = "programme.already_signed"
    message = N_("This side has already signed the plan.")
    remedy = N_("Wait for the other side's signature.")


class NothingToSend(Conflict):
    """There is no change to send."""

    code = "programme.nothing_to_send"
    message = N_("The plan has no change that the other side has not seen.")
    remedy = N_("Change a clause first, or agree to the text as it stands.")


class EmptyPlan(BadInput):
    """A plan without clauses."""

    code = "programme.empty_plan"
    message = N_("The plan has no clause.")
    remedy = N_("Add at least one clause before you propose it.")


class NotASignatory(NotAllowed):
    """The person has no signatory's key on this node."""

    code = "programme.not_a_signatory"
    message = N_("You have no signatory's key on this node.")
    remedy = N_("Register one under “Signatory's key”, with a passphrase that you alone know.")


class PlanNotVerified(VerificationFailed):
    """A step of the verification of a plan failed."""

    code = "programme.plan_not_verified"
    message = N_("The plan does not verify at step {step}: {why}.")
    remedy = N_("Do not rely on this copy. Compare its digest with the partner's, and restore the plan from a backup.")


class UnsentChanges(Conflict):
    """This side has changes that the other side has not seen."""

    code = "programme.unsent_changes"
    message = N_("You have changes that the other side has not seen.")
    remedy = N_("Send them as amendments, or discard them, before you agree.")


class BadPlanMessage(BadInput):
    """A partner's message about a plan cannot be applied."""

    code = "programme.bad_plan_message"
    message = N_("The partner's message about a plan cannot be applied: {why}.")
    remedy = N_("Ask the partner to send the plan again.")


class ValueMoved(Conflict):
    """The register's value is another one than the person saw."""

    code = "programme.value_moved"
    message = N_("The register now shows “{value}” in this field.")
    remedy = N_("Open the proposal again and compare with what is shown now.")


class ChoiceWithoutReason(BadInput):
    """A choice against the weight of the sources says why."""

    code = "programme.choice_without_reason"
    message = N_("This choice goes against the weight of the two sources.")
    remedy = N_("Say in a few words why; it is shown in public beside both values.")


class SeveralMechanisms(Conflict):
    """Several mechanisms join these parties; none is taken for being the first."""

    code = "programme.several_mechanisms"
    message = N_("{count} mechanisms join these parties.")
    remedy = N_("Choose the mechanism that is meant.")


class SuccessorMissing(BadInput):
    """The status says that another mechanism follows, or that none does, and the entry says otherwise."""

    code = "programme.successor_missing"
    message = N_("The status and the mechanism that follows do not agree.")
    remedy = N_("Name the mechanism that follows for this status, and for no other status.")


class SuccessorOfItself(BadInput):
    """A mechanism would follow itself."""

    code = "programme.successor_of_itself"
    message = N_("The mechanism would follow itself, directly or through others.")
    remedy = N_("Choose a mechanism that came after this one.")


class DelegationOfNoParty(BadInput):
    """A delegation belongs to a party of the mechanism."""

    code = "programme.delegation_of_no_party"
    message = N_("{state} is no party of this mechanism.")
    remedy = N_("Choose the State of one of the parties.")


class SeriesDiffer(Conflict):
    """Only series of one mechanism and level can be one."""

    code = "programme.series_differ"
    message = N_("The two series belong to different mechanisms or levels.")
    remedy = N_("Choose two series of the same mechanism and level.")


class OrdinalsClash(Conflict):
    """Both series have a meeting of one number, and the two do not agree."""

    code = "programme.ordinals_clash"
    message = N_("Both series have a meeting number {ordinal}, and they differ in day, place or co-chair.")
    remedy = N_("They may be two series after all. If not, correct one of the meetings first.")

"""What can go wrong in the programme, each with its remedy."""

from entraide.kernel.errors import BadInput, Conflict, NotFound
from entraide.kernel.text import N_, NN_


class NoSuchFact(NotFound):
    """The register has no such fact."""

    code = "programme.no_such_fact"
    message = N_("There is no {kind} {id} in this register.")
    remedy = N_("Start from the register's first page, or search for it.")


class TooFewParties(BadInput):
    """A mechanism has two or more parties."""

    code = "programme.too_few_parties"
    message = NN_(
        "A mechanism has two or more parties; {count} was given.",
        "A mechanism has two or more parties; {count} were given.",
        by="count",
    )
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
    remedy = N_("Add what the source says to that meeting; where it contradicts the register, both are kept.")


class PlanExists(Conflict):
    """The mechanism already has a plan for that period."""

    code = "programme.plan_exists"
    message = N_("There is already a plan for {period} in this mechanism.")
    remedy = N_("Add what the source says to that plan; where it contradicts the register, both are kept.")


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
    message = NN_("{count} mechanism joins these parties.", "{count} mechanisms join these parties.", by="count")
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


class NoSuchKind(NotFound):
    """There is no kind of fact, or no field of one, of that name."""

    code = "programme.no_such_kind"
    message = N_("There is no kind of fact {name}.")
    remedy = N_("Use one of: {allowed}.")


class BadKind(BadInput):
    """A declaration of a kind of fact cannot stand."""

    code = "programme.bad_kind"
    message = N_("The declaration of {kind} cannot stand: {why}.")
    remedy = N_("Correct the declaration; docs/kinds.md says what each key means.")


class FieldNeeded(BadInput):
    """A fact is told without what it must have."""

    code = "programme.field_needed"
    message = N_("A new {kind} needs its {field}.")
    remedy = N_("Say it, with the words of the source that show it.")


class NeverChanges(Conflict):
    """What a fact is made of stays as it is."""

    code = "programme.never_changes"
    message = N_("The {field} of a {kind} does not change once it is recorded.")
    remedy = N_("If it is wrong, what was recorded is another fact; record that one.")


class NoSuchWarning(NotFound):
    """No check gives such a warning now."""

    code = "programme.no_such_warning"
    message = N_("This warning is not there any more.")
    remedy = N_("Look at the list of warnings: the facts have changed, or somebody answered.")


class WarningReasonMissing(BadInput):
    """A warning is answered with a reason."""

    code = "programme.warning_reason_missing"
    message = N_("Say in a few words why it is so.")
    remedy = N_("Colleagues who meet the same facts read the reason in their history.")

"""What can go wrong between a text and the register, each with its remedy."""

from entraide.kernel.errors import BadInput, Conflict, NotFound, Unavailable
from entraide.kernel.text import N_, NN_


class UnreadableSource(BadInput):
    """What was given is no text that can be read."""

    code = "communiques.unreadable_source"
    message = N_("{name} cannot be read: {why}.")
    remedy = N_("Save it as plain text in UTF-8 and import it again.")


class SourceTooLong(BadInput):
    """A text is longer than any communiqué."""

    code = "communiques.source_too_long"
    message = N_("{name} is longer than {limit} characters.")
    remedy = N_("Import the communiqué alone.")


class NoSuchSource(NotFound):
    """There is no such source."""

    code = "communiques.no_such_source"
    message = N_("There is no source of this number here.")
    remedy = N_("Open the list of sources and choose one.")


class PublishedKnown(Conflict):
    """It is known when a source was published."""

    code = "communiques.published_known"
    message = N_("It is known already when this was published: {published}.")
    remedy = N_("Open the source again.")


class NoSuchProposal(NotFound):
    """There is no such proposal."""

    code = "communiques.no_such_proposal"
    message = N_("There is no proposal of this number here.")
    remedy = N_("Open the source again and choose one of its proposals.")


class AlreadyDecided(Conflict):
    """Somebody has decided about the proposal."""

    code = "communiques.already_decided"
    message = N_("This proposal has been decided about: {state}.")
    remedy = N_("Open the source again to see what was decided.")


class KeepFirst(Conflict):
    """A proposal rests on another one that nobody has kept."""

    code = "communiques.keep_first"
    message = N_("This proposal rests on another one that has not been kept: {what}.")
    remedy = N_("Keep or correct that one first, or choose another in the form.")


class OtherSentence(Conflict):
    """Words in another language are attached to a commitment that another text, or another sentence, makes."""

    code = "communiques.other_sentence"
    message = N_("This sentence is not the one that makes that commitment: the text or the numbers in it are others.")
    remedy = N_("Keep it as a new commitment; if both are the same, join them where both are shown side by side.")


class PartiesMissing(BadInput):
    """A meeting or instrument needs at least two parties."""

    code = "communiques.parties_missing"
    message = N_("Fewer than two parties are named.")
    remedy = N_("Name the two or more States, or keep the meeting that it belongs to.")


class OrganisationMissing(BadInput):
    """A post belongs to an organisation."""

    code = "communiques.organisation_missing"
    message = N_("The organisation that the post belongs to is not named.")
    remedy = N_("Write its name in the form and keep the proposal again, or reject it.")


class ChooseFirst(Conflict):
    """A proposal may mean something that the register has; a person has to say which."""

    code = "communiques.choose_first"
    message = N_("The register has something that this may mean.")
    remedy = N_("Open the proposal and say whether it is the same or a new one.")


class BadField(BadInput):
    """A field of a proposal cannot be kept as it is."""

    code = "communiques.bad_field"
    message = N_("“{value}” cannot stand in the field {field}.")
    remedy = N_("Correct the field and keep the proposal again.")


class ReasonMissing(BadInput):
    """A rejection says why."""

    code = "communiques.reason_missing"
    message = N_("A proposal is rejected with a reason.")
    remedy = N_("Write in a few words why it is wrong.")


class NoSuchSample(NotFound):
    """There is no sample of that name."""

    code = "communiques.no_such_sample"
    message = N_("There is no sample communiqué named {name}.")
    remedy = N_("Choose one of the list.")


class ContradictionToSettle(Conflict):
    """A contradiction is no reading to keep: a person chooses between two values."""

    code = "communiques.contradiction_to_settle"
    message = N_("Two sources contradict each other here.")
    remedy = N_("Choose which value the register shows; the other stays beside it.")


class QuoteMissing(BadInput):
    """A fact that a person enters cites a passage."""

    code = "communiques.quote_missing"
    message = N_("The words of the source that show it are missing.")
    remedy = N_("Choose the source and copy the words from it.")


class QuoteNotFound(BadInput):
    """The quoted words do not stand in the source."""

    code = "communiques.quote_not_found"
    message = N_("The words “{quote}” do not stand in this source.")
    remedy = N_("Copy them from the text as it is shown, with its accents and marks, or choose another source.")


class NoFeed(BadInput):
    """What is at the address of a feed is none."""

    code = "communiques.no_feed"
    message = N_("{address} is no feed that can be read: {why}.")
    remedy = N_("Open it in a browser and give the address of its Atom or RSS feed in node.toml.")


class NotFetched(Unavailable):
    """Something could not be fetched now."""

    code = "communiques.not_fetched"
    message = N_("{address} was not fetched: {why}.")
    remedy = N_("It is tried again with the next round; [watch] in node.toml says what may be fetched.")


class Gone(NotFound):
    """The server refuses what its feed names."""

    code = "communiques.gone"
    message = N_("{address} was not fetched: the server answers {status}.")
    remedy = N_("Open the address in a browser, save the page and import the file.")


class LeadsOut(BadInput):
    """A file of a watched folder is a link to another place."""

    code = "communiques.leads_out"
    message = N_("{name} is a link that leads out of the watched folder.")
    remedy = N_("Put the file itself into the folder.")


class WordingStands(Conflict):
    """In bulk, no wording that the register has is changed."""

    code = "communiques.wording_stands"
    message = N_("The register has “{old}” where this would write “{new}”; in bulk no wording that exists is changed.")
    remedy = N_("Decide about this proposal by itself.")


class ShownOtherwise(Conflict):
    """Keeping a proposal would do something else than what was shown."""

    code = "communiques.shown_otherwise"
    message = N_("Keeping this proposal would now do something else than what was shown.")
    remedy = N_("Look at what it would do now.")


class CannotJoin(Conflict):
    """Two facts cannot be one."""

    code = "communiques.cannot_join"
    message = N_("These two cannot be joined: {why}")
    remedy = N_("Correct the one that is wrong first, or join others.")


class NoSuchJoin(NotFound):
    """There is no join of this id."""

    code = "communiques.no_such_join"
    message = N_("There is no such join.")
    remedy = N_("Open the list of joined facts and choose one there.")


class AlreadySplit(Conflict):
    """A join was undone before."""

    code = "communiques.already_split"
    message = N_("This join has been undone already.")
    remedy = N_("Join the two again if they are one after all.")


class JoinedLater(Conflict):
    """A join cannot be undone before a later one that rests on it."""

    code = "communiques.joined_later"
    message = NN_(
        "Something else was joined into these facts since: {count} later join rests on this one.",
        "Something else was joined into these facts since: {count} later joins rest on this one.",
        by="count",
    )
    remedy = N_("Undo the later joins first, the last one first.")

"""What can go wrong in the directory."""

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from entraide.kernel.text import N_, NN_


class UnknownState(BadInput):
    """A code is no state's."""

    code = "directory.unknown_state"
    message = N_("“{state}” is not the code of a State.")
    remedy = N_("Use the two letters of ISO 3166-1, such as VN, LA or FR.")


class UnknownLanguage(BadInput):
    """A code is no language's."""

    code = "directory.unknown_language"
    message = N_("“{language}” is not the code of a language.")
    remedy = N_("Use the letters of ISO 639, such as vi, lo or fr.")


class NameMissing(BadInput):
    """A thing of the directory has no name."""

    code = "directory.name_missing"
    message = N_("The name is missing.")
    remedy = N_("Write the name as the organisation itself writes it.")


class OrganisationsDiffer(Conflict):
    """Names given for one organisation belong to several here; they are never merged silently."""

    code = "directory.organisations_differ"
    message = NN_(
        "These names belong to {count} organisation of {state}.",
        "These names belong to {count} different organisations of {state}.",
        by="count",
    )
    remedy = N_("Keep the names of one organisation only.")


class NoSuchOrganisation(NotFound):
    """There is no such organisation."""

    code = "directory.no_such_organisation"
    message = N_("There is no such organisation in the directory.")
    remedy = N_("Enter the organisation first.")


class NoSuchPost(NotFound):
    """There is no such post."""

    code = "directory.no_such_post"
    message = N_("There is no such post in the directory.")
    remedy = N_("Enter the post first.")


class NoSuchAuthority(NotFound):
    """There is no such authority."""

    code = "directory.no_such_authority"
    message = N_("There is no such authority in the directory.")
    remedy = N_("Look at the list of authorities.")


class NoSuchTenure(NotFound):
    """There is no such tenure."""

    code = "directory.no_such_tenure"
    message = N_("There is no such tenure of a post.")
    remedy = N_("Open the page of the post and look at who held it.")


class BadAuthority(BadInput):
    """The facts about an authority cannot be used."""

    code = "directory.bad_authority"
    message = N_("The authority cannot be entered: {why}.")
    remedy = N_("Correct the entry and try again.")


class AuthorityNotTheirs(NotAllowed):
    """A partner announced an authority of someone else."""

    code = "directory.authority_not_theirs"
    message = N_("The partner announced an authority that is not its own.")
    remedy = N_("Ask the partner to export its own authorities only.")


class PartnerExists(Conflict):
    """There is already a partner of this name."""

    code = "directory.partner_exists"
    message = N_("There is already a partner node named {name}.")
    remedy = N_("End the earlier pairing first, or ask the partner for another node name.")


class KeysBeginTooEarly(BadInput):
    """New keys would begin before every process of the node could know them."""

    code = "directory.keys_begin_too_early"
    message = N_("New keys begin {seconds} seconds from now at the earliest.")
    remedy = N_("Name a later moment, or none.")


class KeysSignedLater(Conflict):
    """A partner's former keys would end before something that they signed, and that was accepted here."""

    code = "directory.keys_signed_later"
    message = N_("The partner's former keys signed until {moment}; the new ones cannot begin before.")
    remedy = N_("Ask the partner when its new keys began. If others used the former keys, let the new ones begin now.")


class NoSuchParty(NotFound):
    """No party of that id is reached from this node, or known to it on paper."""

    code = "directory.no_such_party"
    message = N_("There is no such party: no partner's node has this name, and no organisation on paper.")
    remedy = N_("Pair the nodes, or enter the organisation and an authority of it that is reached on paper.")


class BadScan(BadInput):
    """A text that is no SHA-256."""

    code = "directory.bad_scan"
    message = N_("The fingerprint of the scan is not a SHA-256.")
    remedy = N_("Give its 64 hexadecimal digits, or leave it out.")


class NoSuchPartner(NotFound):
    """There is no such partner."""

    code = "directory.no_such_partner"
    message = N_("There is no such partner node.")
    remedy = N_("Look at the list of partners, or pair the nodes first.")

"""What can go wrong when someone wants to act."""

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from entraide.kernel.text import N_, NN_


class NotLoggedIn(NotAllowed):
    """An act needs a person and there is none."""

    code = "access.not_logged_in"
    message = N_("Nobody is logged in, or the account is closed.")
    remedy = N_("Log in; if you cannot, ask the operator of this node.")


class RoleMissing(NotAllowed):
    """The person holds none of the roles that may do this."""

    code = "access.role_missing"
    message = N_("This needs one of these roles: {roles}.")
    remedy = N_("Ask someone who holds the role, or ask the operator of this node to give it to you.")


class SamePerson(NotAllowed):
    """The drafter would approve their own draft."""

    code = "access.same_person"
    message = N_("You drafted this yourself, and nobody approves their own draft.")
    remedy = N_("Ask another approver to look at it.")


class RolesExclude(BadInput):
    """The roles cannot be held by one person."""

    code = "access.roles_exclude"
    message = N_("These roles cannot be given to one person: {why}")
    remedy = N_("Give the person either the role of auditor or roles that act, and at least one.")


class RoleOfNodesOnly(BadInput):
    """The role has no work in this edition."""

    code = "access.role_of_nodes_only"
    message = N_("An observatory has no requests and no plans, so nobody holds these roles: {roles}.")
    remedy = N_("Give one of these roles instead: desk officer, auditor, operator.")


class UserExists(Conflict):
    """The user name is taken."""

    code = "access.user_exists"
    message = N_("There is already an account with this user name.")
    remedy = N_("Choose another user name.")


class BadUserName(BadInput):
    """The user name cannot be used."""

    code = "access.bad_user_name"
    message = N_("This user name cannot be used.")
    remedy = N_("Use 2 to 60 letters without accents, digits, dots, hyphens and underscores, beginning with a letter.")


class PostMissing(BadInput):
    """A person without the title of a post would be shown by name."""

    code = "access.post_missing"
    message = N_("The title of the person's post is missing.")
    remedy = N_("Write the title of the post; it is shown to colleagues and partners instead of a name.")


class WeakPassword(BadInput):
    """The password does not meet the node's rules."""

    code = "access.weak_password"
    message = N_("The password is too short or too common.")
    remedy = N_("Use at least 12 characters that nobody would guess.")


class NoSuchUser(NotFound):
    """There is no such account."""

    code = "access.no_such_user"
    message = N_("There is no such account at this node.")
    remedy = N_("Look at the list of users.")


class LastOperator(Conflict):
    """The node would be left without an operator."""

    code = "access.last_operator"
    message = N_("This is the node's last operator.")
    remedy = N_("Make someone else an operator first.")


class BadToken(NotAllowed):
    """A token is unknown, expired, revoked, or its owner's account is closed; which of them is not told."""

    code = "access.bad_token"
    message = N_("The token is not valid.")
    remedy = N_("Ask the operator of the node for a new token.")
    http_status = 401


class ScopeMissing(NotAllowed):
    """The token does not reach this."""

    code = "access.scope_missing"
    message = N_("The token lacks the scope {scope}.")
    remedy = N_("Ask the operator of the node for a token with this scope.")


class TooManyRequests(NotAllowed):
    """A program asks more often than the node allows (RFC 6585, section 4)."""

    code = "access.too_many_requests"
    message = N_("More requests came than this node serves at once.")
    remedy = NN_(
        "Wait {seconds} second. Follow pages one after the other, ask again with If-None-Match, or use a token.",
        "Wait {seconds} seconds. Follow pages one after the other, ask again with If-None-Match, or use a token.",
        by="seconds",
    )
    http_status = 429


class BadTokenTerms(BadInput):
    """A token would last too long or reach nothing."""

    code = "access.bad_token_terms"
    message = N_("A token needs a name, at least one scope and a life of 1 to {longest} days.")
    remedy = N_("Correct the form.")


class NoSuchToken(NotFound):
    """There is no such token."""

    code = "access.no_such_token"
    message = N_("There is no such token.")
    remedy = N_("Look at the list of tokens.")


class ReasonMissing(BadInput):
    """Personal data may be opened only for a stated reason."""

    code = "access.reason_missing"
    message = N_("The reason for opening this record is missing.")
    remedy = N_("Write in a few words why you need it; the reason is kept in the journal.")

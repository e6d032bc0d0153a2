"""Accounts, tokens and reasons in a database, with their journal entries."""

import json

import pytest

from entraide.access.api import (
    BadToken,
    BadUserName,
    LastOperator,
    NoSuchUser,
    NotLoggedIn,
    ReasonMissing,
    Role,
    RoleMissing,
    RolesExclude,
    Scope,
    UserExists,
    WeakPassword,
    actor_of,
    authenticate_token,
    create_token,
    create_user,
    deactivate_user,
    get_actor,
    has_reason,
    list_actors,
    list_users,
    record_reason,
    revoke_token,
    set_password,
    set_roles,
)
from entraide.access.models import AccessReason, User
from entraide.journal.models import Entry
from tests.factories.nodes import make_node
from tests.factories.people import PASSWORD, make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def kinds() -> list[str]:
    return [entry.kind for entry in Entry.objects.order_by("tie")]


def test_a_new_account_is_journaled_without_its_name():
    """Opening an account gives its actor and one entry that holds ids and roles, no name and no post."""
    node = make_node()
    actor = create_user(
        node,
        username="lan.nguyen",
        password=PASSWORD,
        roles=[Role.case_officer, Role.desk_officer],
        post="Desk officer, Department of Cooperation",
        unit_name="Cooperation",
    )
    assert get_actor(node, "lan.nguyen") == actor
    assert actor.roles == {Role.case_officer, Role.desk_officer}
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject) == ("access.user_created", actor.user_id)
    assert json.loads(entry.content) == {"roles": ["case_officer", "desk_officer"], "unit": str(actor.unit_id)}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"username": "Tô Lâm"}, BadUserName, id="a name with accents"),
        pytest.param({"username": "taken"}, UserExists, id="a name that is taken"),
        pytest.param({"roles": []}, RolesExclude, id="no role"),
        pytest.param({"roles": [Role.auditor, Role.operator]}, RolesExclude, id="auditor and operator"),
        pytest.param({"password": "short"}, WeakPassword, id="a short password"),
    ],
)
def test_a_bad_account_leaves_no_trace(change, error):
    """An account that cannot be opened leaves neither a row nor an entry."""
    node = make_node()
    make_actor(node, username="taken")
    with pytest.raises(error):
        create_user(node, **({"username": "new", "password": PASSWORD, "roles": [Role.operator], "post": "P"} | change))
    assert (User.objects.count(), Entry.objects.count()) == (1, 1)


def test_only_an_operator_changes_accounts():
    """Someone who is no operator opens, changes and closes nothing."""
    node = make_node()
    officer = make_actor(node, Role.approver)
    with pytest.raises(RoleMissing):
        create_user(node, username="x1", password=None, roles=[Role.operator], post="P", actor=officer)
    with pytest.raises(RoleMissing):
        set_roles(node, actor=officer, user_id=officer.user_id, roles=[Role.operator])
    with pytest.raises(RoleMissing):
        deactivate_user(node, actor=officer, user_id=officer.user_id)


def test_a_closed_account_acts_no_more():
    """After closing, the person is no actor, their token fails, and their row stays for the records they made."""
    node = make_node()
    first, second = make_actor(node, Role.operator), make_actor(node, Role.operator)
    token = create_token(node, actor=second, label="Statistics", scopes=[Scope.read_counts], days=30)
    user = User.objects.get(id=second.user_id)
    deactivate_user(node, actor=first, user_id=second.user_id)
    with pytest.raises(NotLoggedIn):
        actor_of(node, User.objects.get(id=user.id))
    with pytest.raises(NoSuchUser):
        get_actor(node, second.username)
    with pytest.raises(BadToken):
        authenticate_token(node, token.text, Scope.read_counts)
    assert list_actors(node) == [first]
    assert [row.is_active for row in list_users(node)] == [True, False]


def test_the_last_operator_stays():
    """The last open account of an operator can neither be closed nor lose the role."""
    node = make_node()
    operator = make_actor(node, Role.operator)
    for act in (
        lambda: deactivate_user(node, actor=operator, user_id=operator.user_id),
        lambda: set_roles(node, actor=operator, user_id=operator.user_id, roles=[Role.auditor]),
    ):
        with pytest.raises(LastOperator):
            act()
    assert get_actor(node, operator.username).roles == {Role.operator}


def test_a_token_is_stored_as_a_digest_and_ends():
    """A token works until it is revoked; its text is nowhere in the database."""
    node = make_node()
    operator = make_actor(node, Role.operator)
    token = create_token(node, actor=operator, label="Parliament's library", scopes=[Scope.read_register], days=90)
    assert authenticate_token(node, token.text, Scope.read_register).owner == operator
    wrong = token.text[:-2] + ("00" if token.text[-2:] != "00" else "11")
    with pytest.raises(BadToken):
        authenticate_token(node, wrong, Scope.read_register)
    revoke_token(node, actor=operator, token_id=token.terms.token_id)
    with pytest.raises(BadToken):
        authenticate_token(node, token.text, Scope.read_register)
    assert kinds() == ["access.user_created", "access.token_created", "access.token_revoked"]


def test_a_reason_is_asked_again_the_next_day():
    """A reason covers the record for a working day, for the one who gave it; the journal does not hold its words."""
    node = make_node()
    officer, colleague = make_actor(node, Role.case_officer), make_actor(node, Role.case_officer)
    subject = officer.user_id
    with pytest.raises(ReasonMissing):
        record_reason(node, actor=officer, subject=subject, reason="  ")
    record_reason(node, actor=officer, subject=subject, reason="Answer to Subject A's request")
    assert has_reason(node, actor=officer, subject=subject)
    assert not has_reason(node, actor=colleague, subject=subject)
    node.clock.advance(hours=13)
    assert not has_reason(node, actor=officer, subject=subject)
    assert AccessReason.objects.get().reason == "Answer to Subject A's request"
    assert "Subject" not in Entry.objects.get(kind="access.reason_recorded").content


def test_people_change_their_own_password():
    """Everyone may set their own password, only an operator someone else's."""
    node = make_node()
    officer, colleague = make_actor(node, Role.case_officer), make_actor(node, Role.case_officer)
    set_password(node, actor=officer, user_id=officer.user_id, password=PASSWORD)
    assert User.objects.get(id=officer.user_id).check_password(PASSWORD)
    with pytest.raises(RoleMissing):
        set_password(node, actor=officer, user_id=colleague.user_id, password=PASSWORD)


def test_two_nodes_keep_their_own_people():
    """A person of one node does not exist at the other."""
    vietnam, laos = make_node("default"), make_node("partner")
    make_actor(vietnam, username="officer")
    with pytest.raises(NoSuchUser):
        get_actor(laos, "officer")

"""Pages of accounts, authorities, the desk and the demonstration's way in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from entraide.access.api import Role, get_actor, list_users
from entraide.directory.api import export_authorities, import_authorities, list_authorities
from entraide.journal.models import Entry
from entraide.keys.api import create_memory_keyring
from tests.factories.directory import make_authority, make_organisation, make_partner
from tests.factories.nodes import SeededRandomness, make_node
from tests.factories.people import PASSWORD, make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

NEW_USER = {
    "username": "new.officer",
    "post": "Case officer",
    "unit_name": "Central authority",
    "roles": ["case_officer"],
    "password": PASSWORD,
}


@pytest.mark.parametrize("path", ["/desk/", "/desk/users/", "/desk/users/new/", "/desk/tokens/", "/desk/authorities/"])
def test_a_visitor_is_sent_to_the_login_and_back(site, path):
    """Pages of the inside send a visitor to the login page, which knows where to come back to."""
    response = site.visitor().get(path)
    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("/desk/", set(Role)),
        ("/desk/users/", {Role.operator, Role.auditor}),
        ("/desk/users/new/", {Role.operator}),
        ("/desk/tokens/", {Role.operator, Role.auditor}),
        ("/desk/authorities/", set(Role)),
        ("/desk/authorities/new/", {Role.operator, Role.desk_officer}),
    ],
)
def test_a_page_opens_for_its_roles(site, path, roles):
    """A page opens for the roles it is for; anyone else gets one clear line and which roles would do."""
    for role in Role:
        response = site.client_as(role).get(path)
        assert response.status_code == (200 if role in roles else 403), role
        if role not in roles:
            assert "access.role_missing" in response.content.decode()
        else:
            assert response.headers["Cache-Control"] == "private, no-store"


def test_login_and_desk(site):
    """A person logs in with user name and password and lands on what needs them."""
    make_actor(site.node, Role.operator, username="operator", password=PASSWORD)
    client = site.visitor()
    response = client.post("/accounts/login/", {"login": "operator", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/desk/"
    page = response.content.decode()
    assert "What needs me" in page
    assert "Enter an authority of this ministry" in page
    make_authority(site.node)
    assert "Enter an authority of this ministry" not in client.get("/desk/").content.decode()


def test_the_login_page_offers_what_exists(site):
    """The page offers password and passkey, neither sign-up nor a mail, and says whom to ask."""
    visitor = site.visitor()
    page = visitor.get("/accounts/login/").content.decode()
    assert "/accounts/signup/" not in page
    assert "/desk/demo/" not in page
    assert "webauthn.js" in page
    assert "operator" in visitor.get("/accounts/password/reset/").content.decode()
    wrong = visitor.post("/accounts/login/", {"login": "nobody", "password": "wrong"})
    assert "notice-error" in wrong.content.decode()


def test_an_operator_gives_a_new_password(site):
    """A new password works, ends the person's sessions, and a weak one is refused at its field."""
    officer = make_actor(site.node, Role.case_officer)
    theirs, client = site.client_of(officer), site.client_as(Role.operator)
    path = f"/desk/users/{officer.user_id}/password/"
    assert client.post(path, {"password": "password1234"}).status_code == 400
    assert client.post(path, {"password": PASSWORD}).status_code == 302
    assert theirs.get("/desk/").status_code == 302
    entered = site.visitor().post("/accounts/login/", {"login": officer.username, "password": PASSWORD})
    assert entered.url == "/desk/"


def test_nobody_signs_up(site):
    """There is no sign-up."""
    response = site.visitor().post("/accounts/signup/", {"username": "x1", "password1": PASSWORD})
    assert list_users(site.node) == []
    assert response.status_code in {200, 302, 403, 404}


def test_the_operator_opens_changes_and_closes_an_account(site):
    """An account is opened with roles, the roles change, and closing it ends the person's session."""
    client = site.client_as(Role.operator)
    assert client.post("/desk/users/new/", NEW_USER).status_code == 302
    officer = get_actor(site.node, "new.officer")
    theirs = site.client_of(officer)
    assert theirs.get("/desk/").status_code == 200
    client.post(f"/desk/users/{officer.user_id}/", {"roles": ["approver", "case_officer"]})
    assert get_actor(site.node, "new.officer").roles == {Role.approver, Role.case_officer}
    client.post(f"/desk/users/{officer.user_id}/close/")
    assert theirs.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("change", "text"),
    [
        pytest.param({"username": "Lê Văn"}, "This user name cannot be used.", id="user name with accents"),
        pytest.param({"roles": ["auditor", "operator"]}, "An auditor holds no other role", id="auditor and operator"),
        pytest.param({"password": "password1234"}, "too short or too common", id="common password"),
        pytest.param({"post": ""}, "This field is required.", id="no post"),
    ],
)
def test_a_wrong_form_says_what_to_mend(site, change, text):
    """A form that cannot be kept comes back with one clear line."""
    response = site.client_as(Role.operator).post("/desk/users/new/", NEW_USER | change)
    assert response.status_code == 400
    assert text in response.content.decode()


def test_the_last_operator_cannot_close_their_account(site):
    """Closing the last operator's account is answered with the reason and the remedy."""
    operator = make_actor(site.node, Role.operator)
    client = site.client_of(operator)
    response = client.post(f"/desk/users/{operator.user_id}/close/", follow=True)
    assert "last operator" in response.content.decode()
    assert "Make someone else an operator first." in response.content.decode()


def test_a_token_is_shown_once(site):
    """The text of a token is on the page that made it and nowhere later."""
    client = site.client_as(Role.operator)
    made = client.post("/desk/tokens/", {"label": "Statistics", "scopes": ["requests:counts"], "days": 30})
    text = made.context["made"].text
    assert text in made.content.decode()
    page = client.get("/desk/tokens/").content.decode()
    assert "Statistics" in page
    assert text not in page
    assert client.post(f"/desk/tokens/{made.context['made'].terms.token_id}/revoke/", follow=True).status_code == 200
    assert "revoked" in client.get("/desk/tokens/").content.decode()


def test_authorities_of_both_sides(site):
    """The directory shows own authorities and a partner's, narrowed by State."""
    laos = make_node("partner")
    make_authority(site.node, name="Own authority")
    make_authority(laos, name="Their authority", legal_bases=["UNTOC"])
    import_authorities(site.node, partner_id=make_partner(site.node, laos), authorities=export_authorities(laos))
    client = site.client_as(Role.case_officer)
    page = client.get("/desk/authorities/").content.decode()
    assert "Own authority" in page
    assert "Their authority" in page
    assert "Laos" in page
    page = client.get("/desk/authorities/", {"state": "LA"}).content.decode()
    assert "Own authority" not in page
    page = client.get("/desk/authorities/", {"request_type": "extradition"}).content.decode()
    assert "Their authority" not in page


def test_a_desk_officer_enters_and_withdraws_an_authority(site):
    """An authority is entered by form, with a clear line for a wrong time zone, and withdrawn."""
    client = site.client_as(Role.desk_officer)
    facts = {
        "organisation": str(make_organisation(site.node)),
        "name": "24/7 point",
        "kind": "contact_point_24_7",
        "request_types": ["preservation"],
        "legal_bases": ["UNTOC"],
        "languages": "vi, en",
        "hours": "24/7",
        "time_zone": "Asia/Ho_Chi_Minh",
    }
    wrong = client.post("/desk/authorities/new/", facts | {"time_zone": "Hanoi"})
    assert "its time zone is unknown" in wrong.content.decode()
    assert client.post("/desk/authorities/new/", facts).status_code == 302
    (authority,) = list_authorities(site.node, own=True)
    assert authority.languages == ("en", "vi")
    client.post(f"/desk/authorities/{authority.id}/withdraw/")
    assert list_authorities(site.node) == []


class TestDemonstration:
    """The way in without a password."""

    @pytest.fixture
    def node(self):
        return make_node(demonstration=True)

    def test_one_click_takes_a_role(self, site):
        """A visitor sees the people by role, takes one of their posts, and the journal says so."""
        approver = make_actor(site.node, Role.approver)
        client = site.visitor()
        assert approver.post in client.get("/desk/demo/").content.decode()
        response = client.post("/desk/demo/", {"user": str(approver.user_id)})
        assert response.url == "/desk/"
        assert approver.post in client.get("/desk/").content.decode()
        assert Entry.objects.filter(kind="access.demonstration_login", subject=approver.user_id).count() == 1

    def test_it_asks_for_the_token_of_the_form(self, site):
        """A page elsewhere cannot log a visitor in: the form's token is checked."""
        approver = make_actor(site.node, Role.approver)
        response = Client(enforce_csrf_checks=True).post("/desk/demo/", {"user": str(approver.user_id)})
        assert response.status_code == 403

    @pytest.mark.parametrize("user", ["", "x", "00000000-0000-7000-8000-000000000000"])
    def test_an_unknown_person_is_not_found(self, site, user):
        """A wrong id is answered by 404."""
        assert site.visitor().post("/desk/demo/", {"user": user}).status_code == 404


def test_without_a_demonstration_there_is_no_way_in(site):
    """A node that is no demonstration has no such page, for reading or posting."""
    approver = make_actor(site.node, Role.approver)
    client = site.visitor()
    assert client.get("/desk/demo/").status_code == 404
    assert client.post("/desk/demo/", {"user": str(approver.user_id)}).status_code == 404
    assert client.get("/desk/").status_code == 302


def test_pages_ask_the_database_as_often_for_many_as_for_few(site, django_assert_max_num_queries):
    """The lists of accounts and of authorities cost the same for three rows and for one."""
    client = site.client_as(Role.operator)
    make_authority(site.node)

    def queries(path: str) -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(path)
        return len(counted)

    before = {path: queries(path) for path in ("/desk/users/", "/desk/authorities/")}
    for number in range(3):
        make_actor(site.node, Role.case_officer)
        make_authority(site.node, name=f"Authority {number}")
    for path, count in before.items():
        assert queries(path) == count, path
    assert before["/desk/users/"] <= 8


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
        "/accounts/logout/",
    ],
)
def test_second_factor_and_password_have_pages(site, path):
    """Someone who logged in with a password a moment ago reaches the pages of password, second factor and passkeys."""
    make_actor(site.node, Role.auditor, username="auditor", password=PASSWORD)
    client = site.visitor()
    client.post("/accounts/login/", {"login": "auditor", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(path).status_code == 200


class TestSecondFactor:
    """An authenticator, on a node with keys."""

    @pytest.fixture
    def node(self):
        return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))

    def test_it_is_asked_once_it_is_set(self, site):
        """With an authenticator, the password alone opens nothing, its code does; its secret is stored encrypted."""
        make_actor(site.node, Role.auditor, username="auditor", password=PASSWORD)
        secret = _set_up_authenticator(site.visitor())
        assert secret not in str(Authenticator.objects.get(type="totp").data)
        client = site.visitor()
        response = client.post("/accounts/login/", {"login": "auditor", "password": PASSWORD})
        assert response.url.startswith("/accounts/2fa/authenticate/")
        assert client.get("/desk/").status_code == 302
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        assert client.get("/desk/").status_code == 302
        cache.clear()  # the code of this half minute was used for setting up, and no code works twice
        client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
        assert client.get("/desk/").status_code == 200


def _set_up_authenticator(client: Client) -> str:
    """Log in, set an authenticator up and return its secret."""
    client.post("/accounts/login/", {"login": "auditor", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret: str = client.session["mfa.totp.secret"]
    assert client.post("/accounts/2fa/totp/activate/", {"code": _code(secret)}).status_code == 302
    return secret


def _code(secret: str) -> str:
    """Return the authenticator's code for now (RFC 6238)."""
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))

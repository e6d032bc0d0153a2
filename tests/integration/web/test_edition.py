"""An observatory: the register, its sources and its editors; of the exchange nothing but one clear sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from entraide.access.api import Role, RoleOfNodesOnly, create_user
from entraide.config import middleware
from entraide.kernel.node import Edition, Node
from entraide.web.editions import OF_NODES
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db

SENTENCE = "This site is an observatory"
OPEN = ("/", "/meetings/", "/search/", "/sources/", "/exports/", "/design/", "/accounts/login/")


@pytest.fixture
def node() -> Node:
    """An observatory in memory."""
    return make_node(edition=Edition.OBSERVATORY)


@pytest.mark.parametrize("path", OPEN)
def test_the_public_reads_the_register_of_an_observatory(site: Site, path: str) -> None:
    """The public pages are those of a node, with a line that says which edition this is and a way in for editors."""
    answer = site.visitor().get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "this edition exchanges nothing" in page
    assert reverse("account_login") in page
    assert not any(f'href="{prefix}' in page for prefix in OF_NODES)


@pytest.mark.parametrize("role", [None, Role.desk_officer, Role.operator, Role.auditor])
@pytest.mark.parametrize("prefix", OF_NODES)
def test_what_is_of_nodes_answers_404_with_one_sentence(site: Site, role: Role | None, prefix: str) -> None:
    """Neither the public nor an editor reaches a page of the exchange, whatever stands behind the prefix."""
    browser = site.client_as(role) if role else site.visitor()
    for path in (prefix, f"{prefix}new/"):
        for answer in (browser.get(path), browser.post(path)):
            assert answer.status_code == 404
            assert SENTENCE in answer.content.decode()


def test_the_sentence_is_json_for_programs(site: Site) -> None:
    """A partner's node that knocks, and a program, read the same sentence with its code."""
    for path in ("/peer/v1/hello", "/api/v1/requests/counts"):
        answer = site.visitor().post(path, data=b"{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "web.not_in_this_edition")
        assert SENTENCE in answer.content.decode()


def test_a_node_has_the_pages_that_an_observatory_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same prefixes are served by a node: the table of prefixes shuts nothing there."""
    served = make_node()
    monkeypatch.setattr(middleware, "current_node", lambda: served)
    assert Client().get("/safeguards/").status_code == 200
    assert Client().get("/requests/").status_code == 302


@pytest.mark.parametrize("role", [Role.desk_officer, Role.operator])
def test_the_desk_of_an_editor_asks_for_nothing_of_the_exchange(site: Site, role: Role) -> None:
    """No authority has to be entered and no partner paired."""
    page = site.client_as(role).get("/desk/").content.decode()
    assert "Pair this node" not in page
    assert "authority" not in page
    assert not any(f'href="{prefix}' in page for prefix in OF_NODES)


def test_roles_without_work_are_not_given(site: Site) -> None:
    """The form offers three roles; the service refuses the others with a remedy."""
    page = site.client_as(Role.operator).get("/desk/users/new/").content.decode()
    assert 'value="desk_officer"' in page
    assert 'value="case_officer"' not in page
    assert 'value="approver"' not in page
    with pytest.raises(RoleOfNodesOnly, match="Case officer, Approver"):
        create_user(
            site.node, username="x.y", password=None, roles={Role.approver, Role.case_officer, Role.operator}, post="X"
        )
    assert make_actor(site.node, Role.desk_officer).roles == {Role.desk_officer}

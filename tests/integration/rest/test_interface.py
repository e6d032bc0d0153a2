"""Programs read with tokens; the description of the interface loads nothing from elsewhere."""

import pytest

from entraide.access.api import Actor, Role, Scope, create_token, deactivate_user
from tests.factories.directory import make_organisation
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(site) -> Actor:
    return make_actor(site.node, Role.operator)


def token(site, operator: Actor, *scopes: Scope) -> dict[str, str]:
    made = create_token(site.node, actor=operator, label="Library", scopes=scopes, days=30)
    return {"Authorization": f"Bearer {made.text}"}


def test_the_description_is_served_without_pages(site):
    """The OpenAPI document lists every address; there is no page that would load a script from a network."""
    visitor = site.visitor()
    described = visitor.get("/api/openapi.json").json()
    assert "/api/v1/organisations" in described["paths"]
    assert {method for path in described["paths"].values() for method in path} == {"get"}
    assert visitor.get("/api/docs").status_code == 404


def test_organisations_are_read_with_a_token(site, operator):
    """A token with the scope reads organisations, page by page, or one State's."""
    make_organisation(site.node, actor=operator, name="Ministry of Justice")
    make_organisation(site.node, actor=operator, state="LA", name="Ministry of Justice")
    headers = token(site, operator, Scope.read_register)
    client = site.visitor()
    answer = client.get("/api/v1/organisations", headers=headers).json()
    assert answer["count"] == 2
    assert [item["state"] for item in answer["items"]] == ["LA", "VN"]
    assert client.get("/api/v1/organisations?state=la&limit=1", headers=headers).json()["count"] == 1
    assert client.get("/api/v1/token", headers=headers).json()["scopes"] == ["register:read"]


@pytest.mark.parametrize(
    ("path", "scopes", "status", "code"),
    [
        pytest.param("/api/v1/organisations", [Scope.read_counts], 403, "access.scope_missing", id="another scope"),
        pytest.param(
            "/api/v1/organisations?state=XX", [Scope.read_register], 400, "directory.unknown_state", id="no State"
        ),
    ],
)
def test_errors_have_code_and_remedy(site, operator, path, scopes, status, code):
    """An error of the tree is answered with its code, its message and its remedy."""
    answer = site.visitor().get(path, headers=token(site, operator, *scopes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["remedy"]


@pytest.mark.parametrize("limit", ["0", "201", "x"])
def test_a_page_has_a_size(site, operator, limit):
    """A page that is too large, or no number, is refused."""
    headers = token(site, operator, Scope.read_register)
    assert site.visitor().get(f"/api/v1/organisations?limit={limit}", headers=headers).status_code == 422


def test_without_a_valid_token_nothing_is_read(site, operator):
    """No token, a made-up one, a cookie, or the token of a closed account reads nothing."""
    visitor = site.visitor()
    assert visitor.get("/api/v1/organisations").status_code == 401
    made_up = visitor.get("/api/v1/organisations", headers={"Authorization": "Bearer entraide_00_00"})
    assert (made_up.status_code, made_up.json()["code"]) == (401, "access.bad_token")
    assert site.client_of(operator).get("/api/v1/organisations").status_code == 401
    headers = token(site, operator, Scope.read_register)
    deactivate_user(site.node, actor=make_actor(site.node, Role.operator), user_id=operator.user_id)
    assert visitor.get("/api/v1/organisations", headers=headers).status_code == 401

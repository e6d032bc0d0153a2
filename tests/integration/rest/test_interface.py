"""Programs read the register without a token; what needs one says so; the description loads nothing from elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest

from entraide.access.api import Actor, Role, Scope, create_token, deactivate_user
from entraide.storage.models import PublicChange
from tests.factories.directory import make_organisation
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
COUNTS = "/api/v1/requests/counts?since=2025-01-01&until=2026-01-01"


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


def test_organisations_are_read_by_anybody(site, operator):
    """Without a token all organisations are read, or one State's, each with its page."""
    made = make_organisation(site.node, actor=operator, name="Ministry of Justice")
    make_organisation(site.node, actor=operator, state="LA", name="Ministry of Justice")
    client = site.visitor()
    answer = client.get("/api/v1/organisations").json()
    assert sorted(item["state"] for item in answer["items"]) == ["LA", "VN"]
    (own,) = client.get("/api/v1/organisations?state=vn&limit=1").json()["items"]
    assert own["url"] == f"{site.node.settings.origin}/organisations/{made}/"
    assert own["api_url"] == f"{site.node.settings.origin}/api/v1/organisations/{made}"


def test_a_token_says_what_it_may_do(site, operator):
    """The token's own address needs it."""
    client = site.visitor()
    assert client.get("/api/v1/token").status_code == 401
    answer = client.get("/api/v1/token", headers=token(site, operator, Scope.read_register))
    assert answer.json()["scopes"] == ["register:read"]
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        pytest.param("/api/v1/organisations?state=QQ", 400, "directory.unknown_state", id="no State"),
        pytest.param("/api/v1/organisations?state=", 400, "rest.bad_parameter", id="an empty State"),
        pytest.param("/api/v1/organisations?limit=0", 400, "rest.bad_parameter", id="an empty page"),
        pytest.param("/api/v1/meetings?limit=201", 400, "rest.bad_parameter", id="too large a page"),
        pytest.param("/api/v1/meetings?limit=x", 400, "rest.bad_parameter", id="no number"),
        pytest.param("/api/v1/meetings?cursor=x", 400, "programme.not_a_cursor", id="no cursor"),
        pytest.param("/api/v1/posts?cursor=x", 400, "programme.not_a_cursor", id="no cursor of posts"),
        pytest.param("/api/v1/meetings?level=king", 400, "rest.bad_parameter", id="no level"),
        pytest.param("/api/v1/commitments?domain=x", 400, "programme.unknown_code", id="no domain"),
        pytest.param("/api/v1/commitments?states=VN", 400, "rest.unknown_parameter", id="a mistyped filter"),
        pytest.param(
            "/api/v1/mechanisms/00000000-0000-7000-8000-000000000000", 404, "programme.no_such_fact", id="none"
        ),
        pytest.param("/api/v1/sources/00000000-0000-7000-8000-000000000000", 404, "rest.not_public", id="no source"),
        pytest.param("/api/v1/mechanisms/x", 404, "rest.no_such_address", id="no id"),
        pytest.param("/api/v2/", 404, "rest.no_such_address", id="no address"),
        pytest.param(COUNTS, 401, "access.bad_token", id="counts without a token"),
    ],
)
def test_errors_are_problem_details(site, path, status, code):
    """An error has its type of content, status, code, detail and remedy (RFC 9457)."""
    answer = site.visitor().get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["remedy"]


def test_without_a_valid_token_no_count_is_read(site, operator):
    """No token, a made-up one, a cookie, one of another scope, or that of a closed account reads no count."""
    visitor = site.visitor()
    assert visitor.get(COUNTS).headers["WWW-Authenticate"] == "Bearer"
    made_up = visitor.get(COUNTS, headers={"Authorization": "Bearer entraide_00_00"})
    assert (made_up.status_code, made_up.json()["code"]) == (401, "access.bad_token")
    assert site.client_of(operator).get(COUNTS).status_code == 401
    other = visitor.get(COUNTS, headers=token(site, operator, Scope.read_register))
    assert (other.status_code, other.json()["code"]) == (403, "access.scope_missing")
    headers = token(site, operator, Scope.read_counts)
    assert visitor.get(COUNTS, headers=headers).status_code == 200
    deactivate_user(site.node, actor=make_actor(site.node, Role.operator), user_id=operator.user_id)
    assert visitor.get(COUNTS, headers=headers).status_code == 401


def test_asking_again_is_one_query_until_something_changes(site, operator, django_assert_num_queries):
    """With the tag of the last answer nothing is sent and one query is made; a change gives it anew."""
    make_organisation(site.node, actor=operator)
    visitor = site.visitor()
    first = visitor.get("/api/v1/organisations")
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert first.headers["Cache-Control"] == "public, max-age=60"
    with django_assert_num_queries(1):
        again = visitor.get("/api/v1/organisations", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert visitor.get("/api/v1/organisations?limit=1").headers["ETag"] != tag
    make_organisation(site.node, actor=operator, state="LA")
    assert visitor.get("/api/v1/organisations", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}], ids=str
)
def test_a_condition_does_not_hide_what_is_wrong(site, headers):
    """A wrong parameter, or nothing there, is told whatever the condition (RFC 9110, section 13.2.1)."""
    visitor = site.visitor()
    assert visitor.get("/api/v1/meetings?year=0", headers=headers).status_code == 400
    nothing = "/api/v1/meetings/00000000-0000-7000-8000-000000000000"
    assert visitor.get(nothing, headers=headers).status_code == 404


def test_a_date_is_enough_once_nothing_can_follow(site, operator):
    """A minute after the last change the date is told, and asking with it gives 304."""
    make_organisation(site.node, actor=operator)
    assert "Last-Modified" not in site.visitor().get("/api/v1/organisations").headers
    PublicChange.objects.update(at=datetime.now(UTC) - timedelta(minutes=2))
    told = site.visitor().get("/api/v1/organisations").headers["Last-Modified"]
    again = site.visitor().get("/api/v1/organisations", headers={"If-Modified-Since": told})
    assert again.status_code == 304


def test_head_and_options_answer_and_nothing_is_written(site):
    """HEAD has the headers of GET without a body, OPTIONS allows other origins, all else is refused."""
    visitor = site.visitor()
    got, head = visitor.get("/api/v1/meetings"), visitor.head("/api/v1/meetings")
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("ETag", "Link")} == {
        name: got.headers[name] for name in ("ETag", "Link")
    }
    asked = visitor.options("/api/v1/meetings", headers={"Origin": "https://example.org"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "Access-Control-Allow-Credentials" not in asked.headers
    for method in ("post", "put", "patch", "delete"):
        assert getattr(visitor, method)("/api/v1/meetings").status_code == 405

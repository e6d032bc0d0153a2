"""How often a program may ask."""

import pytest

from entraide.access.api import Role, Scope, create_token
from entraide.access.domain.rates import Rate
from entraide.config.limits import DEFAULT_LIMITS, Limits
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.RATE_LIMITS = Limits(Rate(2, 60), Rate(5, 600), DEFAULT_LIMITS.proxies)


def test_an_address_is_told_when_to_come_back(site):
    """After the burst the answer is 429 with the seconds to wait; after them it is served again; others never wait."""
    client = site.visitor()
    left = [client.get("/api/v1/meetings").headers["RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    refused = client.get("/api/v1/meetings")
    assert (refused.status_code, refused.json()["code"]) == (429, "access.too_many_requests")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert (refused.headers["Retry-After"], refused.headers["RateLimit-Limit"]) == ("1", "2")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    other = client.get("/api/v1/meetings", headers={"X-Forwarded-For": "198.51.100.7"})
    assert other.status_code == 200
    site.node.clock.advance(seconds=1)
    assert client.get("/api/v1/meetings").status_code == 200


@pytest.mark.parametrize(
    "path", ["/feed.atom", "/calendar.ics", "/api/openapi.json", "/exports/meetings.csv", "/sitemap.xml"]
)
def test_everything_made_for_programs_is_limited(site, path):
    """Feeds, calendars, exports, the sitemap and the description count like REST."""
    client = site.visitor()
    for _ in range(2):
        assert client.get(path).status_code == 200
    assert client.get(path).status_code == 429


def test_pages_for_people_are_not_limited(site):
    """Who reads pages never waits."""
    client = site.visitor()
    assert {client.get("/meetings/").status_code for _ in range(5)} == {200}


def test_a_token_has_a_rate_of_its_own(site):
    """A valid token is counted for itself and has more; another is refused, and counts for the address."""
    operator = make_actor(site.node, Role.operator)
    made = create_token(site.node, actor=operator, label="Library", scopes=[Scope.read_counts], days=30)
    client, headers = site.visitor(), {"Authorization": f"Bearer {made.text}"}
    statuses = [client.get("/api/v1/meetings", headers=headers).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    assert client.get("/api/v1/meetings").headers["RateLimit-Remaining"] == "1"
    bad = {"Authorization": "Bearer entraide_00_00"}
    assert [client.get("/api/v1/meetings", headers=bad).status_code for _ in range(2)] == [401, 429]
    assert client.get("/api/v1/meetings").status_code == 429

"""Every address for programs answers alike: any origin, HEAD, OPTIONS, problems; and what may be compressed is."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from entraide.access.api import Role
from entraide.config.programs import CompressionMiddleware, is_for_programs
from tests.factories.cooperations import make_register

pytestmark = pytest.mark.django_db
SOME = "019459f0-0000-7000-8000-00000000abcd"


@pytest.fixture
def addresses(site) -> list[str]:
    made = make_register(site.node)
    return [
        "/calendar.ics",
        f"/mechanisms/{made.mechanism}/calendar.ics",
        "/feed.atom",
        f"/meetings/{made.meeting}.jsonld",
        "/exports/meetings.csv",
        "/exports/meetings.xlsx",
        "/exports/meetings.json",
        "/exports/meetings.jsonl",
        "/sitemap.xml",
        "/robots.txt",
    ]


def test_head_says_what_get_would(site, addresses):
    """Status and the headers by which a program decides whether to fetch, and no body."""
    visitor = site.visitor()
    for address in addresses:
        got, head = visitor.get(address), visitor.head(address)
        assert (got.status_code, head.status_code) == (200, 200), address
        assert b"".join(got) != b"" == b"".join(head), address
        for name in ("Content-Type", "ETag", "Cache-Control", "Content-Disposition"):
            assert head.headers.get(name) == got.headers.get(name), (address, name)


def test_scripts_of_other_sites_may_read_all_of_it(site, addresses):
    """Any origin, without credentials, may send a condition and sees the tag by which it may ask again."""
    visitor = site.visitor()
    for address in addresses:
        answer = visitor.get(address)
        assert b"".join(answer), address
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
        asked = visitor.options(address)
        assert (asked.status_code, asked.content) == (204, b""), address
        assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
        written = visitor.post(address)
        assert (written.status_code, written.headers["Allow"]) == (405, "GET, HEAD, OPTIONS"), address
        assert written.json()["code"] == "config.read_only"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        pytest.param("/exports/nothing.csv", 404, "tables.no_such_table", id="table"),
        pytest.param("/exports/meetings.xml", 404, "tables.no_such_form", id="form"),
        pytest.param("/exports/meetings.csv?state=Vietnam", 400, "tables.unknown_filter", id="filter"),
        pytest.param("/exports/datapackage-2025-02-30.zip", 404, "tables.no_such_form", id="no such day"),
        pytest.param(f"/meetings/{SOME}.jsonld", 404, "programme.no_such_fact", id="fact"),
        pytest.param(f"/sources/{SOME}.jsonld", 404, "communiques.no_such_source", id="source"),
        pytest.param("/meetings/x.jsonld", 404, "config.no_such_file", id="no address"),
        pytest.param("/calendar.ics?lang=xx", 400, "web.unknown_language", id="language"),
        pytest.param("/feed.atom?before=x", 400, "web.bad_feed_page", id="page of a feed"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(site, address, status, code):
    """A program gets problem details (RFC 9457) with a stable code and a remedy, from any site's script."""
    answer = site.visitor().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert (body["status"], body["code"], bool(body["remedy"])) == (status, code, True)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/exports/", False),
        ("/exports/meetings.csv", True),
        ("/api/openapi.json", False),
        (f"/journal/entries/{SOME}/proof.json", False),
        ("/meetings/", False),
        ("/robots.txt", True),
        ("/static/entraide/mark.json", False),
    ],
)
def test_which_addresses_are_for_programs(path, expected):
    """Pages, REST with its own rules and what needs a login are none of them."""
    assert is_for_programs(path) is expected


def compressed(client, path: str) -> bool:
    answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    packed, body = answer.headers.get("Content-Encoding") == "gzip", b"".join(answer)
    if packed:
        assert len(gzip.decompress(body)) > len(body)
        assert "Accept-Encoding" in answer.headers["Vary"]
    return packed


def test_what_is_public_is_sent_compressed(site, addresses):
    """Pages for readers and what programs read; not what is packed already, nor for whom it was not asked."""
    visitor = site.visitor()
    for address in (
        "/",
        "/meetings/",
        "/data/",
        "/feed.atom",
        "/calendar.ics",
        "/exports/commitments.csv",
        "/sitemap.xml",
    ):
        assert compressed(visitor, address), address
    assert compressed(visitor, "/api/v1/meetings")
    assert not compressed(visitor, "/exports/meetings.xlsx")
    assert "Content-Encoding" not in visitor.get("/meetings/").headers


def test_what_holds_a_secret_is_never_compressed(site, addresses):
    """Of a page with a session or a form for a password, the length must tell nothing (BREACH, CVE-2013-3587)."""
    officer = site.client_as(Role.desk_officer)
    for address in ("/", "/desk/", "/meetings/", "/accounts/login/"):
        assert not compressed(officer, address), address
    assert not compressed(site.visitor(), "/accounts/login/")
    bearer = {"Accept-Encoding": "gzip", "Authorization": "Bearer x"}
    assert "Content-Encoding" not in site.visitor().get("/api/v1/meetings", headers=bearer).headers


def test_the_answer_that_begins_a_session_is_not_compressed_either():
    """Its reader comes without a cookie and leaves with one."""
    answer = HttpResponse("secret " * 100)
    middleware = CompressionMiddleware(lambda _request: answer)
    asked = RequestFactory().get("/meetings/", headers={"Accept-Encoding": "gzip"})
    answer.set_cookie(settings.SESSION_COOKIE_NAME, "x")
    assert "Content-Encoding" not in middleware(asked).headers
    del answer.cookies[settings.SESSION_COOKIE_NAME]
    assert middleware(asked).headers["Content-Encoding"] == "gzip"


def test_a_tag_holds_for_the_compressed_answer_too(site, addresses):
    """Who was sent the packed one is told that nothing has changed."""
    visitor = site.visitor()
    for address in ("/feed.atom", "/exports/meetings.csv", "/api/v1/meetings"):
        tag = visitor.get(address, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
        again = visitor.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
        assert again.status_code == 304, address

"""The register as linked data: each document stands for itself and says what its page says."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entraide.access.api import Role
from entraide.communiques.api import import_source, keep_all, list_samples, read_sample
from entraide.directory.api import list_posts
from entraide.programme.api import list_commitments, list_instruments, list_meetings
from entraide.web.feeds.linked import CONTEXT
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
IRI = re.compile(r"https?://[^\s]+\Z")


def expand(term: str) -> str:
    """Return the IRI of a term or of a short form with a prefix, as JSON-LD 1.1 section 4.1.5 says."""
    entry = CONTEXT.get(term)
    if isinstance(entry, dict):
        term = entry.get("@id") or entry["@reverse"]
    elif entry is not None:
        term = entry
    prefix, colon, rest = term.partition(":")
    if colon and not rest.startswith("//"):
        assert isinstance(CONTEXT[prefix], str), term
        return f"{CONTEXT[prefix]}{rest}"
    return term


def walk(value):
    """Yield every object of a document, the outer first."""
    if isinstance(value, dict):
        yield value
        for key, item in value.items():
            if key not in {"@context", "names", "texts"}:
                yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


def read(site, path: str):
    answer = site.visitor().get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/ld+json"), path
    return answer.json()


@pytest.fixture
def pages(site) -> list[str]:
    """The pages of a register with one of everything, and of what a sample communiqué tells."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer, Role.operator)
    sample = list_samples()[0]
    source = import_source(site.node, actor=officer, name="a", text=read_sample(sample.name), kind=sample.kind)
    keep_all(site.node, actor=officer, source_id=source)
    return [
        f"/mechanisms/{made.mechanism}",
        f"/organisations/{made.organisation}",
        *(f"/posts/{item.id}" for item in list_posts(site.node)),
        *(f"/meetings/{item.id}" for item in list_meetings(site.node)),
        *(f"/instruments/{item.id}" for item in list_instruments(site.node)),
        *(f"/commitments/{item.id}" for item in list_commitments(site.node)),
    ]


def test_every_term_is_an_iri_and_every_id_a_page_that_answers(site, pages):
    """Nothing of a document is dropped by a reader of JSON-LD, and whoever follows an `@id` finds the page."""
    origin, client, followed = site.node.settings.origin, site.visitor(), set()
    for page in pages:
        document = read(site, f"{page}.jsonld")
        assert document["@context"] == CONTEXT
        assert document["id"] == f"{origin}{page}/"
        for item in walk(document):
            for key in set(item) - {"@context"}:
                assert key in CONTEXT, key
                if not expand(key).startswith("@"):
                    assert IRI.match(expand(key)), key
            for type_ in item.get("type", []):
                assert IRI.match(expand(type_)), type_
        for address in re.findall(rf'"{origin}([^"#]*)', str(document).replace("'", '"')):
            if address not in followed:
                assert client.get(address).status_code == 200, address
                followed.add(address)
    assert len(followed) > len(pages)


def test_every_term_of_the_context_is_an_iri():
    """Also those that only some documents use."""
    for term in set(CONTEXT) - {"@version"}:
        assert expand(term) in {"@id", "@type"} or IRI.match(expand(term)), term


def test_a_meeting_says_no_day_that_nobody_knows(site):
    """A day is a day; of a month only the month is given, as ISO 8601 writes one."""
    made = make_register(site.node)
    exact = read(site, f"/meetings/{made.meeting}.jsonld")
    assert (exact["startDate"], exact["endDate"]) == ("2024-10-22", "2024-10-23")
    month = read(site, f"/meetings/{made.earlier}.jsonld")
    assert (month["date"], month["startDate"], month["endDate"]) == ("2023-11", "2023-11", "2023-11")
    assert exact["attendees"][0]["attendees"]["name"] == "Holder of the Post"


def test_a_document_says_what_its_page_says(site):
    """Plan, commitment and post come with type, actions, grade and holder."""
    made, origin = make_register(site.node), site.node.settings.origin
    plan = read(site, f"/instruments/{made.plan}.jsonld")
    assert (plan["type"], plan["legislationDate"], plan["temporal"]) == (["schema:Legislation"], "2024-10-23", "2025")
    assert [item["name"] for item in plan["actions"]] == ["signed", "reviewed"]
    promise = read(site, f"/commitments/{made.commitment}.jsonld")
    assert promise["texts"]["en"] == "Fight drugs & <trafficking>."
    assert promise["about"]["termCode"] == "drugs"
    assert promise["reviews"][0]["reviewRating"]["ratingValue"] == "limited"
    post = read(site, f"/posts/{made.post}.jsonld")
    assert post["postIn"] == f"{origin}/organisations/{made.organisation}/"
    assert post["memberships"][0]["member"]["name"] == "Holder of the Post"


def test_a_page_links_to_its_document(site, pages):
    """A reader of the page finds the document by its link."""
    for page in pages:
        assert f'type="application/ld+json" href="{page}.jsonld"' in site.visitor().get(f"{page}/").content.decode()


def test_nothing_there_is_not_found_and_asking_again_is_cheap(site, django_assert_num_queries):
    """An unknown id is 404; an unchanged document is 304."""
    made = make_register(site.node)
    nothing = "/meetings/00000000-0000-7000-8000-000000000000.jsonld"
    for headers in ({}, {"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        assert site.visitor().get(nothing, headers=headers).status_code == 404
    path = f"/meetings/{made.meeting}.jsonld"
    tag = site.visitor().get(path).headers["ETag"]
    with django_assert_num_queries(1):
        assert site.visitor().get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("kind", ["meetings", "organisations"])
def test_a_document_costs_a_fixed_number_of_queries(site, kind):
    """With more mechanisms beside it, a document costs no more queries."""
    made = make_register(site.node)
    path = {
        "meetings": f"/meetings/{made.meeting}.jsonld",
        "organisations": f"/organisations/{made.organisation}.jsonld",
    }

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert site.visitor().get(path[kind]).status_code == 200
        return len(found)

    one = count()
    for state in ("TH", "KH"):
        make_register(site.node, state=state)
    assert count() == one

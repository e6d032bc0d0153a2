"""What visitors and machines send by mistake or on purpose, and a register in which nothing is."""

from dataclasses import replace
from pathlib import Path

import pytest

from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from entraide.publication.api import AboutPage
from tests.factories.cooperations import make_register
from tests.factories.nodes import SeededRandomness, make_node
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(tmp_path: Path) -> Node:
    made = make_node(keyring=create_memory_keyring(SeededRandomness("keys")))
    return replace(made, settings=replace(made.settings, home=tmp_path))


KINDS = ("mechanisms", "meetings", "instruments", "commitments", "organisations")
EMPTY = [
    "/",
    "/domains/",
    "/search/",
    "/search/?q=accord",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemaps/pages.xml",
    "/catalog.jsonld",
    "/data/",
    "/data/verify/",
    "/data/verify_entraide.py",
    "/calendar.ics",
    "/feed.atom",
    "/exports/",
    "/exports/datapackage.zip",
    "/about/",
    "/about/api/",
    "/sources/",
    "/sources/kinds/",
    "/safeguards/",
    *(f"/about/{page}/" for page in AboutPage),
    *(f"/{kind}/" for kind in KINDS),
    *(f"/{kind}/feed.atom" for kind in KINDS[:4]),
    *(f"/{kind}/calendar.ics" for kind in KINDS[1:4]),
    *(f"/exports/{kind}.{form}" for kind in KINDS for form in ("csv", "xlsx", "json", "jsonl")),
]
NUMBERS = ["9" * 5000, "٢٠٢٥", "-1", "0", "1e9", "²", "99999", "\x00", " ", "2025\n", "0x7e9"]
TEXTS = [
    "a" * 10_000,
    "\x00",
    "\u0301" * 300,
    '"accord',
    "'); DROP TABLE x; --",
    "AND OR NOT NEAR(",
    "9" * 10_000,
    "1 " * 5000,
    "việt " * 2000,
    "٢٠٢٥-٠١-٠١",
    "2025-99-99",
    "{0}%s%(x)s",
    "\u202eabc",
    "^*:+-()",
]
LISTS = ("/meetings/", "/instruments/", "/commitments/", "/mechanisms/", "/organisations/")


@pytest.mark.parametrize("language", ["fr", "en", "vi"])
def test_a_register_in_which_nothing_is_answers_everywhere(site: Site, language: str):
    """Every public page and file says what it is, and none fails."""
    visitor = site.visitor()
    failed = {}
    for address in EMPTY:
        answer = visitor.get(address, headers={"Accept-Language": language})
        told = b"".join(answer).strip() or address.endswith(".jsonl")  # no line is how JSON Lines say that nothing is
        if answer.status_code != 200 or not told:
            failed[address] = answer.status_code
    assert failed == {}


@pytest.fixture
def filled(site: Site) -> Site:
    make_register(site.node)
    return site


def statuses(site: Site, addresses: list[tuple[str, dict[str, str]]]) -> dict[tuple[str, str], int]:
    """Return which addresses were neither answered nor refused as the asker's mistake."""
    visitor, found = site.visitor(), {}
    visitor.raise_request_exception = False
    for address, query in addresses:
        status = visitor.get(address, query).status_code
        if status not in {200, 302, 400, 404}:
            found[address, repr(query)[:60]] = status
    return found


@pytest.mark.parametrize("name", ["year", "plan_year", "page", "cursor", "before", "limit"])
def test_a_number_may_be_anything(filled: Site, name: str):
    """Digits of other scripts, thousands of digits, none."""
    paths = ["/search/", *LISTS, "/feed.atom", "/calendar.ics", "/exports/meetings.csv", "/exports/commitments.csv"]
    paths += ["/api/v1/meetings", "/api/v1/commitments"]
    asked = [(path, {name: number, "q": "accord"}) for path in paths for number in NUMBERS]
    assert statuses(filled, asked) == {}


@pytest.mark.parametrize(
    "name", ["q", "state", "sort", "domain", "place", "mechanism", "lang", "separator", "kind", "cursor"]
)
def test_a_text_may_be_anything(filled: Site, name: str):
    """A code, an order or a place in a list that is none is left out or refused, and nothing fails."""
    paths = ["/search/", *LISTS, "/feed.atom", "/calendar.ics", "/exports/meetings.csv", "/api/v1/meetings"]
    asked = [(path, {name: text}) for path in paths for text in ["", *TEXTS]]
    asked += [("/search/", {"q": "accord 2025", name: text}) for text in TEXTS]
    assert statuses(filled, asked) == {}


@pytest.mark.parametrize("query", ["7", "2031-01-02", "01/2031", "khoá 99", "99th"])
def test_a_number_or_a_day_that_nothing_holds_finds_nothing(filled: Site, query: str):
    """Alone it cannot be left out: then nothing is asked for."""
    answer = filled.visitor().get("/search/", {"q": query})
    assert answer.status_code == 200
    assert answer.context["results"].count == 0


@pytest.mark.parametrize("page", ["2", "9" * 30, "9" * 5000])
def test_a_page_beyond_the_last_is_empty_and_leads_back(filled: Site, page: str):
    """Also of a number that no integer is made of."""
    answer = filled.visitor().get("/search/", {"q": "2024", "page": page})
    assert answer.status_code == 200
    assert not answer.context["hits"]
    assert answer.context["previous"]

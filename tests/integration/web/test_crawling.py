"""What search engines are told, and what a reader finds at an address that is none."""

import re
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from entraide.access.api import Actor, Role
from entraide.communiques.api import Quoted, SourceKind, amend_fact, import_source, keep_all, read_sample
from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from entraide.programme import models as register
from entraide.web.feeds import sitemap
from entraide.web.feeds.answers import KeptAnswers
from entraide.web.sources import views
from tests.factories.nodes import SeededRandomness, make_node
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_work_of_the_node_is_not_for_search_engines(site: Site):
    """Public pages are, and the sitemap is named with its whole address."""
    text = site.visitor().get("/robots.txt").content.decode()
    assert "Disallow: /requests/" in text
    assert "Disallow: /meetings/" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.fixture
def node() -> Node:
    """A node with keys: one of the pages tells their fingerprints."""
    return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))


def listed(site: Site) -> dict[str, str]:
    """Return the path of each page of the sitemap with the moment of its last change, through all parts."""
    visitor, found, origin = site.visitor(), dict[str, str](), site.node.settings.origin
    index = ET.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314 - our own
    assert index.tag == f"{MAP}sitemapindex"
    for place in index.iter(f"{MAP}loc"):
        answer = visitor.get((place.text or "").removeprefix(origin))
        assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
        for url in ET.fromstring(answer.content).iter(f"{MAP}url"):  # noqa: S314 - the same
            path = url.findtext(f"{MAP}loc", "").removeprefix(origin)
            assert path not in found
            found[path] = url.findtext(f"{MAP}lastmod", "")
            languages = [link.get("hreflang") for link in url.iter("{http://www.w3.org/1999/xhtml}link")]
            assert languages == list(SPOKEN)
    return found


def recorded(site: Site, sample: str = "fr-hanoi-2025") -> tuple[Actor, UUID]:
    """Keep all that is clear of a sample, and return who did and the source."""
    actor, kind = make_actor(site.node, Role.desk_officer), SourceKind.OFFICIAL_RELEASE
    source = import_source(site.node, actor=actor, name=sample, text=read_sample(sample), kind=kind)
    keep_all(site.node, actor=actor, source_id=source)
    return actor, source


def test_the_sitemap_lists_pages_that_open(site: Site):
    """Each address of each part answers a visitor, the cited source among them; one that nobody cites is not there."""
    officer, source = recorded(site)
    other = import_source(site.node, actor=officer, name="x", text=read_sample("en-hanoi-2025"), kind=SourceKind.PRESS)
    pages = listed(site)
    assert {"/", "/domains/", "/about/contact/", f"/sources/{source}/"} <= set(pages)
    assert f"/sources/{other}/" not in pages
    assert [page for page in pages if site.visitor().get(page).status_code != 200] == []


def test_a_page_of_the_sitemap_tells_when_its_fact_last_changed(site: Site):
    """From the day on which it was recorded; a correction moves the fact's own line and no other."""
    officer, source = recorded(site)
    before = listed(site)
    meeting = register.Meeting.objects.get(date="2025-01-12")
    page = f"/meetings/{meeting.id}/"
    assert before[page] == f"{site.node.clock.now():%Y-%m-%dT%H:%M:%SZ}"
    site.node.clock.advance(days=3)
    amend_fact(
        site.node,
        actor=officer,
        kind="meeting",
        fact_id=meeting.id,
        values={"place": "Vientiane"},
        passage=Quoted(source, "12 janvier 2025"),
    )
    after = listed(site)
    assert after[page] == f"{site.node.clock.now():%Y-%m-%dT%H:%M:%SZ}"
    assert {path for path in after if after[path] != before[path]} == {page}


def test_a_large_register_is_listed_in_parts(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Every page stands in one part, whatever their number; the last part may be full or not."""
    recorded(site)
    whole = listed(site)
    for size in (1, 2, 3):
        monkeypatch.setattr(sitemap, "PART", size)
        site.node.process.of(KeptAnswers).__init__()  # type: ignore[misc]  # nothing is kept of another size
        assert listed(site) == whole


def test_a_wrong_address_leads_on(site: Site):
    """The page of an address that is none offers the search and the lists."""
    response = site.visitor().get("/no-such-page/")
    assert response.status_code == 404
    text = response.content.decode()
    assert 'action="/search/"' in text
    assert 'href="/commitments/"' in text


@pytest.mark.parametrize("path", ["/", "/meetings/", "/commitments/?domain=drugs", "/domains/"])
def test_a_page_names_its_one_address_and_its_language(site: Site, path: str):
    """One address for every language; the answer says that it varies."""
    response = site.visitor().get(path, headers={"accept-language": "vi"})
    assert f'<link rel="canonical" href="http://testserver{path}">' in response.content.decode()
    assert response.headers["Content-Language"] == "vi"
    assert "Accept-Language" in response.headers["Vary"]
    assert '<meta name="description" content="' in response.content.decode()


def test_sources_are_listed_in_pages(site: Site, monkeypatch: pytest.MonkeyPatch):
    """The page of sources goes on where it ends; a place that nobody gave is the beginning."""
    monkeypatch.setattr(views, "PER_PAGE", 1)
    officer = make_actor(site.node, Role.desk_officer)
    imported = set()
    for name in ("fr-hanoi-2025", "en-hanoi-2025"):
        kind = SourceKind.OFFICIAL_RELEASE
        source = import_source(site.node, actor=officer, name=name, text=read_sample(name), kind=kind)
        keep_all(site.node, actor=officer, source_id=source)
        imported.add(str(source))
    first = site.visitor().get("/sources/").content.decode()
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following
    second = site.visitor().get(f"/sources/{following[1]}").content.decode()
    pages = [set(re.findall(r'href="/sources/([0-9a-f-]{36})/"', page)) for page in (first, second)]
    assert [len(page) for page in pages] == [1, 1]
    assert pages[0] | pages[1] == imported
    assert 'rel="next"' not in second
    assert site.visitor().get("/sources/?cursor=x").content.decode().count('rel="next"') == 1


def test_a_page_of_one_fact_names_its_own_address_and_a_list_its_filters(site: Site):
    """What a search engine is told to keep: never the list that a page shows a part of."""
    recorded(site)
    visitor = site.visitor()
    facts = [path for path in listed(site) if re.fullmatch(r"/[a-z]+/[0-9a-f-]{36}/", path)]
    assert {path.split("/")[1] for path in facts} >= {"mechanisms", "meetings", "instruments", "commitments"}
    for path in [*facts, "/commitments/?domain=drugs"]:
        assert f'<link rel="canonical" href="http://testserver{path}">' in visitor.get(path).content.decode()

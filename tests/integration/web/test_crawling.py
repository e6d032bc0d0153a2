"""What search engines are told, and what a reader finds at an address that is none."""

import re

import pytest

from entraide.access.api import Role
from entraide.communiques.api import SourceKind, import_source, keep_all, read_sample
from entraide.web.sources import views
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def test_the_work_of_the_node_is_not_for_search_engines(site: Site):
    """Public pages are, and the sitemap is named with its whole address."""
    text = site.visitor().get("/robots.txt").content.decode()
    assert "Disallow: /requests/" in text
    assert "Disallow: /meetings/" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_sitemap_lists_pages_that_open(site: Site):
    """Each address of the sitemap answers a visitor."""
    pages = re.findall(r"<loc>http://testserver([^<]*)</loc>", site.visitor().get("/sitemap.xml").content.decode())
    assert "/domains/" in pages
    assert [page for page in pages if site.visitor().get(page).status_code != 200] == []


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
    actor = make_actor(site.node, Role.desk_officer)
    source = import_source(
        site.node, actor=actor, name="report", text=read_sample("fr-hanoi-2025"), kind=SourceKind.OFFICIAL_RELEASE
    )
    keep_all(site.node, actor=actor, source_id=source)
    visitor = site.visitor()
    facts = re.findall(
        r"<loc>http://testserver(/[a-z]+/[0-9a-f-]{36}/)</loc>", visitor.get("/sitemap.xml").content.decode()
    )
    assert {path.split("/")[1] for path in facts} >= {"mechanisms", "meetings", "instruments", "commitments"}
    for path in [*facts, "/commitments/?domain=drugs"]:
        assert f'<link rel="canonical" href="http://testserver{path}">' in visitor.get(path).content.decode()

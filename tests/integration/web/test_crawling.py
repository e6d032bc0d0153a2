"""What search engines are told, and what a reader finds at an address that is none."""

import re

import pytest

from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db


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

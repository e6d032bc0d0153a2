"""What the head of a page tells search engines, archives, social networks and citation programs."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import rispy
from pybtex.database import parse_string

from entraide.access.api import Role
from entraide.communiques.api import Quoted, amend_fact
from entraide.kernel.languages import SPOKEN
from entraide.programme import models as register
from tests.integration.conftest import Site
from tests.integration.web.test_crawling import recorded

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
KINDS = ("mechanisms", "meetings", "instruments", "commitments", "organisations", "posts", "sources")


class Head(HTMLParser):
    """The elements of a page's head: metadata by name, links by relation."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.title = ""
        self._in_title = False
        self.feed(page[: page.index("</head>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "meta":
            self.metas.setdefault(given.get("name") or given.get("property") or "", []).append(given.get("content", ""))
        if tag == "link":
            self.links.append(given)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def one(self, name: str) -> str:
        (value,) = self.metas[name]
        return value


def head_of(site: Site, path: str, **headers: str) -> Head:
    return Head(site.visitor().get(path, headers=headers).content.decode())


def pages_of(site: Site, table: str) -> list[str]:
    text = site.visitor().get(f"/sitemaps/{table}.xml").content.decode()
    return [urlsplit(found).path for found in re.findall(r"<loc>([^<]*)</loc>", text)]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_fact_describes_itself_in_the_reader_s_language(site: Site, language: str):
    """Its own title and description, the same for networks; no two facts of a kind share them where they differ."""
    recorded(site)
    told: dict[str, set[str]] = {}
    for table in KINDS:
        paths = pages_of(site, table)
        assert paths
        for path in paths:
            head = head_of(site, path, **{"accept-language": language})
            assert head.one("description") == head.one("og:description")
            assert head.one("citation_title") == head.one("og:title") != ""
            assert head.one("og:url") == head.one("citation_public_url") == f"http://testserver{path}"
            assert head.one("og:locale").startswith(f"{language}_")
            assert len(head.metas["og:locale:alternate"]) == len(SPOKEN) - 1
            assert "public register" not in head.one("description")
            told.setdefault(table, set()).add(head.one("description"))
    assert all(len(told[table]) == len(pages_of(site, table)) for table in ("meetings", "instruments", "organisations"))


def test_an_archive_asks_for_each_language_and_each_answer_is_canonical(site: Site):
    """`?lang=` wins over cookie and browser, on that page alone; the bare address stays the reader's."""
    recorded(site)
    (path, *_others) = pages_of(site, "meetings")
    visitor = site.visitor()
    for language in SPOKEN:
        answer = visitor.get(path, {"lang": language}, headers={"accept-language": "vi"})
        assert answer.headers["Content-Language"] == language
        head = Head(answer.content.decode())
        canonical = [link["href"] for link in head.links if link["rel"] == "canonical"]
        assert canonical == [f"http://testserver{path}?lang={language}"]
        others = {link["hreflang"]: link["href"] for link in head.links if "hreflang" in link}
        assert others == {
            "x-default": f"http://testserver{path}",
            **{code: f"http://testserver{path}?lang={code}" for code in SPOKEN},
        }
    bare = visitor.get(path, headers={"accept-language": "vi"})
    assert bare.headers["Content-Language"] == "vi"
    assert f'<link rel="canonical" href="http://testserver{path}">' in bare.content.decode()
    assert visitor.get(path, {"lang": "xx"}, headers={"accept-language": "vi"}).headers["Content-Language"] == "vi"


def test_who_changes_the_language_leaves_the_one_of_the_address(site: Site):
    """The choice in the header leads to the bare address, with the filters of a list."""
    page = site.visitor().get("/commitments/?domain=drugs&lang=fr").content.decode()
    assert '<input type="hidden" name="next" value="/commitments/?domain=drugs">' in page
    head = Head(page)
    assert [link["href"] for link in head.links if link["rel"] == "canonical"] == [
        "http://testserver/commitments/?domain=drugs&lang=fr"
    ]


def test_a_title_cannot_leave_its_attribute(site: Site):
    """Quotes and markup in a fact stay text in every element of the head."""
    officer, source = recorded(site)
    meeting = register.Meeting.objects.get(date="2025-01-12")
    amend_fact(
        site.node, actor=officer, kind="meeting", fact_id=meeting.id,
        values={"place": '"><script>alert(1)</script>'}, passage=Quoted(source, "12 janvier 2025"),
    )  # fmt: skip
    page = site.visitor().get(f"/meetings/{meeting.id}/").content.decode()
    assert "<script>alert" not in page
    assert '"><script>alert(1)</script>' in Head(page).one("description")


@pytest.mark.parametrize("table", KINDS)
def test_every_fact_is_cited_by_foreign_programs(site: Site, table: str):
    """The files that the page names have their media types, and read back as what the page says of itself."""
    recorded(site)
    (path, *_others) = pages_of(site, table)
    head = head_of(site, path, **{"accept-language": "fr"})
    files = {link["type"]: urlsplit(link["href"]) for link in head.links if link.get("title") in ("BibTeX", "RIS")}
    bib, ris = (
        site.visitor().get(f"{files[media].path}?{files[media].query}")
        for media in ("application/x-bibtex", "application/x-research-info-systems")
    )
    assert bib.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert ris.headers["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    (entry,) = parse_string(bib.content.decode(), "bibtex").entries.values()
    (record,) = rispy.loads(ris.content.decode())
    address = f"{site.node.settings.origin}{path}"
    assert (entry.fields["url"], record["urls"]) == (address, [address])
    assert record["title"].replace("\u00a0", " ") == head.one("citation_title").replace("\u00a0", " ")
    assert record["authors"] == [head.one("citation_author")]
    assert record["date"] == head.one("citation_publication_date")
    assert site.visitor().get(f"{path.rstrip('/')}.bib?lang=xx").status_code == 400
    assert site.visitor().head(files["application/x-bibtex"].path).status_code == 200


def test_pages_of_the_inside_tell_no_archive_of_languages(site: Site):
    page = site.client_as(Role.desk_officer).get("/desk/").content.decode()
    assert "hreflang" not in page


def test_an_address_that_is_none_has_no_fact_in_its_head(site: Site):
    answer = site.visitor().get("/meetings/019459f0-0000-7000-8000-00000000abcd/")
    assert answer.status_code == 404
    assert "citation_title" not in answer.content.decode()
    assert site.visitor().get("/meetings/019459f0-0000-7000-8000-00000000abcd.bib").status_code == 404

"""Search of the public register: names in every script, sources within what is public of them, odd queries."""

import re
from html import unescape

import pytest

from entraide.access.api import Actor, Role
from entraide.communiques.api import SourceKind, import_source, keep_all, read_sample
from entraide.directory.api import ensure_organisation, ensure_post, record_tenure
from entraide.kernel.ids import OrganisationId
from entraide.kernel.partial_dates import PartialDate
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def search(site: Site, query: str, kind: str = "") -> str:
    """Return the page of results as text, marks of the finds taken out."""
    response = site.visitor().get("/search/", {"q": query, "kind": kind})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"</?mark>", "", unescape(response.content.decode())))


@pytest.fixture
def officer(site: Site) -> Actor:
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def ministry(site: Site, officer: Actor) -> OrganisationId:
    """A ministry of China with its own name as an alias, and a post with a holder."""
    ministry = ensure_organisation(
        site.node, actor=officer, state="CN", name="Ministry of Public Security", language="en", aliases=["公安部"]
    )
    post = ensure_post(site.node, actor=officer, organisation_id=ministry, title="Minister", language="en")
    record_tenure(site.node, actor=officer, post_id=post, person_name="Wang Xiaohong", seen_on=PartialDate("2024"))
    return ministry


def test_chinese_and_lao_names_find_the_ministry(site: Site, officer: Actor, ministry: OrganisationId):
    """A name inside a longer run is found without a space before it, and shown below what the page calls the body."""
    ensure_organisation(
        site.node,
        actor=officer,
        state="LA",
        name="Ministère de la Sécurité publique",
        language="fr",
        aliases=["ກະຊວງປ້ອງກັນຄວາມສະຫງົບ"],
    )
    chinese, lao = search(site, "公安部"), search(site, "ປ້ອງກັນ")
    assert "Ministry of Public Security" in chinese
    assert "公安部</p>" in chinese
    assert "Ministry of Public Security" in lao
    assert "ກະຊວງປ້ອງກັນຄວາມສະຫງົບ" in lao
    assert "公安部" not in lao
    assert f"/organisations/{ministry}/" in chinese


@pytest.mark.parametrize("query", ["To Lam", "Tô Lâm", "tô lam", "TÔ LÂM"])
def test_a_holder_of_a_post_is_found_in_any_spelling(site: Site, officer: Actor, query: str):
    """The post is the result, with the holder's name as it is written."""
    ministry = ensure_organisation(site.node, actor=officer, state="VN", name="Bộ Công an", language="vi")
    post = ensure_post(site.node, actor=officer, organisation_id=ministry, title="Bộ trưởng", language="vi")
    record_tenure(site.node, actor=officer, post_id=post, person_name="Tô Lâm", seen_on=PartialDate("2021-02-19"))
    page = search(site, query)
    assert f"/posts/{post}/" in page
    assert "Tô Lâm</p>" in page


def test_a_body_is_found_by_the_name_of_its_state(site: Site, ministry: OrganisationId):
    """In each of the site's languages, by CLDR."""
    assert all(f"/organisations/{ministry}/" in search(site, name) for name in ("China", "Chine", "Trung Quốc"))


def imported(site: Site, officer: Actor, kind: SourceKind) -> str:
    source = import_source(site.node, actor=officer, name="fr-hanoi-2025", text=read_sample("fr-hanoi-2025"), kind=kind)
    assert f"/sources/{source}/" not in search(site, "drogue", "source")
    keep_all(site.node, actor=officer, source_id=source)
    return f"/sources/{source}/"


def test_a_source_is_found_once_the_register_cites_it(site: Site, officer: Actor):
    """By any word of an official release, with the words around the find."""
    source = imported(site, officer, SourceKind.OFFICIAL_RELEASE)
    page = search(site, "hauts dirigeants", "source")
    assert source in page
    assert "hauts dirigeants" in page.partition("hit-excerpt")[2]


def test_of_the_press_only_passages_are_found(site: Site, officer: Actor):
    """A word that no fact cites is neither found nor shown (ADR 16)."""
    source = imported(site, officer, SourceKind.PRESS)
    assert source in search(site, "traite des êtres humains", "source")
    assert source not in search(site, "hauts dirigeants", "source")


def test_facts_come_before_what_tells_of_them_and_one_kind_can_be_asked_for(site: Site, officer: Actor):
    """Results are one list, best first; how many there are of each kind, State and year narrows them."""
    imported(site, officer, SourceKind.OFFICIAL_RELEASE)
    page = search(site, "drogue")
    found = page.partition('id="found"')[2]
    assert found.index('href="/commitments/') < found.index('href="/sources/')
    for facet in ("kind=commitment", "state=LA", "state=VN", "year=2025"):
        assert f"q=drogue&{facet}" in page
    alone = search(site, "drogue", "source")
    assert 'href="/commitments/' not in alone.partition('id="found"')[2]
    assert 'aria-current="true"' in alone.partition('class="facets"')[2].partition("</nav>")[0]
    unknown = search(site, "drogue", "no such kind")
    assert "chip-chosen" not in unknown


@pytest.mark.parametrize(
    "query", ["", "   ", "…", "zzzz", "x" * 10_000, 'a" OR "b', "NEAR(a b)", "col:x*", "')--", "<b>"]
)
def test_any_query_gets_a_helpful_page(site: Site, ministry: OrganisationId, query: str):
    """Nothing found says what helps and leads on; nothing typed is taken as syntax or as HTML."""
    page = search(site, query)
    assert f"/organisations/{ministry}/" not in page
    assert 'href="/meetings/"' in page
    assert "Accents and capitals make no difference" in page
    assert b"<b>" not in site.visitor().get("/search/", {"q": query}).content


def test_a_search_costs_the_same_for_one_and_for_three(site: Site, officer: Actor, django_assert_max_num_queries):
    """Queries do not grow with the results."""
    for number in range(3):
        ministry = ensure_organisation(site.node, actor=officer, state="CN", name=f"Office {number}", language="en")
        post = ensure_post(site.node, actor=officer, organisation_id=ministry, title="Head of office", language="en")
        record_tenure(site.node, actor=officer, post_id=post, person_name=f"Li {number}", seen_on=PartialDate("2020"))
    search(site, "office")  # warm: what is read once per process
    with django_assert_max_num_queries(14) as one:
        search(site, "office 1")
    with django_assert_max_num_queries(len(one)):
        search(site, "office")

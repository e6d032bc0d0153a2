"""Pages of things that hold very much: they weigh what a page may weigh, and the rest is one step away."""

import hashlib
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entraide.access.api import Role
from entraide.communiques.models import Citation, Passage, Source
from entraide.directory.api import ensure_organisation
from entraide.directory.models import Organisation, OrganisationName
from entraide.kernel.ids import new_uuid
from entraide.programme.api import CommitmentStatus, create_commitment
from entraide.web.register.organisations import OrganisationsInOrder
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
LARGEST_PAGE = 150_000


@pytest.fixture
def officer(site):
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def register(site, officer):
    return make_register(site.node, officer)


def make_source(site, officer, commitments, text):
    """Return a source of which each line shows the text of one commitment, the first line that of the first."""
    source = Source.objects.create(
        id=new_uuid(site.node),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        name="long",
        kind="official_release",
        language="en",
        text=text,
        imported_by=officer.user_id,
        imported_at=site.node.clock.now(),
    )
    at = 0
    for line, commitment in zip(text.splitlines(keepends=True), commitments, strict=False):
        passage = Passage.objects.create(
            id=new_uuid(site.node), source=source, start=at, end=at + len(line.strip()), quote=line.strip()
        )
        Citation.objects.create(
            id=new_uuid(site.node), fact_kind="commitment", fact_id=commitment, field="text", passage=passage
        )
        at += len(line)
    return source


def add_commitments(site, officer, register, count):
    return [
        create_commitment(
            site.node,
            actor=officer,
            mechanism_id=register.mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"en": f"Both ministries train officers of the border police together, course {number}. " * 2},
            instrument_id=register.plan,
            meeting_id=register.meetings[0],
            period="2026",
        )
        for number in range(count)
    ]


def test_a_plan_of_very_many_commitments(site, officer, register):
    """The pages of the plan and of its meeting show a hundred and lead to the list that pages through all."""
    add_commitments(site, officer, register, 180)
    for address in (f"/instruments/{register.plan}/", f"/meetings/{register.meetings[0]}/"):
        page = site.visitor().get(address).content.decode()
        assert len(page) < LARGEST_PAGE
        assert len(set(re.findall(r'href="(/commitments/[0-9a-f-]{36}/)"', page))) == 100
        assert f'href="/commitments/?mechanism={register.mechanism}">All of them' in page


def test_a_source_that_shows_very_many_facts(site, officer, register):
    """Its facts stand on pages; each is met once."""
    commitments = add_commitments(site, officer, register, 150)
    source = make_source(site, officer, commitments, "Both train officers together.\n" * 150)
    pages = [site.visitor().get(f"/sources/{source.id}/?page={number}").content.decode() for number in (1, 2, 3)]
    assert max(map(len, pages)) < LARGEST_PAGE
    met = [found for page in pages for found in re.findall(r'href="/commitments/([0-9a-f-]{36})/"', page)]
    assert sorted(met) == sorted(map(str, commitments))


def test_a_text_that_is_too_long_for_a_page(site, officer, register):
    """Of a very long text the cited passages are shown, each at the place to which other pages link."""
    text = "The two ministries agreed.\n" + "Nothing else of note was said on that day. " * 6000
    source = make_source(site, officer, register.commitments[:1], text)
    page = site.visitor().get(f"/sources/{source.id}/").content.decode()
    assert len(page) < LARGEST_PAGE
    assert "<mark>The two ministries agreed.</mark>" in page
    assert 'id="at-0"' in page


def test_a_thousand_organisations(site, officer):
    """The list goes on over pages, in the order of States and names, each organisation once."""
    made = [
        Organisation(id=new_uuid(site.node), state="FR", created_at=site.node.clock.now()) for _number in range(1000)
    ]
    rows = Organisation.objects.bulk_create(made)
    OrganisationName.objects.bulk_create(
        OrganisationName(
            id=new_uuid(site.node),
            organisation=row,
            name=f"Direction de la coopération internationale {number}",
            sort_key=f"direction de la cooperation internationale {number:04}",
            language="fr",
            is_alias=False,
        )
        for number, row in enumerate(rows)
    )
    pages = [site.visitor().get(f"/organisations/?page={number}").content.decode() for number in (1, 2, 3)]
    assert max(map(len, pages)) < LARGEST_PAGE
    met = [found for page in pages for found in re.findall(r'href="/organisations/([0-9a-f-]{36})/"', page)]
    assert met == [str(row.id) for row in rows]


def test_a_list_of_organisations_reads_the_names_that_it_shows(site, officer):
    """The order is that of the reader's language, also across pages, and the names of other pages are not read."""
    names = [
        ("FR", "fr", "Évreux"),
        ("FR", "fr", "Zone"),
        ("FR", "fr", "agence"),
        ("VN", "vi", "Đà Nẵng"),
        ("", "en", "Union"),
    ]
    for state, language, name in names:
        ensure_organisation(site.node, actor=officer, state=state, name=name, language=language)
    with site.node.active():
        listed = OrganisationsInOrder(site.node, "fr")
        everything = [item.name_in("fr") for item in listed[:100]]
        assert [name for name in everything if name in {row[2] for row in names}] == [
            "agence", "Évreux", "Zone", "Đà Nẵng", "Union"
        ]  # fmt: skip
        assert everything[-1] == "Union"
        for start in range(len(listed)):
            assert [item.name_in("fr") for item in listed[start : start + 2]] == everything[start : start + 2]
        with CaptureQueriesContext(connection) as asked:
            assert len(listed[1:3]) == 2
        assert len(asked) == 2
        assert all("LIMIT 2" in query["sql"] or '" IN (' in query["sql"] for query in asked.captured_queries)

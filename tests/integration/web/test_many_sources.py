"""A desk with hundreds of sources: its pages stay short, and every source can still be reached."""

import re

import pytest

from entraide.access.api import Role
from entraide.communiques.models import Proposal, Source
from entraide.kernel.ids import new_uuid
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
LARGEST_PAGE = 150_000


@pytest.fixture
def officer(site):
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def sources(site, officer):
    """Five hundred sources, every second one with a proposal that waits."""
    rows = [
        Source(
            id=new_uuid(site.node),
            sha256=f"{number:064x}",
            name=f"communique-{number}",
            title=f"Communiqué numéro {number} de la conférence des ministères de l'intérieur et de la police",
            kind="official_release",
            language="fr",
            text="-",
            imported_by=officer.user_id,
            imported_at=site.node.clock.now(),
        )
        for number in range(500)
    ]
    Source.objects.bulk_create(rows)
    Proposal.objects.bulk_create(
        Proposal(id=new_uuid(site.node), source=row, key="party-1", position=0, kind="party", state="waiting",
                 read_fields={}, fields={}, evidence={})
        for row in rows[::2]
    )  # fmt: skip
    return rows


def test_the_desk_and_its_lists_stay_short(site, officer, sources):
    """The lists of sources and the forms that ask for one weigh what a page may weigh."""
    register = make_register(site.node, officer)
    client = site.client_of(officer)
    addresses = (
        "/proposals/",
        f"/upkeep/mechanisms/{register.mechanism}/",
        f"/upkeep/meetings/{register.meetings[0]}/",
    )
    weights = {address: len(client.get(address).content) for address in addresses}
    assert {address: weight for address, weight in weights.items() if weight > LARGEST_PAGE} == {}


def test_every_decided_source_stands_on_one_of_the_pages(site, officer, sources):
    """Going through the pages meets each source without a waiting proposal once."""
    client = site.client_of(officer)
    decided = {str(row.id) for row in sources[1::2]}
    met = [
        found
        for number in range(1, 6)
        for found in re.findall(
            r'href="/proposals/([0-9a-f-]{36})/"', client.get(f"/proposals/?page={number}").content.decode()
        )
        if found in decided
    ]
    assert sorted(met) == sorted(decided)

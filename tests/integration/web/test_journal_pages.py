"""Pages of the journal."""

import json
import re
from uuid import UUID

import pytest

from entraide.access.api import Role
from entraide.journal.adapters.triggers import drop_triggers
from entraide.journal.api import (
    append_entry,
    sequence_own_log,
)
from entraide.journal.models import Entry
from entraide.kernel.node import Node
from entraide.storage.api import transaction
from tests.factories.directory import make_partner
from tests.factories.logs import make_keyed_node, make_pair
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
SUBJECT = UUID("01890000-0000-7000-8000-00000000beef")


@pytest.fixture
def node() -> Node:
    """A node with keys, some acts and a partner that witnesses them."""
    return make_keyed_node()


@pytest.fixture
def filled(site: Site) -> Site:
    actor, partner = make_actor(site.node, Role.case_officer), make_keyed_node("partner")
    make_partner(site.node, partner, public_keys=partner.public_keys)
    with transaction(site.node):
        for number in range(60):
            append_entry(site.node, kind="test.noted", subject=UUID(int=number), content={"number": number})
        append_entry(
            site.node, kind="requests.released", subject=SUBJECT, content={"form": "preservation"}, actor=actor.user_id
        )
    pair = make_pair(site.node, partner)
    pair.receipt(pair.send(b"a"))
    return site


def test_the_journal_opens_for_auditors_and_operators(filled: Site):
    """Others are told which roles would do; a visitor logs in first."""
    for role in Role:
        expected = 200 if role in {Role.auditor, Role.operator} else 403
        assert filled.client_as(role).get("/journal/").status_code == expected, role
    assert filled.visitor().get("/journal/").status_code == 302


def test_the_journal_lists_entries_newest_first_in_pages(filled: Site):
    """What, when, who by post, and subject; older ones on the next page; one subject or kind alone."""
    auditor = filled.client_as(Role.auditor)
    page = auditor.get("/journal/").content.decode()
    assert page.index("requests.released") < page.rindex("test.noted")
    assert "Case officer" in page
    assert "Sent to la-mops" in page
    assert "whole" in page
    older = re.search(r'rel="next" href="(\?before=[^"]+)"', page)
    assert older is not None
    assert "test.noted" in auditor.get(f"/journal/{older[1]}").content.decode()
    one = auditor.get(f"/journal/?subject={SUBJECT}&kind=requests.released").content.decode()
    assert one.count("<code>requests.released</code>") == 1
    assert "No entries" in auditor.get("/journal/?subject=01890000-0000-7000-8000-00000000dead").content.decode()


def test_verify_now_says_plainly_what_came_out(filled: Site):
    """All is well; then someone drops the guards; then someone changes an entry."""
    auditor = filled.client_as(Role.auditor)
    assert "The journal verifies</p>" in auditor.post("/journal/verify/").content.decode()
    drop_triggers("default")
    page = auditor.post("/journal/verify/").content.decode()
    assert "the database does not protect it" in page
    assert "journal_entry_no_delete" in page
    Entry.objects.filter(index=3).update(kind="test.other")
    page = auditor.post("/journal/verify/").content.decode()
    assert "The journal does not verify" in page
    assert "entry 3" in page
    assert "journal.broken" in page
    assert auditor.get("/journal/verify/").status_code == 405


def test_an_entry_is_shown_and_proven(filled: Site):
    """One entry with its content, and a bundle that proves it and shows nothing of the others."""
    sequence_own_log(filled.node)
    entry = Entry.objects.get(subject=SUBJECT)
    auditor = filled.client_as(Role.auditor)
    page = auditor.get(f"/journal/entries/{entry.id}/").content.decode()
    assert "preservation" in page
    response = auditor.get(f"/journal/entries/{entry.id}/proof.json")
    assert response.headers["Content-Disposition"].endswith(f'-{entry.index}.json"')
    bundle = json.loads(response.content)
    assert "test.noted" not in response.content.decode()
    assert bundle["opened"]["statement"].startswith('{"actor":')
    assert auditor.get(f"/journal/entries/{SUBJECT}/").status_code == 404

"""Pages of acts and of warnings: what undoing would do is shown first, and what was undone says so to everyone."""

import re
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.communiques.api import Quoted, SourceKind, amend_fact, import_source, keep_all, read_sample
from entraide.journal.api import list_acts
from entraide.kernel.partial_dates import PartialDate
from entraide.programme import models as register
from entraide.programme.api import list_warnings
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
SAMPLE = "fr-hanoi-2025"


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def officer(site):
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def source(site, officer):
    source = import_source(
        site.node, actor=officer, name=SAMPLE, text=read_sample(SAMPLE), kind=SourceKind.OFFICIAL_RELEASE
    )
    keep_all(site.node, actor=officer, source_id=source)
    return source


@pytest.fixture
def moved(site, officer, source):
    """A meeting whose day an officer has moved into the future, and the act that did."""
    meeting = register.Meeting.objects.get(date="2025-01-12")
    site.node.clock.advance(minutes=1)
    amend_fact(
        site.node,
        actor=officer,
        kind="meeting",
        fact_id=meeting.id,
        values={"date": PartialDate("2035-01-12")},
        passage=Quoted(source, "12 janvier 2025"),
    )
    return meeting, list_acts(site.node, limit=1)[0].id


def test_the_history_tells_who_changed_what_when_and_undoes_the_last_act(site, officer, moved):
    meeting, act = moved
    client = site.client_of(officer)
    page = text_of(client.get(f"/acts/facts/{meeting.id}/"))
    assert "A fact was corrected by hand" in page
    assert officer.post in page
    assert "2035" in page
    assert "Undo the last act" in page
    shown = client.get(f"/acts/{act}/")
    assert "Nothing has been done yet" in text_of(shown)
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', shown.content.decode())
    assert digest
    assert client.post(f"/acts/{act}/", {"reason": "", "digest": digest[1]}).status_code == 400
    site.node.clock.advance(minutes=1)
    done = client.post(f"/acts/{act}/", {"reason": "a slip of the pen", "digest": digest[1]}, follow=True)
    assert "a slip of the pen" in text_of(done)
    meeting.refresh_from_db()
    assert meeting.date == "2025-01-12"
    latest = list_acts(site.node, limit=1)[0].id
    assert client.post(f"/acts/{latest}/restore/", {"reason": "no slip"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.date == "2035-01-12"


def test_a_changed_register_is_shown_again_before_anything_is_undone(site, officer, moved):
    _meeting, act = moved
    client = site.client_of(officer)
    response = client.post(f"/acts/{act}/", {"reason": "why", "digest": "another"})
    assert response.status_code == 400
    assert "Meanwhile the register has changed" in text_of(response)


def test_a_withdrawn_fact_says_so_to_everyone_with_the_reason(site, officer, source):
    client, meeting = site.client_of(officer), register.Meeting.objects.get(date="2025-01-12")
    assert site.visitor().get(f"/meetings/{meeting.id}/").status_code == 200
    act = list_acts(site.node, limit=1)[0].id
    response = client.post(f"/acts/{act}/batch/", {"reason": "another text", "digest": ""}, follow=True)
    assert response.status_code == 200
    for address in (f"/meetings/{meeting.id}/", f"/meetings/{meeting.id}.jsonld"):
        page = site.visitor().get(address)
        assert page.status_code == 410
        assert page.headers["Cache-Control"] == "no-cache"  # browsers would keep it for ever
        assert "another text" in text_of(page)
    told = site.visitor().get(f"/api/v1/meetings/{meeting.id}")
    assert told.status_code == 410
    assert told.json()["code"] == "communiques.fact_withdrawn"
    assert "another text" in text_of(client.get(f"/acts/facts/{meeting.id}/"))
    assert site.visitor().get("/meetings/01900000-0000-7000-8000-000000000000/").status_code == 404


def test_who_may_not_undo_reads_only(site, moved):
    meeting, act = moved
    auditor = site.client_as(Role.auditor)
    page = text_of(auditor.get(f"/acts/facts/{meeting.id}/"))
    assert "Undo" not in page
    assert "Entry in the journal" in page
    assert auditor.post(f"/acts/{act}/", {"reason": "why"}).status_code == 403
    assert "History of this fact" not in text_of(site.visitor().get(f"/meetings/{meeting.id}/"))


def test_a_warning_stands_on_the_desk_and_beside_the_fact_until_it_is_answered(site, officer, moved):
    meeting, _act = moved
    client = site.client_of(officer)
    title = "A meeting in the future that is told as held"
    for address in ("/desk/", "/checks/", f"/meetings/{meeting.id}/"):
        assert title in text_of(client.get(address))
    assert title not in text_of(site.visitor().get(f"/meetings/{meeting.id}/"))
    (warned,) = [item for item in list_warnings(site.node) if item.code == "future_held"]
    nothing = client.post("/checks/answer/", {"key": warned.key, "reason": " "}, follow=True)
    assert "Say in a few words why it is so" in text_of(nothing)
    back = f"/meetings/{meeting.id}/"
    site.node.clock.advance(minutes=1)
    client.post("/checks/answer/", {"key": warned.key, "reason": "a date of the lunar year", "back": back})
    assert title not in text_of(client.get("/desk/"))
    assert title not in text_of(client.get(back))
    assert "a date of the lunar year" in text_of(client.get("/checks/"))
    site.node.clock.advance(minutes=1)
    act = list_acts(site.node, limit=1)[0].id
    client.post(f"/acts/{act}/", {"reason": "no lunar year", "digest": ""})
    assert title in text_of(client.get("/desk/"))


def test_a_warning_answered_elsewhere_is_not_found_again(site, officer, source):
    client = site.client_of(officer)
    response = client.post("/checks/answer/", {"key": "0" * 64, "reason": "so it is"}, follow=True)
    assert "This warning is not there any more" in text_of(response)

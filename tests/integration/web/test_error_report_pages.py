"""Reporting an error on the page of a fact, without a login or a script, and answering it from the desk."""

import re
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.communiques.api import Quoted, amend_fact
from entraide.config.limits import DEFAULT_LIMITS
from entraide.journal.api import list_acts, list_entries
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from entraide.programme import models as register
from entraide.publication.api import list_open_reports, switch_reporting
from entraide.publication.models import ErrorReport
from tests.factories.nodes import SeededRandomness, make_node
from tests.factories.people import make_actor
from tests.integration.conftest import Site
from tests.integration.web.test_crawling import recorded

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node() -> Node:
    """A node with keys, under which contacts are sealed."""
    return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))


@pytest.fixture
def kept(site: Site):
    """Keep a sample; the officer, the source and the meeting that it tells of."""
    officer, source = recorded(site)
    return officer, source, register.Meeting.objects.get(date="2025-01-12")


def text_of(response) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def opened(site: Site, path: str, *, wait: float = 10) -> dict[str, str]:
    """Open a form as a browser does, and take the time of a person."""
    page = site.visitor().get(path).content.decode()
    token = unescape(re.search(r'name="form" value="([^"]*)"', page)[1])
    site.node.clock.advance(seconds=wait)
    return {"form": token, "subject": ""}


def test_a_reader_reports_and_an_officer_corrects_and_the_page_says_so(site, kept):
    """From the page of the fact to the desk and back, with what was changed."""
    officer, source, meeting = kept
    page, form = f"/meetings/{meeting.id}/", f"/error-reports/new/meetings/{meeting.id}/"
    visitor, client = site.visitor(), site.client_of(officer)
    assert f'href="{form}"' in visitor.get(page).content.decode()
    given = opened(site, form)
    given |= {"wrong": "The place was Vientiane.", "right": "Vientiane", "contact": "reader@example.org"}
    sent = visitor.post(form, given, follow=True)
    assert sent.redirect_chain == [(f"{page}#error-reports", 302)]
    assert "1 report of an error is open" in text_of(sent)
    assert "Vientiane." not in text_of(sent)
    (report,) = list_open_reports(site.node, limit=5)
    desk = text_of(client.get("/desk/"))
    assert "The place was Vientiane." in desk
    path = f"/error-reports/{report.id}/"
    assert path in client.get("/desk/").content.decode()
    assert "reader@example.org" not in text_of(client.get(path))
    assert "reader@example.org" in text_of(client.post(f"{path}contact/", {"reason": "to ask"}))
    assert client.post(f"{path}contact/", {"reason": ""}).status_code == 302
    site.node.clock.advance(minutes=1)
    values = {"place": "Vientiane"}
    amend_fact(
        site.node,
        actor=officer,
        kind="meeting",
        fact_id=meeting.id,
        values=values,
        passage=Quoted(source, "12 janvier 2025"),
    )
    act = list_acts(site.node, limit=1)[0]
    assert f'value="{act.id}"' in client.get(path).content.decode()
    site.node.clock.advance(minutes=1)
    assert client.post(path, {"outcome": "corrected", "act": str(act.id)}).status_code == 302
    public = visitor.get(page).content.decode()
    assert "<ins>Vientiane</ins>" in public
    assert "Corrected" in public
    assert "report of an error is open" not in public
    history = text_of(client.get(f"/acts/facts/{meeting.id}/"))
    assert "A report of an error was answered" in history
    journal = text_of(site.client_as(Role.auditor).get("/journal/"))
    assert "publication.report_answered" in journal or "A report of an error was answered" in journal


def test_an_answer_needs_what_its_outcome_needs(site, kept):
    """Without it the form comes back with the field named; with a reason everyone reads it."""
    officer, _source, meeting = kept
    form, client = f"/error-reports/new/meetings/{meeting.id}/", site.client_of(officer)
    site.visitor().post(form, opened(site, form) | {"wrong": "No such meeting."})
    (report,) = list_open_reports(site.node, limit=5)
    path = f"/error-reports/{report.id}/"
    for outcome, field in (("no_error", "reason"), ("corrected", "act"), ("duplicate", "original")):
        refused = client.post(path, {"outcome": outcome})
        assert refused.status_code == 400
        assert f'href="#id_{field}"' in refused.content.decode()
    assert client.post(path, {"outcome": "no_error", "reason": "See <the> source."}).status_code == 302
    shown = site.visitor().get(f"/meetings/{meeting.id}/").content.decode()
    assert "Not an error" in shown
    assert "See &lt;the&gt; source." in shown


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"wrong": ""}, "required"),
        ({"wrong": "\u200b \x07 --"}, "does not say what is wrong"),
        ({"wrong": "x" * 3000}, "at most 2000"),
        ({"source_url": "javascript:alert(1)"}, "not one of the web"),
        ({"contact": "x" * 300}, "at most 200"),
        ({"subject": "cheap pills"}, "must stay empty"),
        ({"form": ""}, "sooner than a person writes"),
        ({"form": "forged:1x:abc"}, "sooner than a person writes"),
        ({"wrong": "\0"}, "Null characters"),
    ],
)
def test_what_a_program_would_send_is_refused_and_a_person_can_mend_it(site, kept, change, says):
    """The form comes back with what was written; nothing is kept, nothing is run."""
    _officer, _source, meeting = kept
    form = f"/error-reports/new/meetings/{meeting.id}/"
    answer = site.visitor().post(form, opened(site, form) | {"wrong": "<script>alert(1)</script>"} | change)
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert "<script>alert" not in answer.content.decode()
    assert ErrorReport.objects.count() == 0


def test_a_form_that_comes_back_at_once_is_sent_out_anew(site, kept):
    """Two seconds are no person's; the same words go through with the form that came back."""
    _officer, _source, meeting = kept
    path = f"/error-reports/new/meetings/{meeting.id}/"
    first = site.visitor().post(path, opened(site, path, wait=1) | {"wrong": "Wrong day"})
    assert first.status_code == 400
    assert "Wrong day" in first.content.decode()
    token = unescape(re.search(r'name="form" value="([^"]*)"', first.content.decode())[1])
    site.node.clock.advance(seconds=5)
    assert site.visitor().post(path, {"form": token, "wrong": "Wrong day"}).status_code == 302
    assert site.visitor().post(path, {"form": token, "wrong": "Wrong day"}).status_code == 302
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize("path", ["meetings/019459f0-0000-7000-8000-00000000abcd/", "nothing/{id}/", "series/{id}/"])
def test_nothing_is_reported_of_what_has_no_page(site, kept, path):
    _officer, _source, meeting = kept
    for answer in (site.visitor().get, site.visitor().post):
        assert answer(f"/error-reports/new/{path.format(id=meeting.id)}").status_code == 404


@pytest.mark.parametrize(
    "table", ["mechanisms", "meetings", "instruments", "commitments", "organisations", "posts", "sources"]
)
def test_every_kind_of_fact_with_a_page_can_be_reported(site, kept, table):
    """Its page leads to the form, and the form leads back."""
    found = re.search(rf"/{table}/[0-9a-f-]{{36}}/", site.visitor().get(f"/sitemaps/{table}.xml").content.decode())
    page = site.visitor().get(found[0]).content.decode()
    form = re.search(r'href="(/error-reports/new/[^"]*)"', page)[1]
    sent = site.visitor().post(form, opened(site, form) | {"wrong": "Wrong."}, follow=True)
    assert "1 report of an error is open" in text_of(sent)
    assert ErrorReport.objects.get().fact_kind


def test_switched_off_the_pages_say_so_and_name_the_contact(site, kept):
    _officer, _source, meeting = kept
    path = f"/error-reports/new/meetings/{meeting.id}/"
    given = opened(site, path)
    operator = site.client_as(Role.operator)
    assert operator.post("/about/reporting/", {"open": "no"}).status_code == 302
    page = site.visitor().get(f"/meetings/{meeting.id}/").content.decode()
    assert path not in page
    assert "cannot be reported here at present" in page
    assert site.visitor().post(path, given | {"wrong": "Wrong"}).status_code == 403
    switch_reporting(site.node, actor=None, open_=True)
    assert site.visitor().post(path, given | {"wrong": "Wrong"}).status_code == 302


def test_an_address_reports_a_few_and_then_waits(site, kept, settings):
    """Five at once, then one a minute; another address is not held back, and no address is kept or logged."""
    settings.RATE_LIMITS = DEFAULT_LIMITS
    _officer, _source, meeting = kept
    path, visitor = f"/error-reports/new/meetings/{meeting.id}/", site.visitor()
    given = opened(site, path)
    codes = [visitor.post(path, given | {"wrong": ""}, REMOTE_ADDR="198.51.100.7").status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]
    held = visitor.post(path, given | {"wrong": "x"}, REMOTE_ADDR="198.51.100.7")
    assert int(held.headers["Retry-After"]) > 0
    assert held.headers["Content-Type"].startswith("text/html")
    assert visitor.post(path, given | {"wrong": "x"}, REMOTE_ADDR="198.51.100.8").status_code == 302
    assert visitor.get(path, REMOTE_ADDR="198.51.100.7").status_code == 200
    assert "198.51" not in str([entry.content for entry in list_entries(site.node)])


def test_many_are_set_aside_at_once(site, kept):
    """Ticked ones go from the desk and leave nothing on the page of the fact."""
    officer, _source, meeting = kept
    path = f"/error-reports/new/meetings/{meeting.id}/"
    for number in range(3):
        site.visitor().post(path, opened(site, path) | {"wrong": f"buy {number}"})
    waiting = [str(item.id) for item in list_open_reports(site.node, limit=5)]
    done = site.client_of(officer).post("/error-reports/set-aside/", {"report": [*waiting[:2], "x"]}, follow=True)
    assert "2 reports are set aside" in text_of(done)
    page = text_of(site.visitor().get(f"/meetings/{meeting.id}/"))
    assert "1 report of an error is open" in page
    assert "Set aside" not in page


def test_a_form_of_megabytes_is_refused_before_anybody_reads_it(site, kept):
    _officer, _source, meeting = kept
    path = f"/error-reports/new/meetings/{meeting.id}/"
    answer = site.visitor().post(path, opened(site, path) | {"wrong": "x" * 3_000_000})
    assert answer.status_code == 400
    assert ErrorReport.objects.count() == 0


def test_an_auditor_reads_reports_and_answers_none(site, kept):
    _officer, _source, meeting = kept
    path = f"/error-reports/new/meetings/{meeting.id}/"
    site.visitor().post(path, opened(site, path) | {"wrong": "Wrong."})
    (report,) = list_open_reports(site.node, limit=5)
    auditor = site.client_of(make_actor(site.node, Role.auditor))
    assert "Wrong." in text_of(auditor.get("/error-reports/"))
    assert auditor.post(f"/error-reports/{report.id}/", {"outcome": "set_aside"}).status_code == 403
    assert auditor.post(f"/error-reports/{report.id}/contact/", {"reason": "x"}).status_code == 403

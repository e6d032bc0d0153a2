"""Pages of the register and of plans, played by people with roles on two paired nodes."""

import re

import pytest

from entraide.access.api import Role
from entraide.directory.api import ensure_organisation, ensure_post, record_tenure
from entraide.kernel.partial_dates import PartialDate
from entraide.plans import models
from entraide.plans.api import (
    agree_plan,
)
from entraide.programme.api import (
    Level,
    MeetingFacts,
    MeetingKind,
    PersonInPost,
    PersonRole,
    create_meeting,
    ensure_series,
    record_progress,
)
from tests.simulators.negotiation import PASSPHRASES, Table

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def table(pair):
    return Table(pair)


@pytest.fixture
def node(table):
    return table.a


@pytest.fixture
def recorded(table):
    """A series with a gap, and the conference of 2025."""
    with table.a.active():
        series = ensure_series(
            table.a,
            actor=table.desk["a"],
            mechanism_id=table.mechanism,
            level=Level.MINISTER,
            names={"fr": "Conférence de coopération"},
        )
        for ordinal, day in ((12, "2020-11-05"), (14, "2022-11-05"), (15, "2023")):
            create_meeting(
                table.a,
                actor=table.desk["a"],
                mechanism_id=table.mechanism,
                facts=MeetingFacts(
                    series_id=series, ordinal=ordinal, date=PartialDate(day), place="Hanoï", kind=MeetingKind.CONFERENCE
                ),
                people=[PersonInPost("Luong Tam Quang", "ministre", "VN", PersonRole.CO_CHAIR)],
            )
    return table


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_public_reads_the_register_without_a_login(site, recorded):
    """First page, mechanism, meeting, instrument, commitment and search open for everyone and link to each other."""
    client = site.visitor()
    record_progress(
        recorded.a,
        commitment_id=recorded.commitments[1],
        answered_in_time=2,
        answered_late=1,
        still_open=0,
        period="2025",
        one_sided=True,
    )
    seen, queue = set(), ["/"]
    while queue:
        path = queue.pop()
        text = page(client, path)
        seen.add(path)
        links = re.findall(
            r'href="(/(?:mechanisms|meetings|instruments|commitments|organisations|posts)/[^"#]*)"', text
        )
        queue += [link for link in set(links) if link not in seen and link not in queue and "assess" not in link]
    kinds = {path.split("/")[1] for path in seen}
    assert kinds == {"", "mechanisms", "meetings", "instruments", "commitments", "organisations"}
    mechanism = page(client, f"/mechanisms/{recorded.mechanism}/")
    assert "13th" in mechanism, "the gap is shown"
    assert "16th" in mechanism, "and what is due next"
    commitment = page(client, f"/commitments/{recorded.commitments[1]}/")
    assert "one side only" in commitment


@pytest.mark.parametrize("query", ["hanoi", "drogue", "Quang", "14"])
def test_search_finds_facts(site, recorded, query):
    """Words are found without accents, in meetings, instruments and commitments."""
    assert 'class="lines"' in page(site.visitor(), f"/search/?q={query}")


def test_organisations_and_posts_show_who_held_them_when(site, recorded):
    """One post with two holders shows both; a co-chair's post leads to the meetings they took part in."""
    node, desk = recorded.a, recorded.desk["a"]
    with node.active():
        ministry = ensure_organisation(
            node, actor=desk, state="VN", name="ministère de la Sécurité publique", language="fr"
        )
        post = ensure_post(
            node, actor=desk, organisation_id=ministry, title="ministre de la Sécurité publique", language="fr"
        )
        record_tenure(node, actor=desk, post_id=post, person_name="To Lam", seen_on=PartialDate("2021-02-19"))
        tenure = record_tenure(
            node, actor=desk, post_id=post, person_name="Luong Tam Quang", seen_on=PartialDate("2024-08-20")
        )
        meeting = create_meeting(
            node,
            actor=desk,
            mechanism_id=recorded.mechanism,
            facts=MeetingFacts(date=PartialDate("2024-08-20"), place="Pékin"),
            people=[PersonInPost("Luong Tam Quang", "ministre", "VN", tenure_id=tenure)],
        )
    client = site.visitor()
    assert f"/posts/{post}/" in page(client, f"/meetings/{meeting}/")
    text = page(client, f"/posts/{post}/")
    assert "To Lam" in text
    assert f"/meetings/{meeting}/" in text
    assert f"/posts/{post}/" in page(client, f"/organisations/{ministry}/")


@pytest.mark.parametrize(("path", "most"), [("/", 50), ("/meetings/", 30), ("/mechanisms/{mechanism}/", 43)])
def test_a_page_reads_no_more_for_more_facts(site, recorded, path, most, django_assert_max_num_queries):
    """The number of queries does not grow with what is recorded; some pages read of everything a little."""
    address = path.format(mechanism=recorded.mechanism)
    client = site.visitor()

    def hold(*numbers: int) -> None:
        with recorded.a.active():
            for number in numbers:
                create_meeting(
                    recorded.a,
                    actor=recorded.desk["a"],
                    mechanism_id=recorded.mechanism,
                    facts=MeetingFacts(date=PartialDate(f"2010-0{number}-01"), place="Hanoï"),
                    people=[PersonInPost("Luong Tam Quang", "ministre", "VN", PersonRole.CO_CHAIR)],
                )

    # Each time after a change: the linked data in a page is made once for each state of the register.
    hold(1)
    with django_assert_max_num_queries(most) as few:
        page(client, address)
    hold(2, 3, 4, 5, 6)
    with django_assert_max_num_queries(len(few)):
        page(client, address)


def test_search_that_finds_nothing_says_so(site, recorded):
    """No result is said in words, with what to try."""
    assert "Nothing was found" in page(site.visitor(), "/search/?q=zanzibar")


def test_unknown_facts_are_not_found(site):
    """A wrong address is a clear page with a code."""
    response = site.visitor().get("/meetings/01945a62-ada0-747c-8f61-37f830e20a4e/")
    assert response.status_code == 404
    assert "programme.no_such_fact" in response.content.decode()


def test_plans_need_a_login(site):
    """A visitor is sent to the login; a case officer is told which roles would do."""
    assert site.visitor().get("/plans/").status_code == 302
    assert site.client_as(Role.case_officer).get("/plans/").status_code == 403


def test_a_plan_is_drafted_edited_proposed_and_signed_on_its_pages(site, table):
    """The desk officer drafts and proposes, the approver agrees and signs; drafts are never public."""
    desk, chief = site.client_of(table.desk["a"]), site.client_of(table.chief["a"])
    assert ">VN<" not in page(desk, "/plans/new/"), "States are named, not coded"
    form = {"partners": [str(table.pair.a.partner_id)], "period": "2026", "languages": ["fr"]}
    answer = desk.post(
        f"/plans/new/{table.mechanism}/", {**form, "commitments": [str(item) for item in table.commitments]}
    )
    assert answer.status_code == 302
    plan = answer.url
    plan_id = plan.split("/")[2]
    clause = table.clauses("a", plan_id)[0]
    edit = f"{plan}clauses/{clause.id}/"
    text = {"domain": "drugs", "text_fr": "Lutter contre la drogue ensemble.", "lead_vn-mps": "C04"}
    assert desk.post(edit, {**text, "seen": clause.digest}).status_code == 302
    stale = desk.post(edit, {**text, "text_fr": "Autre chose.", "seen": clause.digest})
    assert "Someone changed this text" in stale.content.decode()
    assert "Autre chose." in stale.content.decode(), "what was typed is not lost"
    new = {"domain": "training", "text_fr": "Former le personnel."}
    assert desk.post(f"{plan}clauses/new/", new).status_code == 302
    desk.post(f"{plan}propose/")
    table.pair.deliver()
    assert "with Ministry of Public Security (Laos)" in page(desk, plan)
    assert desk.post(f"{plan}agree/").status_code == 403
    chief.post(f"{plan}agree/")
    table.pair.deliver()
    assert "/plans/signatory/" in chief.get(f"{plan}sign/").url
    from_b(table, plan_id)
    key = {"passphrase": PASSPHRASES["a"], "again": PASSPHRASES["a"], "post": "Minister of Public Security"}
    assert "differ" in chief.post("/plans/signatory/", {**key, "again": "another one"}).content.decode()
    assert chief.post("/plans/signatory/", key).status_code == 302
    assert "passphrase" in chief.post(f"{plan}sign/", {"passphrase": "wrong passphrase"}).content.decode()
    assert chief.post(f"{plan}sign/", {"passphrase": PASSPHRASES["a"]}).status_code == 302
    table.pair.deliver()
    table.sign("b", plan_id)
    for name in ("", "compare/", "compare/?before=0&after=1", "review/", "verify/", "communique/?language=fr"):
        page(desk, f"{plan}{name}")
    assert "all signatures hold" in page(desk, f"{plan}verify/")
    with table.a.active():
        instrument = models.Plan.objects.get(id=plan_id).instrument_id
    public = page(site.visitor(), f"/instruments/{instrument}/")
    assert "Lutter contre la drogue ensemble." in public
    assert "Minister of Public Security" in public


def from_b(table, plan_id):
    agree_plan(table.b, actor=table.chief["b"], plan_id=plan_id)
    table.pair.deliver()


def test_a_conference_is_recorded_and_the_communique_drafted(site, table):
    """The conference's form feeds the draft of the communiqué; a wrong date is answered at its field."""
    plan_id = table.propose()
    desk = site.client_of(table.desk["a"])
    form = {
        "kind": "conference",
        "date": "12 January",
        "place": "Hanoï",
        "name_1": "Luong Tam Quang",
        "post_1": "ministre de la Sécurité publique",
        "name_0": "Vilay Lakhamphong",
        "post_0": "ministre de la Sécurité publique",
    }
    path = f"/plans/{plan_id}/conference/"
    assert "is not a date" in desk.post(path, form).content.decode()
    assert desk.post(path, {**form, "date": "2026-01-12"}).status_code == 302
    text = page(desk, f"/plans/{plan_id}/communique/?language=fr")
    assert "12 janvier 2026" in text
    assert "Vilay Lakhamphong" in text


def test_a_grade_is_added_beside_the_others(site, table):
    """Two assessments of one commitment stand side by side."""
    desk = site.client_of(table.desk["a"])
    path = f"/commitments/{table.commitments[0]}/"
    for assessor, method, grade in (("Ministry", "own_report", "completed"), ("Observers", "independent", "limited")):
        form = {"assessor": assessor, "method": method, "grade": grade, "period": "2025", "note": "counts"}
        assert desk.post(f"{path}assess/", form).status_code == 302
    text = page(site.visitor(), path)
    assert "Observers" in text
    assert "Ministry" in text

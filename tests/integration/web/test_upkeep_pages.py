"""Pages on which a desk officer enters names, standings, joined series, delegations and agendas."""

import re
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.communiques.api import (
    Quoted,
    SourceKind,
    enter_delegation,
    enter_standing,
    import_source,
    keep_all,
    read_sample,
)
from entraide.programme import models as register
from entraide.programme.api import (
    Level,
    MechanismStatus,
    MeetingFacts,
    PersonInPost,
    create_meeting,
    ensure_series,
    get_mechanism,
    list_agenda,
    record_agenda_item,
)
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
MINISTRIES = "les deux ministères"


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def officer(site):
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def source(site, officer):
    text = read_sample("fr-hanoi-2025")
    source = import_source(site.node, actor=officer, name="x", text=text, kind=SourceKind.OFFICIAL_RELEASE)
    keep_all(site.node, actor=officer, source_id=source)
    return source


def test_a_mechanism_gets_its_name_and_its_standing_by_form(site, officer, source):
    """Both stand on the public page with the passage and the kind of its source."""
    client, mechanism = site.client_of(officer), register.Mechanism.objects.get()
    address = f"/upkeep/mechanisms/{mechanism.id}/"
    cited = {"source": str(source), "quote": MINISTRIES}
    name = {"language": "en", "name": "Viet Nam and Laos on security", **cited}
    response = client.post(address, {**{f"name-{key}": value for key, value in name.items()}, "act": "name"})
    assert response.status_code == 302
    standing = {"status": "dormant", "since": "2026-01", "successor": "", **cited}
    client.post(address, {**{f"standing-{key}": value for key, value in standing.items()}, "act": "standing"})
    page = text_of(site.visitor().get(f"/mechanisms/{mechanism.id}/"))
    for words in ("Viet Nam and Laos on security", "Dormant mechanism", "January 2026", MINISTRIES, "official release"):
        assert words in page
    assert "Enter by hand" not in page
    assert "Enter by hand" in text_of(client.get(f"/mechanisms/{mechanism.id}/"))


BAD = {
    "nothing": ("name", {}, "This field is required"),
    "words of another text": (
        "name",
        {"language": "en", "name": "X", "quote": "words of another text"},
        "do not stand in this source",
    ),
    "a date that is none": (
        "standing",
        {"status": "ended", "since": "last year", "quote": MINISTRIES},
        "Write 12/01/2025",
    ),
    "followed by none": (
        "standing",
        {"status": "succeeded", "quote": MINISTRIES},
        "Name the mechanism that follows for this status",
    ),
    "a status that is none": (
        "standing",
        {"status": "asleep", "quote": MINISTRIES},
        "not one of the available choices",
    ),
}


@pytest.mark.parametrize(("act", "values", "line"), BAD.values(), ids=BAD)
def test_a_bad_entry_gets_one_clear_line(site, officer, source, act, values, line):
    """What cannot stand comes back at its form with the reason, and nothing is entered."""
    client, mechanism = site.client_of(officer), register.Mechanism.objects.get()
    data = {"source": str(source), **values}
    response = client.post(
        f"/upkeep/mechanisms/{mechanism.id}/", {**{f"{act}-{key}": value for key, value in data.items()}, "act": act}
    )
    assert response.status_code == 400
    assert line in text_of(response)
    assert get_mechanism(site.node, mechanism.id).status is MechanismStatus.ACTIVE
    assert get_mechanism(site.node, mechanism.id).names == {}


def test_two_series_are_said_to_be_one_by_form_and_the_address_leads_on(site, officer, source):
    """The officer's act joins them; the former meeting's permanent address leads to the one that stays."""
    client, mechanism, into = site.client_of(officer), register.Mechanism.objects.get(), register.Series.objects.get()
    kept = register.Meeting.objects.get(ordinal=14)
    other = ensure_series(
        site.node, actor=officer, mechanism_id=mechanism.id, level=Level.MINISTER, names={"vi": "Hội nghị hợp tác"}
    )
    twin = create_meeting(
        site.node, actor=officer, mechanism_id=mechanism.id, facts=MeetingFacts(series_id=other, ordinal=14)
    )
    address = f"/upkeep/mechanisms/{mechanism.id}/"
    assert "Two series are one" in text_of(client.get(address))
    same = client.post(address, {"series-into": str(into.id), "series-other": str(into.id), "act": "series"})
    assert "Choose another series" in text_of(same)
    client.post(address, {"series-into": str(into.id), "series-other": str(other), "act": "series"})
    assert register.Series.objects.count() == 1
    response = site.visitor().get(f"/meetings/{twin}/")
    assert (response.status_code, response.url) == (301, f"/meetings/{kept.id}/")


def test_a_delegation_and_an_agenda_are_entered_by_form(site, officer, source):
    """The meeting's page shows each side with its head, members and number, and the agenda with what came of it."""
    client, meeting = site.client_of(officer), register.Meeting.objects.get(date="2025-01-12")
    address, cited = f"/upkeep/meetings/{meeting.id}/", {"source": str(source), "quote": MINISTRIES}
    bad = {"state": "LA", "members": "Someone without a post", **cited}
    response = client.post(address, {**{f"delegation-{key}": value for key, value in bad.items()}, "act": "delegation"})
    assert "a comma and the post" in text_of(response)
    good = {"state": "LA", "size": "12", "members": "Khamking Phuilamanivong, vice-ministre", **cited}
    client.post(address, {**{f"delegation-{key}": value for key, value in good.items()}, "act": "delegation"})
    agenda = {"language": "fr", "text": "Examen du plan 2024", "outcome": "Plan 2025 signé", **cited}
    client.post(address, {**{f"agenda-{key}": value for key, value in agenda.items()}, "act": "agenda"})
    page = text_of(site.visitor().get(f"/meetings/{meeting.id}/"))
    for words in (
        "Delegations",
        "12 persons",
        "Khamking Phuilamanivong",
        "Agenda",
        "Examen du plan 2024",
        "Plan 2025 signé",
    ):
        assert words in page


def test_a_mentioned_meeting_says_who_mentions_it(site, officer, source):
    """The 14th conference has a page that says that it is only mentioned, and by which meeting."""
    fourteenth = register.Meeting.objects.get(ordinal=14)
    page = text_of(site.visitor().get(f"/meetings/{fourteenth.id}/"))
    assert "No report of this meeting is recorded." in page
    assert f'href="/meetings/{register.Meeting.objects.get(date="2025-01-12").id}/"' in page


def test_the_pages_need_as_many_queries_for_three_as_for_one(site, officer, source, django_assert_max_num_queries):
    """Delegations, agenda items and standings are read together."""
    meeting, mechanism = register.Meeting.objects.get(date="2025-01-12"), register.Mechanism.objects.get()
    visitor, quote = site.visitor(), Quoted(source, MINISTRIES)

    def grow(number):
        enter_delegation(
            site.node,
            actor=officer,
            meeting_id=meeting.id,
            state="LA" if number else "VN",
            people=[PersonInPost(f"Person {number}", "vice-ministre", "LA")],
            passage=quote,
        )
        record_agenda_item(site.node, actor=officer, meeting_id=meeting.id, texts={"fr": f"Point {number}"})
        enter_standing(
            site.node, actor=officer, mechanism_id=mechanism.id, status=MechanismStatus.DORMANT, passage=quote
        )

    def queries(path):
        with django_assert_max_num_queries(200) as counted:
            assert visitor.get(path).status_code == 200
        return len(counted)

    paths = (f"/meetings/{meeting.id}/", f"/mechanisms/{mechanism.id}/")
    grow(0)
    one = [queries(path) for path in paths]
    grow(1)
    grow(2)
    assert [queries(path) for path in paths] == one
    assert len(list_agenda(site.node, meeting.id)) == 3


def test_a_visitor_and_an_approver_enter_nothing(site, officer, source):
    """The pages are a desk officer's."""
    address = f"/upkeep/mechanisms/{register.Mechanism.objects.get().id}/"
    assert site.visitor().get(address).status_code == 302
    assert site.client_as(Role.approver).post(address, {"act": "name"}).status_code == 403

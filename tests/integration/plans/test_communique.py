"""The communiqué drafted from the outcome says what the register holds, and our own reader reads it back."""

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.plans.api import (
    add_clause,
    draft_communique,
    propose_plan,
    record_conference,
)
from entraide.programme.api import (
    Level,
    MeetingFacts,
    MeetingKind,
    PersonInPost,
    PersonRole,
    ensure_series,
    load_domains,
    record_progress,
)
from entraide.reader.api import read_text
from tests.simulators.negotiation import Table

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
NAMES = {"Luong Tam Quang", "Vilay Lakhamphong"}
POSTS = {
    "fr": "ministre de la Sécurité publique",
    "en": "Minister of Public Security",
    "vi": "Bộ trưởng Bộ Công an",
}
MORE = (
    "terrorism",
    "trafficking-in-persons",
    "victim-protection",
    "wanted-persons",
    "information-exchange",
    "training",
)


MOST_EXTRAS = 3
"""Subjects that the reader finds in the words of others: crime in general, what carries the plan out."""


@pytest.fixture
def table(pair):
    return Table(pair)


def signed_outcome(table, language="fr", *, ordinal=None):
    """A plan for 2026 with eight domains, signed at a conference in Hanoi that reviewed the plan of 2025."""
    node, desk = table.a, table.desk["a"]
    plan_id = table.draft()
    for domain in MORE:
        text = {"fr": load_domains().phrase(domain, "fr")}
        add_clause(node, actor=desk, plan_id=plan_id, domain=domain, texts=text)
    propose_plan(node, actor=desk, plan_id=plan_id)
    table.pair.deliver()
    table.agree_both(plan_id)
    with node.active():
        series = None
        if ordinal:
            names = {"fr": "Conférence de coopération en matière de sécurité Vietnam-Laos"}
            series = ensure_series(node, actor=desk, mechanism_id=table.mechanism, level=Level.MINISTER, names=names)
        record_conference(
            node,
            actor=desk,
            plan_id=plan_id,
            facts=MeetingFacts(
                series_id=series,
                ordinal=ordinal,
                date=PartialDate("2026-01-12"),
                place="Hanoï",
                kind=MeetingKind.CONFERENCE,
            ),
            people=[
                PersonInPost("Luong Tam Quang", POSTS[language], "VN", PersonRole.CO_CHAIR),
                PersonInPost("Vilay Lakhamphong", POSTS[language], "LA", PersonRole.CO_CHAIR),
            ],
        )
    record_progress(
        node,
        commitment_id=table.commitments[1],
        answered_in_time=2,
        answered_late=1,
        still_open=0,
        period="2025",
        one_sided=False,
    )
    table.sign_both(plan_id)
    return plan_id


def test_french_communique_reads_back_to_the_same_facts(table):
    """Meeting, place, day, co-chairs, posts, plan signed and plan reviewed come back as they are, and all domains."""
    plan_id = signed_outcome(table)
    text = draft_communique(table.a, plan_id, "fr")
    reading = read_text(text, name="draft")

    (meeting,) = reading.meetings
    assert (meeting.date.value, meeting.place, set(meeting.co_chairs)) == ("2026-01-12", "Hanoï", NAMES)
    plans = {(item.kind, item.status, item.period) for item in reading.instruments}
    assert plans == {("plan", "signed", "2026"), ("plan", "reviewed", "2025")}
    (signed,) = [item for item in reading.instruments if item.status == "signed"]
    assert set(signed.signatories) == NAMES
    assert {(item.name, item.post, item.state) for item in reading.officials} == {
        ("Luong Tam Quang", POSTS["fr"], "VN"),
        ("Vilay Lakhamphong", POSTS["fr"], "LA"),
    }
    found = {(item.domain, item.status) for item in reading.commitments}
    pledged = {(domain, "pledged") for domain in ("drugs", "legal-assistance", *MORE)}
    assert pledged <= found
    assert len(found - pledged) <= MOST_EXTRAS


def test_ordinal_and_series_read_back(table):
    """A numbered conference comes back with its number and the name of its series."""
    plan_id = signed_outcome(table, ordinal=15)
    (meeting,) = read_text(draft_communique(table.a, plan_id, "fr"), name="draft").meetings
    assert meeting.ordinal == 15
    assert "conférence de coopération" in meeting.series.lower()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_other_languages_read_back_to_the_core_facts(table, language):
    """In English and Vietnamese the meeting, the signed plan and the pledges come back."""
    plan_id = signed_outcome(table, language)
    reading = read_text(draft_communique(table.a, plan_id, language), name="draft")
    (meeting,) = reading.meetings
    assert (meeting.date.value, set(meeting.co_chairs)) == ("2026-01-12", NAMES)
    assert ("plan", "signed") in {(item.kind, item.status) for item in reading.instruments}
    pledged = {item.domain for item in reading.commitments if item.status == "pledged"}
    assert pledged >= {"drugs", "legal-assistance", *MORE}
    assert len(pledged - {"drugs", "legal-assistance", *MORE}) <= MOST_EXTRAS


def test_counts_are_told_without_persons(table):
    """The requests counted for the year before are told in words, in time and late apart."""
    text = draft_communique(table.a, signed_outcome(table), "fr")
    assert "Sur 3 demandes échangées dans les domaines du plan, 2 ont reçu une réponse dans les délais" in text
    assert "1 a reçu une réponse tardive" in text


def test_an_unsigned_plan_claims_no_signature(table):
    """Before both sides have signed, the draft says nothing of a signature."""
    plan_id = table.propose()
    text = draft_communique(table.a, plan_id, "fr")
    assert "signé" not in text
    assert "SHA-256" not in text

"""Errors that readers report: kept with care, few at a time, answered in public, erased in time."""

import json
from uuid import uuid4

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.access.domain.errors import ReasonMissing
from entraide.communiques.api import (
    Quoted,
    SourceKind,
    amend_fact,
    import_source,
    join_facts,
    keep_all,
    read_sample,
    split_facts,
    undo_acts,
)
from entraide.communiques.models import Join
from entraide.directory.api import ensure_organisation
from entraide.journal.api import list_acts, list_entries
from entraide.kernel.ids import new_uuid
from entraide.keys.api import create_memory_keyring
from entraide.programme import models as register
from entraide.publication.api import (
    Outcome,
    Reported,
    ReportsClosed,
    answer_report,
    count_open_reports,
    erase_what_expired,
    get_report,
    list_contacts_left,
    list_corrections,
    list_open_reports,
    list_reports_on,
    read_contact,
    receive_report,
    set_aside_reports,
    switch_reporting,
)
from entraide.publication.domain.error_reports import (
    CONTACT_KEPT,
    MOST_IN_A_DAY,
    MOST_OPEN_OF_A_FACT,
    WORDS_KEPT,
    AnsweredAlready,
    AnswerReasonMissing,
    CorrectionMissing,
    NoSuchErrorReport,
    OriginalMissing,
    TooManyReports,
)
from entraide.publication.models import ErrorReport, ReporterContact
from entraide.storage.models import RowChange
from tests.factories.nodes import SeededRandomness, make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
SENT = 2000
"""Ten thousand were tried by hand: the same five hundred are kept, and the others cost a few milliseconds each."""
CONTACT = "Reader <reader@example.org>"


@pytest.fixture
def node():
    return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))


@pytest.fixture
def officer(node):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def source(node, officer):
    sample = "fr-hanoi-2025"
    made = import_source(node, actor=officer, name=sample, text=read_sample(sample), kind=SourceKind.OFFICIAL_RELEASE)
    keep_all(node, actor=officer, source_id=made)
    node.clock.advance(minutes=1)
    return made


@pytest.fixture
def meeting(source):
    return register.Meeting.objects.get(date="2025-01-12")


def report(node, fact_id, wrong="The place is wrong.", **more: str):
    return receive_report(
        node, report_id=new_uuid(node), fact_kind="meeting", fact_id=fact_id, reported=Reported(wrong, **more)
    )


def test_a_report_waits_and_the_journal_says_so_without_a_word_of_it(node, meeting):
    """That it came, when and on which fact; neither its words nor the contact."""
    made = report(node, meeting.id, right="Vientiane", source_url="https://example.org/x", contact=CONTACT)
    assert [item.id for item in list_open_reports(node, limit=5)] == [made]
    assert get_report(node, made).reported.right == "Vientiane"
    (entry,) = list_entries(node, kind="publication.report_received")
    assert entry.content == {"fact_kind": "meeting", "fact": str(meeting.id), "contact_left": True}
    assert entry.actor is None


def test_a_contact_is_sealed_and_opened_by_an_officer_for_a_reason_on_record(node, officer, meeting):
    """The bytes in the table are not its letters; without the role or a reason nobody reads it."""
    made = report(node, meeting.id, contact=CONTACT)
    assert b"reader" not in bytes(ReporterContact.objects.get().sealed)
    with pytest.raises(RoleMissing):
        read_contact(node, actor=make_actor(node, Role.operator), report_id=made, reason="curious")
    with pytest.raises(ReasonMissing):
        read_contact(node, actor=officer, report_id=made, reason=" ")
    assert list_entries(node, kind="access.reason_recorded") == []
    assert read_contact(node, actor=officer, report_id=made, reason="to ask for the page") == CONTACT
    assert len(list_entries(node, kind="access.reason_recorded")) == 1


def test_the_answer_erases_the_contact_and_is_told_with_the_correction(node, officer, source, meeting):
    """Corrected by an act on that fact; of another fact's act nothing is made up."""
    made = report(node, meeting.id, contact=CONTACT)
    with pytest.raises(CorrectionMissing):
        answer_report(node, actor=officer, report_id=made, outcome=Outcome.CORRECTED, act_id=uuid4())
    assert list_contacts_left(node, [made]) == {made}
    node.clock.advance(minutes=1)
    quoted = Quoted(source, "12 janvier 2025")
    amend_fact(node, actor=officer, kind="meeting", fact_id=meeting.id, values={"place": "Vientiane"}, passage=quoted)
    act = list_acts(node, limit=1)[0].id
    node.clock.advance(minutes=1)
    answer_report(node, actor=officer, report_id=made, outcome=Outcome.CORRECTED, act_id=act)
    answer = get_report(node, made).answer
    assert (answer.outcome, answer.act) == (Outcome.CORRECTED, act)
    assert ReporterContact.objects.count() == 0
    (entry,) = list_entries(node, kind="publication.report_answered")
    assert entry.content["act"] == str(act)
    assert entry.content["contact_erased"] is True
    with pytest.raises(AnsweredAlready):
        answer_report(node, actor=officer, report_id=made, outcome=Outcome.NO_ERROR, reason="no")


def test_what_was_done_before_a_report_came_or_to_another_report_is_no_correction(node, officer, source, meeting):
    """Neither the record of the fact, nor an amendment before, nor the answer to another report is offered or taken."""
    quoted = Quoted(source, "12 janvier 2025")
    amend_fact(node, actor=officer, kind="meeting", fact_id=meeting.id, values={"place": "Huế"}, passage=quoted)
    node.clock.advance(minutes=1)
    first, second = report(node, meeting.id), report(node, meeting.id, "The place is still wrong.")
    node.clock.advance(minutes=1)
    answer_report(node, actor=officer, report_id=first, outcome=Outcome.NO_ERROR, reason="It is right.")
    acts = list_acts(node, fact=meeting.id)
    assert len(acts) >= 3
    assert list_corrections(node, get_report(node, second)) == []
    for act in acts:
        with pytest.raises(CorrectionMissing):
            answer_report(node, actor=officer, report_id=second, outcome=Outcome.CORRECTED, act_id=act.id)
    node.clock.advance(minutes=1)
    amend_fact(node, actor=officer, kind="meeting", fact_id=meeting.id, values={"place": "Vinh"}, passage=quoted)
    (offered,) = list_corrections(node, get_report(node, second))
    assert offered.act.id == list_acts(node, fact=meeting.id)[0].id


def test_what_is_no_error_has_a_public_reason_and_what_repeats_names_the_other(node, officer, meeting):
    first, second = report(node, meeting.id), report(node, meeting.id, "Wrong place, I say.")
    with pytest.raises(AnswerReasonMissing):
        answer_report(node, actor=officer, report_id=first, outcome=Outcome.NO_ERROR, reason=" \0 ")
    for original in (None, second, uuid4()):
        with pytest.raises(OriginalMissing):
            answer_report(node, actor=officer, report_id=second, outcome=Outcome.DUPLICATE, original_id=original)
    answer_report(node, actor=officer, report_id=first, outcome=Outcome.NO_ERROR, reason="The text says Hanoi.")
    answer_report(node, actor=officer, report_id=second, outcome=Outcome.DUPLICATE, original_id=first)
    assert count_open_reports(node) == 0
    with pytest.raises(NoSuchErrorReport):
        answer_report(node, actor=officer, report_id=uuid4(), outcome=Outcome.SET_ASIDE)
    with pytest.raises(RoleMissing):
        answer_report(node, actor=make_actor(node, Role.auditor), report_id=first, outcome=Outcome.SET_ASIDE)


def test_an_answer_is_undone_and_the_report_waits_again_without_its_contact(node, officer, meeting):
    """The history of the fact has the act; what was erased stays erased, also in what the undo keeps of rows."""
    made = report(node, meeting.id, "It was in Huế.", contact=CONTACT)
    answer_report(node, actor=officer, report_id=made, outcome=Outcome.NO_ERROR, reason="No, see the source.")
    (act, *_others) = list_acts(node, fact=meeting.id)
    assert act.kind == "publication.report_answered"
    node.clock.advance(minutes=1)
    undo_acts(node, actor=officer, act_ids=[act.id], reason="they were right")
    assert get_report(node, made).is_open
    assert list_contacts_left(node, [made]) == set()
    kept = json.dumps([[row.before, row.after] for row in RowChange.objects.all()])
    assert "Huế" not in kept
    assert "reader@example.org" not in kept


def test_the_same_form_and_the_same_words_make_one_report(node, meeting):
    """A button that was pressed twice, and hundreds of copies of one complaint, are one line on the desk."""
    form = new_uuid(node)
    given = {"report_id": form, "fact_kind": "meeting", "fact_id": meeting.id}
    first = receive_report(node, **given, reported=Reported("Wrong day"))
    assert receive_report(node, **given, reported=Reported("Wrong day, really")) == first
    for number in range(300):
        copied = Reported("wrong  DAY", contact=f"{number}@example.org")
        again = receive_report(node, report_id=new_uuid(node), fact_kind="meeting", fact_id=meeting.id, reported=copied)
        assert again == first
    assert ErrorReport.objects.count() == 1
    assert ReporterContact.objects.count() == 0


def test_thousands_of_different_reports_fill_neither_the_desk_nor_the_disk(node, meeting):
    """A fact takes a few, the node some hundreds a day, whatever the addresses; the journal grows by as many."""
    refused = 0
    facts = [meeting.id, *(new_uuid(node) for _ in range(99))]
    for number in range(SENT):
        try:
            report(node, facts[number % 100], f"<b>{number}</b>")
        except TooManyReports:
            refused += 1
    assert ErrorReport.objects.count() == MOST_IN_A_DAY == SENT - refused
    assert len(list_reports_on(node, meeting.id)) <= MOST_OPEN_OF_A_FACT
    assert len(list_entries(node, kind="publication.report_received", limit=1000)) == MOST_IN_A_DAY
    node.clock.advance(days=2)
    assert report(node, facts[0], "a day later")


def test_a_fact_takes_a_few_open_reports_and_more_once_they_are_answered(node, officer, meeting):
    made = [report(node, meeting.id, f"wrong {number}") for number in range(MOST_OPEN_OF_A_FACT)]
    with pytest.raises(TooManyReports):
        report(node, meeting.id, "one more")
    answer_report(node, actor=officer, report_id=made[0], outcome=Outcome.SET_ASIDE)
    assert report(node, meeting.id, "one more")


def test_abuse_is_set_aside_in_bulk_and_comes_back_as_a_whole(node, officer, meeting):
    """One batch; what was answered meanwhile is left."""
    made = [report(node, meeting.id, f"buy {number}") for number in range(4)]
    answer_report(node, actor=officer, report_id=made[0], outcome=Outcome.NO_ERROR, reason="No.")
    node.clock.advance(minutes=1)
    assert set_aside_reports(node, actor=officer, report_ids=[*made, uuid4()]) == 3
    batch = {item.batch for item in list_acts(node, fact=meeting.id)[:3]}
    assert len(batch) == 1
    assert None not in batch
    node.clock.advance(minutes=1)
    together = [item.id for item in list_acts(node, batch=batch.pop())]
    undo_acts(node, actor=officer, act_ids=together, reason="not abuse")
    assert count_open_reports(node) == 3


def test_nothing_is_taken_while_the_operator_has_switched_it_off(node, meeting):
    switch_reporting(node, actor=None, open_=False)
    with pytest.raises(ReportsClosed):
        report(node, meeting.id)
    assert ErrorReport.objects.count() == 0


def test_contacts_and_words_are_erased_when_their_time_is_over(node, officer, meeting):
    """An unanswered contact after its days, words a year after the answer."""
    waiting = report(node, meeting.id, "waits", contact=CONTACT)
    answered = report(node, meeting.id, "answered", right="words")
    answer_report(node, actor=officer, report_id=answered, outcome=Outcome.NO_ERROR, reason="No.")
    assert erase_what_expired(node) == 0
    node.clock.advance(days=CONTACT_KEPT.days + 1)
    assert erase_what_expired(node) == 1
    assert list_contacts_left(node, [waiting]) == set()
    assert get_report(node, waiting).reported.wrong == "waits"
    assert len(list_entries(node, kind="publication.contact_erased")) == 1
    node.clock.advance(days=WORDS_KEPT.days)
    assert erase_what_expired(node) == 2
    assert get_report(node, answered).reported == Reported("")
    assert get_report(node, answered).answer.reason == "No."
    assert erase_what_expired(node) == 0


def test_a_report_follows_its_fact_into_the_one_that_it_is_joined_with(node, officer):
    """And comes back when they are split; what the join keeps holds no word of it."""
    one, other = (
        ensure_organisation(node, actor=officer, state="VN", name=name, language="vi")
        for name in ("Bộ Công an", "Tổng cục Cảnh sát")
    )
    made = receive_report(
        node, report_id=new_uuid(node), fact_kind="organisation", fact_id=other, reported=Reported("Tên sai")
    )
    how = {"kind": "organisation", "into_id": one, "other_id": other, "reason": "one body"}
    join = join_facts(node, actor=officer, **how)
    assert [item.id for item in list_reports_on(node, one)] == [made]
    assert "Tên sai" not in json.dumps(Join.objects.get(id=join).changes, ensure_ascii=False)
    split_facts(node, actor=officer, join_id=join, reason="two after all")
    assert [item.id for item in list_reports_on(node, other)] == [made]

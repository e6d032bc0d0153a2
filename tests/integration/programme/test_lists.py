"""Long lists are narrowed and paged, and stay in step with what is recorded."""

from datetime import date

import pytest

from entraide.access.api import Role
from entraide.kernel.partial_dates import PartialDate
from entraide.programme import models
from entraide.programme.api import (
    ActionKind,
    CommitmentFilter,
    CommitmentStatus,
    InstrumentFilter,
    InstrumentKind,
    Level,
    MechanismFilter,
    MeetingFacts,
    MeetingFilter,
    Party,
    complete_meeting,
    count_commitments,
    count_domains_by_pair,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    get_mechanism,
    list_filter_values,
    page_commitments,
    page_instruments,
    page_mechanisms,
    page_meetings,
    record_action,
)
from entraide.programme.domain.listing import UNDATED
from entraide.programme.models import CommitmentListing, CommitmentTally
from entraide.programme.services.listing import correct_lists
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def officer(node):
    return make_actor(node, Role.desk_officer)


def meeting_of(node, officer, *states: str, day="2025-01-12", level=Level.MINISTER):
    mechanism = ensure_mechanism(node, actor=officer, parties=[Party(state) for state in states])
    facts = MeetingFacts(date=PartialDate(day) if day else None, level=level)
    return mechanism, create_meeting(node, actor=officer, mechanism_id=mechanism, facts=facts)


def pledge(node, officer, meeting, *, domain="drugs", status=CommitmentStatus.PLEDGED, period="", instrument=None):
    mechanism, meeting_id = meeting
    return create_commitment(
        node,
        actor=officer,
        mechanism_id=mechanism,
        meeting_id=meeting_id,
        instrument_id=instrument,
        domain=domain,
        status=status,
        texts={"en": f"{domain} {status.value}"},
        period=period,
    )


@pytest.fixture
def several(node, officer):
    """Three mechanisms, one of three parties, with commitments in two domains over four years."""
    lao = meeting_of(node, officer, "VN", "LA")
    later, last = (meeting_of(node, officer, "VN", "LA", day=day) for day in ("2025-02", "2025-12-01"))
    khmer = meeting_of(node, officer, "VN", "KH", day="2023-05")
    three = meeting_of(node, officer, "VN", "LA", "KH", day="2024-06-02")
    undated = meeting_of(node, officer, "FR", "MA", day=None)
    return {
        "lao": pledge(node, officer, lao),
        "lao done": pledge(node, officer, later, status=CommitmentStatus.DONE),
        "lao terrorism": pledge(node, officer, last, domain="terrorism"),
        "khmer": pledge(node, officer, khmer),
        "three": pledge(node, officer, three),
        "undated": pledge(node, officer, undated),
        "by period": pledge(node, officer, undated, period="2019"),
    }


FILTERS = {
    "all, the newest agreement first": (
        CommitmentFilter(),
        ["lao terrorism", "lao done", "lao", "three", "khmer", "by period", "undated"],
    ),
    "one State": (CommitmentFilter(frozenset({"KH"})), ["three", "khmer"]),
    "two States, together or with others": (
        CommitmentFilter(frozenset({"VN", "LA"})),
        ["lao terrorism", "lao done", "lao", "three"],
    ),
    "three States": (CommitmentFilter(frozenset({"VN", "LA", "KH"})), ["three"]),
    "States that have nothing together": (CommitmentFilter(frozenset({"FR", "LA"})), []),
    "a domain": (CommitmentFilter(domain="terrorism"), ["lao terrorism"]),
    "a status": (CommitmentFilter(status=CommitmentStatus.DONE), ["lao done"]),
    "a State, a domain and a status": (
        CommitmentFilter(frozenset({"LA"}), "drugs", CommitmentStatus.PLEDGED),
        ["lao", "three"],
    ),
    "a year": (CommitmentFilter(year=2024), ["three"]),
    "the year of a period": (CommitmentFilter(frozenset({"MA"}), year=2019), ["by period"]),
    "a year that no calendar has": (CommitmentFilter(year=123456), []),
}


@pytest.mark.parametrize("wanted", list(FILTERS))
def test_commitments_are_narrowed(node, several, wanted):
    """A filter gives exactly what it names, newest first, and says how many there are."""
    chosen, expected = FILTERS[wanted]
    page = page_commitments(node, chosen)
    names = {identifier: name for name, identifier in several.items()}
    assert [names[item.id] for item in page.items] == expected
    assert (page.count, page.counted_all) == (len(expected), True)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_lead_through_the_whole_list_and_back(node, several, limit):
    """Going on by cursors meets every row once, and going back meets the same pages."""
    there, cursor = [], None
    while True:
        page = page_commitments(node, CommitmentFilter(), cursor=cursor, limit=limit)
        there.append([item.id for item in page.items])
        cursor = page.next_cursor
        if cursor is None:
            break
    assert [item for items in there for item in items] == [
        item.id for item in page_commitments(node, CommitmentFilter()).items
    ]
    back = [there[-1]]
    while page.previous_cursor is not None:
        page = page_commitments(node, CommitmentFilter(), cursor=page.previous_cursor, limit=limit)
        back.append([item.id for item in page.items])
    assert back == there[::-1]


def test_a_page_stays_where_it_is_while_rows_are_added_before_it(node, officer, several):
    """A reader who goes on to the second page misses nothing when somebody records a newer commitment meanwhile."""
    first = page_commitments(node, CommitmentFilter(), limit=3)
    expected = [item.id for item in page_commitments(node, CommitmentFilter()).items][3:6]
    pledge(node, officer, meeting_of(node, officer, "IN", "BD", day="2026-01-01"))
    second = page_commitments(node, CommitmentFilter(), cursor=first.next_cursor, limit=3)
    assert [item.id for item in second.items] == expected


def test_the_heat_map_counts_what_the_narrowed_list_shows(node, several):
    """Each cell of pair and domain equals the length of the list that it leads to."""
    cells = count_domains_by_pair(node)
    assert {(cell.states, cell.domain) for cell in cells} == {
        (("FR", "MA"), "drugs"),
        (("KH", "LA"), "drugs"),
        (("KH", "VN"), "drugs"),
        (("LA", "VN"), "drugs"),
        (("LA", "VN"), "terrorism"),
    }
    for cell in cells:
        assert page_commitments(node, CommitmentFilter(frozenset(cell.states), cell.domain)).count == cell.count
    done = count_domains_by_pair(node, status=CommitmentStatus.DONE)
    assert [(cell.states, cell.domain, cell.count) for cell in done] == [(("LA", "VN"), "drugs", 1)]


def test_counts_are_summed_up_and_stay_right(node, officer):
    """Many commitments in one cell leave one row of counts, whose sum is their number."""
    meeting = meeting_of(node, officer, "VN", "LA")
    for _ in range(5):
        pledge(node, officer, meeting)
    assert CommitmentTally.objects.count() == 1
    assert count_commitments(node)["pledged"] == 5
    assert get_mechanism(node, meeting[0]).commitments == 5


def test_a_date_made_precise_moves_the_commitments(node, officer):
    """What was listed by a year is listed by the day as soon as a source names it."""
    meeting = meeting_of(node, officer, "VN", "LA", day="2025")
    kept = pledge(node, officer, meeting)
    complete_meeting(node, actor=officer, meeting_id=meeting[1], facts=MeetingFacts(date=PartialDate("2025-03-04")))
    assert set(CommitmentListing.objects.filter(commitment_id=kept).values_list("listed_on", flat=True)) == {
        date(2025, 3, 4)
    }


def test_a_signature_dates_the_commitments_of_an_instrument(node, officer):
    """An instrument without a meeting lists its commitments on the day it was signed."""
    mechanism = ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("LA")])
    instrument = create_instrument(
        node, actor=officer, mechanism_id=mechanism, kind=InstrumentKind.MEMORANDUM, titles={"en": "Memorandum"}
    )
    kept = pledge(node, officer, (mechanism, None), instrument=instrument)
    listed = CommitmentListing.objects.filter(commitment_id=kept, scope="VN")
    assert listed.get().listed_on == UNDATED
    record_action(node, actor=officer, instrument_id=instrument, kind=ActionKind.SIGNED, date=PartialDate("2018-10-22"))
    assert listed.get().listed_on == date(2018, 10, 22)


def test_a_changed_commitment_changes_lists_and_counts(node, officer, several):
    """A corrected domain and mechanism are found where they belong now, and nowhere else."""
    row = models.Commitment.objects.get(id=several["lao"])
    former = row.mechanism_id
    other = models.Commitment.objects.get(id=several["undated"])
    row.mechanism_id, row.domain = other.mechanism_id, "cybercrime"
    row.save()
    correct_lists([row], former_mechanism=former)
    assert page_commitments(node, CommitmentFilter(frozenset({"FR"}), "cybercrime")).count == 1
    assert page_commitments(node, CommitmentFilter(frozenset({"LA", "VN"}))).count == 3
    cells = {(cell.states, cell.domain): cell.count for cell in count_domains_by_pair(node)}
    assert cells[("LA", "VN"), "drugs"] == 2
    assert cells[("FR", "MA"), "cybercrime"] == 1


def test_meetings_instruments_and_mechanisms_are_narrowed(node, officer, several):
    """Meetings by level, instruments by kind, all three by States and year."""
    mechanism, _ = meeting_of(node, officer, "VN", "LA", day="2022", level=Level.VICE_MINISTER)
    create_instrument(
        node, actor=officer, mechanism_id=mechanism, kind=InstrumentKind.MEMORANDUM, titles={"en": "Memorandum"}
    )
    assert page_meetings(node, MeetingFilter(frozenset({"LA"}))).count == 5
    assert page_meetings(node, MeetingFilter(level=Level.VICE_MINISTER, year=2022)).count == 1
    assert page_instruments(node, InstrumentFilter(frozenset({"LA"}), InstrumentKind.MEMORANDUM)).count == 1
    assert page_instruments(node, InstrumentFilter(kind=InstrumentKind.PLAN)).count == 0
    assert page_mechanisms(node, MechanismFilter(frozenset({"LA"}))).count == 2
    first = page_mechanisms(node, MechanismFilter(), limit=3)
    second = page_mechanisms(node, MechanismFilter(), cursor=first.next_cursor, limit=3)
    assert len({item.id for item in (*first.items, *second.items)}) == 4


def test_choices_are_what_occurs(node, several):
    """A filter offers the States, domains and years that the register has, the latest year first."""
    values = list_filter_values(node)
    assert values.states == ("FR", "KH", "LA", "MA", "VN")
    assert values.domains == ("drugs", "terrorism")
    assert values.years == tuple(range(2025, 2018, -1))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_the_same_number_of_questions_whatever_its_length(node, officer, django_assert_num_queries, rows):
    """A list of three commitments costs no more statements than a list of one."""
    meeting = meeting_of(node, officer, "VN", "LA")
    for _ in range(rows):
        pledge(node, officer, meeting)
    with django_assert_num_queries(5):
        page_commitments(node, CommitmentFilter(frozenset({"VN"})))
    with django_assert_num_queries(4):
        page_meetings(node, MeetingFilter())


@pytest.mark.django_db(databases=["default", "partner"], transaction=True)
def test_counts_are_kept_until_something_public_changes(node, officer, django_assert_num_queries):
    """A reader pays one question for counts that stand, and sees a new commitment at once."""
    meeting = meeting_of(node, officer, "VN", "LA")
    pledge(node, officer, meeting)
    assert [cell.count for cell in count_domains_by_pair(node)] == [1]
    with django_assert_num_queries(1):
        assert [cell.count for cell in count_domains_by_pair(node)] == [1]
    pledge(node, officer, meeting)
    assert [cell.count for cell in count_domains_by_pair(node)] == [2]
    assert count_commitments(node)["pledged"] == 2

"""What a desk officer enters by hand has a passage, is journaled, and joins what is one."""

from uuid import UUID

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.communiques.api import (
    Quoted,
    SourceKind,
    citations_of,
    enter_agenda_item,
    enter_delegation,
    enter_mechanism_name,
    enter_standing,
    import_source,
    join_two_series,
    keep_all,
    read_sample,
)
from entraide.communiques.domain.errors import NoSuchSource, QuoteMissing, QuoteNotFound
from entraide.communiques.services.citing import find_words
from entraide.journal.models import Entry
from entraide.kernel.partial_dates import PartialDate
from entraide.programme import models as register
from entraide.programme.api import (
    FactKind,
    Level,
    MechanismStatus,
    MeetingFacts,
    Party,
    PersonInPost,
    PersonRole,
    complete_meeting,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    find_joined,
    get_mechanism,
    get_meeting,
    list_agenda,
    list_delegations,
    list_predecessors,
    list_standings,
    record_outcome,
)
from entraide.programme.domain.errors import (
    CountOutOfRange,
    DelegationOfNoParty,
    OrdinalsClash,
    SeriesDiffer,
    SuccessorMissing,
    SuccessorOfItself,
)
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
DELEGATION = "La délégation lao conduite par le général Vilay Lakhamphong"


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def officer(node):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def source(node, officer):
    text = read_sample("fr-hanoi-2025")
    source = import_source(node, actor=officer, name="x", text=text, kind=SourceKind.OFFICIAL_RELEASE)
    keep_all(node, actor=officer, source_id=source)
    return source


@pytest.fixture
def mechanism(source):
    return register.Mechanism.objects.get().id


@pytest.fixture
def meeting(source):
    return register.Meeting.objects.get(date="2025-01-12").id


def test_a_name_is_entered_and_corrected_with_its_passage(node, officer, source, mechanism):
    """The name stands in its language, the journal keeps the former one, the passage is cited."""
    for name in ("Coopération Viet Nam-Laos", "Coopération Vietnam-Laos en matière de sécurité"):
        quote = Quoted(source, "coopération en matière de sécurité Vietnam-Laos")
        enter_mechanism_name(node, actor=officer, mechanism_id=mechanism, language="fr", name=name, passage=quote)
    assert get_mechanism(node, mechanism).names == {"fr": "Coopération Vietnam-Laos en matière de sécurité"}
    assert {item.field for item in citations_of(node, "mechanism", mechanism)} == {"name"}
    assert Entry.objects.filter(kind="programme.mechanism_named").count() == 2


def test_a_mechanism_stands_and_is_followed_by_another(node, officer, source, mechanism):
    """Each status stays in the log with its date and passage; the successor knows what it follows."""
    quote = Quoted(source, "les deux ministères")
    following = ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("LA"), Party("KH")])
    enter_standing(
        node,
        actor=officer,
        mechanism_id=mechanism,
        status=MechanismStatus.DORMANT,
        since=PartialDate("2020"),
        passage=quote,
    )
    last = enter_standing(
        node,
        actor=officer,
        mechanism_id=mechanism,
        status=MechanismStatus.SUCCEEDED,
        since=PartialDate("2026-01"),
        successor_id=following,
        passage=quote,
    )
    assert get_mechanism(node, mechanism).status is MechanismStatus.SUCCEEDED
    assert [(item.status.value, item.date.value) for item in list_standings(node, mechanism)] == [
        ("dormant", "2020"),
        ("succeeded", "2026-01"),
    ]
    assert list_predecessors(node, following) == (mechanism,)
    assert {item.quote for item in citations_of(node, FactKind.STANDING, last)} == {"les deux ministères"}
    with pytest.raises(SuccessorOfItself):
        enter_standing(
            node,
            actor=officer,
            mechanism_id=following,
            status=MechanismStatus.SUCCEEDED,
            successor_id=mechanism,
            passage=quote,
        )


@pytest.mark.parametrize(
    ("status", "successor", "quote", "error"),
    [
        (MechanismStatus.SUCCEEDED, False, "les deux ministères", SuccessorMissing),
        (MechanismStatus.ENDED, True, "les deux ministères", SuccessorMissing),
        (MechanismStatus.ENDED, False, " ", QuoteMissing),
        (MechanismStatus.ENDED, False, "les trois ministères", QuoteNotFound),
        (MechanismStatus.SUCCEEDED, True, "les deux ministères", SuccessorOfItself),
    ],
    ids=["no successor", "a successor of an end", "no words", "words that do not stand there", "itself"],
)
def test_a_bad_standing_leaves_nothing(node, officer, source, mechanism, status, successor, quote, error):
    """A refused entry is refused whole: no status, no log, no citation."""
    with pytest.raises(error):
        enter_standing(
            node,
            actor=officer,
            mechanism_id=mechanism,
            status=status,
            successor_id=mechanism if successor else None,
            passage=Quoted(source, quote),
        )
    assert get_mechanism(node, mechanism).status is MechanismStatus.ACTIVE
    assert list_standings(node, mechanism) == ()


def test_only_a_desk_officer_enters(node, source, mechanism):
    """Nobody else changes how a mechanism stands."""
    with pytest.raises(RoleMissing):
        enter_standing(
            node,
            actor=make_actor(node, Role.approver),
            mechanism_id=mechanism,
            status=MechanismStatus.ENDED,
            passage=Quoted(source, "les deux ministères"),
        )
    officer = make_actor(node, Role.desk_officer)
    with pytest.raises(NoSuchSource):
        enter_standing(
            node,
            actor=officer,
            mechanism_id=mechanism,
            status=MechanismStatus.ENDED,
            passage=Quoted(UUID(int=1), "les deux ministères"),
        )


def test_delegations_and_agenda_stand_with_their_passages(node, officer, source, meeting):
    """A side's head, members and size, and a point of the agenda with its outcome, each cited."""
    minister = PersonInPost("Khamking Phuilamanivong", "vice-ministre", "LA", PersonRole.PARTICIPANT)
    row = enter_delegation(
        node,
        actor=officer,
        meeting_id=meeting,
        state="LA",
        size=12,
        people=[minister],
        passage=Quoted(source, DELEGATION),
    )
    laos, vietnam = list_delegations(node, get_meeting(node, meeting))
    assert (laos.state, laos.size, laos.id) == ("LA", 12, row)
    assert [person.name for person in laos.heads] == ["Vilay Lakhamphong"]
    assert [person.name for person in laos.members] == ["Khamking Phuilamanivong"]
    assert (vietnam.state, vietnam.size) == ("VN", None)
    item = enter_agenda_item(
        node,
        actor=officer,
        meeting_id=meeting,
        texts={"fr": "Examen du plan 2024"},
        passage=Quoted(source, "la conférence d'examen de la mise en œuvre du plan"),
    )
    record_outcome(node, actor=officer, item_id=item, language="fr", outcome="Plan 2025 signé")
    (point,) = list_agenda(node, meeting)
    assert (point.texts, point.outcomes) == ({"fr": "Examen du plan 2024"}, {"fr": "Plan 2025 signé"})
    assert citations_of(node, FactKind.DELEGATION, row)
    assert citations_of(node, FactKind.AGENDA_ITEM, item)


@pytest.mark.parametrize(("state", "size", "error"), [("FR", 5, DelegationOfNoParty), ("LA", 0, CountOutOfRange)])
def test_a_delegation_that_cannot_be_is_refused(node, officer, source, meeting, state, size, error):
    """Only parties send delegations, of one or more."""
    with pytest.raises(error):
        enter_delegation(
            node, actor=officer, meeting_id=meeting, state=state, size=size, passage=Quoted(source, DELEGATION)
        )
    assert register.Delegation.objects.count() == 0


def two_series(node, officer, mechanism):
    """Enter a second series in Vietnamese, with a 13th meeting of its own and the 14th once more."""
    other = ensure_series(
        node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names={"vi": "Hội nghị hợp tác an ninh"}
    )
    meetings = [
        create_meeting(
            node,
            actor=officer,
            mechanism_id=mechanism,
            facts=MeetingFacts(series_id=other, ordinal=ordinal, date=PartialDate(date), place=place),
        )
        for ordinal, date, place in ((13, "2020-11", ""), (14, "2022-11-05", "Hà Nội"))
    ]
    return other, meetings


def test_two_series_become_one_by_an_officers_act(node, officer, source, mechanism):
    """Names, numbers, passages and addresses of both stay; what was recorded twice is one."""
    into = register.Series.objects.get()
    kept = register.Meeting.objects.get(ordinal=14)
    other, (thirteenth, twin) = two_series(node, officer, mechanism)
    done = join_two_series(node, actor=officer, into_id=into.id, series_id=other)
    assert done.meetings == ((twin, kept.id),)
    into.refresh_from_db()
    assert set(into.names) == {"fr", "vi"}
    assert register.Meeting.objects.get(id=thirteenth).series_id == into.id
    assert get_meeting(node, kept.id).date.value == "2022-11-05"
    assert find_joined(node, FactKind.MEETING, twin) == kept.id
    assert register.Series.objects.count() == 1
    assert citations_of(node, "meeting", kept.id)
    assert Entry.objects.filter(kind="programme.series_joined", actor=officer.user_id).exists()


def test_two_series_that_differ_are_not_joined(node, officer, source, mechanism):
    """Other levels, or one number on two days, are two series until a person has corrected that; nothing changes."""
    into = register.Series.objects.get()
    kept = register.Meeting.objects.get(ordinal=14)
    complete_meeting(node, actor=officer, meeting_id=kept.id, facts=MeetingFacts(date=PartialDate("2021-10-10")))
    other, _meetings = two_series(node, officer, mechanism)
    with pytest.raises(OrdinalsClash):
        join_two_series(node, actor=officer, into_id=into.id, series_id=other)
    lower = ensure_series(
        node, actor=officer, mechanism_id=mechanism, level=Level.VICE_MINISTER, names={"fr": "Dialogue"}
    )
    with pytest.raises(SeriesDiffer):
        join_two_series(node, actor=officer, into_id=into.id, series_id=lower)
    with pytest.raises(RoleMissing):
        join_two_series(node, actor=make_actor(node, Role.approver), into_id=into.id, series_id=other)
    assert register.Series.objects.count() == 3
    assert register.Meeting.objects.filter(ordinal=14).count() == 2


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("one two  three", "two three", "two  three"),
        ("one\ntwo\n\nthree", "one two", "one\ntwo"),
        ("  một hai", "một", "một"),
        ("partly", "part", "part"),
        ("one two", "two one", None),
        ("", "one", None),
    ],
)
def test_words_are_found_whatever_the_white_space(text, words, found):
    """A quote is the text's own characters, line breaks included."""
    span = find_words(text, words.split())
    assert (span and text[span[0] : span[1]]) == found

"""From a text to the register: nothing enters unconfirmed, every kept fact cites its passage, sources join."""

from uuid import UUID

import pytest

from entraide.access.api import Actor, Role, RoleMissing
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    ProposalView,
    SourceKind,
    citations_of,
    correct_proposal,
    count_sources_of,
    get_proposal,
    get_source,
    import_source,
    keep_all,
    keep_proposal,
    list_candidates,
    list_cited,
    list_mechanism_choices,
    list_proposals,
    list_sources,
    read_sample,
    reject_proposal,
)
from entraide.communiques.domain.errors import (
    AlreadyDecided,
    BadField,
    KeepFirst,
    OrganisationMissing,
    ReasonMissing,
    SourceTooLong,
    UnreadableSource,
)
from entraide.directory.api import (
    ensure_organisation,
    get_organisation,
    list_organisations,
    list_posts,
    list_tenures,
    record_tenure,
)
from entraide.journal.models import Entry
from entraide.kernel.ids import SourceId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme import models as register
from entraide.programme.api import (
    MeetingFacts,
    Party,
    When,
    ensure_mechanism,
    get_meeting,
    list_announced,
    list_delegations,
    list_mentions,
    record_reference,
)
from entraide.programme.domain.errors import SeveralMechanisms
from tests.factories.answering import keep_and_answer
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

OTHER_REPORT = """Hanoï, 12 janvier 2025 – Le général Luong Tam Quang, ministre vietnamien de la Sécurité publique, \
et le général Vilay Lakhamphong, ministre lao de la Sécurité publique, ont coprésidé le 12 janvier 2025 à Hanoï la \
conférence d'examen du plan de coopération 2024 entre le ministère de la Sécurité publique du Vietnam et le ministère \
de la Sécurité publique du Laos.

À l'issue de la conférence, les deux ministres ont signé le plan de coopération 2025 entre les deux ministères.
"""

REPORT_OF_THE_FOURTEENTH = """Hanoï, 5 novembre 2022 – Le général To Lam, ministre vietnamien de la Sécurité publique, \
et le général Vilay Lakhamphong, ministre lao de la Sécurité publique, ont coprésidé le 5 novembre 2022 à Hanoï la 14e \
Conférence de coopération en matière de sécurité Vietnam-Laos entre le ministère de la Sécurité publique du Vietnam et \
le ministère de la Sécurité publique du Laos.
"""


@pytest.fixture
def node() -> Node:
    return make_node()


@pytest.fixture
def officer(node: Node) -> Actor:
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def source(node: Node, officer: Actor) -> SourceId:
    return import_text(node, officer, read_sample("fr-hanoi-2025"))


def import_text(node: Node, officer: Actor, text: str, name: str = "fr-hanoi-2025") -> SourceId:
    return import_source(node, actor=officer, name=name, text=text, kind=SourceKind.OFFICIAL_RELEASE)


def proposals_of(node: Node, source: SourceId, kind: str) -> list[ProposalView]:
    return [item for item in list_proposals(node, source) if item.kind == kind]


def keep_kinds(node: Node, officer: Actor, source: SourceId, *kinds: str) -> None:
    done = keep_all(node, actor=officer, source_id=source, kinds=frozenset(kinds))
    assert done.left == ()


def test_import_proposes_and_puts_nothing_into_the_register(node, source):
    """A read text waits: proposals with exact passages, and no fact anywhere."""
    text = get_source(node, source).text
    assert {item.state for item in list_proposals(node, source)} == {ProposalState.WAITING}
    for proposal in list_proposals(node, source):
        assert proposal.evidence
        assert all(item.quote == text[item.start : item.end] for item in proposal.evidence)
    assert register.Mechanism.objects.count() == register.Meeting.objects.count() == 0
    assert list_organisations(node) == []


def test_the_same_text_is_imported_once(node, officer, source):
    """A second import of the same bytes returns the first source and proposes nothing again."""
    before = len(list_proposals(node, source))
    assert import_text(node, officer, read_sample("fr-hanoi-2025"), "another name") == source
    assert (len(list_sources(node)), len(list_proposals(node, source))) == (1, before)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("", UnreadableSource, id="empty"),
        pytest.param("12/01/2025", UnreadableSource, id="no words"),
        pytest.param("text\0with a zero", UnreadableSource, id="zero byte"),
        pytest.param("x" * 400_001, SourceTooLong, id="absurd length"),
    ],
)
def test_what_is_no_text_is_refused(node, officer, text, error):
    """A file without words, with zero bytes or of absurd length gets one clear line."""
    with pytest.raises(error):
        import_text(node, officer, text)


def test_only_a_desk_officer_imports_and_decides(node, officer, source):
    """Nobody else brings a text in or puts a fact into the register."""
    other = make_actor(node, Role.case_officer)
    with pytest.raises(RoleMissing):
        import_text(node, other, "Hanoï, 12 janvier 2025")
    with pytest.raises(RoleMissing):
        keep_proposal(node, actor=other, proposal_id=list_proposals(node, source)[0].id)
    with pytest.raises(RoleMissing):
        reject_proposal(node, actor=other, proposal_id=list_proposals(node, source)[0].id, reason="no")


def test_the_story_is_kept_with_its_passages(node, officer, source):
    """Series, 14th conference, conference, co-chairs, both plans and the commitments stand with their passages."""
    done = keep_all(node, actor=officer, source_id=source)
    assert [get_proposal(node, item).key for item, _ in done.left] == []
    conference = register.Meeting.objects.get(date="2025-01-12")
    fourteenth = register.Meeting.objects.get(ordinal=14)
    assert fourteenth.series is not None
    assert [person.name for person in conference.people.order_by("position")] == [
        "Luong Tam Quang",
        "Vilay Lakhamphong",
    ]
    assert all(person.tenure_id for person in conference.people.all())
    plans = {row.period: row for row in register.Instrument.objects.filter(kind="plan")}
    assert {period: row.actions.get().kind for period, row in plans.items()} == {"2024": "reviewed", "2025": "signed"}
    assert plans["2025"].commitments.filter(status="pledged").exists()
    text = get_source(node, source).text
    for kind, fact in (("meeting", conference.id), ("meeting", fourteenth.id), ("series", fourteenth.series_id)):
        assert citations_of(node, kind, fact), kind
    for commitment in register.Commitment.objects.all():
        cited = citations_of(node, "commitment", commitment.id)
        assert all(item.quote == text[item.start : item.end] for item in cited)
        assert {item.field for item in cited} >= {"domain"}
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"communiques.source_imported", "communiques.proposal_kept", "programme.meeting_created"} <= kinds


def test_a_proposal_waits_for_what_it_rests_on(node, officer, source):
    """A meeting needs its parties, a commitment its plan; refused, nothing has changed."""
    meeting = proposals_of(node, source, ProposalKind.MEETING)[0]
    commitment = proposals_of(node, source, ProposalKind.COMMITMENT)[0]
    for proposal in (meeting, commitment):
        with pytest.raises(KeepFirst):
            keep_proposal(node, actor=officer, proposal_id=proposal.id)
    assert get_proposal(node, meeting.id).state is ProposalState.WAITING
    assert register.Mechanism.objects.count() == 0


def test_a_correction_is_kept_and_marked(node, officer, source):
    """What a person corrected enters the register, and its citation says that the reader had read something else."""
    keep_kinds(node, officer, source, ProposalKind.PARTY, ProposalKind.OFFICIAL)
    meeting = proposals_of(node, source, ProposalKind.MEETING)[0]
    fields = {**meeting.fields, "place": "Ha Noi, Vietnam"}
    fact = correct_proposal(node, actor=officer, proposal_id=meeting.id, fields=fields)
    assert register.Meeting.objects.get(id=fact).place == "Ha Noi, Vietnam"
    assert get_proposal(node, meeting.id).state is ProposalState.CORRECTED
    assert isinstance(fact, UUID)
    corrected = {item.field: item.corrected for item in citations_of(node, "meeting", fact)}
    assert (corrected["place"], corrected["date"]) == (True, False)


def test_those_who_met_without_presiding_took_part(node, officer):
    """Where nobody presided, those who take part in the one meeting of a text are its participants."""
    source = import_text(node, officer, read_sample("fr-vientiane-2023"), "talks")
    (meeting,) = proposals_of(node, source, ProposalKind.MEETING)
    assert meeting.fields["people"] == ["Nguyen Duy Ngoc", "Khamking Phuilamanivong"]
    assert meeting.fields["people_role"] == "participant"


def test_an_unchanged_form_counts_as_kept(node, officer, source):
    """Sending the form as it was read is keeping, not correcting."""
    party = proposals_of(node, source, ProposalKind.PARTY)[0]
    correct_proposal(node, actor=officer, proposal_id=party.id, fields=party.fields)
    assert get_proposal(node, party.id).state is ProposalState.KEPT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "12 janvier"),
        ("ordinal", "14e"),
        ("kind", "party congress"),
        ("parties", ["VNM"]),
        ("people", "To Lam"),
    ],
)
def test_a_field_that_cannot_stand_is_named(node, officer, source, field, value):
    """A wrong date, number, code or State is refused with the field's name, and the proposal waits on."""
    meeting = proposals_of(node, source, ProposalKind.MEETING)[0]
    with pytest.raises(BadField) as caught:
        correct_proposal(node, actor=officer, proposal_id=meeting.id, fields={**meeting.fields, field: value})
    assert caught.value.params["field"] == field
    assert get_proposal(node, meeting.id).state is ProposalState.WAITING


def test_a_reason_with_a_nul_is_kept_without_it(node, officer, source):
    """A program may post what no database keeps as text; the decision stands all the same."""
    proposal = list_proposals(node, source)[0]
    reject_proposal(node, actor=officer, proposal_id=proposal.id, reason="A caption,\0not this meeting")
    assert get_proposal(node, proposal.id).rejection == "A caption, not this meeting"


def test_a_rejection_says_why_and_keeps_nothing(node, officer, source):
    """A rejected proposal stays out, cannot be decided again, and its reason is kept."""
    proposal = proposals_of(node, source, ProposalKind.OFFICIAL)[1]
    with pytest.raises(ReasonMissing):
        reject_proposal(node, actor=officer, proposal_id=proposal.id, reason="  ")
    reject_proposal(node, actor=officer, proposal_id=proposal.id, reason="A caption, not this meeting")
    with pytest.raises(AlreadyDecided):
        keep_proposal(node, actor=officer, proposal_id=proposal.id)
    keep_all(node, actor=officer, source_id=source)
    people = register.Meeting.objects.get(date="2025-01-12").people
    assert [person.name for person in people.all()] == ["Luong Tam Quang"]
    assert get_proposal(node, proposal.id).rejection == "A caption, not this meeting"


def test_a_post_needs_its_organisation(node, officer, source):
    """A holder of a post of no named organisation is not put into some ministry by accident."""
    keep_kinds(node, officer, source, ProposalKind.PARTY)
    official = proposals_of(node, source, ProposalKind.OFFICIAL)[0]
    fields = {**official.fields, "post": "secrétaire général du Parti", "organisation": ""}
    with pytest.raises(OrganisationMissing):
        correct_proposal(node, actor=officer, proposal_id=official.id, fields=fields)


def test_another_source_of_the_same_event_joins_it(node, officer, source):
    """Two reports of one conference make one meeting, one plan and two sources; officials are not doubled."""
    keep_all(node, actor=officer, source_id=source)
    counts = [model.objects.count() for model in (register.Mechanism, register.Meeting, register.Instrument)]
    tenures = len(list_tenures(node))
    second = import_text(node, officer, OTHER_REPORT, "other")
    meeting = proposals_of(node, second, ProposalKind.MEETING)[0]
    keep_kinds(node, officer, second, ProposalKind.PARTY)
    candidate, *others = list_candidates(node, actor=officer, proposal_id=meeting.id)
    assert candidate.strength == 2
    # The visit around the conference lies on the same days; it is asked after last.
    assert all(other.strength < candidate.strength for other in others)
    keep_and_answer(node, officer, second, frozenset({ProposalKind.OFFICIAL}))
    # It is likely, not sure: a person says so.
    assert keep_all(node, actor=officer, source_id=second, kinds=frozenset({ProposalKind.MEETING})).kept == 0
    keep_and_answer(node, officer, second, frozenset({ProposalKind.MEETING, ProposalKind.INSTRUMENT}))
    assert [model.objects.count() for model in (register.Mechanism, register.Meeting, register.Instrument)] == counts
    assert get_proposal(node, meeting.id).matched
    conference = register.Meeting.objects.get(date="2025-01-12")
    assert (conference.people.count(), count_sources_of(node, "meeting", conference.id)) == (2, 2)
    assert count_sources_of(node, "instrument", register.Instrument.objects.get(period="2025").id) == 2
    # The second report prints one post shorter: another title of the same holder, and so an alias of the same post.
    assert len(list_tenures(node)) == tenures


def test_a_person_may_say_that_it_is_new(node, officer, source):
    """What looks like the same event can be kept as another one."""
    keep_all(node, actor=officer, source_id=source)
    second = import_text(node, officer, OTHER_REPORT, "other")
    keep_and_answer(node, officer, second, frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL}))
    meeting = proposals_of(node, second, ProposalKind.MEETING)[0]
    keep_proposal(node, actor=officer, proposal_id=meeting.id, new=True)
    assert register.Meeting.objects.filter(date="2025-01-12").count() == 2


def test_another_body_of_the_state_is_asked_about(node, officer, source):
    """Keeping in bulk leaves a body that may be a known one under another name; a person says whether it is."""
    known = ensure_organisation(node, actor=officer, state="VN", name="Tổng cục Cảnh sát", language="vi")
    done = keep_all(node, actor=officer, source_id=source)
    vietnam = proposals_of(node, source, ProposalKind.PARTY)[0]
    assert (vietnam.id, None) in done.left
    assert register.Meeting.objects.count() == 0
    assert keep_proposal(node, actor=officer, proposal_id=vietnam.id, same_as=known) == known
    assert keep_all(node, actor=officer, source_id=source).left == ()
    assert len([item for item in list_organisations(node) if item.state == "VN"]) == 1


def test_an_office_is_known_by_its_name_in_another_language(node, officer, source):
    """The ministry entered in Vietnamese is the one that a French text names; its French name is added."""
    known = ensure_organisation(node, actor=officer, state="VN", name="Bộ Công an", language="vi")
    vietnam = proposals_of(node, source, ProposalKind.PARTY)[0]
    assert keep_proposal(node, actor=officer, proposal_id=vietnam.id) == known
    assert get_organisation(node, known).names == {"vi": "Bộ Công an", "fr": "ministère de la Sécurité publique"}


def test_reports_in_three_languages_join(node, officer):
    """A French, an English and a Vietnamese report of one conference are one meeting, once a person says so."""
    for name in ("fr-hanoi-2025", "en-hanoi-2025", "vi-hanoi-2025"):
        source = import_text(node, officer, read_sample(name), name)
        keep_and_answer(node, officer, source)
    conference = register.Meeting.objects.get(date="2025-01-12")
    assert count_sources_of(node, "meeting", conference.id) == 3
    assert register.Mechanism.objects.count() == 1


def test_a_numbered_conference_joins_across_languages(node, officer):
    """The 7th conference of one day is one meeting of one series, whatever the language of its name."""
    for name in ("fr-hanoi-2021", "vi-hanoi-2021"):
        source = import_text(node, officer, read_sample(name), name)
        keep_and_answer(node, officer, source)
    seventh = register.Meeting.objects.get(ordinal=7)
    assert count_sources_of(node, "meeting", seventh.id) == 2
    assert register.Series.objects.count() == 1
    assert register.Meeting.objects.filter(ordinal=6).count() == 1


def test_the_vietnamese_report_joins_the_conference_that_the_french_one_mentions(node, officer, source):
    """Two sources of one meeting mention the 14th conference: it is one, and its series has a name per language."""
    keep_all(node, actor=officer, source_id=source)
    fourteenth = register.Meeting.objects.get(ordinal=14)
    second = import_text(node, officer, read_sample("vi-hanoi-2025"), "vi")
    keep_and_answer(node, officer, second)
    assert register.Meeting.objects.filter(ordinal=14).count() == 1
    assert set(register.Series.objects.get().names) == {"fr", "vi"}
    assert count_sources_of(node, "meeting", fourteenth.id) == 2


def test_a_number_in_a_series_of_another_name_is_asked_about(node, officer, source):
    """The 14th conference under a Vietnamese name, told by another meeting, is left for a person to say which it is."""
    keep_all(node, actor=officer, source_id=source)
    fourteenth = register.Meeting.objects.get(ordinal=14)
    text = read_sample("vi-hanoi-2025").replace("ngày 12/1/2025", "ngày 20/6/2025").replace("Ngày 12/1", "Ngày 20/6")
    second = import_text(node, officer, text, "vi")
    done = keep_all(node, actor=officer, source_id=second)
    reference = proposals_of(node, second, ProposalKind.REFERENCE)[0]
    assert (reference.id, None) in done.left
    keep_proposal(node, actor=officer, proposal_id=reference.id, same_as=fourteenth.id)
    assert register.Meeting.objects.filter(ordinal=14).count() == 1
    assert set(register.Series.objects.get().names) == {"fr", "vi"}


def test_a_mentioned_meeting_is_known_but_not_reported_until_its_report_arrives(node, officer, source):
    """The 14th conference stands as mentioned by the one of 2025; its own report joins it and says when it was."""
    keep_all(node, actor=officer, source_id=source)
    fourteenth = register.Meeting.objects.get(ordinal=14)
    assert not fourteenth.reported
    assert [item.meeting_id for item in list_mentions(node, fourteenth.id)] == [
        register.Meeting.objects.get(date="2025-01-12").id
    ]
    report = import_text(node, officer, REPORT_OF_THE_FOURTEENTH, "report")
    keep_all(node, actor=officer, source_id=report)
    fourteenth = register.Meeting.objects.get(ordinal=14)
    assert (fourteenth.reported, fourteenth.date, fourteenth.place) == (True, "2022-11-05", "Hanoï")
    assert count_sources_of(node, "meeting", fourteenth.id) == 2


def test_an_announced_meeting_is_matched_when_its_report_arrives(node, officer, source):
    """What was announced is tied to the meeting once it is recorded, and is due no more."""
    keep_all(node, actor=officer, source_id=source)
    conference = register.Meeting.objects.get(date="2025-01-12")
    series = register.Series.objects.get()
    announced = record_reference(
        node,
        actor=officer,
        meeting_id=conference.id,
        facts=MeetingFacts(series_id=series.id, ordinal=15, date=PartialDate("2025")),
        when=When.LATER,
    )
    report = import_text(
        node, officer, REPORT_OF_THE_FOURTEENTH.replace("14e", "15e").replace("2022", "2025"), "report"
    )
    keep_all(node, actor=officer, source_id=report)
    fifteenth = register.Meeting.objects.get(ordinal=15)
    assert register.MeetingReference.objects.get(id=announced).referred_id == fifteenth.id
    assert list_announced(node, conference.mechanism_id) == ()
    assert Entry.objects.filter(kind="programme.reference_matched", subject=announced).exists()


def test_several_mechanisms_of_two_states_are_never_taken_for_the_first(node, officer):
    """Where two mechanisms join the same parties, a person says which; in bulk the meeting is left with that line."""
    for portfolio in ("Sécurité publique", "Justice"):
        parties = []
        for state in ("VN", "LA"):
            name = f"ministère de la {portfolio}"
            organisation = ensure_organisation(node, actor=officer, state=state, name=name, language="fr")
            parties.append(Party(state, organisation, {"fr": name}))
        ensure_mechanism(node, actor=officer, parties=parties)
    text = read_sample("fr-vientiane-2023")
    source = import_text(node, officer, text, "talks")
    for party in proposals_of(node, source, ProposalKind.PARTY):
        correct_proposal(node, actor=officer, proposal_id=party.id, fields={**party.fields, "organisation": ""})
    (meeting,) = proposals_of(node, source, ProposalKind.MEETING)
    done = keep_all(node, actor=officer, source_id=source, kinds=frozenset({ProposalKind.MEETING}))
    assert [type(error) for _, error in done.left] == [SeveralMechanisms]
    (choices,) = list_mechanism_choices(node, actor=officer, source_id=source).values()
    assert len(choices) == 2
    assert register.Meeting.objects.count() == 0
    fact = keep_proposal(node, actor=officer, proposal_id=meeting.id, mechanism_id=choices[1].id)
    assert register.Meeting.objects.get(id=fact).mechanism_id == choices[1].id
    assert register.Mechanism.objects.count() == 2


def test_one_post_in_three_languages_has_one_row_and_its_holders_stay_apart(node, officer):
    """`Bộ trưởng Bộ Công an` and `ministre` are one post; To Lam is Tô Lâm, and his successor another person."""
    keep_all(node, actor=officer, source_id=import_text(node, officer, read_sample("fr-hanoi-2025")))
    for name in ("en-hanoi-2025", "vi-hanoi-2025"):
        keep_all(node, actor=officer, source_id=import_text(node, officer, read_sample(name), name))
    ministry = next(item for item in list_organisations(node, state="VN"))
    (post,) = list_posts(node, organisation_id=ministry.id)
    assert set(post.titles) == {"fr", "en", "vi"}
    (tenure,) = list_tenures(node, post_id=post.id)
    assert {"Luong Tam Quang", "Lương Tam Quang"} <= set(tenure.spellings)
    record_tenure(node, actor=officer, post_id=post.id, person_name="Tô Lâm", seen_on=PartialDate("2021-02-19"))
    record_tenure(node, actor=officer, post_id=post.id, person_name="To Lam", seen_on=PartialDate("2024-03"))
    record_tenure(node, actor=officer, post_id=post.id, person_name="Lương Cường", seen_on=PartialDate("2024-04"))
    names = {
        item.person_name: (item.first_seen.value, item.last_seen.value) for item in list_tenures(node, post_id=post.id)
    }
    assert names["Tô Lâm"] == ("2021-02-19", "2024-03")
    assert len(names) == 3


def test_a_post_in_other_words_is_offered_and_may_be_refused(node, officer, source):
    """A title that says more in another language is offered as the same post; a person may say that it is a new one."""
    keep_all(node, actor=officer, source_id=source)
    text = read_sample("en-hanoi-2025").replace("Vilay Lakhamphong", "Khamking Phuilamanivong")
    second = import_text(node, officer, text, "en")
    keep_kinds(node, officer, second, ProposalKind.PARTY)
    official = next(item for item in proposals_of(node, second, ProposalKind.OFFICIAL) if item.fields["state"] == "LA")
    (offered,) = list_candidates(node, actor=officer, proposal_id=official.id)
    assert (offered.strength, "ministre" in offered.summary) == (1, True)
    posts = len(list_posts(node))
    keep_proposal(node, actor=officer, proposal_id=official.id, new=True)
    assert len(list_posts(node)) == posts + 1


def test_a_post_of_a_known_portfolio_is_offered_its_organisation(node, officer):
    """A minister whose ministry the text does not name is given to the ministry that the directory has."""
    ministry = ensure_organisation(node, actor=officer, state="VN", name="Bộ Công an", language="vi")
    source = import_text(node, officer, read_sample("fr-pekin-2024"), "talks")
    keep_kinds(node, officer, source, ProposalKind.PARTY)
    minister, chinese = proposals_of(node, source, ProposalKind.OFFICIAL)[:2]
    assert minister.fields["organisation"] == "ministère de la Sécurité publique"
    (offered,) = list_candidates(node, actor=officer, proposal_id=minister.id)
    assert (offered.id, offered.strength, offered.portfolio) == (ministry, 2, "public_security")
    keep_proposal(node, actor=officer, proposal_id=minister.id)
    assert [tenure.person_name for tenure in list_tenures(node)] == ["Luong Tam Quang"]
    assert get_organisation(node, ministry).names["fr"] == "ministère de la Sécurité publique"
    keep_proposal(node, actor=officer, proposal_id=chinese.id)
    assert [item.names for item in list_organisations(node, state="CN")] == [
        {"fr": "ministère de la Sécurité publique"}
    ]


def test_a_post_whose_body_was_cleared_needs_one(node, officer):
    """A person who takes the proposed organisation away has to name another; nothing is entered meanwhile."""
    source = import_text(node, officer, read_sample("fr-dakar-2018"), "visit")
    keep_kinds(node, officer, source, ProposalKind.PARTY)
    minister = proposals_of(node, source, ProposalKind.OFFICIAL)[0]
    with pytest.raises(OrganisationMissing):
        correct_proposal(
            node, actor=officer, proposal_id=minister.id, fields={**minister.fields, "organisation": ""}, new=True
        )
    assert list_organisations(node) == []


def test_a_source_lists_what_was_cited_from_it(node, officer, source):
    """The public page of a source has each cited passage once per field, in the order of the text."""
    keep_all(node, actor=officer, source_id=source)
    cited = list_cited(node, source)
    assert [item.start for item in cited] == sorted(item.start for item in cited)
    assert list_sources(node, public_only=True)[0].in_register == len(list_proposals(node, source))
    assert list_sources(node, waiting_only=True) == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://example.org", "http://["]
)
def test_a_source_is_linked_to_the_web_only(node, officer, url):
    """The address of a source becomes a link on a public page, so that it is never a script."""
    with pytest.raises(BadField):
        import_source(
            node, actor=officer, name="x", text=read_sample("fr-hanoi-2025"), kind=SourceKind.OFFICIAL_RELEASE, url=url
        )


def test_those_who_take_part_beside_the_co_chairs_are_of_the_delegations(node, officer):
    """Participants of a chaired meeting are kept as members of their side, each with the post as printed."""
    text = REPORT_OF_THE_FOURTEENTH + (
        "\nLe vice-ministre vietnamien de la Sécurité publique Le Quoc Hung a participé à la conférence.\n"
    )
    source = import_text(node, officer, text, "report")
    meeting = proposals_of(node, source, ProposalKind.MEETING)[0]
    fields = {**meeting.fields, "members": ["Le Quoc Hung"]}
    keep_kinds(node, officer, source, ProposalKind.PARTY, ProposalKind.OFFICIAL)
    fact = correct_proposal(node, actor=officer, proposal_id=meeting.id, fields=fields)
    laos, vietnam = list_delegations(node, get_meeting(node, fact))
    assert [person.name for person in vietnam.heads] == ["To Lam"]
    assert [(person.name, bool(person.post)) for person in vietnam.members] == [("Le Quoc Hung", True)]
    assert [person.name for person in laos.heads] == ["Vilay Lakhamphong"]

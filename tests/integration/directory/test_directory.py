"""Organisations, posts, tenures, authorities and partners in two nodes' databases."""

import unicodedata
from dataclasses import replace

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.directory.api import (
    AuthorityNotTheirs,
    BadAuthority,
    NameMissing,
    OrganisationsDiffer,
    PartnerExists,
    PartnerStatus,
    ensure_organisation,
    ensure_post,
    export_authorities,
    find_organisation,
    find_partner,
    get_organisation,
    get_partner,
    get_post,
    handle_authorities,
    import_authorities,
    list_authorities,
    list_organisations,
    list_partners,
    list_tenures,
    record_tenure,
    set_partner_status,
    withdraw_authority,
)
from entraide.directory.domain.messages import AuthoritiesAnnounced
from entraide.journal.models import Entry
from entraide.kernel.codecs import Malformed
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.partial_dates import DateBasis, PartialDate
from tests.factories.directory import ANY_KEYS, make_authority, make_organisation, make_partner
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def test_an_organisation_is_found_by_any_of_its_names():
    """An alias, another language and another spelling all lead to the same organisation."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)

    def ensure(name: str, language: str = "fr", aliases: tuple[str, ...] = ()):
        return ensure_organisation(node, actor=actor, state="VN", name=name, language=language, aliases=aliases)

    first = ensure("ministère de la Sécurité publique", aliases=("ministère de la Police",))
    assert ensure("Ministère de la police") == first
    assert ensure("Bộ Công an", "vi", ("ministère de la Police",)) == first
    assert ensure("bo cong an", "vi") == first
    found = find_organisation(node, "VN", "MINISTERE DE LA SECURITE PUBLIQUE")
    assert found is not None
    assert found.names == {"fr": "ministère de la Sécurité publique", "vi": "Bộ Công an"}
    assert find_organisation(node, "LA", "Bộ Công an") is None
    assert found.name_in("vi-VN") == "Bộ Công an"
    assert [organisation.id for organisation in list_organisations(node, state="VN")] == [first]


def test_names_are_kept_composed():
    """A name typed with separate marks is kept composed, so that it can travel and be signed."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)
    typed = unicodedata.normalize("NFD", "Bộ Công an")
    organisation_id = ensure_organisation(node, actor=actor, state="VN", name=typed, language="vi")
    assert get_organisation(node, organisation_id).names == {"vi": "Bộ Công an"}


def test_the_same_name_in_two_languages_is_one_organisation():
    """A name that two languages share does not stand in its own way."""
    node = make_node()
    actor = make_actor(node, Role.operator)
    first = ensure_organisation(node, actor=actor, state="", name="Interpol", language="en")
    assert ensure_organisation(node, actor=actor, state="", name="INTERPOL", language="fr") == first
    assert get_organisation(node, first).names == {"en": "Interpol", "fr": "INTERPOL"}


def test_two_organisations_are_never_merged():
    """Names of two known organisations given for one are refused, and nothing changes."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)
    for name in ("Ministry of Justice", "Ministry of Defence"):
        make_organisation(node, actor=actor, name=name)
    before = Entry.objects.count()
    with pytest.raises(OrganisationsDiffer):
        ensure_organisation(
            node,
            actor=actor,
            state="VN",
            name="Justice",
            language="fr",
            aliases=("Ministry of Justice", "Ministry of Defence"),
        )
    assert Entry.objects.count() == before
    assert find_organisation(node, "VN", "Justice") is None


def test_directory_needs_a_role_and_a_name():
    """A case officer enters no organisation, and nobody one without a name."""
    node = make_node()
    with pytest.raises(RoleMissing):
        make_organisation(node, actor=make_actor(node, Role.case_officer))
    with pytest.raises(NameMissing):
        make_organisation(node, actor=make_actor(node, Role.desk_officer), name=" — ")


def test_one_post_with_two_holders_is_two_persons():
    """Spellings of one holder are one person, another name is another; the dates of seeing widen."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)
    organisation_id = make_organisation(node, actor=actor)
    post_id = ensure_post(node, actor=actor, organisation_id=organisation_id, title="Ministre", language="fr")
    assert ensure_post(node, actor=actor, organisation_id=organisation_id, title="ministre", language="fr") == post_id
    ensure_post(node, actor=actor, organisation_id=organisation_id, title="Minister", language="en", same_as=post_id)
    assert get_post(node, post_id).titles == {"fr": "Ministre", "en": "Minister"}

    def seen(name: str, date: str):
        return record_tenure(node, actor=actor, post_id=post_id, person_name=name, seen_on=PartialDate(date))

    first = seen("Tô Lâm", "2018")
    assert seen("To Lam", "2016-04-09") == first
    assert seen("Tô Lâm", "2021-XX-XX") == first
    second = seen("Lương Tam Quang", "2025-01-12")
    assert second != first
    tenures = list_tenures(node, post_id=post_id)
    assert [tenure.person_name for tenure in tenures] == ["Tô Lâm", "Lương Tam Quang"]
    assert tenures[0].spellings == ("Tô Lâm", "To Lam")
    assert (tenures[0].first_seen.value, tenures[0].last_seen.value) == ("2016-04-09", "2021-XX-XX")
    assert tenures[0].person_id != tenures[1].person_id


def test_seeing_the_same_again_changes_nothing():
    """A second source that shows the same holder on the same day adds no entry."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)
    organisation_id = make_organisation(node, actor=actor)
    post_id = ensure_post(node, actor=actor, organisation_id=organisation_id, title="Minister", language="en")
    day = PartialDate("2025-01-12", DateBasis.WEEKDAY)
    first = record_tenure(node, actor=actor, post_id=post_id, person_name="Official A", seen_on=day)
    count = Entry.objects.count()
    assert record_tenure(node, actor=actor, post_id=post_id, person_name="Official A", seen_on=day) == first
    assert Entry.objects.count() == count
    assert list_tenures(node, ids=[first])[0].first_seen == day


def test_authorities_travel_to_a_partner():
    """What one node registers, the other knows under the same id, as the partner's, with its competence."""
    vietnam, laos = make_node("default"), make_node("partner")
    own = make_authority(vietnam)
    point = make_authority(vietnam, kind="contact_point_24_7", name="24/7 point", request_types=["preservation"])
    exported = export_authorities(vietnam)
    AuthoritiesAnnounced(exported).to_bytes()
    partner_id = make_partner(laos, vietnam)
    import_authorities(laos, partner_id=partner_id, authorities=exported)
    with laos.active():
        assert {authority.id for authority in list_authorities(laos, own=False)} == {own, point}
        assert [a.id for a in list_authorities(laos, state="VN", request_type="evidence")] == [own]
        assert list_authorities(laos, own=True) == []
        assert list_authorities(laos, party_id="vn-mps")[0].organisation_name == "Ministry of Tests"
    withdraw_authority(vietnam, actor=make_actor(vietnam, Role.operator), authority_id=point)
    import_authorities(laos, partner_id=partner_id, authorities=export_authorities(vietnam))
    with laos.active():
        assert [authority.id for authority in list_authorities(laos)] == [own]


def test_a_partner_announces_only_its_own():
    """An authority of another State, or under the id of one of ours, is refused whole."""
    vietnam, laos = make_node("default"), make_node("partner")
    make_authority(vietnam)
    exported = export_authorities(vietnam)
    laos_here, vietnam_there = make_partner(vietnam, laos), make_partner(laos, vietnam)
    with pytest.raises(AuthorityNotTheirs):
        import_authorities(laos, partner_id=vietnam_there, authorities=[replace(exported[0], state="CN")])
    with pytest.raises(AuthorityNotTheirs):
        import_authorities(vietnam, partner_id=laos_here, authorities=[replace(exported[0], state="LA")])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": "secret_police"}, id="unknown kind"),
        pytest.param({"request_types": "evidence"}, id="types no list"),
        pytest.param({"request_types": []}, id="no type"),
        pytest.param({"languages": [7]}, id="language no text"),
        pytest.param({"time_zone": "Mars/Olympus"}, id="no time zone"),
        pytest.param({"time_zone": "../../etc/passwd"}, id="a path as time zone"),
        pytest.param({"name": ""}, id="no name"),
        pytest.param({"id": "7"}, id="no id"),
        pytest.param({"organisation": {}}, id="organisation without name"),
        pytest.param({"organisation": None}, id="no organisation"),
    ],
)
def test_an_unreadable_announcement_is_refused(change):
    """A message that cannot be read is rejected with a code and leaves nothing."""
    vietnam, laos = make_node("default"), make_node("partner")
    make_authority(vietnam)
    partner_id = make_partner(laos, vietnam)

    def announce(payload) -> str | None:
        try:
            message = AuthoritiesAnnounced.from_json(payload)
        except Malformed:
            return AuthoritiesAnnounced.refused_with
        return handle_authorities(laos, partner_id, message)

    announced = AuthoritiesAnnounced(export_authorities(vietnam)).to_json()
    assert announce({"authorities": [announced["authorities"][0] | change]}) == BadAuthority.code
    assert announce({"authorities": 5}) == BadAuthority.code
    with laos.active():
        assert list_authorities(laos) == []
    assert announce(announced) is None


def test_partners():
    """A partner is entered once, with its keys, and can be suspended by an operator."""
    vietnam, laos = make_node("default"), make_node("partner")
    partner_id = make_partner(vietnam, laos)
    partner = get_partner(vietnam, partner_id)
    assert (partner.name, partner.state, partner.keys) == ("la-mops", "LA", KeyHistory.of(ANY_KEYS))
    assert find_partner(vietnam, "la-mops") == partner
    with pytest.raises(PartnerExists):
        make_partner(vietnam, laos)
    operator = make_actor(vietnam, Role.operator)
    set_partner_status(vietnam, actor=operator, partner_id=partner_id, status=PartnerStatus.suspended)
    assert list_partners(vietnam, status=PartnerStatus.active) == []
    assert list_partners(laos) == []  # each node reads its own database, whichever is active


def announce(node, partner_id, organisation: dict[str, str], aliases: list[str]) -> None:
    """Import one authority of the partner's organisation with these names."""
    (exported,) = export_authorities(make_laos_with_authority())
    announced = replace(exported, organisation=organisation, aliases=tuple(aliases))
    import_authorities(node, partner_id=partner_id, authorities=[announced])


def make_laos_with_authority():
    laos = make_node(database="partner")
    make_authority(laos)
    return laos


@pytest.mark.parametrize("known", ["ministère de la Sécurité publique", "Bộ Công an Lào"])
def test_an_announced_ministry_is_the_one_that_was_known(known):
    """A partner's ministry joins the one entered under another name, which gains the announced names and aliases."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)
    first = ensure_organisation(node, actor=actor, state="LA", name=known, language="fr")
    other = ensure_organisation(node, actor=actor, state="LA", name="ministère de la Justice", language="fr")
    partner_id = make_partner(node, make_node(database="partner"))
    announce(
        node, partner_id, {"en": "Ministry of Public Security of Laos"}, ["Ministry of Public Security", "Bộ Công an"]
    )
    assert {item.id for item in list_organisations(node, state="LA")} == {first, other}
    assert list_authorities(node, own=False)[0].organisation_id == first
    assert set(get_organisation(node, first).spellings) == {
        known,
        "Ministry of Public Security of Laos",
        "Ministry of Public Security",
        "Bộ Công an",
    }


def test_an_announced_name_of_another_organisation_is_left_to_it():
    """A partner cannot merge two organisations by announcing the names of both."""
    node = make_node()
    actor = make_actor(node, Role.desk_officer)
    police = ensure_organisation(node, actor=actor, state="LA", name="Ministry of Public Security", language="en")
    justice = ensure_organisation(node, actor=actor, state="LA", name="Ministry of Justice", language="en")
    partner_id = make_partner(node, make_node(database="partner"))
    announce(node, partner_id, {"en": "Ministry of Public Security"}, ["Ministry of Justice", "Bộ Công an"])
    assert get_organisation(node, police).spellings == ("Ministry of Public Security", "Bộ Công an")
    assert get_organisation(node, justice).spellings == ("Ministry of Justice",)

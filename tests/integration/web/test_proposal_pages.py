"""Pages that import, review and show communiqués."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entraide.access.api import Role
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    SourceKind,
    get_proposal,
    import_source,
    keep_all,
    list_proposals,
    list_sources,
    read_sample,
)
from entraide.kernel.ids import OrganisationId, new_uuid
from entraide.programme import models as register
from entraide.programme.api import Party, ensure_mechanism, list_mechanisms
from tests.factories.answering import keep_and_answer
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def imported(site, name="fr-hanoi-2025", kind=SourceKind.OFFICIAL_RELEASE, text=None):
    actor = make_actor(site.node, Role.desk_officer)
    source = import_source(site.node, actor=actor, name=name, text=text or read_sample(name), kind=kind)
    return site.client_of(actor), source, actor


def form_of(proposal, changes=None):
    """Return the post data of a proposal's form as the page shows it, with `changes`."""
    shown = {
        name: "\n".join(value) if name in ("people", "members") else value for name, value in proposal.fields.items()
    }
    fields = {**shown, **(changes or {})}
    return {f"{proposal.key}-{name}": "" if value is None else value for name, value in fields.items()}


def first(node, source, kind):
    return next(item for item in list_proposals(node, source) if item.kind == kind)


def test_an_upload_is_read_and_waits(site):
    """A desk officer uploads a text and stands before its proposals; the register is as empty as before."""
    client = site.client_as(Role.desk_officer)
    file = SimpleUploadedFile("hanoi.txt", read_sample("fr-hanoi-2025").encode(), "text/plain")
    response = client.post("/proposals/new/", {"file": file, "kind": "official_release"}, follow=True)
    page = text_of(response)
    assert response.status_code == 200
    assert "<mark" in page
    assert "Keep all that is clear" in page
    assert register.Meeting.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff", "no text"),
        (b"%PDF-1.7 ...", "is a damaged PDF file"),
        (b"12/01/2025 - 10:00", "holds no words"),
    ],
    ids=["empty", "binary", "pdf", "no words"],
)
def test_a_bad_file_gets_one_clear_line(site, data, line):
    """A file that cannot be read is refused at its field, and nothing is stored."""
    client = site.client_as(Role.desk_officer)
    file = SimpleUploadedFile("bad.txt", data, "text/plain")
    response = client.post("/proposals/new/", {"file": file, "kind": "press"})
    assert response.status_code == 400
    assert line in text_of(response)
    assert list_sources(site.node) == []


def test_the_text_is_shown_escaped_with_its_passages(site):
    """Markup in a source is text on the page, never markup; passages are marked where they stand."""
    text = read_sample("fr-hanoi-2025") + "\n\n<script>alert('x')</script> & <b>gras</b>"
    client, source, _actor = imported(site, text=text)
    page = client.get(f"/proposals/{source}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    start = first(site.node, source, ProposalKind.MEETING).evidence[0].start
    assert f'id="at-{start}"' in page
    assert f'href="#at-{start}"' in page


def test_keep_correct_and_reject_by_form(site):
    """Each decision is one form; the page leads on to the next that waits."""
    client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source, kinds=frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL}))
    meeting = first(site.node, source, ProposalKind.MEETING)
    response = client.post(
        f"/proposals/decide/{meeting.id}/", {**form_of(meeting, {"place": "Hà Nội"}), "act": "correct"}
    )
    assert response.status_code == 302
    assert "#instrument-1" in response.url
    assert get_proposal(site.node, meeting.id).state is ProposalState.CORRECTED
    plan = first(site.node, source, ProposalKind.INSTRUMENT)
    client.post(f"/proposals/decide/{plan.id}/", {**form_of(plan), "act": "keep"})
    assert get_proposal(site.node, plan.id).state is ProposalState.KEPT
    commitment = first(site.node, source, ProposalKind.COMMITMENT)
    data = {**form_of(commitment), "act": "reject", "reason": "A teaser"}
    client.post(f"/proposals/decide/{commitment.id}/", data)
    assert get_proposal(site.node, commitment.id).state is ProposalState.REJECTED
    assert "A teaser" in text_of(client.get(f"/proposals/{source}/"))


def test_a_wrong_field_is_shown_at_its_place(site):
    """A date that is none leads back to its card, its form open as it was typed and the line at the field, also after
    a reload; once another card is opened it is forgotten.
    """
    client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source, kinds=frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL}))
    meeting = first(site.node, source, ProposalKind.MEETING)
    response = client.post(
        f"/proposals/decide/{meeting.id}/", {**form_of(meeting, {"date": "janvier"}), "act": "correct"}
    )
    assert response.status_code == 302
    assert response.url == f"/proposals/{source}/?correct={meeting.key}"
    for _reload in range(2):
        page = client.get(response.url).content.decode()
        assert "“janvier” cannot stand in the field Date." in unescape(page)
        assert 'value="janvier"' in page
        assert "autofocus" in page
    assert "janvier” cannot" not in client.get(f"/proposals/{source}/?at=commitment-1").content.decode()
    assert get_proposal(site.node, meeting.id).state is ProposalState.WAITING


def test_what_it_rests_on_is_named(site):
    """A commitment before its plan is refused at its card with what to do, and the plan is named in words."""
    client, source, _actor = imported(site)
    item = first(site.node, source, ProposalKind.COMMITMENT)
    response = client.post(f"/proposals/decide/{item.id}/", {"act": "keep"}, follow=True)
    assert "not been kept: Instrument – Cooperation plan" in text_of(response)
    assert "Keep or correct that one first" in text_of(response)
    assert register.Mechanism.objects.count() == 0


def test_keeping_all_says_what_is_left(site):
    """One press shows what keeping them would do, a second keeps exactly that and tells how many are left."""
    client, source, _actor = imported(site)
    shown = client.post(f"/proposals/{source}/keep-all/")
    assert "Nothing is kept yet" in text_of(shown)
    assert not register.Meeting.objects.exists()
    hidden = dict(re.findall(r'name="(shown-[^"]+)" value="([^"]+)"', shown.content.decode()))
    response = client.post(f"/proposals/{source}/keep-all/", {"act": "confirm", **hidden}, follow=True)
    assert "proposals were kept" in text_of(response)
    assert register.Meeting.objects.filter(date="2025-01-12").exists()


def test_a_known_fact_is_offered_and_chosen(site):
    """The second report of one conference offers it; keeping the form as it stands joins the two."""
    _client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source)
    known = register.Meeting.objects.get(date="2025-01-12")
    text = read_sample("fr-hanoi-2025").replace("Hanoï, 12 janvier 2025 – ", "Hanoï, 12 janvier 2025 - ")
    client, second, actor = imported(site, name="again", text=text)
    keep_all(site.node, actor=actor, source_id=second, kinds=frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL}))
    meeting = first(site.node, second, ProposalKind.MEETING)
    page = text_of(client.get(f"/proposals/{second}/"))
    assert "Does the register have it already?" in page
    data = {**form_of(meeting), f"{meeting.key}-same_as": str(known.id), "act": "keep"}
    client.post(f"/proposals/decide/{meeting.id}/", data)
    assert get_proposal(site.node, meeting.id).fact_id == known.id
    assert register.Meeting.objects.filter(date="2025-01-12").count() == 1


def test_an_auditor_reads_and_decides_nothing(site):
    """The auditor sees the review without a form; others are sent away."""
    _client, source, _actor = imported(site)
    auditor = site.client_as(Role.auditor)
    page = text_of(auditor.get(f"/proposals/{source}/"))
    assert 'name="act"' not in page
    assert auditor.post(f"/proposals/{source}/keep-all/").status_code == 403
    assert site.client_as(Role.case_officer).get("/proposals/").status_code == 403
    assert site.visitor().get("/proposals/").status_code == 302


def test_a_source_is_public_once_something_was_kept(site):
    """The public page shows the text with its cited passages; before that it does not exist."""
    _client, source, actor = imported(site)
    assert site.visitor().get(f"/sources/{source}/").status_code == 404
    keep_all(site.node, actor=actor, source_id=source)
    page = text_of(site.visitor().get(f"/sources/{source}/"))
    assert "<mark" in page
    assert "À l'issue de la conférence" in page
    assert f'href="/sources/{source}/"' in text_of(site.visitor().get("/sources/"))


def test_of_the_press_only_passages_are_shown(site):
    """A press report is cited, not republished."""
    _client, source, actor = imported(site, kind=SourceKind.PRESS)
    keep_all(site.node, actor=actor, source_id=source)
    page = text_of(site.visitor().get(f"/sources/{source}/"))
    assert "<mark" in page
    assert "était en visite officielle au Vietnam du 11 au 13 janvier" not in page


def test_the_desk_names_what_waits(site):
    """The desk officer finds the source on the desk."""
    client, source, _actor = imported(site)
    assert f"/proposals/{source}/" in client.get("/desk/").content.decode()


def test_samples_are_imported_at_once(site):
    """One press brings in the sample texts, a second one adds none."""
    client = site.client_as(Role.desk_officer)
    client.post("/proposals/samples/")
    count = len(list_sources(site.node))
    assert count >= 14
    client.post("/proposals/samples/")
    assert len(list_sources(site.node)) == count


ELSEWHERE = """Hanoï, 12 janvier 2025 – Le général Luong Tam Quang, ministre vietnamien de la Sécurité publique, \
et le général Vilay Lakhamphong, ministre lao de la Sécurité publique, ont coprésidé le 12 janvier 2025 à Haïphong la \
conférence d'examen du plan de coopération 2024 entre le ministère de la Sécurité publique du Vietnam et le ministère \
de la Sécurité publique du Laos.
"""


def with_a_contradiction(site):
    """Return an officer's browser, a source whose place differs, its contradiction and the meeting."""
    _client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source)
    client, second, actor = imported(site, name="again", text=ELSEWHERE, kind=SourceKind.PRESS)
    keep_and_answer(site.node, actor, second)
    return (
        client,
        second,
        first(site.node, second, ProposalKind.CONTRADICTION),
        register.Meeting.objects.get(date="2025-01-12"),
    )


def test_a_contradiction_shows_both_values_and_is_settled_by_form(site):
    """Both values stand with their passages and kinds; the choice is one form; the public page shows both."""
    client, source, contradiction, meeting = with_a_contradiction(site)
    page = text_of(client.get(f"/proposals/{source}/"))
    for words in ("Hanoi or Haiphong?", "Official release", "Press", "How sources are weighed", "Reject as misread"):
        assert words in page
    data = {"settle-1-take": "keep", "settle-1-seen": "Hanoï", "act": "settle"}
    assert client.post(f"/proposals/settle/{contradiction.id}/", data).status_code == 302
    public = text_of(site.visitor().get(f"/meetings/{meeting.id}/"))
    for words in ("Sources contradict each other; both are kept.", "Haïphong", "Hanoï", "press", "official release"):
        assert words in public
    assert "“Hanoi” is shown; “Haiphong” stands beside it." in text_of(client.get(f"/proposals/{source}/"))
    again = client.post(f"/proposals/settle/{contradiction.id}/", data, follow=True)
    assert "settled already" in text_of(again)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({}, "This field is required"),
        ({"settle-1-take": "both"}, "both is not one of the available choices"),
        ({"settle-1-take": "take", "settle-1-seen": "Hanoï"}, "goes against the weight"),
        ({"settle-1-take": "keep", "settle-1-seen": "Vientiane"}, "now shows “Hanoï”"),
        ({"act": "reject", "reason": ""}, "rejected with a reason"),
    ],
    ids=["nothing", "a choice that is none", "against the weight", "the value has moved", "no reason"],
)
def test_a_contradiction_is_not_settled_by_bad_input(site, data, line):
    """Bad input comes back with one line and its remedy, and the contradiction waits on."""
    client, _source, contradiction, _meeting = with_a_contradiction(site)
    response = client.post(f"/proposals/settle/{contradiction.id}/", data)
    assert response.url == f"/proposals/{contradiction.source_id}/?at={contradiction.key}"
    assert line in text_of(client.get(response.url))
    assert get_proposal(site.node, contradiction.id).state is ProposalState.WAITING


def test_the_kinds_of_sources_are_explained(site):
    """A public page says which source counts more, in the order of the rule."""
    page = text_of(site.visitor().get("/sources/kinds/"))
    places = [page.index(f"<h3>{name}</h3>") for name in ("Signed text", "Official release", "Press")]
    assert places == sorted(places)


def test_only_one_proposal_shows_its_fields(site):
    """A long review stays light: fields are open for the proposal that is being corrected, and for no other."""
    client, source, _actor = imported(site)
    meeting = first(site.node, source, ProposalKind.MEETING)
    closed = client.get(f"/proposals/{source}/").content.decode()
    assert f"{meeting.key}-place" not in closed
    opened = client.get(f"/proposals/{source}/?correct={meeting.key}").content.decode()
    assert f'name="{meeting.key}-place"' in opened
    assert 'name="commitment-1-text"' not in opened
    count = len(list_proposals(site.node, source))
    assert count >= 15
    assert len(closed.encode()) * 20 / count < 100_000


def test_a_choice_of_mechanism_is_asked_and_nothing_is_chosen_beforehand(site):
    """Two mechanisms of the same States: the form asks, without a choice it says so, with one it keeps."""
    client, source, actor = imported(site, name="fr-vientiane-2023")
    for portfolio in ("Sécurité publique", "Justice"):
        parties = [
            Party(state, OrganisationId(new_uuid(site.node)), {"fr": f"ministère de la {portfolio}"})
            for state in ("LA", "VN")
        ]
        ensure_mechanism(site.node, actor=actor, parties=parties)
    for party in [item for item in list_proposals(site.node, source) if item.kind == ProposalKind.PARTY]:
        client.post(f"/proposals/decide/{party.id}/", {**form_of(party, {"organisation": ""}), "act": "correct"})
    meeting = first(site.node, source, ProposalKind.MEETING)
    page = text_of(client.get(f"/proposals/{source}/?at={meeting.key}"))
    assert "Which one is meant?" in page
    assert "ministère de la Justice" in page
    response = client.post(f"/proposals/decide/{meeting.id}/", {"act": "keep"}, follow=True)
    assert "Choose the mechanism that is meant." in text_of(response)
    second = list_mechanisms(site.node)[1]
    client.post(f"/proposals/decide/{meeting.id}/", {"act": "keep", f"{meeting.key}-mechanism": str(second.id)})
    assert register.Meeting.objects.get().mechanism_id == second.id


def sentence(source, card, **data: object):
    """Return where the card of a proposal is decided, and what is sent."""
    return f"/proposals/{source}/sentence/", {"card": card, **data}


def keys_in(site, source, state):
    return [item.key for item in list_proposals(site.node, source) if item.state is state]


TREATY = "Elles appliqueront l'accord"
BEFORE = frozenset({"party", "official", "meeting", "instrument"})


def promised(site, source, words=TREATY):
    """Return the keys of the commitments that one sentence makes, in their order."""
    return [item.key for item in list_proposals(site.node, source) if words in str(item.fields.get("text"))]


def test_a_card_is_a_sentence_with_its_domains(site):
    """What one sentence says stands on one card: the domains of a promise are chips, not cards."""
    client, source, _actor = imported(site)
    keys = promised(site, source)
    assert len(keys) > 1
    page = client.get(f"/proposals/{source}/?at={keys[0]}").content.decode()
    assert len(re.findall(r'<li class="proposal ', page)) < len(list_proposals(site.node, source)) * 0.6
    assert re.findall(r'name="take" value="([a-z]+-\d+)" checked', page) == keys


def test_a_card_is_kept_at_one_press(site):
    """The first sentence brings its parties, people, meeting and plan; the next card that waits is open."""
    client, source, _actor = imported(site)
    response = client.post(*sentence(source, "party-1", act="keep"))
    kept = set(keys_in(site, source, ProposalState.KEPT))
    assert kept >= {"party-1", "party-2", "official-1", "official-2", "meeting-1", "instrument-1"}
    assert response.url.endswith("?at=reference-1#reference-1")
    page = client.get(response.url).content.decode()
    assert re.search(
        r'<li class="proposal proposal-now" id="reference-1" tabindex="-1" aria-current="true" autofocus', page
    )


def test_a_domain_is_taken_off_and_another_added(site):
    """A chip that is taken off is rejected, one that is added is proposed with the sentence and kept."""
    client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source, kinds=BEFORE)
    off, *taken = promised(site, source)
    before = {item.key for item in list_proposals(site.node, source)}
    data = {"chips": "1", "take": taken, f"add-{off}": "drugs", "act": "keep"}
    assert client.post(*sentence(source, off, **data)).status_code == 302
    items = {item.key: item for item in list_proposals(site.node, source)}
    assert items[off].state is ProposalState.REJECTED
    assert {items[key].state for key in taken} == {ProposalState.KEPT}
    (added,) = (item for key, item in items.items() if key not in before)
    assert (added.state, added.fields["domain"], added.reader) == (ProposalState.KEPT, "drugs", "person")
    assert added.evidence[0].quote.startswith(TREATY)
    assert "The sentence does not say this." in text_of(client.get(f"/proposals/{source}/?at={off}"))


def test_the_domains_of_a_sentence_are_corrected_together(site):
    """Period and status are said once for all domains of the sentence; each keeps its own domain."""
    client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source, kinds=BEFORE)
    keys = promised(site, source)
    lead = keys[0]
    page = client.get(f"/proposals/{source}/?correct={lead}").content.decode()
    assert f'name="{lead}-period"' in page
    assert f'name="{keys[1]}-period"' not in page
    items = {item.key: item for item in list_proposals(site.node, source)}
    data = {f"{lead}-{name}": value or "" for name, value in items[lead].fields.items() if name != "domain"}
    data |= {f"{lead}-period": "2026", "take": keys}
    assert client.post(*sentence(source, lead, line=lead, chips="1", act="correct", **data)).status_code == 302
    items = {item.key: item for item in list_proposals(site.node, source)}
    assert {items[key].state for key in keys} == {ProposalState.CORRECTED}
    assert {items[key].fields["period"] for key in keys} == {"2026"}
    assert len({items[key].fields["domain"] for key in keys}) == len(keys)


def test_a_card_is_decided_whole_or_not_at_all(site):
    """A card that rests on another which waits keeps nothing, and says what has to be kept first."""
    client, source, _actor = imported(site)
    response = client.post(*sentence(source, promised(site, source)[0], act="keep"), follow=True)
    assert keys_in(site, source, ProposalState.KEPT) == []
    page = response.content.decode()
    assert "Keep or correct that one first" in page
    assert re.search(r'role="alert" tabindex="-1" autofocus', page)


def test_a_card_is_rejected_with_one_reason(site):
    """Everything in the sentence is rejected together; without a reason nothing is."""
    client, source, _actor = imported(site)
    keys = promised(site, source)
    response = client.post(*sentence(source, keys[0], act="reject", reason=" "), follow=True)
    assert "rejected with a reason" in text_of(response)
    client.post(*sentence(source, keys[0], act="reject", reason="A wish"))
    assert keys_in(site, source, ProposalState.REJECTED) == ["instrument-3", *keys]


def test_what_may_be_known_is_asked_after_the_parties_are_kept(site):
    """A second report of a conference: its card keeps the parties and leaves the meeting for a look."""
    _client, source, actor = imported(site)
    keep_all(site.node, actor=actor, source_id=source)
    before = register.Meeting.objects.count()
    text = read_sample("fr-hanoi-2025").replace("Hanoï, 12 janvier 2025 – ", "Hanoï, 12 janvier 2025 - ")
    client, second, _actor = imported(site, name="again", text=text)
    response = client.post(*sentence(second, "party-1", act="keep"))
    states = {item.key: item.state for item in list_proposals(site.node, second)}
    assert states["party-1"] is ProposalState.KEPT
    if states["meeting-1"] is ProposalState.WAITING:
        assert "?at=meeting-1" in response.url
        assert "Does the register have it already?" in text_of(client.get(response.url))
    assert register.Meeting.objects.count() == before


@pytest.mark.parametrize("language", ["en", "fr", "vi"])
def test_words_stand_instead_of_codes(site, language):
    """No State, domain, status or role is shown or asked for by its code."""
    client, source, _actor = imported(site)
    headers = {"accept-language": language}
    english = "co-chair, " if language == "en" else "co-chair|mentioned"  # the English name of an act is mentioned
    for key in ("party-1", "official-1", promised(site, source)[0]):
        page = client.get(f"/proposals/{source}/?correct={key}", headers=headers).content.decode()
        words = unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))
        assert not re.search(rf"\b(VN|LA|trafficking-in-persons|victim-protection|{english})\b", words)
    party = client.get(f"/proposals/{source}/?correct=party-1", headers=headers).content.decode()
    name = {"en": "Vietnam", "fr": "Vietnam", "vi": "Việt Nam"}[language]
    assert re.search(rf'<option value="VN" selected>{name}</option>', party)


@pytest.mark.parametrize(
    "address",
    ["decide/{proposal}/", "{source}/sentence/", "{source}/settle-all/", "{source}/published/"],
)
def test_a_reload_shows_the_review_and_never_a_blank_page(site, address):
    """Whoever comes to the address of a form without one is led to the review."""
    client, source, _actor = imported(site)
    item = first(site.node, source, ProposalKind.MEETING)
    response = client.get("/proposals/" + address.format(source=source, proposal=item.id))
    assert response.status_code == 302
    assert response.url.startswith(f"/proposals/{source}/")

"""A kind of fact that the product does not have appears everywhere by its declaration alone."""

import csv
import io
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entraide.access.api import Role, RoleMissing
from entraide.communiques.api import (
    SourceKind,
    citations_of,
    get_proposal,
    import_source,
    keep_all,
    list_candidates,
    list_contradictions,
    list_proposals,
)
from entraide.communiques.domain.errors import BadField
from entraide.communiques.domain.fields import clean_fields
from entraide.journal.models import Entry
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.columns import find_misfits
from entraide.programme.api import (
    Statement,
    list_mechanisms,
    load_kinds,
    plug_of,
    record_contradiction,
    settle_contradiction,
)
from entraide.programme.domain.errors import FieldNeeded, NeverChanges, NoSuchFact, UnknownCode
from entraide.rest.openapi import describe_interface
from entraide.search.api import find_documents
from entraide.storage.api import list_watched
from entraide.tables.api import (
    ExportFormat,
    GivenFile,
    apply_tables,
    compare_tables,
    export_filter,
    export_table,
)
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
OWN_FILES = 4


@pytest.fixture
def register(node, db):
    return make_register(node)


@pytest.fixture
def officer(node, db):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def activity(node, register, officer):
    """A training that the register's two sides held in March 2025."""
    return plug_of("activity").create(
        node,
        officer,
        {
            "mechanism": register.mechanism,
            "meeting": register.meeting,
            "topic": "training",
            "title": {"en": "Course on digital evidence", "fr": "Cours sur la preuve numérique"},
            "date": PartialDate("2025-03"),
            "place": "Savannakhet",
            "participants": 24,
            "languages": ("fr", "lo"),
        },
    )


def rows_of(node, filters=None):
    text = "".join(export_table(node, "activities", ExportFormat.CSV, export_filter(filters or {}), mark=False))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table_of(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return GivenFile("activities.csv", out.getvalue().encode())


def compared(node, officer, rows):
    return compare_tables(node, actor=officer, files=[table_of(rows)], source_kind=SourceKind.OFFICIAL_RELEASE)


def applied(node, officer, rows):
    found = compared(node, officer, rows)
    assert found.difference.refused == ()
    kind = SourceKind.OFFICIAL_RELEASE
    return apply_tables(node, actor=officer, files=[table_of(rows)], source_kind=kind, digest=found.digest)


def codes(found):
    return [(refusal.column, refusal.code) for refusal in found.difference.refused]


def test_at_most_four_files_are_its_own():
    """A declaration with its labels, a model, a migration: what is written for the kind, beside empty files."""
    own = [file for file in Path("tests/kinds/activity").rglob("*") if file.suffix in (".py", ".yaml", ".html", ".po")]
    assert len([file for file in own if file.read_text(encoding="utf-8").strip()]) <= OWN_FILES


def test_no_code_of_the_product_names_it():
    """Nothing below src knows the kind: what appears is made out of its declaration."""
    named = [
        file
        for file in Path("src/entraide").rglob("*.py")
        if Path("src/entraide/reader/domain/plans") not in file.parents  # a column of a plan is called so
        if {"activities", '"activity"'} & set(file.read_text(encoding="utf-8").split())
    ]
    assert named == []


def test_it_is_created_with_its_entry_and_corrected_by_its_rules(node, officer, register, activity):
    """Roles, needed fields, closed lists, links and change rules hold; old and new stand in the journal."""
    plug = plug_of("activity")
    fact = plug.get(node, activity)
    assert (fact["topic"], fact["date"], fact["languages"]) == ("training", PartialDate("2025-03"), ("fr", "lo"))
    parts = {"id": str(activity)}
    plug.correct(node, officer, parts, {"title": {"vi": "Khóa học"}, "date": PartialDate("2025-03-04")})
    fact = plug.get(node, activity)
    assert (set(fact["titles"]), fact["date"].value) == ({"en", "fr", "vi"}, "2025-03-04")
    kinds = list(Entry.objects.values_list("kind", flat=True))
    assert {"programme.activity_created", "programme.activity_corrected"} <= set(kinds)
    for values, error in (
        ({"mechanism": register.mechanism}, NeverChanges),
        ({"participants": 30}, NeverChanges),
        ({"topic": "sports"}, UnknownCode),
    ):
        with pytest.raises(error):
            plug.correct(node, officer, parts, values)
    with pytest.raises(FieldNeeded):
        plug.create(node, officer, {"mechanism": register.mechanism, "topic": "training"})
    with pytest.raises(NoSuchFact):
        plug.create(node, officer, {"mechanism": activity, "topic": "training", "title": {"en": "A"}})
    with pytest.raises(RoleMissing):
        plug.correct(node, make_actor(node, Role.auditor), parts, {"place": "Vientiane"})


def test_what_changes_it_changes_the_revision_of_the_register():
    """An answer about it is made anew when it changes."""
    assert "activity.Activity" in list_watched()


def test_it_stands_in_rest(site, node, register, activity):
    """A list with its filters, a detail with passages, both described in the document."""
    visitor = site.visitor()
    (found,) = visitor.get(
        f"/api/v1/activities?topic=training&state=LA&year=2025&mechanism={register.mechanism}"
    ).json()["items"]
    assert found == {
        "id": str(activity),
        "url": f"{node.settings.origin}/activities/{activity}/",
        "api_url": f"{node.settings.origin}/api/v1/activities/{activity}",
        "mechanism_id": str(register.mechanism),
        "meeting_id": str(register.meeting),
        "topic": "training",
        "titles": {"en": "Course on digital evidence", "fr": "Cours sur la preuve numérique"},
        "date": {"value": "2025-03", "basis": "stated"},
        "place": "Savannakhet",
        "participants": 24,
        "languages": ["fr", "lo"],
    }
    assert visitor.get("/api/v1/activities?topic=exchange").json()["items"] == []
    assert visitor.get("/api/v1/activities?year=2024").json()["items"] == []
    assert visitor.get("/api/v1/activities?topic=sports").status_code == 400
    detail = visitor.get(f"/api/v1/activities/{activity}").json()
    assert (detail["citations"], detail["contradictions"]) == ([], [])
    assert visitor.get(f"/api/v1/activities/{register.meeting}").status_code == 404
    assert visitor.get(f"/api/v1/citations?fact_kind=activity&fact_id={activity}").json() == []
    described = describe_interface()
    assert {"/api/v1/activities", "/api/v1/activities/{activity_id}"} <= set(described["paths"])
    assert set(described["components"]["schemas"]["ActivityFacts"]["properties"]) == set(found)


def test_its_pages_go_on_by_cursor(site, node, officer, register):
    """Every activity is met once, the latest first, and those of one page ask no more often than those of another."""
    for day in range(1, 8):
        values = {"mechanism": register.mechanism, "topic": "exchange", "title": {"en": f"Day {day}"}}
        plug_of("activity").create(node, officer, {**values, "date": PartialDate(f"2025-05-0{day}")})
    visitor, address, met = site.visitor(), "/api/v1/activities?limit=3", []
    while address:
        page = visitor.get(address.replace(node.settings.origin, "")).json()
        met += [item["titles"]["en"] for item in page["items"]]
        address = page["next"]
    assert met == [f"Day {day}" for day in range(7, 0, -1)]


def test_it_is_exported(node, register, activity):
    """A table of its own, narrowed like its list, each row with its permalink."""
    (row,) = rows_of(node, {"topic": ["training"]})
    origin = node.settings.origin
    assert row["permalink"] == f"{origin}/activities/{activity}/"
    assert row["mechanism"] == f"{origin}/mechanisms/{register.mechanism}/"
    assert (row["title_fr"], row["date"], row["date_basis"]) == ("Cours sur la preuve numérique", "2025-03", "stated")
    assert (row["participants"], row["languages"]) == ("24", "fr | lo")
    assert row["recorded_at"] == node.clock.now().isoformat(timespec="seconds")
    assert rows_of(node, {"topic": ["exchange"]}) == []
    assert rows_of(node, {"state": ["KH"]}) == []


def test_an_import_shows_its_difference_and_changes_it_by_the_rules(node, officer, activity):
    """What differs is shown and applied with its passage; what never changes, or is filled, is refused."""
    (row,) = rows_of(node)
    assert compared(node, officer, [row]).difference.unchanged == 1
    changed = {**row, "place": "Vientiane", "title_other": "lo: ຫຼັກສູດ", "date": "2025-03-04"}
    assert applied(node, officer, [changed]) == {"added": 0, "changed": 1}
    fact = plug_of("activity").get(node, activity)
    assert (fact["place"], fact["titles"]["lo"], fact["date"].value) == ("Vientiane", "ຫຼັກສູດ", "2025-03-04")
    assert {item.field for item in citations_of(node, "activity", activity)} >= {"place", "title", "date"}
    assert codes(compared(node, officer, [{**changed, "participants": "30"}])) == [("participants", "already_filled")]
    assert codes(compared(node, officer, [{**changed, "topic": "sports"}])) == [("topic", "bad_code")]
    assert codes(compared(node, officer, [{**changed, "place": "x" * 201}])) == [("place", "too_long")]


def test_an_import_adds_one_and_finds_it_again(node, officer, register, activity):
    """A new row is added; the same row again says nothing new; a like one is asked about; another mechanism refused."""
    origin = node.settings.origin
    new = {
        "permalink": "", "mechanism": f"{origin}/mechanisms/{register.mechanism}/", "topic": "joint_operation",
        "title_en": "Operation on the river", "date": "2025-06", "participants": "120",
    }  # fmt: skip
    assert applied(node, officer, [new]) == {"added": 1, "changed": 0}
    again = compared(node, officer, [new]).difference
    assert (again.added, again.changed, again.unchanged) == ((), (), 1)
    like = {**new, "title_en": "Operation on the rivers", "date": "2025-07"}
    assert codes(compared(node, officer, [like])) == [("", "looks_known")]
    assert codes(compared(node, officer, [{**new, "title_en": ""}])) == [("title", "needed")]
    twice = compared(node, officer, [{**like, "new": "yes"}, {**like, "new": "yes"}])
    assert codes(twice) == [("", "same_fact_twice")]
    basis = rows_of(node, {"topic": ["joint_operation"]})[0]["date_basis"]
    assert basis == DateBasis.STATED.value


def test_it_has_a_list_and_a_page_on_the_site(site, node, register, activity):
    """Both speak the reader's language, with labels from the declaration; the page shows all that is known."""
    visitor = site.visitor()
    listed = visitor.get("/activities/?topic=training", headers={"accept-language": "fr"}).content.decode()
    for text in ("Activités", "Thème", "Formation", "Cours sur la preuve numérique", "Savannakhet"):
        assert text in listed
    assert "Cours" not in visitor.get("/activities/?topic=exchange", headers={"accept-language": "fr"}).content.decode()
    page = visitor.get(f"/activities/{activity}/", headers={"accept-language": "vi"}).content.decode()
    for text in ("Hoạt động", "Đào tạo", "Số người tham gia", "24", "Savannakhet", f"/meetings/{register.meeting}/"):
        assert text in page
    assert "Activités" in visitor.get("/meetings/", headers={"accept-language": "fr"}).content.decode()
    assert reverse("register:activity", args=[activity]) in visitor.get("/sitemaps/activities.xml").content.decode()
    assert reverse("feeds:sitemap_part", args=["activities"]) in visitor.get("/sitemap.xml").content.decode()
    assert visitor.get(f"/activities/{register.meeting}/").status_code == 404


def test_its_list_asks_as_often_for_many_as_for_few(site, node, officer, register, django_assert_num_queries):
    """Statements do not grow with rows."""

    def add(number):
        values = {"mechanism": register.mechanism, "topic": "exchange", "title": {"en": f"No. {number}"}}
        plug_of("activity").create(node, officer, values)

    add(1)
    visitor = site.visitor()
    visitor.get("/activities/")
    with CaptureQueriesContext(connection) as few:
        visitor.get("/activities/")
    asked = len(few)
    for number in range(2, 20):
        add(number)
    visitor.get("/activities/")  # values of filters are worked out once per revision
    with django_assert_num_queries(asked):
        assert visitor.get("/activities/").content.decode().count("No. 1") > 5


def test_it_is_linked_data(site, node, register, activity):
    """Its fields stand under their terms, in a document that its page names."""
    visitor, origin = site.visitor(), node.settings.origin
    document = visitor.get(f"/activities/{activity}.jsonld").json()
    assert document.pop("@context")
    assert document == {
        "id": f"{origin}/activities/{activity}/",
        "type": ["schema:Event", "dcmitype:Event"],
        "organizer": f"{origin}/mechanisms/{register.mechanism}/",
        "superEvent": f"{origin}/meetings/{register.meeting}/",
        "kind": "training",
        "names": {"en": "Course on digital evidence", "fr": "Cours sur la preuve numérique"},
        "date": "2025-03",
        "startDate": "2025-03",
        "endDate": "2025-03",
        "location": {
            "type": ["schema:Place"],
            "name": "Savannakhet",
            "address": {"type": ["schema:PostalAddress"], "addressLocality": "Savannakhet"},
        },
        "inLanguage": ["fr", "lo"],
        "url": f"{origin}/activities/{activity}/",
    }
    assert f"/activities/{activity}.jsonld" in visitor.get(f"/activities/{activity}/").content.decode()


def test_it_is_found_by_its_words(site, activity):
    """The texts that are searched are in the index; the page of results shows it by its title and what lists show."""
    (found,) = find_documents(site.node, "preuve numérique", kinds=["activity"], limit=5)
    assert found.object_id == activity
    page = site.visitor().get("/search/?q=savannakhet", headers={"accept-language": "fr"}).content.decode()
    for text in ("Activités", "Cours sur la preuve numérique", f"/activities/{activity}/", "Formation"):
        assert text in page


def test_a_desk_officer_enters_and_corrects_it_with_its_passage(site, node, register, officer, activity):
    """The form asks for what is declared, in the reader's language; what is entered cites the words that show it."""
    source = import_source(
        node, actor=officer, name="a", text="The course was held in Vientiane with 30 officers.", kind=SourceKind.PRESS
    )
    browser = site.client_of(officer)
    address = "/upkeep/activities/new/"
    page = browser.get(address, headers={"accept-language": "fr"}).content.decode()
    for text in ("Thème", "Formation", "Titre (vietnamien)", "Participants"):
        assert text in page
    given = {
        "mechanism": f"{node.settings.origin}/mechanisms/{register.mechanism}/", "topic": "exchange", "date": "2025-05",
        "title-fr": "Échange", "place": "Vientiane", "participants": "30", "languages": "fr\nlo",
        "source": str(source), "quote": "held in Vientiane with 30 officers",
    }  # fmt: skip

    def sent(where, fields):
        return browser.post(where, {f"activity-{name}": value for name, value in fields.items()})

    for wrong in ({"date": "May"}, {"topic": ""}, {"title-fr": ""}, {"mechanism": "x"}, {"quote": "never said"}):
        assert sent(address, {**given, **wrong}).status_code == 400
    made = sent(address, given)
    assert made.status_code == 302
    id_ = UUID(made["Location"].rstrip("/").rpartition("/")[2])
    fact = plug_of("activity").get(node, id_)
    assert (fact["titles"], fact["languages"], fact["participants"]) == ({"fr": "Échange"}, ("fr", "lo"), 30)
    assert {item.field for item in citations_of(node, "activity", id_)} >= {"title", "place", "date", "topic"}
    shown = browser.get(f"/sources/{source}/", headers={"accept-language": "fr"}).content.decode()
    for text in ("Activité", "Thème", f"/activities/{id_}/"):
        assert text in shown
    there = f"/upkeep/activities/{id_}/"
    assert "activity-mechanism" not in browser.get(there).content.decode()
    given = {"topic": "exchange", "title-fr": "Échange d'officiers", "date": "2025-05", "place": "Vientiane",
             "source": str(source), "quote": "30 officers"}  # fmt: skip
    assert sent(there, given).status_code == 302
    assert plug_of("activity").get(node, id_)["titles"] == {"fr": "Échange d'officiers"}
    assert site.client_as(Role.auditor).get(address).status_code == 403
    assert site.visitor().get(address).status_code == 302


def test_what_a_proposal_of_it_says_is_checked():
    """By type, length and closed list; the first field that cannot stand is named."""
    declared = load_kinds().get("activity").proposal
    read = {"topic": "training", "title": " Course  on evidence ", "date": "2025-03", "date_basis": "stated"}
    assert clean_fields(declared, read) == {**read, "title": "Course on evidence", "place": ""}
    for wrong in ({"topic": "sports"}, {"title": ""}, {"date": "May"}, {"place": "x" * 201}):
        with pytest.raises(BadField, match=next(iter(wrong))):
            clean_fields(declared, {**read, **wrong})


REPORT = """Vientiane, 12 mars 2025 – Le ministère de la Sécurité publique du Vietnam et le ministère de la \
Sécurité publique du Laos ont tenu à Savannakhet un cours sur la preuve numérique, en mars 2025.
"""


def reported(node, officer, text=REPORT, kind=SourceKind.OFFICIAL_RELEASE):
    """Import a report of an activity, and keep the two parties that are read in it."""
    source = import_source(node, actor=officer, name="report", text=text, kind=kind)
    keep_all(node, actor=officer, source_id=source, kinds=frozenset({"party"}))
    return source


def proposed(browser, node, source, fields, *, quote):
    """Propose an activity by the form, and return the proposal."""
    data = {"topic": "training", "title": "Cours sur la preuve numérique", "quote": quote, **fields}
    where = f"/proposals/{source}/new/activity/"
    made = browser.post(where, {f"activity-{name}": value for name, value in data.items()})
    assert made.status_code == 302, made.content.decode()
    key = made["Location"].partition("#")[2]
    return next(item for item in list_proposals(node, source) if item.key == key)


def test_a_proposal_of_it_is_corrected_and_kept_with_its_passage(site, node, officer):
    """Made in the review of a source, it waits beside what was read; a person corrects it in the form of its kind."""
    browser, source = site.client_of(officer), reported(node, officer)
    review = f"/proposals/{source}/"
    assert f"{review}new/activity/" in browser.get(review).content.decode()
    form = browser.get(f"{review}new/activity/", headers={"accept-language": "fr"}).content.decode()
    for text in ("Thème", "Formation", "Titre", "Lieu"):
        assert text in form
    quote = "un cours sur la preuve numérique, en mars 2025"
    wrong = {"activity-topic": "training", "activity-title": "Cours", "activity-date": "May", "activity-quote": quote}
    assert browser.post(f"{review}new/activity/", wrong).status_code == 400
    assert (
        browser.post(
            f"{review}new/activity/", {**wrong, "activity-date": "2025", "activity-quote": "never"}
        ).status_code
        == 400
    )
    waiting = proposed(browser, node, source, {"date": "2025-03"}, quote=quote)
    shown = browser.get(f"{review}?correct={waiting.key}", headers={"accept-language": "vi"}).content.decode()
    for text in ("Các hoạt động", "Chủ đề", "Đào tạo", f'name="{waiting.key}-place"', "Cours sur la preuve numérique"):
        assert text in shown
    given = {**waiting.fields, "place": "Savannakhet"}
    data = {f"{waiting.key}-{name}": value for name, value in given.items()}
    wrong = {**data, f"{waiting.key}-topic": "sports"}
    back = browser.post(f"/proposals/decide/{waiting.id}/", wrong, follow=True).content.decode()
    assert "sports is not one of the available choices" in back
    assert get_proposal(node, waiting.id).state == "waiting"
    assert browser.post(f"/proposals/decide/{waiting.id}/", {**data, "act": "correct"}).status_code == 302
    kept = get_proposal(node, waiting.id)
    assert (kept.state, kept.fact_kind, kept.matched) == ("corrected", "activity", False)
    fact = plug_of("activity").get(node, kept.fact_id)
    assert (fact["topic"], fact["titles"]) == ("training", {"fr": "Cours sur la preuve numérique"})
    assert (fact["place"], fact["date"].value) == ("Savannakhet", "2025-03")
    (mechanism,) = list_mechanisms(node)
    assert fact["mechanism_id"] == mechanism.id
    assert {party.state for party in mechanism.parties} == {"VN", "LA"}
    cited = citations_of(node, "activity", kept.fact_id)
    assert {item.field for item in cited} == {"topic", "title", "date"}
    assert {item.quote for item in cited} == {quote}
    assert quote in site.visitor().get(f"/activities/{kept.fact_id}/").content.decode()


def test_another_source_of_it_is_found_fills_it_and_contradicts_it(site, node, officer):
    """What is missing is filled and cited; where sources may differ and do, a person settles it on the review page."""
    browser = site.client_of(officer)
    first = reported(node, officer)
    quote = "ont tenu à Savannakhet un cours sur la preuve numérique, en mars 2025"
    one = proposed(browser, node, first, {"date": "2025-03", "place": "Savannakhet"}, quote=quote)
    assert keep_all(node, actor=officer, source_id=first, kinds=frozenset({"activity"})).kept == 1
    fact_id = get_proposal(node, one.id).fact_id
    text = REPORT.replace("Savannakhet", "Thakhek").replace("en mars 2025", "le 11 mars 2025")
    second = reported(node, officer, text, SourceKind.PRESS)
    quote = "ont tenu à Thakhek un cours sur la preuve numérique, le 11 mars 2025"
    other = proposed(browser, node, second, {"date": "2025-03-11", "place": "Thakhek"}, quote=quote)
    (candidate,) = list_candidates(node, actor=officer, proposal_id=other.id)
    assert (candidate.id, candidate.strength) == (fact_id, 2)
    assert [item.field for item in candidate.contradictions] == ["place"]
    assert (
        browser.post(
            f"/proposals/decide/{other.id}/", {"act": "keep", f"{other.key}-same_as": str(fact_id)}
        ).status_code
        == 302
    )
    assert get_proposal(node, other.id).matched
    fact = plug_of("activity").get(node, fact_id)
    assert (fact["date"].value, fact["place"]) == ("2025-03-11", "Savannakhet")
    assert {item.source.id for item in citations_of(node, "activity", fact_id) if item.field == "date"} == {
        first,
        second,
    }
    contradiction = next(item for item in list_proposals(node, second) if item.kind == "contradiction")
    page = browser.get(f"/proposals/{second}/", headers={"accept-language": "fr"}).content.decode()
    for text in ("Lieu · Savannakhet ou Thakhek", f'href="/activities/{fact_id}/"'):
        assert text in page
    data = {"settle-1-take": "take", "settle-1-seen": "Savannakhet", "settle-1-note": "The minutes say so."}
    assert browser.post(f"/proposals/settle/{contradiction.id}/", data).status_code == 302
    assert plug_of("activity").get(node, fact_id)["place"] == "Thakhek"
    (said,) = list_contradictions(node, "activity", fact_id)
    assert (said.shown, said.value, said.note) == ("Thakhek", "Savannakhet", "The minutes say so.")
    assert {item.source.id for item in said.shown_citations} == {second}
    assert {item.source.id for item in said.citations} == {first}
    public = site.visitor().get(f"/activities/{fact_id}/", headers={"accept-language": "fr"}).content.decode()
    for text in ("Lieu", "Thakhek", "Savannakhet"):
        assert text in public


def test_two_of_one_text_and_one_of_another_topic_are_facts_of_their_own(site, node, officer):
    """A like title is asked about; another code makes another fact."""
    browser, source = site.client_of(officer), reported(node, officer)
    quote = "un cours sur la preuve numérique, en mars 2025"
    for fields in ({}, {"topic": "exchange"}, {"title": "Un cours sur la preuve numérique", "date": "2025-03"}):
        proposed(browser, node, source, fields, quote=quote)
    assert keep_all(node, actor=officer, source_id=source, kinds=frozenset({"activity"})).kept == 3
    text = REPORT.replace("en mars 2025", "en 2025")
    again = reported(node, officer, text)
    vague = proposed(
        browser, node, again, {"title": "Cours sur les preuves numériques"}, quote="un cours sur la preuve numérique"
    )
    assert {item.strength for item in list_candidates(node, actor=officer, proposal_id=vague.id)} == {1}
    left = keep_all(node, actor=officer, source_id=again, kinds=frozenset({"activity"}))
    assert (left.kept, [found for found, _why in left.left]) == (0, [vague.id])


def test_where_sources_differ_a_person_settles_it(site, node, officer, activity):
    """What another source says stands beside; the value that is taken stands in its place, the other beside it."""
    record_contradiction(node, actor=officer, fact_kind="activity", fact_id=activity, field="place", value="Vientiane")
    (found,) = list_contradictions(node, "activity", activity)
    assert (found.field, found.shown, found.value) == ("place", "Savannakhet", "Vientiane")
    assert site.visitor().get(f"/api/v1/activities/{activity}").json()["contradictions"][0]["value"] == "Vientiane"
    for field, shown, given in (("place", "Savannakhet", "Vientiane"), ("date", "2025-03", "2025-04")):
        settle_contradiction(
            node, actor=officer, fact_kind="activity", fact_id=activity, field=field,
            shown=Statement(shown, None, None), given=Statement(given, None, None), take=True,
            note="The minutes say so.",
        )  # fmt: skip
    fact = plug_of("activity").get(node, activity)
    assert (fact["place"], fact["date"].value) == ("Vientiane", "2025-04")
    assert {item.value for item in list_contradictions(node, "activity", activity)} == {"Savannakhet", "2025-03"}
    with pytest.raises(NoSuchFact):
        settle_contradiction(
            node, actor=officer, fact_kind="activity", fact_id=activity, field="topic",
            shown=Statement("training", None, None), given=Statement("exchange", None, None), take=True, note="No.",
        )  # fmt: skip


def test_feeds_tell_that_it_was_recorded_and_where_sources_differ(site, node, officer, register, activity):
    """Of all mechanisms and of its own: what it is, what it is called, what lists show of it, and its address."""
    record_contradiction(node, actor=officer, fact_kind="activity", fact_id=activity, field="place", value="Vientiane")
    for address in ("/feed.atom", f"/mechanisms/{register.mechanism}/feed.atom"):
        feed = site.visitor().get(address, headers={"accept-language": "fr"}).content.decode()
        assert f"{node.settings.origin}/activities/{activity}/" in feed
        for text in ("Activité · Cours sur la preuve numérique", "Savannakhet", "Formation", "Lieu", "Vientiane"):
            assert text in feed


def test_it_is_described_where_the_tables_are(site):
    """The page of exports names it and its closed list."""
    page = site.visitor().get("/exports/", headers={"accept-language": "fr"}).content.decode()
    assert "activities" in page
    assert "training, joint_operation, exchange" in page
    assert "Ce que deux parties ont fait ensemble." in page


def test_the_declaration_agrees_with_its_model():
    """Each column is there."""
    assert find_misfits(load_kinds().get("activity")) == []

"""A kind with other fields and other rules than `activity` appears everywhere too."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from entraide.access.api import Role
from entraide.communiques.api import (
    SourceKind,
    citations_of,
    get_proposal,
    import_source,
    keep_all,
    keep_proposal,
    list_proposals,
    propose_fact,
)
from entraide.communiques.domain.errors import BadField, KeepFirst, QuoteMissing, QuoteNotFound
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.adapters.columns import find_misfits
from entraide.programme.api import get_instrument, load_kinds, plug_of
from entraide.programme.domain.errors import NeverChanges, NoSuchKind
from entraide.search.api import find_documents
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
from tests.kinds.visit.models import Visit

pytestmark = pytest.mark.django_db
OWN_FILES = 4
KIND = SourceKind.OFFICIAL_RELEASE


@pytest.fixture
def register(node, db):
    return make_register(node)


@pytest.fixture
def officer(node, db):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def visit(node, register, officer):
    """A study visit in April 2025 of which the places are not known yet."""
    return plug_of("visit").create(
        node,
        officer,
        {
            "mechanism": register.mechanism,
            "title": {"en": "Visit to the border posts", "vi": "Thăm các đồn biên phòng"},
            "purpose": "study",
            "begins": PartialDate("2025-04"),
            "delegates": 9,
        },
    )


def rows_of(node):
    text = "".join(export_table(node, "visits", ExportFormat.CSV, export_filter({}), mark=False))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def table_of(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return GivenFile("visits.csv", out.getvalue().encode())


def compared(node, officer, rows):
    return compare_tables(node, actor=officer, files=[table_of(rows)], source_kind=KIND)


def applied(node, officer, rows):
    digest = compared(node, officer, rows).digest
    return apply_tables(node, actor=officer, files=[table_of(rows)], source_kind=KIND, digest=digest)


def refused(node, officer, rows):
    return [(item.column, item.code) for item in compared(node, officer, rows).difference.refused]


def test_at_most_four_files_are_its_own():
    """Declaration with labels, model, migration, and these tests."""
    own = [file for file in Path("tests/kinds/visit").rglob("*") if file.suffix in (".py", ".yaml", ".html", ".po")]
    written = [file for file in own if file.read_text(encoding="utf-8").strip()]
    assert len([*written, Path(__file__)]) <= OWN_FILES


def test_the_declaration_agrees_with_its_model():
    """Each column is there."""
    assert find_misfits(load_kinds().get("visit")) == []


def test_it_stands_in_rest(site, node, register, visit):
    """A list narrowed by its code, and a detail."""
    visitor = site.visitor()
    (found,) = visitor.get(f"/api/v1/visits?purpose=study&year=2025&mechanism={register.mechanism}").json()["items"]
    assert found == {
        "id": str(visit),
        "url": f"{node.settings.origin}/visits/{visit}/",
        "api_url": f"{node.settings.origin}/api/v1/visits/{visit}",
        "mechanism_id": str(register.mechanism),
        "instrument_id": None,
        "titles": {"en": "Visit to the border posts", "vi": "Thăm các đồn biên phòng"},
        "purpose": "study",
        "begins": {"value": "2025-04", "basis": "stated"},
        "delegates": 9,
        "stops": [],
    }
    assert visitor.get("/api/v1/visits?purpose=courtesy").json()["items"] == []
    assert visitor.get(f"/api/v1/visits/{visit}").json()["titles"] == found["titles"]


def test_three_rules_of_change_hold_in_an_import(node, officer, visit):
    """What always changes is changed; what is filled once is filled, then refused; what never changes is refused."""
    (row,) = rows_of(node)
    assert compared(node, officer, [row]).difference.unchanged == 1
    filled = {**row, "delegates": "11", "stops": "Lao Bảo | Dansavan"}
    assert refused(node, officer, [filled]) == []
    assert applied(node, officer, [filled]) == {"added": 0, "changed": 1}
    fact = plug_of("visit").get(node, visit)
    assert (fact["delegates"], fact["stops"]) == (11, ("Lao Bảo", "Dansavan"))
    assert refused(node, officer, [{**filled, "stops": "Savannakhet"}]) == [("stops", "already_filled")]
    assert refused(node, officer, [{**filled, "begins": "2025-04-02"}]) == [("begins", "already_filled")]
    assert refused(node, officer, [{**filled, "purpose": "courtesy"}]) == [("purpose", "never_changes")]
    with pytest.raises(NeverChanges):
        plug_of("visit").correct(node, officer, {"id": str(visit)}, {"purpose": "courtesy"})


def test_an_import_adds_one(node, officer, register, visit):
    """A row without permalink is a new visit; given again, it is known."""
    mechanism = f"{node.settings.origin}/mechanisms/{register.mechanism}/"
    new = {"permalink": "", "mechanism": mechanism, "title_fr": "Visite de courtoisie", "purpose": "courtesy",
           "begins": "2025-09-02", "delegates": "4"}  # fmt: skip
    assert applied(node, officer, [new]) == {"added": 1, "changed": 0}
    assert compared(node, officer, [new]).difference.unchanged == 1
    assert {row["begins"] for row in rows_of(node)} == {"2025-04", "2025-09-02"}


def test_it_has_a_list_and_a_page_on_the_site(site, register, visit):
    """In the reader's language, narrowed by its code."""
    listed = site.visitor().get("/visits/?purpose=study", headers={"accept-language": "vi"}).content.decode()
    for text in ("Các chuyến thăm", "Khảo sát", "Thăm các đồn biên phòng", "Số thành viên"):
        assert text in listed
    other = site.visitor().get("/visits/?purpose=courtesy", headers={"accept-language": "vi"}).content.decode()
    assert "Thăm các đồn" not in other
    page = site.visitor().get(f"/visits/{visit}/", headers={"accept-language": "fr"}).content.decode()
    for text in ("Visite d’étude", "Délégués", "9", f"/mechanisms/{register.mechanism}/"):
        assert text in page


def test_it_is_found_by_its_words(site, visit):
    """By its title, also without accents."""
    (found,) = find_documents(site.node, "bien phong", kinds=["visit"], limit=5)
    assert found.object_id == visit
    page = site.visitor().get("/search/?q=border+posts", headers={"accept-language": "fr"}).content.decode()
    assert f"/visits/{visit}/" in page


def test_a_proposal_that_rests_on_another_takes_its_mechanism(site, node, officer):
    """It names another proposal of its source, kept before it; lists and numbers are asked for by type."""
    text = (
        "Hanoï, 12 janvier 2025 – Le ministère de la Sécurité publique du Vietnam et le ministère de la Sécurité "
        "publique du Laos ont signé leur plan de coopération 2025. "
        "Neuf officiers ont visité Lao Bảo et Dansavan en avril 2025."
    )
    source = import_source(node, actor=officer, name="report", text=text, kind=KIND)
    plan = propose_fact(
        node, actor=officer, source_id=source, kind="instrument",
        fields={"kind": "plan", "title": "Plan 2025", "action": "signed", "period": "2025", "parties": ["VN", "LA"]},
        quotes={"title": "leur plan de coopération 2025"},
    )  # fmt: skip
    key = get_proposal(node, plan).key
    browser, quote = site.client_of(officer), "Neuf officiers ont visité Lao Bảo et Dansavan en avril 2025"
    data = {
        "instrument": key, "title": "Visite des postes", "purpose": "study", "begins": "2025-04", "delegates": "9",
        "stops": "Lao Bảo\nDansavan", "quote": quote,
    }  # fmt: skip
    for wrong in ({"delegates": "many"}, {"instrument": "meeting-9"}, {"title": ""}):
        sent = {f"visit-{name}": value for name, value in {**data, **wrong}.items()}
        assert browser.post(f"/proposals/{source}/new/visit/", sent).status_code == 400
    sent = {f"visit-{name}": value for name, value in data.items()}
    assert browser.post(f"/proposals/{source}/new/visit/", sent).status_code == 302
    visit = next(item for item in list_proposals(node, source) if item.kind == "visit")
    assert visit.fields["stops"] == ["Lao Bảo", "Dansavan"]
    with pytest.raises(KeepFirst):
        keep_proposal(node, actor=officer, proposal_id=visit.id)
    for kinds in ({"party"}, {"instrument"}, {"visit"}):
        keep_all(node, actor=officer, source_id=source, kinds=frozenset(kinds))
    fact = plug_of("visit").get(node, get_proposal(node, visit.id).fact_id)
    instrument = get_instrument(node, get_proposal(node, plan).fact_id)
    assert (fact["instrument_id"], fact["mechanism_id"]) == (instrument.id, instrument.mechanism_id)
    assert (fact["delegates"], fact["stops"], fact["begins"].value) == (9, ("Lao Bảo", "Dansavan"), "2025-04")
    assert {item.field for item in citations_of(node, "visit", fact.id)} == {
        "instrument", "title", "purpose", "begins", "delegates", "stops",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "quote", "error"),
    [
        ("series", {}, "Le ministère", NoSuchKind),
        ("nothing", {}, "Le ministère", NoSuchKind),
        ("visit", {"title": "Visite", "purpose": "fun"}, "Le ministère", BadField),
        ("visit", {"title": "Visite", "purpose": "study"}, "", QuoteMissing),
        ("visit", {"title": "Visite", "purpose": "study"}, "never said", QuoteNotFound),
    ],
    ids=["no proposals of it", "no such kind", "no such code", "no words", "other words"],
)
def test_a_proposal_that_cannot_stand_is_refused(node, officer, kind, fields, quote, error):
    """Kind, fields and words are checked before it waits."""
    source = import_source(node, actor=officer, name="a", text="Le ministère du Laos.", kind=KIND)
    before = len(list_proposals(node, source))
    with pytest.raises(error):
        propose_fact(node, actor=officer, source_id=source, kind=kind, fields=fields, quotes={"title": quote})
    assert len(list_proposals(node, source)) == before


def test_a_dated_kind_whose_lists_would_show_nothing_is_named(monkeypatch):
    """`listed_on` that may stay empty, or is not there, is a misfit like a missing column."""
    kind = load_kinds().get("visit")
    without = find_misfits(replace(kind, model="programme.Mechanism", fields=()))
    assert without == [f"visit: programme.Mechanism has no column {name}" for name in ("sort_date", "listed_on")]
    monkeypatch.setattr(Visit._meta.get_field("listed_on"), "null", True)
    (said,) = find_misfits(kind)
    assert "listed_on may be empty" in said

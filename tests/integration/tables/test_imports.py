"""Tables imported: shown first, applied as shown, nothing by accident, nothing deleted, each fact with its source."""

import csv
import io
import json

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.communiques.api import (
    SourceKind,
    citations_of,
    find_withdrawn,
    list_sources,
    restore_acts,
    undo_acts,
)
from entraide.journal.api import list_acts
from entraide.journal.models import Entry
from entraide.kernel.ids import CommitmentId, MeetingId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme import models as register_models
from entraide.programme.api import (
    CommitmentFilter,
    CommitmentStatus,
    correct_meeting,
    count_domains_by_pair,
    create_commitment,
    get_commitment,
    get_meeting,
    page_commitments,
)
from entraide.programme.services import plugs
from entraide.storage.adapters.traces import image_of
from entraide.storage.api import list_traced, model_at
from entraide.tables.api import (
    ExportFormat,
    GivenFile,
    apply_tables,
    compare_tables,
    export_table,
    load_tables,
)
from entraide.tables.domain.errors import DifferenceChanged, ImportRefused, NothingToImport
from entraide.tables.domain.permalinks import id_of
from entraide.tables.services import exporting
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
IMPORTABLE = [table.name for table in load_tables().importable]


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def officer(node):
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def register(node, officer):
    return make_register(node, officer, with_sources=True)


def exported(node, name, *, delimiter=",", encoding="utf-8-sig"):
    text = "".join(export_table(node, name, ExportFormat.CSV, mark=False))
    if delimiter != ",":
        rows = csv.reader(io.StringIO(text, newline=""))
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        text = out.getvalue()
    return GivenFile(f"{name}.csv", text.encode(encoding))


def edited(file, change):
    """Return the file with `change` applied to each row; a row for which it returns None is left out."""
    rows = list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    kept = [row for row in (change(dict(row)) for row in rows) if row is not None]
    return table_of(file.name, kept)


def table_of(name, rows):
    out = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return GivenFile(name, out.getvalue().encode())


def compared(node, officer, *files: GivenFile, kind=SourceKind.OFFICIAL_RELEASE):
    return compare_tables(node, actor=officer, files=list(files), source_kind=kind)


def applied(node, officer, *files: GivenFile, kind=SourceKind.OFFICIAL_RELEASE):
    found = compared(node, officer, *files, kind=kind)
    assert found.difference.refused == ()
    return apply_tables(node, actor=officer, files=list(files), source_kind=kind, digest=found.digest)


def codes(found):
    return [(refusal.line, refusal.column, refusal.code) for refusal in found.difference.refused]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_export_imported_again_shows_no_difference(node, officer, register, delimiter):
    """All tables, whatever the delimiter: every row is found again and none differs."""
    files = [exported(node, name, delimiter=delimiter) for name in IMPORTABLE]
    found = compared(node, officer, *files)
    assert codes(found) == []
    assert (found.difference.added, found.difference.changed, found.difference.left) == ((), (), ())
    assert found.difference.unchanged == sum(len(file.rows) for file in found.files) > 30
    with pytest.raises(NothingToImport):
        apply_tables(node, actor=officer, files=files, source_kind=SourceKind.OFFICIAL_RELEASE, digest=found.digest)


def test_one_edited_cell_is_exactly_that_difference(node, officer, register):
    """Old and new stand beside each other; what is applied reads back; the file's line is the passage cited."""
    link = f"http://127.0.0.1:8000/meetings/{register.meetings[0]}/"
    file = edited(
        exported(node, "meetings"), lambda row: {**row, "place": "Siem Reap"} if row["permalink"] == link else row
    )
    found = compared(node, officer, file)
    (changed,) = found.difference.changed
    assert (changed.permalink, [(item.column, item.new) for item in changed.changes]) == (
        link,
        [("place", "Siem Reap")],
    )
    assert changed.changes[0].old.startswith("Phnom Penh")
    assert get_meeting(node, register.meetings[0]).place.startswith("Phnom Penh")
    assert applied(node, officer, file) == {"added": 0, "changed": 1}
    assert get_meeting(node, register.meetings[0]).place == "Siem Reap"
    (citation,) = citations_of(node, "meeting", register.meetings[0])
    assert (citation.field, citation.source.kind) == ("place", SourceKind.OFFICIAL_RELEASE)
    assert "Siem Reap" in citation.quote
    kinds = list(Entry.objects.values_list("kind", flat=True))
    assert {"programme.meeting_corrected", "communiques.tables_imported"} <= set(kinds)
    assert compared(node, officer, file).difference.is_empty
    assert citation.source.id in {source.id for source in list_sources(node, public_only=True)}
    assert f"/sources/{citation.source.id}/".encode() in exported(node, "sources").data


def test_a_corrected_value_marks_what_showed_the_old_one(node, officer, register):
    """A passage that was cited for a value that a person corrected says so; the new value has a passage of its own."""
    shown = next(
        row for row in csv.DictReader(io.StringIO(exported(node, "commitments").data.decode("utf-8-sig"), newline=""))
        if row["cited_sources"]
    )  # fmt: skip
    fact = id_of(shown["permalink"])
    change = {"permalink": shown["permalink"], "domain": "training" if shown["domain"] != "training" else "drugs"}
    applied(node, officer, table_of("commitments.csv", [change]))
    cited = [item for item in citations_of(node, "commitment", fact) if item.field == "domain"]
    assert sorted(item.corrected for item in cited) == [False, True]
    assert next(item for item in cited if not item.corrected).source.name == "commitments.csv"
    (entry,) = Entry.objects.filter(kind="programme.commitment_corrected")
    assert [shown["domain"], change["domain"]] == json.loads(entry.content)["changes"]["domain"]


def test_a_folder_of_all_exports_imports_again(node, officer, register):
    """Whatever is exported can be given again as it is: what is exported only is left out by name, nothing differs."""
    files = [exported(node, table.name) for table in load_tables().tables]
    found = compared(node, officer, *files, kind=None)
    assert codes(found) == []
    assert found.difference.is_empty
    assert [file.name for file in found.files if file.left_out] == [
        "signatories.csv", "references.csv", "progress.csv", "assessments.csv", "sources.csv", "citations.csv",
    ]  # fmt: skip


def test_lists_and_counts_follow_a_correction(node, officer, register):
    """A commitment that gets another status and domain stands in the lists and counts as that."""
    link = f"http://127.0.0.1:8000/commitments/{register.commitments[0]}/"
    applied(node, officer, table_of("commitments.csv", [{"permalink": link, "domain": "training", "status": "done"}]))
    found = page_commitments(node, CommitmentFilter(states=frozenset({"KH"}), domain="training")).items
    assert [item.id for item in found] == [register.commitments[0]]
    counts = {(item.states, item.domain): item.count for item in count_domains_by_pair(node)}
    assert counts[("KH", "VN"), "training"] == 1
    assert counts[("KH", "VN"), "drugs"] == 2


def test_an_export_asks_as_often_for_many_rows_as_for_few(node, officer, register, django_assert_max_num_queries):
    """Statements are per page of facts, not per row; the first piece comes before the last fact is read."""
    for number in range(30):
        create_commitment(
            node, actor=officer, mechanism_id=register.mechanism, domain="drugs", status=CommitmentStatus.PLEDGED,
            texts={"fr": f"numéro {number}"}, instrument_id=register.plan,
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        assert len(list(export_table(node, "commitments", ExportFormat.CSV))) > 30


def test_an_export_holds_a_page_in_memory(node, officer, register, monkeypatch):
    """With pages of two facts, the fifth row is written before the third page is read."""
    monkeypatch.setattr(exporting, "PAGE", 2)
    seen = []
    real = plugs.page_meetings
    monkeypatch.setattr(plugs, "page_meetings", lambda *given, **named: seen.append(1) or real(*given, **named))
    rows = export_table(node, "meetings", ExportFormat.JSONL)
    next(rows)
    assert len(seen) == 1
    assert len(list(rows)) + 1 == register_models.Meeting.objects.count()
    assert len(seen) >= 2


def test_a_change_of_the_register_in_between_is_noticed(node, officer, register):
    """What was shown is no longer what would happen: refused, and nothing is applied."""
    link = f"http://127.0.0.1:8000/meetings/{register.meetings[0]}/"
    file = edited(
        exported(node, "meetings"), lambda row: {**row, "place": "Siem Reap"} if row["permalink"] == link else row
    )
    shown = compared(node, officer, file)
    correct_meeting(node, actor=officer, meeting_id=register.meetings[0], place="Battambang")
    with pytest.raises(DifferenceChanged):
        apply_tables(node, actor=officer, files=[file], source_kind=SourceKind.OFFICIAL_RELEASE, digest=shown.digest)
    assert get_meeting(node, register.meetings[0]).place == "Battambang"
    again = compared(node, officer, file)
    assert [item.old for item in again.difference.changed[0].changes] == ["Battambang"]
    assert again.digest != shown.digest


def test_a_whole_cooperation_enters_with_its_relationships(node, officer):
    """New bodies, people, mechanism, series, meeting, text and commitment, tied by keys of the import."""
    files = [
        table_of("commitments.csv", [
            {"mechanism_key": "m", "instrument_key": "plan", "meeting_key": "c9", "domain": "drugs",
             "status": "pledged", "period": "2026", "text_fr": "Échanger", "text_lo": "ແລກປ່ຽນ",
             "lead_units": "LA: Police | FR: DCPJ"}]),
        table_of("actions.csv", [
            {"instrument_key": "plan", "kind": "signed", "date": "2025-11-05", "meeting_key": "c9"}]),
        table_of("instruments.csv", [
            {"key": "plan", "mechanism_key": "m", "kind": "plan", "period": "2026", "title_fr": "Plan 2026",
             "meeting_key": "c9", "languages": "fr | lo"}]),
        table_of("delegations.csv", [
            {"meeting_key": "c9", "role": "co_chair", "name": "A. Martin", "post": "ministre", "state": "FR",
             "tenure_key": "t"}]),
        table_of("meetings.csv", [
            {"key": "c9", "mechanism_key": "m", "series_key": "s", "ordinal": "9", "kind": "conference",
             "date": "2025-11-05", "date_basis": "header", "place": "Paris"}]),
        table_of("series.csv", [{"key": "s", "mechanism_key": "m", "level": "minister", "name_fr": "Conférence"}]),
        table_of("mechanisms.csv", [{"key": "m", "states": "LA | FR", "level": "minister", "name_fr": "Coopération"}]),
        table_of("tenures.csv", [{"key": "t", "post_key": "p", "person": "A. Martin", "first_seen": "2025"}]),
        table_of("posts.csv", [{"key": "p", "organisation_key": "o", "title_fr": "ministre", "title_en": "Minister"}]),
        table_of("organisations.csv", [
            {"key": "o", "state": "FR", "name_fr": "Ministère de l’Intérieur", "name_en": "Ministry of the Interior",
             "aliases": "MI | Intérieur"}]),
    ]  # fmt: skip
    assert applied(node, officer, *files) == {"added": 10, "changed": 0}
    commitment = register_models.Commitment.objects.get()
    assert commitment.texts == {"fr": "Échanger", "lo": "ແລກປ່ຽນ"}
    assert commitment.instrument.actions.get().date == "2025-11-05"
    meeting = commitment.meeting
    assert (meeting.series.folded_name, meeting.ordinal, meeting.date_basis) == ("conference", 9, "header")
    assert meeting.people.get().tenure_id is not None
    assert commitment.instrument.languages == ["fr", "lo"]
    assert {item.field for item in citations_of(node, "commitment", commitment.id)} >= {"domain", "status", "text"}
    again = compared(node, officer, *files)
    assert codes(again) == []
    assert again.difference.is_empty
    assert again.difference.unchanged == 10


def test_relationships_by_what_names_them(node, officer, register):
    """A series and number, a kind and period, States: enough where they name one fact, else refused."""
    row = {"mechanism_states": "VN | KH", "meeting_series": "conference bilaterale", "meeting_ordinal": "5",
           "domain": "training", "status": "done", "text_en": "Ten officers trained"}  # fmt: skip
    found = compared(node, officer, table_of("commitments.csv", [row]))
    assert codes(found) == []
    (added,) = found.difference.added
    assert added.cells["meeting"].endswith(f"/meetings/{register.meetings[1]}/")
    wrong = compared(
        node,
        officer,
        table_of("commitments.csv", [
            {**row, "meeting_series": "conference bilateral"},
            {**row, "meeting_ordinal": "77"},
            {**row, "mechanism_states": "VN | TH"},
        ]),
    )  # fmt: skip
    assert [code for _, _, code in codes(wrong)] == ["not_found", "not_found", "not_found"]


def test_nothing_is_created_because_of_a_typing_error(node, officer, register):
    """What is like something the register has is refused with the candidates; `new` says that it is another."""
    close = {"state": "KH", "name_fr": "Ministere de l'Interieure"}
    found = compared(node, officer, table_of("organisations.csv", [close]))
    ((line, _, code),) = codes(found)
    assert (line, code) == (2, "looks_known")
    assert str(register.ministries[1]) in found.difference.refused[0].params["candidates"]
    other = compared(node, officer, table_of("organisations.csv", [{**close, "new": "yes"}]))
    assert len(other.difference.added) == 1


def test_nothing_is_deleted(node, officer, register):
    """An emptied cell, a name taken out of a list, a row left out: all stay, and the emptied ones are named."""
    file = edited(exported(node, "organisations"), lambda row: {**row, "aliases": "", "name_vi": ""})
    found = compared(node, officer, file)
    assert found.difference.is_empty
    assert {item.column for item in found.difference.left} == {"aliases", "name_vi"}


def test_what_was_signed_here_is_refused(node, officer, register):
    """A commitment of a signed plan does not change by an import."""
    register_models.Commitment.objects.filter(id=register.commitments[0]).update(source="signed_text")
    link = f"http://127.0.0.1:8000/commitments/{register.commitments[0]}/"
    row = {"permalink": link, "status": "done"}
    assert [code for _, _, code in codes(compared(node, officer, table_of("commitments.csv", [row])))] == ["immutable"]


def test_nothing_is_added_to_a_text_signed_here(node, officer, register):
    """A new commitment is not put into a plan that both sides signed on their nodes."""
    register_models.Instrument.objects.filter(id=register.plan).update(plan_id=register.plan)
    row = {"mechanism_states": "KH | VN", "instrument_kind": "plan", "instrument_period": "2026", "domain": "training",
           "status": "pledged", "text_fr": "une clause de plus"}  # fmt: skip
    found = compared(node, officer, table_of("commitments.csv", [row]))
    assert codes(found) == [(2, "instrument", "immutable")]


CASES = {
    "a State of a mechanism": ("mechanisms", {"states": "LA | VN"}, "states", "never_changes"),
    "another mechanism": ("meetings", {"mechanism": "OTHER"}, "mechanism", "never_changes"),
    "a number that is taken": ("meetings", {"ordinal": "5"}, "ordinal", "ordinal_taken"),
    "a code mistyped": ("meetings", {"kind": "conferense"}, "kind", "bad_code"),
    "a date spoilt by a spreadsheet": ("meetings", {"date": "12/01/2025"}, "date", "spreadsheet_date"),
    "no date": ("meetings", {"date": "soon"}, "date", "bad_date"),
    "a link to another table": ("meetings", {"series": "MECHANISM"}, "series", "wrong_page"),
    "a link to another site": ("meetings", {"series": "https://example.org/x"}, "series", "foreign_permalink"),
    "a permalink of nothing": ("meetings", {"permalink": "NOTHING"}, "permalink", "no_such_fact"),
    "a text too long": ("meetings", {"place": "x" * 300}, "place", "too_long"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_cell_is_named_with_line_and_column(node, officer, register, case):
    """File, line, column, reason and remedy stand with each refusal, and nothing can be applied."""
    table, change, column, code = CASES[case]
    others = {
        "OTHER": "http://127.0.0.1:8000/mechanisms/01945a62-9e00-7000-8000-000000000000/",
        "MECHANISM": f"http://127.0.0.1:8000/mechanisms/{register.mechanism}/",
        "NOTHING": "http://127.0.0.1:8000/meetings/01945a62-9e00-7000-8000-000000000000/",
    }
    if change.get("mechanism"):
        twin = next(item for item in register_models.Mechanism.objects.all() if item.id != register.mechanism)
        others["OTHER"] = f"http://127.0.0.1:8000/mechanisms/{twin.id}/"
    first = {"meetings": str(register.meetings[0]), "mechanisms": str(register.mechanism)}[table]
    wanted = {name: others.get(value, value) for name, value in change.items()}
    file = edited(exported(node, table), lambda row: {**row, **wanted} if first in row["permalink"] else None)
    found = compared(node, officer, file)
    assert codes(found) == [(2, column, code)]
    refusal = found.difference.refused[0]
    assert refusal.message.format(**refusal.params)
    assert refusal.remedy.format(**refusal.params)
    with pytest.raises(ImportRefused):
        apply_tables(node, actor=officer, files=[file], source_kind=SourceKind.OFFICIAL_RELEASE, digest=found.digest)


def test_each_fact_needs_a_source(node, officer, register):
    """Without a source in the row or a word on the file itself, a change is refused; a passage must be there."""
    link = f"http://127.0.0.1:8000/commitments/{register.commitments[0]}/"
    change = {"permalink": link, "status": "done"}
    bare = table_of("commitments.csv", [change])
    assert [code for _, _, code in codes(compared(node, officer, bare, kind=None))] == ["source_missing"]
    source = citations_of(node, "mechanism", register.mechanism)
    assert source == []
    quoted = {**change, "source_url": "https://example.org/hanoi", "passage": "des mots qui n’y sont pas"}
    assert codes(compared(node, officer, table_of("commitments.csv", [quoted]), kind=None)) == [
        (2, "passage", "passage_not_found")
    ]
    elsewhere = {**change, "source_url": "https://example.org/other", "source_kind": "press",
                 "passage": "Les deux parties ont démantelé le réseau."}  # fmt: skip
    applied(node, officer, table_of("commitments.csv", [elsewhere]), kind=None)
    (citation,) = [item for item in citations_of(node, "commitment", register.commitments[0]) if item.field == "status"]
    assert citation.quote == "Les deux parties ont démantelé le réseau."
    assert (citation.source.url, citation.source.kind) == ("https://example.org/other", SourceKind.PRESS)
    assert get_commitment(node, CommitmentId(register.commitments[0])).status == "done"


def test_only_a_desk_officer_imports(node, register):
    """Nobody else compares or applies."""
    auditor = make_actor(node, Role.auditor)
    with pytest.raises(RoleMissing):
        compare_tables(node, actor=auditor, files=[], source_kind=None)
    with pytest.raises(RoleMissing):
        apply_tables(node, actor=auditor, files=[], source_kind=None, digest="")


def test_a_failure_leaves_nothing(node, officer, register, monkeypatch):
    """One transaction: when the last act fails, the first is undone too."""
    link = f"http://127.0.0.1:8000/meetings/{register.meetings[0]}/"
    file = table_of("meetings.csv", [{"permalink": link, "place": "Siem Reap", "date": "2024-12-05"}])
    found = compared(node, officer, file)
    monkeypatch.setattr(
        "entraide.tables.services.sources.EnteredSources.index",
        lambda self: (_ for _ in ()).throw(RuntimeError("disk full")),
    )
    with pytest.raises(RuntimeError):
        apply_tables(node, actor=officer, files=[file], source_kind=SourceKind.PRESS, digest=compare_tables(
            node, actor=officer, files=[file], source_kind=SourceKind.PRESS).digest)  # fmt: skip
    meeting = get_meeting(node, MeetingId(register.meetings[0]))
    assert meeting.place.startswith("Phnom Penh")
    assert meeting.date == PartialDate("2024-12")
    assert found.difference.changed


def state_of_the_register():
    """Every row of the register and of the directory; texts that were imported stay, cited or not."""
    names = [name for name in list_traced() if name != "communiques.Source"]
    return {(name, row.pk): image_of(row) for name in names for row in model_at(name)._default_manager.all()}


@pytest.mark.parametrize("is_source", [True, False], ids=["the file is the source", "an address is quoted"])
def test_an_import_is_undone_as_one_act_and_can_count_again(node, officer, register, is_source):
    """What was added goes, what was changed is as before; its lines are cited no more, and all of it comes back."""

    def change(row):
        told = {} if is_source else {"source_url": "https://example.org/m", "source_kind": "press", "passage": "Told."}
        return {**row, **told, "place": "Siem Reap"} if row["place"].startswith("Phnom Penh") else None

    old = edited(exported(node, "meetings"), change)
    rows = list(csv.DictReader(io.StringIO(old.data.decode(), newline="")))
    new = {**rows[0], "permalink": "", "ordinal": "", "series": "", "date": "2020-02-02", "name": "An added one"}
    before = state_of_the_register()
    file = table_of("meetings.csv", [*rows, new])
    node.clock.advance(minutes=1)
    assert applied(node, officer, file)["changed"] >= 1
    imported, act = state_of_the_register(), list_acts(node, limit=1)[0]
    (made,) = {key for key in imported.keys() - before.keys() if key[0] == "programme.Meeting"}
    undone = undo_acts(node, actor=officer, act_ids=[act.id], reason="The wrong file")
    assert state_of_the_register() == before
    assert find_withdrawn(node, made[1]) is not None
    assert citations_of(node, "meeting", made[1]) == []
    restore_acts(node, actor=officer, act_id=undone, reason="The right file after all")
    assert state_of_the_register() == imported

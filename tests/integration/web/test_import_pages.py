"""Pages on which a desk officer imports tables: the difference first, then a confirmation, then the register."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entraide.access.api import Role
from entraide.programme.api import correct_meeting, get_meeting
from entraide.tables.api import list_imports
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def officer(site):
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def register(site, officer):
    return make_register(site.node, officer)


def text_of(response):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def export(site, table):
    return site.visitor().get(f"/exports/{table}.csv").getvalue()


def give(client, *files: tuple[str, bytes], kind="official_release"):
    uploaded = [SimpleUploadedFile(name, data, "text/csv") for name, data in files]
    return client.post("/imports/new/", {"tables": uploaded, "source_kind": kind}, follow=True)


def digest_in(response):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', response.content.decode()).group(1)


def test_the_difference_is_shown_and_applied_when_confirmed(site, officer, register):
    """An officer edits a cell, sees old and new, and only the confirmation changes the register."""
    client = site.client_of(officer)
    edited = export(site, "meetings").decode("utf-8-sig").replace("Phnom Penh; « palais »\n+ annexe", "Kampot")
    page = give(client, ("meetings.csv", edited.encode()))
    assert page.status_code == 200
    assert "Changed (3)" in text_of(page)
    assert "Kampot" in text_of(page)
    assert get_meeting(site.node, register.meetings[0]).place.startswith("Phnom Penh")
    (waiting,) = list_imports()
    assert f'href="/imports/{waiting.id}/"' in client.get("/desk/").content.decode()
    done = client.post(f"/imports/{waiting.id}/apply/", {"digest": digest_in(page)}, follow=True)
    assert "3 changed" in text_of(done)
    assert {get_meeting(site.node, item).place for item in register.meetings} == {"Kampot"}
    again = client.post(f"/imports/{waiting.id}/apply/", {"digest": digest_in(page)}, follow=True)
    assert "has been decided about" in text_of(again)


def test_a_change_in_between_shows_the_difference_again(site, officer, register):
    """The register changed after the page was shown: nothing is applied, and the page says what it would be now."""
    client = site.client_of(officer)
    edited = export(site, "meetings").decode("utf-8-sig").replace("Phnom Penh; « palais »\n+ annexe", "Kampot")
    page = give(client, ("meetings.csv", edited.encode()))
    correct_meeting(site.node, actor=officer, meeting_id=register.meetings[0], place="Takéo")
    (waiting,) = list_imports()
    refused = client.post(f"/imports/{waiting.id}/apply/", {"digest": digest_in(page)})
    assert refused.status_code == 409
    assert "nothing was applied" in text_of(refused)
    assert "Takéo" in text_of(refused)
    assert digest_in(refused) != digest_in(page)
    assert get_meeting(site.node, register.meetings[1]).place.startswith("Phnom Penh")


def test_refused_rows_name_line_reason_and_remedy(site, officer, register):
    """A mistyped code stands on the page with its line and what to do, and there is nothing to confirm."""
    client = site.client_of(officer)
    link = f"http://127.0.0.1:8000/meetings/{register.meetings[0]}/"
    page = give(client, ("meetings.csv", f"permalink,kind\n{link},conferance\n".encode()))
    assert "meetings.csv, line 2" in text_of(page)
    assert "Did you mean conference?" in text_of(page)
    assert "Apply exactly this" not in text_of(page)


def test_several_files_or_a_zip_of_them(site, officer, register):
    """A whole export as a zip file says what the register has; so do two files given together."""
    client = site.client_of(officer)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        for table in ("meetings", "commitments", "organisations"):
            out.writestr(f"export/{table}.csv", export(site, table))
    assert "Nothing to apply" in text_of(give(client, ("tables.zip", archive.getvalue())))
    two = give(client, ("meetings.csv", export(site, "meetings")), ("series.csv", export(site, "series")))
    assert "5 rows say what the register has." in text_of(two)


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("meetings.zip", b"PK\x03\x04 and then nothing", "cannot be opened"),
        ("meetings.csv", b"", "The file is empty."),
        ("meetings.csv", b"\x00\x01\x02 permalink", "is not text"),
        ("meetings.csv", b"PK\x03\x04 a workbook", "not a CSV file"),
        ("meetings.csv", b'permalink,place\n"http://x,open', "quotation mark is opened"),
        ("meetings.csv", b"permalink,place,place\n", "stands twice"),
        ("meetings.csv", b"permalink,palce\n", "Did you mean place?"),
        ("list.csv", b"a,b\n1,2\n", "cannot be told which table"),
    ],
    ids=["damaged zip", "empty", "binary", "workbook", "quotes", "duplicate", "unknown", "which table"],
)
def test_a_bad_file_gets_one_clear_line(site, officer, name, data, line):
    """What is wrong with a file is said by name, and nothing can be applied."""
    page = give(site.client_of(officer), (name, data))
    assert line in text_of(page)
    assert name in text_of(page)
    assert "Apply exactly this" not in text_of(page)


def test_a_file_that_is_too_large_is_not_read(site, officer):
    """A table above the limit is refused with what to do."""
    page = give(site.client_of(officer), ("meetings.csv", b"permalink\n" + b"x" * 20_000_001))
    assert page.status_code == 400
    assert "20 MB" in text_of(page)
    assert list_imports() == []


def test_markup_in_a_cell_is_text(site, officer, register):
    """What a file holds is never markup on the page."""
    link = f"http://127.0.0.1:8000/meetings/{register.meetings[0]}/"
    page = give(
        site.client_of(officer), ("meetings.csv", f"permalink,place\n{link},<script>alert(1)</script>\n".encode())
    )
    assert "<script>alert" not in page.content.decode()
    assert "alert" in text_of(page)


def test_an_import_can_be_dropped(site, officer, register):
    """A dropped import stays in the list, changes nothing, and keeps no file."""
    client = site.client_of(officer)
    give(client, ("meetings.csv", export(site, "meetings")))
    (waiting,) = list_imports()
    assert "as it was" in text_of(client.post(f"/imports/{waiting.id}/drop/", follow=True))
    assert list_imports()[0].state == "dropped"
    assert "Dropped" in text_of(client.get(f"/imports/{waiting.id}/"))

"""Importing texts by a person: several files, a paste, a saved page; what is known says where, what is not asks."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entraide.access.api import Role
from entraide.communiques.api import get_source, list_sources, read_sample
from entraide.journal.api import list_acts, list_entries
from tests.factories import documents

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
TEXT = read_sample("fr-hanoi-2025")
UNDATED = TEXT.partition("–")[2].replace(" le 12 janvier 2025", "").replace(" du 11 au 13 janvier", "")


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def upload(name, data):
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def test_several_files_are_read_at_once(site):
    """Each becomes a source; what cannot be read is told by its name, and the others go on."""
    client = site.client_as(Role.desk_officer)
    files = [upload("a.txt", TEXT), upload("b.txt", read_sample("fr-pekin-2018")), upload("scan.bin", b"\x00\x01")]
    page = text_of(client.post("/proposals/new/", {"file": files, "kind": "press"}, follow=True))
    assert {source.name for source in list_sources(site.node)} == {"a", "b"}
    assert "2 texts were imported." in page
    assert "scan.bin" in page


def test_a_text_is_pasted(site):
    """It is kept letter for letter, with its address as its name where one was given."""
    client = site.client_as(Role.desk_officer)
    given = {"text": TEXT.replace("\n", "\r\n"), "kind": "press", "url": "https://agency.example/a"}
    response = client.post("/proposals/new/", given, follow=True)
    assert response.status_code == 200
    (source,) = list_sources(site.node)
    assert (source.name, source.url) == ("https://agency.example/a", "https://agency.example/a")
    assert get_source(site.node, source.id).text == TEXT


def test_nothing_given_is_said_at_the_files(site):
    """One line says what is needed."""
    response = site.client_as(Role.desk_officer).post("/proposals/new/", {"kind": "press"})
    assert response.status_code == 400
    assert "Choose a file, or paste the text." in text_of(response)


def test_what_is_imported_already_says_where(site):
    """The second import leads to the first, with a link in the message, alone and among others."""
    client = site.client_as(Role.desk_officer)
    client.post("/proposals/new/", {"text": TEXT, "kind": "press"})
    (known,) = list_sources(site.node)
    again = client.post("/proposals/new/", {"file": [upload("again.txt", TEXT)], "kind": "press"}, follow=True)
    assert again.redirect_chain[-1][0] == f"/proposals/{known.id}/"
    assert f'imported already; it is here: <a href="/proposals/{known.id}/">' in text_of(again)
    several = [upload("again.txt", TEXT), upload("new.txt", read_sample("fr-pekin-2018"))]
    page = text_of(client.post("/proposals/new/", {"file": several, "kind": "press"}, follow=True))
    assert f'imported already; it is here: <a href="/proposals/{known.id}/">' in page
    assert "1 text was imported." in page


def test_a_saved_web_page_brings_its_address(site):
    """A browser writes where a page came from into the file; a person's own address comes first."""
    client = site.client_as(Role.desk_officer)
    page = documents.page("Le Vietnam et le Laos signent un plan", TEXT.split("\n\n"))
    saved = f"<!-- saved from url=(0031)https://agency.example/hanoi -->\n{page}"
    client.post("/proposals/new/", {"file": [upload("hanoi.html", saved)], "kind": "press"})
    assert [source.url for source in list_sources(site.node)] == ["https://agency.example/hanoi"]


def test_the_day_of_publication_is_asked_once_where_the_text_is_silent(site):
    """The review asks; the answer is journaled, and cannot be changed by answering again."""
    client = site.client_as(Role.desk_officer)
    client.post("/proposals/new/", {"text": UNDATED, "kind": "press"})
    (source,) = list_sources(site.node)
    assert source.published is None
    address = f"/proposals/{source.id}/"
    assert "When was this published?" in text_of(client.get(address))
    wrong = client.post(f"{address}published/", {"published": "31/02/2025"}, follow=True)
    assert "This is no day, month or year." in text_of(wrong)
    page = text_of(client.post(f"{address}published/", {"published": "13/1/2025"}, follow=True))
    assert "13 January 2025" in page
    assert "When was this published?" not in page
    assert [entry.kind for entry in list_entries(site.node, kind="communiques.source_dated")]
    again = client.post(f"{address}published/", {"published": "2024"}, follow=True)
    assert "It is known already when this was published" in text_of(again)


def test_a_day_of_publication_that_was_told_wrong_is_undone_and_asked_again(site):
    """The history of the source shows the answer with its way back; undone, the review asks as before."""
    client = site.client_as(Role.desk_officer)
    client.post("/proposals/new/", {"text": UNDATED, "kind": "press"})
    (source,) = list_sources(site.node)
    client.post(f"/proposals/{source.id}/published/", {"published": "2023-01-13"})
    (act,) = list_acts(site.node, fact=source.id)
    history = text_of(client.get(f"/acts/facts/{source.id}/"))
    assert "It was told when a source was published" in history
    shown = text_of(client.get(f"/acts/{act.id}/"))
    digest = re.search(r'name="digest" value="(\w+)"', shown)
    client.post(f"/acts/{act.id}/", {"reason": "It was 2025", "digest": digest[1] if digest else ""})
    assert "When was this published?" in text_of(client.get(f"/proposals/{source.id}/"))
    client.post(f"/proposals/{source.id}/published/", {"published": "2025-01-13"})
    assert get_source(site.node, source.id).summary.published.value == "2025-01-13"


@pytest.mark.parametrize("day", ["13/01/2025", "13.1.2025", "2025-01-13"])
def test_a_day_that_is_given_is_taken_as_people_write_it(site, day):
    """Also in the order of the day, month and year."""
    client = site.client_as(Role.desk_officer)
    client.post("/proposals/new/", {"text": UNDATED, "kind": "press", "published": day})
    (source,) = list_sources(site.node)
    assert source.published is not None
    assert source.published.value == "2025-01-13"
    assert "When was this published?" not in text_of(client.get(f"/proposals/{source.id}/"))

"""Files as sources: uploaded in every format, kept with their digests, and shown as text whatever they hold."""

import hashlib
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import sync_playwright

from entraide.access.api import Role
from entraide.communiques.api import (
    SourceKind,
    get_source,
    keep_all,
    list_sources,
    read_sample,
)
from entraide.communiques.services import sources as services
from entraide.documents.api import take_bytes
from entraide.documents.domain import errors as file_errors
from entraide.journal.api import list_entries
from entraide.programme import models as register
from tests.factories import documents
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

PARAGRAPHS = [line for line in read_sample("fr-hanoi-2025").split("\n") if line.strip()]
TITLE = "Le Vietnam et le Laos signent un plan"
FILES = {
    "Text": ("a.txt", "\n".join([TITLE, *PARAGRAPHS]).encode()),
    "HTML": ("a.html", documents.page(TITLE, PARAGRAPHS).encode()),
    "PDF": ("a.pdf", documents.pdf(TITLE, PARAGRAPHS)),
    "DOCX": ("a.docx", documents.word(TITLE, PARAGRAPHS)),
}
HOSTILE = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 2'><x-mark onclick=alert(3)>",
    "</div></textarea></title><svg onload='window.hit = 4'><iframe srcdoc='&lt;script&gt;'>",
    "&lt;x-mark&gt; &amp;amp; &#60;script&#62;",
)


@pytest.mark.parametrize("form", FILES)
def test_a_file_of_every_format_is_imported_with_its_digests(site, form) -> None:
    """Upload, review and public page name the format and the SHA-256 of the file; the journal has an entry."""
    name, data = FILES[form]
    actor = make_actor(site.node, Role.desk_officer)
    client = site.client_of(actor)
    response = client.post(
        "/proposals/new/", {"file": SimpleUploadedFile(name, data), "kind": "official_release"}, follow=True
    )
    assert response.status_code == 200
    assert register.Meeting.objects.count() == 0
    digest = hashlib.sha256(data).hexdigest()
    source = list_sources(site.node)[0]
    assert get_source(site.node, source.id).file_sha256 == digest
    assert f"{form} · SHA-256 {digest}" in response.content.decode()
    keep_all(site.node, actor=actor, source_id=source.id)
    public = unescape(site.visitor().get(f"/sources/{source.id}/").content.decode())
    assert f"Digest of the file ({form})" in public
    assert digest in re.sub(r"<[^>]+>|\s", "", public)
    assert source.name == "a"
    assert "communiques.source_imported" in {entry.kind for entry in list_entries(site.node, subject=source.id)}


def test_a_file_beyond_the_limit_is_refused_at_its_field(site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what the limit is; nothing is stored."""
    client = site.client_as(Role.desk_officer)
    file = SimpleUploadedFile("large.txt", b"mot " * (file_errors.LARGEST_BYTES // 4 + 1))
    response = client.post("/proposals/new/", {"file": file, "kind": "press"})
    assert response.status_code == 400
    assert "The file is larger than 20 MB." in response.content.decode()
    assert list_sources(site.node) == []


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.pdf", documents.encrypted_pdf(FILES["PDF"][1], "x"), "a.pdf: is encrypted (PDF)"),
        ("a.pdf", documents.picture_pdf(), "a.pdf: opens as PDF but holds no text"),
        ("a.docx", documents.zip_bomb(), "a.docx: unpacks to more than 64 MB"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls: is an old Office file (DOC/XLS/PPT), which is not read"),
        ("<b>.txt", b"", "<b>.txt: is empty"),
        ("a.txt", b"mot " * 110_000, "a is longer than 400000 characters"),
    ],
    ids=["encrypted", "pictures", "zip bomb", "old Office", "a name with markup", "too long to keep"],
)
def test_a_bad_file_gets_its_line_at_the_field(site, name, data, line) -> None:
    """The same lines as at the terminal, with the remedy, and nothing half-written."""
    client = site.client_as(Role.desk_officer)
    response = client.post("/proposals/new/", {"file": SimpleUploadedFile(name, data), "kind": "press"})
    assert response.status_code == 400
    assert line in unescape(response.content.decode())
    assert "<b>.txt" not in response.content.decode()
    assert list_sources(site.node) == []


class Elements(HTMLParser):
    """The elements of a page that no template of ours has, and handlers of events anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        handlers = [name for name, _value in attrs if name.startswith("on") or name == "srcdoc"]
        # The linked data of the page is no code; were the source to end it, its elements would stand here.
        inline = tag == "script" and not dict(attrs).get("src") and ("type", "application/ld+json") not in attrs
        if tag in {"x-mark", "iframe", "img"} or handlers or inline:
            self.foreign.append(self.get_starttag_text() or tag)


def hostile_source(site):
    """Import and keep a communiqué that has markup in its title, names, clauses, publisher and file name."""
    actor = make_actor(site.node, Role.desk_officer)
    text = "\n".join(
        [f"{TITLE} {HOSTILE[0]}", *(f"{line} {HOSTILE[0]} {HOSTILE[1]}" for line in PARAGRAPHS), HOSTILE[2]]
    )
    text = text.replace("plan de coopération 2025", f"plan {HOSTILE[0][:40]} de coopération 2025")
    name, data = "x<img src=x onerror=alert(1)>.txt", text.encode()
    source = services.import_source(
        site.node,
        actor=actor,
        name=name,
        text=text,
        file=take_bytes(data, name=name),
        kind=SourceKind.OFFICIAL_RELEASE,
        publisher=HOSTILE[0][:150],
    )
    review = site.client_of(actor).get(f"/proposals/{source}/").content.decode()
    keep_all(site.node, actor=actor, source_id=source)
    return source, review


def test_markup_in_a_source_is_never_markup_of_a_page(site) -> None:
    """On no page that shows a source or what was kept from it does an element of the source stand."""
    source, review = hostile_source(site)
    visitor = site.visitor()
    addresses = ["/", "/sources/", f"/sources/{source}/", "/search/?q=x-mark", "/search/?q=plan"]
    addresses += [f"/meetings/{meeting.id}/" for meeting in register.Meeting.objects.all()]
    addresses += [f"/instruments/{instrument.id}/" for instrument in register.Instrument.objects.all()]
    addresses += [f"/commitments/{commitment.id}/" for commitment in register.Commitment.objects.all()[:3]]
    pages = {"review": review}
    for address in addresses:
        response = visitor.get(address)
        assert response.status_code == 200, address
        pages[address] = response.content.decode()
    for address, page in pages.items():
        elements = Elements()
        elements.feed(page)
        assert elements.foreign == [], address
    text = pages[f"/sources/{source}/"]
    assert "&lt;x-mark onclick=alert(3)&gt;" in text
    assert "&amp;lt;x-mark&amp;gt; &amp;amp;amp; &amp;#60;script&amp;#62;" in text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs a browser")
def test_a_browser_runs_nothing_of_a_source(site) -> None:
    """Chromium, without our policy that would stop it as well, finds no element and runs no handler of the source."""
    source, review = hostile_source(site)
    pages = [review, site.visitor().get(f"/sources/{source}/").content.decode()]
    with ThreadPoolExecutor(1) as apart:  # the browser's event loop, where Django refuses to work
        found = apart.submit(visit, pages).result()
    assert found == [(None, 0, True)] * len(pages)


def visit(pages: list[str]) -> list[tuple[object, int, bool]]:
    """Return for each page what its scripts left, how many foreign elements it has, and whether the text is shown."""
    look = """() => [window.hit ?? null, document.querySelectorAll('x-mark, iframe, img').length,
        document.body.innerText.includes("<x-mark onclick=alert(3)>")]"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        found = []
        for content in pages:
            page.set_content(content, wait_until="domcontentloaded")
            page.wait_for_timeout(200)
            hit, elements, shown = page.evaluate(look)
            found.append((hit, elements, shown))
        browser.close()
    return found

"""HTML, PDF and DOCX into text, and each bad one into its line."""

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest

from entraide.documents.adapters.extracting import extract_guarded
from entraide.documents.adapters.files import FileReader
from entraide.documents.adapters.layout import Line, join_pages
from entraide.documents.adapters.sniffing import decide_format
from entraide.documents.domain import errors as file_errors
from tests.factories import documents

PARAGRAPHS = [
    (
        "Hanoï, 12 janvier 2025 – Le ministre vietnamien de la Sécurité publique et son homologue lao ont coprésidé la "
        "14e conférence, à laquelle assistait le vice-ministre de l'Intérieur du Cambodge, « témoin » du travail."
    ),
    "Les deux ministres ont signé le plan de coopération 2025 entre les deux ministères de la Sécurité publique.",
    "Bộ trưởng Bộ Công an Lương Tam Quang đã hội đàm với người đồng cấp Lào tại Hà Nội về phòng, chống tội phạm.",
]
TITLE = "Le Vietnam et le Laos signent un plan"
DTD = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.fixture(scope="module")
def read_apart() -> Iterator[Callable[..., str]]:
    """Return a function that gives the text of bytes, all through one process."""
    with FileReader() as reader:
        yield lambda data, name="a.bin": reader.take(data, name=name).text


@pytest.fixture(params=["in a process that may die", "in this one"])
def read(request: pytest.FixtureRequest, read_apart) -> Callable[..., str]:
    """Return a function that gives the text of bytes: what the process answers is what its function gives."""
    if request.param != "in this one":
        return read_apart
    return lambda data, name="a.bin": extract_guarded(data, form=decide_format(data, name), file=name).tree.text


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
        ("cp1252", '<meta charset="windows-1252">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
        ("cp1252", '<meta charset="no-such-encoding">'),
        ("cp1252", ""),
        ("mac_roman", '<meta charset="macintosh">'),
    ],
    ids=["UTF-8", "UTF-8 that says Latin 1", "UTF-16", "Windows-1252", "Latin 1", "unknown", "silent", "Macintosh"],
)
def test_a_page_keeps_its_letters(read, encoding, head) -> None:
    """The letters of a page come out by what it is and by what it states, in that order."""
    page = documents.page(TITLE, PARAGRAPHS[:2], head=head)
    assert read(page.encode(encoding)).split("\n") == [TITLE, *PARAGRAPHS[:2]]


def test_a_vietnamese_page_of_windows_keeps_its_tones(read) -> None:
    """Windows-1258, declared and not, gives composed Vietnamese letters."""
    lines = [PARAGRAPHS[2], "Hai bộ đã ký kế hoạch hợp tác năm 2025 giữa hai Bộ Công an."]
    for head in ('<meta charset="windows-1258">', ""):
        page = documents.page("Hội đàm", lines, head=head).replace("À lire", "A lire").replace("©", "c")
        page = page.replace("é", "e").replace("ê", "e").replace("è", "e")
        assert read(documents.in_windows_1258(page)).split("\n") == ["Hội đàm", *lines]


@pytest.mark.parametrize(
    ("head", "body", "line"),
    [
        ('<meta property="article:published_time" content="2025-01-13T22:00:00+07:00">', "", "date 2025-01-13"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-01-13"}</script>', "",
         "date 2025-01-13"),
        ("", '<p>Publié le <time datetime="2025-01-13" pubdate>13 janvier</time></p>', "date 2025-01-13"),
        ("", "<p>La conférence aura lieu le 3 mars 2026 à Vientiane.</p>", TITLE),
    ],
    ids=["meta", "JSON-LD", "time", "a day of the article is none of the page"],
)  # fmt: skip
def test_the_date_that_a_page_states_is_its_header(read, head, body, line) -> None:
    """A date that the page states stands first, as the reader knows headers; a date in the article is no header."""
    text = read(documents.page(TITLE, PARAGRAPHS[:2], head=head, body=body).encode())
    assert text.split("\n")[0] == line


def test_nothing_around_the_article_is_read(read) -> None:
    """Menu, teasers, comments, scripts and foot give no words."""
    text = read(documents.page(TITLE, PARAGRAPHS).encode())
    assert text.split("\n") == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Le ministre a reçu l'ambassadeur.</p>", "Le ministre a reçu l'ambassadeur."),
        ("<html><body><p>Un mot&nbsp;: &lt;script&gt;alert(1)&lt;/script&gt; &amp; fin</p></body></html>",
         "Un mot : <script>alert(1)</script> & fin"),
        ("<html><body><table><tr><td>Lieu</td><td>Hanoï</td></tr></table></body></html>", "Lieu Hanoï"),
        ("<!-- a comment --><!DOCTYPE html><html><body><p>Le ministre a reçu", "Le ministre a reçu"),
        ("<html><body><p>Le ministre</p><img src=x onerror=alert(1)></body></html>", "Le ministre"),
        ("<?xml version='1.0' encoding='utf-8'?><html><body><p>Le ministre</p></body></html>", "Le ministre"),
    ],
    ids=["a piece", "tags told in words", "a table only", "cut off", "an active picture", "XHTML"],
)  # fmt: skip
def test_small_pages(read, page, text) -> None:
    """A short notice is read whole; what it says about tags stays words."""
    assert re.sub(r"[\s|\u00a0]+", " ", read(page.encode(), "a.html")) == text


def test_a_pdf_gives_its_paragraphs(read) -> None:
    """Lines, hyphens, pages, running heads and page numbers of the typesetter are undone."""
    assert read(documents.pdf(TITLE, PARAGRAPHS * 2)).split("\n") == [TITLE, *PARAGRAPHS * 2]


def test_a_pdf_that_anybody_may_open_is_read_although_encrypted(read) -> None:
    """An empty password is none."""
    data = documents.encrypted_pdf(documents.pdf(TITLE, PARAGRAPHS), "")
    assert read(data).split("\n")[-3:] == PARAGRAPHS


def test_a_pdf_may_begin_late(read) -> None:
    """Some servers put a few bytes before the file."""
    assert PARAGRAPHS[1] in read(b"HTTP junk\n" + documents.pdf("", PARAGRAPHS))


def _lines(*texts: str, gap: float = 12) -> list[Line]:
    return [Line(text, 700 - number * gap, 10) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["la coopération, le vice-", "ministre de la Justice"], "la coopération, le vice-ministre de la Justice"),
        (["une conférence Vietnam-", "Laos de haut rang"], "une conférence Vietnam-Laos de haut rang"),
        (["la confé-", "rence des deux ministres"], "la conférence des deux ministres"),
        (["mi-août, puis encore la mi-", "août de cette année"], "mi-août, puis encore la mi-août de cette année"),
        (["le plan des années 2019-", "2021 sur la coopération"], "le plan des années 2019-2021 sur la coopération"),
        (["Fin courte.", "Un autre paragraphe bien plus long"], "Fin courte.\nUn autre paragraphe bien plus long"),
        (["Le ministre (中华人民共和国公安部),", "Tô Lâm, a signé le plan de coopération"],
         "Le ministre (中华人民共和国公安部), Tô Lâm, a signé le plan de coopération"),
    ],
    ids=["vice-", "at its own hyphen", "a syllable", "as elsewhere", "years", "a short line", "Chinese letters"],
)  # fmt: skip
def test_ends_of_lines(lines, text) -> None:
    """A hyphen of the typesetter goes, one of the language stays, and a short last line ends its paragraph."""
    assert join_pages([_lines(*lines)]) == text


def test_what_most_pages_repeat_goes_and_the_rest_stays() -> None:
    """A running head with the page's number goes; a first line that only one page has stays."""
    pages = [
        _lines(f"Bulletin n° 7, page {number}", f"Texte {'abc'[number]} du jour.", f"– {number} –")
        for number in range(3)
    ]
    assert join_pages(pages) == "Texte a du jour.\nTexte b du jour.\nTexte c du jour."


def test_a_docx_gives_paragraphs_and_tables_in_order(read) -> None:
    """A heading, paragraphs and each cell are a line, in the order of the document."""
    data = documents.word(TITLE, PARAGRAPHS, table=[["Lieu", "Hanoï"], ["Date", "12 janvier 2025"]])
    assert read(data).split("\n") == [TITLE, *PARAGRAPHS, "Lieu", "Hanoï", "Date", "12 janvier 2025"]


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


BOX = f"<w:txbxContent><w:p>{run('dans le cadre')}</w:p></w:txbxContent>"
DELETED = "<w:del><w:r><w:delText>non</w:delText></w:r></w:del>"
BOTH = (
    f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
    f"<mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
)
SIGNS = "<w:r><w:t>vice</w:t><w:noBreakHyphen/><w:t>ministre</w:t><w:br/><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"
FIELD = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('un')}<w:ins>{run(' ajout')}</w:ins>{DELETED}</w:p>", "un ajout"),
        (f"<w:sdt><w:sdtContent><w:p>{run('contrôle')}</w:p></w:sdtContent></w:sdt>", "contrôle"),
        (f"<w:p>{run('avant')}{BOTH}</w:p><w:p>{run('fin')}</w:p>", "avant\ndans le cadre\nfin"),
        (f"<w:p>{SIGNS}</w:p>", "vice-ministre\na\tb"),
        (f"<w:p>{FIELD}<w:hyperlink>{run('lien')}</w:hyperlink></w:p>", "lien"),
    ],
    ids=["tracked changes", "content control", "text box, once", "signs", "link"],
)  # fmt: skip
def test_what_a_docx_holds_besides_plain_paragraphs(read, body, text) -> None:
    """What a person would see is read, what was deleted or is a code of a field is not."""
    assert read(documents.word_of(body)) == text


def test_a_docx_with_macros_is_read_without_them(read) -> None:
    """A document with macros gives its text; the macros are a part that nobody opens."""
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = documents.repacked(
        documents.word_of(f"<w:p>{run('Le texte')}</w:p>", main_type=main),
        {"word/vbaProject.bin": b"\xd0\xcf" * 50},
    )
    assert read(data) == "Le texte"


def _zip_of(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _with_password(data: bytes) -> bytes:
    """Set the flag of encryption of every part, as a ZIP with a password has it."""
    changed = bytearray(data)
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + flag] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


WORD = documents.word(TITLE, PARAGRAPHS)
PDF = documents.pdf(TITLE, PARAGRAPHS)
BAD: dict[str, tuple[bytes, str]] = {
    "empty PDF": (b"%PDF-1.7\n", "is a damaged PDF file"),
    "PDF cut off": (PDF[: len(PDF) // 3], "is a damaged PDF file"),
    "PDF of nothing but its name": (b"%PDF-1.7\n" + bytes(5000), "is a damaged PDF file"),
    "PDF of pictures": (documents.picture_pdf(), "opens as PDF but holds no text"),
    "PDF with a password": (documents.encrypted_pdf(PDF, "secret"), r"is encrypted \(PDF\)"),
    "PDF of 201 pages": (documents.pdf_of_pages(201), "has 201 pages; at most 200"),
    "PDF that unpacks to 200 MB": (documents.pdf_bomb(), "unpacks to more than 75 MB"),
    "PDF whose pages go in a circle": (documents.pdf_in_a_circle(), "is a damaged PDF file"),
    "DOCX nested without end": (documents.word_of("<w:sdt><w:sdtContent>" * 50_000), "is a damaged DOCX file"),
    "DOCX cut off": (WORD[: len(WORD) // 2], "is a damaged DOCX or ZIP file"),
    "DOCX changed inside": (WORD[:200] + bytes(400) + WORD[600:], "is a damaged DOCX or ZIP file"),
    "DOCX without its main part": (_zip_of({"[Content_Types].xml": b"<T/>", "word/x.xml": b"<x/>"}), "a damaged DOCX"),
    "DOCX of broken XML": (documents.repacked(WORD, {"word/document.xml": "<w:document"}), "is a damaged DOCX file"),
    "DOCX without words": (documents.word("", []), "opens as DOCX but holds no text"),
    "DOCX with a password of ZIP": (_with_password(WORD), r"is encrypted \(ZIP\)"),
    "zip bomb": (documents.zip_bomb(), "unpacks to more than 64 MB"),
    "zip bomb that lies about its size": (documents.lying_zip_bomb(), "is a damaged DOCX or ZIP file"),
    "zip of 3000 parts": (_zip_of({f"word/{number}": b"" for number in range(3000)}), "into too many parts"),
    "entities": (documents.repacked(WORD, {"word/document.xml": f"{DTD}<x/>"}), "holds declarations"),
    "entities in UTF-16": (
        documents.repacked(WORD, {"word/styles.xml": f"{DTD}<x/>".encode("utf-16")}), "holds declarations"
    ),
    "entities after a long comment": (
        documents.repacked(WORD, {"word/document.xml": f"<!--{'x' * 65520}-->{DTD}<x/>"}),
        "holds declarations",
    ),
    "spreadsheet": (_zip_of({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "is a damaged XLSX file"),
    "presentation": (_zip_of({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "is a presentation"),
    "OpenDocument": (_zip_of({"mimetype": b"", "content.xml": b""}), "is a damaged ODT file"),
    "any ZIP": (_zip_of({"a.txt": b"Bonjour"}), "is ZIP, which is not read"),
    "page without words": (b"<html><body><script>var a = 1</script></body></html>", "opens as HTML but holds no text"),
    "page in letters that cannot be told": (
        "<html><body><p>Министр внутренних дел</p></body></html>".encode("koi8-r"), "its letters cannot be told"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_gets_its_line(read_apart, data, line) -> None:
    """Each names the file and its own reason, and says what to do."""
    with pytest.raises(file_errors.BadFile, match=rf"\Aa\.bin: .*{line}") as refused:
        read_apart(data)
    assert refused.value.remedy_text.endswith(".")
    assert "\n" not in str(refused.value)


def test_the_reader_goes_on_after_every_bad_file(read_apart) -> None:
    """After all of them the next good one is read."""
    assert read_apart(PDF).split("\n")[-3:] == PARAGRAPHS

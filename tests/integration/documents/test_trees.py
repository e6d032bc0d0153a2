"""Every format into the one tree: lists, tables and notes as a reader of the page sees them."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
import typst

from entraide.documents.adapters.extracting import extract_guarded
from entraide.documents.adapters.files import FileReader, FileText
from entraide.documents.adapters.sniffing import decide_format
from entraide.documents.adapters.writing_docx import write_docx
from entraide.documents.domain.errors import BadFile, EncryptedFile, FormatNotRead, NoTextInside
from entraide.documents.domain.tree import DocumentTree, Table
from tests.factories import documents, office
from tests.unit.documents.test_tree import check_invariant

Read = Callable[[bytes, str], FileText]
TITLE = "Plan de coopération pour 2025 entre les deux ministères de la Sécurité publique"
LONG = "Les deux parties échangent chaque trimestre des informations sur le trafic de drogue et les réseaux criminels"


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Return a function that takes a file apart; the process that may die and this one give the same."""
    with FileReader() as reader:

        def take(data: bytes, name: str = "a.bin") -> FileText:
            try:
                here = extract_guarded(data, form=decide_format(data, name), file=name)
            except BadFile as error:
                with pytest.raises(type(error)):
                    reader.take(data, name=name)
                raise
            file = reader.take(data, name=name)
            assert file.tree == here.tree
            check_invariant(file.tree)
            assert file.tree.text == file.text
            return file

        yield take


def lines(tree: DocumentTree) -> list[tuple[str, str, int]]:
    return [(line.marker, line.text, line.depth) for line in tree.paragraphs]


def grid(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def point(words: str, depth: int, number: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr>{run(words)}</w:p>"


def level(depth: int, form: str, shown: str, more: str = "") -> str:
    kind = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{shown}"/>'
    return f'<w:lvl w:ilvl="{depth}">{kind}</w:lvl>'


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:abstractNum w:abstractNumId="0">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "%1.%2", "<w:isLgl/>")}'
    f'{level(2, "lowerLetter", "%3)")}</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    f"{level(0, 'bullet', '&#xF0B7;')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)


def word_of(body: str) -> bytes:
    return documents.repacked(documents.word_of(body), {"word/numbering.xml": NUMBERING})


def test_word_numbers_are_counted_as_word_shows_them(read: Read) -> None:
    """Roman, legal and letters, levels that begin anew, a bullet, a list that begins at five."""
    places = [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 0), ("G", 1)]
    body = "".join(point(*place) for place in places) + point("H", 0, 2) + point("I", 0, 3)
    assert lines(read(word_of(body), "a.docx").tree) == [
        ("I.", "A", 0), ("1.1", "B", 1), ("a)", "C", 2), ("b)", "D", 2), ("1.2", "E", 1), ("II.", "F", 0),
        ("2.1", "G", 1), ("•", "H", 0), ("V.", "I", 0),
    ]  # fmt: skip


TWO_CELLS = "".join(f"<w:tc><w:p>{run(words)}</w:p></w:tc>" for words in "ab")
MARK_DELETED = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{MARK_DELETED}<w:del>{run('gone')}</w:del></w:p><w:p>{run('kept')}</w:p>", "kept"),
        (f"<w:p>{MARK_DELETED}{run('one ')}</w:p><w:p>{run('line')}</w:p>", "one line"),
        (f"<w:p><w:moveFrom>{run('moved')}</w:moveFrom>{run('a')}</w:p><w:p><w:moveTo>{run('moved')}</w:moveTo></w:p>",
         "a\nmoved"),
        (f"<w:p>{run('seen')}{run('hidden', '<w:vanish/>')}</w:p>", "seen"),
        (f"<w:tbl><w:tr>{TWO_CELLS}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{TWO_CELLS}</w:tr></w:tbl>", "a\nb"),
    ],
    ids=["a paragraph", "the end of one", "moved", "hidden", "a row"],
)  # fmt: skip
def test_of_tracked_changes_the_accepted_text_counts(read: Read, body: str, text: str) -> None:
    """What was deleted is gone with its paragraph or row, what was moved stands once."""
    assert read(documents.word_of(body), "a.docx").text == text


def test_a_word_table_has_its_spans_and_counted_numbers(read: Read) -> None:
    """Cells over rows and columns, a head that repeats, a column of numbers that Word counts, a footnote apart."""

    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    empty, number = "<w:p/>", point("", 0)
    note = '<w:p><w:r><w:t>b</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    rows = [
        "<w:trPr><w:tblHeader/></w:trPr>" + cell(f"<w:p>{run('N°')}</w:p>", '<w:vMerge w:val="restart"/>')
        + cell(f"<w:p>{run('Services')}</w:p>", '<w:gridSpan w:val="2"/>'),
        "<w:trPr><w:tblHeader/></w:trPr>" + cell(empty, "<w:vMerge/>") + cell(f"<w:p>{run('A')}</w:p>")
        + cell(f"<w:p>{run('B')}</w:p>"),
        cell(number) + cell(f"<w:p>{run('a')}</w:p><w:p>{run('a2')}</w:p>") + cell(note),
        cell(number) + cell(empty) + cell(f"<w:p>{run('d')}</w:p>"),
    ]  # fmt: skip
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    tree = read(word_of(table), "a.docx").tree
    assert grid(next(tree.tables)) == [
        ["N°", "Services", None],
        [None, "A", "B"],
        ["I.", "a\na2", "b"],
        ["II.", "", "d"],
    ]
    head = next(tree.tables).rows[0][0]
    assert head is not None
    assert (head.row_span, head.header) == (2, True)


@pytest.mark.parametrize(
    ("font", "words", "encoding"),
    [(".VnTime", "Bé C«ng an ViÖt Nam", "TCVN3"), ("VNI-Times", "Boä Coâng an Vieät Nam", "VNI")],
)
def test_letters_of_old_vietnamese_fonts_become_unicode(read: Read, font: str, words: str, encoding: str) -> None:
    """By the name of the font, also where a letter and its mark lie in two runs; capitals by a font of capitals."""
    face = f'<w:rFonts w:ascii="{font}"/>'
    body = f"<w:p>{run(words[:7], face)}{run(words[7:], face)}</w:p>"
    file = read(documents.word_of(body), "a.docx")
    assert (file.text, file.encoding) == ("Bộ Công an Việt Nam", encoding)
    if encoding == "TCVN3":
        capitals = documents.word_of(f"<w:p>{run(words, face.replace('Time', 'TimeH'))}</w:p>")
        assert read(capitals, "a.docx").text == "BỘ CÔNG AN VIỆT NAM"


STYLE = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="1"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="–"/></text:list-style>'
)


def item(words: str, inside: str = "") -> str:
    return f"<text:list-item><text:p>{words}</text:p>{inside}</text:list-item>"


NESTED = f"<text:list text:style-name='L'>{item('un', '<text:list>' + item('a') + '</text:list>')}</text:list>"


def test_an_odt_counts_its_lists_and_keeps_the_accepted_text(read: Read) -> None:
    """Nested lists, a list that goes on, what was deleted apart, a note, a span of a table."""
    deepest = f"<text:list>{item('sous-point')}</text:list>"
    inner = f"<text:list>{item('premier', deepest)}{item('second')}</text:list>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>supprimé</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h text:outline-level='2'>Activités</text:h>"
        f"<text:list text:style-name='L'>{item('un', inner)}"
        f"{item('deux')}</text:list><text:p>Suite<text:note><text:note-citation>*</text:note-citation><text:note-body>"
        "<text:p>Sous réserve</text:p></text:note-body></text:note> et<text:s text:c='2'/>fin</text:p>"
        f"<text:list text:style-name='L' text:continue-numbering='true'>{item('trois')}</text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        "<text:p>Titre</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    tree = read(office.odt_of(body, styles=STYLE), "a.odt").tree
    assert lines(tree) == [
        ("", "Activités", 0), ("1.", "un", 0), ("a)", "premier", 1), ("–", "sous-point", 2), ("b)", "second", 1),
        ("2.", "deux", 0), ("", "Suite et  fin", 0), ("3.", "trois", 0),
    ]  # fmt: skip
    assert next(tree.paragraphs).heading == 2
    assert grid(next(tree.tables)) == [["Titre", None], ["a", "b"]]
    assert [(note.marker, note.text) for note in tree.notes] == [("*", "Sous réserve")]


def test_a_spreadsheet_shows_what_a_person_sees(read: Read) -> None:
    """Days as ISO has them, numbers by their formats, results of formulas; what is hidden is left out and said."""
    third = (
        '<c r="A3" s="1"><v>45638</v></c><c r="B3" s="2"><v>0.5</v></c><c r="C3" s="3"><v>1234567.5</v></c>'
        '<c r="D3"><f>SUM(1)</f><v>7</v></c><c r="E3"><v>0.1</v></c>'
    )
    fourth = (
        '<c r="A4" s="4"><v>45638</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="e"><v>#N/A</v></c>'
        '<c r="D4"><f>1+1</f></c><c r="E4" s="5"><v>-3</v></c>'
    )
    texts = [f'<c r="{letter}2" t="inlineStr"><is><t>{letter}</t></is></c>' for letter in "ABCDE"]
    body = (
        '<sheetViews><sheetView><pane ySplit="2" state="frozen"/></sheetView></sheetViews>'
        '<cols><col min="6" max="6" hidden="1"/></cols><sheetData>'
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>Plan 2025</t></is></c></row><row r="2">{"".join(texts)}'
        f'</row><row r="3">{third}<c r="F3"><v>9</v></c></row><row r="4">{fourth}</row><row r="6">'
        '<c r="A6" t="inlineStr"><is><t>Total</t></is></c><c r="E6"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A6:D6"/></mergeCells>'
    )
    formats = ["dd/mm/yyyy", "0%", "#,##0.00", "mmm yyyy", '0 "agents";(0)']
    file = read(
        office.xlsx_of({"Plan": body, "Budget": office.sheet_data([["secret"]])}, hidden=["Budget"], formats=formats),
        "a.xlsx",
    )
    tree = file.tree
    assert [line.text for line in tree.paragraphs] == ["Plan 2025"]
    assert grid(next(tree.tables)) == [
        list("ABCDE"),
        ["2024-12-12", "50%", "1,234,567.50", "7", "0.1"],
        ["2024-12", "TRUE", "#N/A", "", "(3)"],
        ["Total", None, None, None, "1"],
    ]
    assert all(cell.header for cell in next(tree.tables).rows[0] if cell)
    assert tree.left_out == (
        "formulas without a saved result: D4",
        "hidden rows or columns: Plan",
        "hidden sheet: Budget",
    ) or set(tree.left_out) == {
        "formulas without a saved result: D4",
        "hidden rows or columns: Plan",
        "hidden sheet: Budget",
    }
    assert "secret" not in file.text


def test_windows_separators_in_a_package_are_read(read: Read) -> None:
    """Some programs of Windows part the folders inside a ZIP by backslashes."""
    parts = {"[Content_Types].xml": "<T/>"}
    with zipfile.ZipFile(io.BytesIO(documents.word(TITLE, [LONG]))) as package:
        data = office.zip_of(parts | {name.replace("/", "\\"): package.read(name) for name in package.namelist()})
    assert read(data, "a.docx").text == f"{TITLE}\n{LONG}"


def typeset(body: str, settings: str = "") -> bytes:
    return bytes(typst.compile(f"#set text(size: 10pt)\n{settings}\n{body}".encode()))


ROWS = [["N°", "Activité", "Responsable", "Délai"]] + [
    [str(number), f"{LONG}, activité {number}", "Direction de la police", f"juin {2000 + number}"]
    for number in range(1, 13)
]


@pytest.mark.parametrize("stroke", ["", "stroke: none, row-gutter: 6pt,"], ids=["with lines", "without lines"])
def test_a_table_of_a_pdf_is_recovered_over_pages(read: Read, stroke: str) -> None:
    """Lines of a cell are one text, the head stands once, what is printed on every page is gone."""
    cells = ",".join(f"[{cell}]" for row in ROWS[1:] for cell in row)
    head = ",".join(f"[{cell}]" for cell in ROWS[0])
    body = f"{TITLE}\n\n#table(columns: (1cm, 6cm, 4cm, 3cm), {stroke} table.header({head}), {cells})\nFait à Hanoï."
    file = read(
        typeset(body, '#set page(width: 18cm, height: 9cm, header: [Diffusion restreinte], numbering: "1 / 1")'),
        "a.pdf",
    )
    found = [row for table in file.tree.tables for row in grid(table)]
    assert found == ROWS
    assert [line.text for line in file.tree.paragraphs] == [TITLE, "Fait à Hanoï."]


@pytest.mark.parametrize(
    "settings", ["#set page(columns: 2, width: 17cm, height: 8cm)", "#set page(columns: 3, width: 24cm)"]
)
def test_columns_of_a_pdf_are_read_one_by_one(read: Read, settings: str) -> None:
    """Whatever stands beside what, a column is read to its foot before the next."""
    words = [f"{number}{LONG.lower()} selon la décision {number}." for number in range(30, 42)]
    file = read(typeset("\n\n".join(words), settings), "a.pdf")
    assert re.sub(r"\s+", " ", file.text) == " ".join(words)


def test_points_of_a_pdf_are_no_table(read: Read) -> None:
    """A number with its text beside it is a point, over two lines as well."""
    tree = read(typeset(f"+ {LONG} {LONG}\n+ Court\n  - {LONG} {LONG}\n+ Fin"), "a.pdf").tree
    assert [line.marker for line in tree.paragraphs] == ["1.", "2.", "•", "3."]
    assert not list(tree.tables)


def test_a_page_keeps_its_lists_and_tables(read: Read) -> None:
    """Lists with their depths, spans of tables; captions, tags, related articles and menus of a saved page are gone."""
    page = f"""<html><head><title>{TITLE}</title></head><body><div id="menu"><a href="/">Accueil</a> <a href="/m">Monde
    </a></div><div class="main"><h1>{TITLE}</h1><p>{LONG}.</p><figure><img src="a.jpg"><figcaption>Photo : Agence
    Exemple</figcaption></figure><div class="photo-caption">Les ministres lors de la signature</div>
    <ul><li>{LONG}<ul><li>sous-point de la coopération</li></ul></li><li>formation des agents</li></ul>
    <table><tr><th rowspan="2">Domaine</th><th colspan="2">Services</th></tr><tr><td>Vietnam</td><td>Laos</td></tr>
    <tr><td>Drogue</td><td>Police</td><td>Douane</td></tr></table>
    <p>{LONG}, a déclaré le ministre.</p></div><div class="related-posts"><h3>À lire aussi</h3><p>Le Japon et le Chili
    signent un traité</p></div><div class="tags"><a href="/t">Sécurité</a></div></body></html>"""
    tree = read(page.encode(), "a.html").tree
    assert [line for line in lines(tree) if line[0]] == [
        ("-", LONG, 0), ("-", "sous-point de la coopération", 1), ("-", "formation des agents", 0)
    ]  # fmt: skip
    assert grid(next(tree.tables)) == [
        ["Domaine", "Services", None],
        [None, "Vietnam", "Laos"],
        ["Drogue", "Police", "Douane"],
    ]
    for words in ("Photo", "Accueil", "signature", "Japon", "lire aussi"):
        assert words not in tree.text


def test_a_mail_gives_its_words_and_each_attachment(read: Read) -> None:
    """Attachments are documents of their own; a mail within a mail too; a picture is named as not read."""
    inner = office.mail(f"{LONG} (transmis).")
    message = office.mail("Bonjour,\n\n> Veuillez trouver le plan.", html="<p>Bonjour</p>", attached={
        "plan.docx": documents.word(TITLE, [LONG]), "photo.png": b"\x89PNG\r\n\x1a\n\x00",
    })  # fmt: skip
    message.add_attachment(inner)
    tree = read(message.as_bytes(), "a.eml").tree
    assert tree.text == "Bonjour,\nVeuillez trouver le plan."
    assert [(part.title, part.text) for part in tree.parts] == [
        ("plan.docx", f"{TITLE}\n{LONG}"), ("Communiqué", f"{LONG} (transmis).")
    ]  # fmt: skip
    assert tree.left_out == ("attachment that was not read: photo.png",)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1258"])
def test_a_mail_is_decoded_by_what_it_states(read: Read, charset: str) -> None:
    """The encoding of the part counts."""
    assert read(office.mail("Hanoï, le ministre a signé", charset=charset).as_bytes(), "a").text.startswith("Hanoï, le")


def test_a_mail_without_words_has_those_of_its_attachment(read: Read) -> None:
    """What somebody forwards without a word is read."""
    message = office.mail(" ", attached={"plan.txt": LONG.encode()})
    assert read(message.as_bytes(), "a.eml").text == LONG


def sealed(kind: str, **params: str) -> bytes:
    message = EmailMessage()
    message["From"], message["MIME-Version"] = "a@example.org", "1.0"
    message.add_header("Content-Type", kind, **params)
    return message.as_bytes() + b"\nMIIB\n"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (office.mail("").as_bytes(), NoTextInside),
        (sealed("application/pkcs7-mime", **{"smime-type": "signed-data"}), FormatNotRead),
        (sealed("application/pkcs7-mime", **{"smime-type": "enveloped-data"}), EncryptedFile),
    ],
    ids=["empty", "inside a signature", "encrypted"],
)
def test_a_mail_that_cannot_be_read_is_refused_by_name(read: Read, data: bytes, error: type[Exception]) -> None:
    """An empty, a sealed and an encrypted mail have each their line."""
    with pytest.raises(error):
        read(data, "a.eml")


def test_a_page_saved_in_one_file_is_read(read: Read) -> None:
    """The article of an MHTML, as of the page itself."""
    page = documents.page(TITLE, [f"{LONG}.", f"{LONG} à Hanoï."])
    message = EmailMessage()
    message["From"], message["Snapshot-Content-Location"] = "<Saved by Blink>", "https://example.org/a"
    message.set_content(page, subtype="html")
    message.add_related(b"\x89PNG", "image", "png")
    assert read(message.as_bytes(), "a.mhtml").text.split("\n") == [TITLE, f"{LONG}.", f"{LONG} à Hanoï."]


def test_rtf_gives_lists_tables_and_notes(read: Read) -> None:
    """Marks of lists as the file states them, cells by their edges, notes apart, no deleted or hidden words."""
    body = (
        "{\\listtext 1.\\tab}\\ilvl0 Premier\\'e9{\\deleted supprim\\'e9}{\\v cach\\'e9}\\par\\pard "
        "{\\pntext\\f1\\'b7\\tab}Second{\\footnote {Sous r\\'e9serve}}\\par\\pard Suite \\'c9tat "
        "{\\*\\unknown x}\\par\n"
        "\\trowd\\cellx1000\\cellx3000\\cellx5000\\intbl A\\cell B\\cell C\\cell\\row\n"
        "\\trowd\\cellx1000\\cellx5000\\intbl d\\cell e\\par f\\cell\\row\\pard Fin\\par"
    )
    tree = read(office.rtf_of(body), "a.rtf").tree
    assert [line[:2] for line in lines(tree)] == [("1.", "Premieré"), ("•", "Second"), ("", "Suite État"), ("", "Fin")]
    assert grid(next(tree.tables)) == [["A", "B", "C"], ["d", "e\nf", None]]
    assert [note.text for note in tree.notes] == ["Sous réserve"]


WRITTEN = {
    "DOCX": word_of(point("A", 0) + point("B", 1) + point("C", 0, 2) + f"<w:p>{run('1. typed')}</w:p>"),
    "ODT": office.odt_of(NESTED, styles=STYLE),
    "XLSX": office.xlsx([["Plan 2025"], ["a", "b", "c"], ["", "d", ""], ["e", "", "f"], ["Fait à Hanoï"]]),
    "PDF": typeset(
        "#table(columns: 3, table.cell(rowspan: 2)[Axe], table.cell(colspan: 2)[Pilotes], [A], [B], [1],"
        "[deux\\ lignes], [-])\n+ un\n+ deux"
    ),
    "HTML": documents.page(
        TITLE,
        [LONG, f"{LONG} encore"],
        body="<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>"
        "<ol><li>premier point</li><li>second point</li></ol>",
    ).encode(),
    "text": f"{TITLE}\nArticle 1. Objet\n1. {LONG}\na) un\nb) deux\n- tiret".encode(),
}


@pytest.mark.parametrize("data", WRITTEN.values(), ids=WRITTEN)
def test_a_tree_written_as_docx_is_read_back_the_same(read: Read, data: bytes) -> None:
    """Paragraphs, markers, depths, headings, tables with spans, notes and offsets."""
    tree = read(data, "a.bin").tree
    again = read(write_docx(tree), "b.docx").tree
    assert again.blocks == tree.blocks
    assert (again.text, again.notes) == (tree.text, tree.notes)

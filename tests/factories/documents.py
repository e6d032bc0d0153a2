"""Files as people have them: texts in old encodings, pages, PDF and DOCX, good and bad; made when a test runs."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from html import escape

import docx
import pypdf
import typst

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def in_windows_1258(text: str) -> bytes:
    """Return Vietnamese text as Windows-1258 has it: the letter with its hat or horn, then the tone."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces: list[str] = []
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        tone = "".join(part for part in parts if part in tones)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        try:
            unicodedata.normalize("NFC", letter + tone).encode("cp1258")
        except UnicodeEncodeError:
            pieces.append(letter + tone)
        else:
            pieces.append(unicodedata.normalize("NFC", letter + tone))
    return "".join(pieces).encode("cp1258")


def page(title: str, paragraphs: Sequence[str], *, head: str = "", body: str = "") -> str:
    """Return an article as a newspaper's site shows it: menu, teasers, comments, scripts and a foot around it."""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="fr"><head><title>{escape(title)} | Le Courrier</title>{head}
<script>var teaser = "<p>La France et le Maroc ont signé un accord le 3 mai 2019.</p>";</script>
<style>p {{ margin: 0 }}</style></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/politique">Politique</a></li>
<li><a href="/rss">RSS</a></li></ul></nav>
<main><article><h1>{escape(title)}</h1>{text}{body}</article>
<aside class="related"><h3>À lire aussi</h3><ul>
<li><a href="/1">Le Vietnam et Cuba signent un mémorandum sur la cybersécurité à La Havane</a></li>
<li><a href="/2">La 5e conférence entre l'Algérie et le Tchad s'est tenue le 3 mars 2024</a></li></ul></aside>
<section id="comments" class="comments"><h2>Commentaires</h2><div class="comment"><p>Jean : le Japon et le Chili ont
signé un traité d'extradition le 4 mai 2023 à Tokyo, personne n'en parle.</p></div></section></main>
<footer><p>© 2025 Le Courrier. Tous droits réservés.</p></footer></body></html>"""


def pdf(title: str, paragraphs: Sequence[str], *, settings: str = "", language: str = "fr") -> bytes:
    """Return a typeset PDF with a running head, page numbers and justified, hyphenated paragraphs."""
    source = [
        f'#set text(lang: "{language}", hyphenate: true)',
        "#set smartquote(enabled: false)",
        "#set par(justify: true)",
        '#set page(width: 14cm, height: 11cm, header: [Bulletin officiel], numbering: "1 / 1")',
        settings,
        *([f"= {_as_typst(title)}"] if title else []),
    ]
    return bytes(typst.compile("\n\n".join([*source, *map(_as_typst, paragraphs)]).encode()))


def _as_typst(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{escaped}"'


def picture_pdf() -> bytes:
    """Return a PDF whose pages show shapes only."""
    return bytes(typst.compile(b"#rect(width: 4cm, height: 4cm, fill: red)\n#pagebreak()\n#circle(radius: 1cm)"))


def encrypted_pdf(data: bytes, password: str) -> bytes:
    """Return the PDF `data` encrypted; with an empty password anybody's program opens it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    return _written(writer)


def pdf_of_pages(count: int) -> bytes:
    """Return a PDF of empty pages."""
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    return _written(writer)


def _written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(title: str, paragraphs: Sequence[str], *, table: Sequence[Sequence[str]] = ()) -> bytes:
    """Return a DOCX with a heading, paragraphs and then a table."""
    document = docx.Document()
    if title:
        document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(body: str, *, main_type: str = f"{WORD}.document.main+xml") -> bytes:
    """Return a DOCX whose body is the XML `body`, with the prefixes w, mc, wps and v."""
    return repacked(
        word("", ["x"]),
        {
            "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?><w:document '
            'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            f'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>'
        },
        types={f"{WORD}.document.main+xml": main_type},
    )


def repacked(data: bytes, parts: dict[str, str | bytes], types: dict[str, str] | None = None) -> bytes:
    """Return the ZIP `data` with `parts` added or put in place of its own, and content types replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                content = old.read(name)
                if name == "[Content_Types].xml":
                    for before, after in (types or {}).items():
                        content = content.replace(before.encode(), after.encode())
                new.writestr(name, content)
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def zip_bomb(megabytes: int = 200) -> bytes:
    """Return a DOCX with a part that unpacks to `megabytes` of zeros, as its table of contents says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        with zipfile.ZipFile(io.BytesIO(word("", ["x"]))) as small:
            for name in small.namelist():
                package.writestr(name, small.read(name))
        with package.open("word/media/image1.bin", "w") as part:
            for _ in range(megabytes):
                part.write(bytes(2**20))
    return out.getvalue()


def lying_zip_bomb(megabytes: int = 200) -> bytes:
    """Return a zip bomb whose table of contents declares a few bytes for the large part."""
    bomb = bytearray(zip_bomb(megabytes))
    declared = (megabytes * 2**20).to_bytes(4, "little")
    while (at := bomb.find(declared)) >= 0:
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(bomb)


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF of `objects`, the first its catalogue, with a true table of where they are."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    return out + head + table + end


def pdf_bomb(megabytes: int = 200) -> bytes:
    """Return a PDF whose page unpacks to `megabytes` of blanks."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources%s>>" % font
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream)


def pdf_in_a_circle() -> bytes:
    """Return a PDF whose tree of pages is its own child."""
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")

"""Files of other programs, made when a test runs: ODT, XLSX, RTF, e-mails."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{prefix}="{ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
    }.items()
)
_SHEETS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def odt_of(body: str, *, styles: str = "", kind: str = "text") -> bytes:
    """Return an ODT whose text is the XML `body` (prefixes text, table, office, style, draw), with list styles."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    return zip_of({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def odt(paragraphs: Sequence[str]) -> bytes:
    """Return an ODT of paragraphs."""
    return odt_of("".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs))


def xlsx_of(sheets: Mapping[str, str], *, hidden: Sequence[str] = (), formats: Sequence[str] = ()) -> bytes:
    """Return an XLSX: by the name of each sheet the XML inside it; a cell names its format by number, from 1."""
    numbers = "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{escape(code)}"/>' for at, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{170 + at}"/>' for at in range(len(formats)))
    states = [' state="hidden"' if name in hidden else "" for name in sheets]
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="r{at}"{state}/>'
        for at, (name, state) in enumerate(zip(sheets, states, strict=True), 1)
    )
    relations = "".join(
        f'<Relationship Id="r{at}" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(sheets) + 1)
    )
    return zip_of(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<workbook {_SHEETS} {_RELATIONS}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            "xl/styles.xml": f"<styleSheet {_SHEETS}><numFmts>{numbers}</numFmts>"
            f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
            **{
                f"xl/worksheets/sheet{at}.xml": f"<worksheet {_SHEETS}>{inside}</worksheet>"
                for at, inside in enumerate(sheets.values(), 1)
            },
        }
    )


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """Return an XLSX of one sheet with texts."""
    return xlsx_of({"Plan": sheet_data(rows)})


def sheet_data(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows of a sheet as its XML has them."""
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else "<c/>" for cell in row)
        for row in rows
    )
    return "<sheetData>" + "".join(f"<row>{row}</row>" for row in cells) + "</sheetData>"


def rtf(paragraphs: Sequence[str]) -> bytes:
    """Return an RTF of paragraphs, letters beyond ASCII by their numbers."""
    return rtf_of("\n".join(f"{_as_rtf(paragraph)}\\par" for paragraph in paragraphs))


def rtf_of(body: str) -> bytes:
    """Return an RTF with `body`."""
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}\n" + body + "}").encode("ascii")


def _as_rtf(text: str) -> str:
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return "".join(
        f"\\u{code - 65536 if code > 32767 else code}?"
        if code > 126
        else ("\\" + chr(code) if chr(code) in "{}\\" else chr(code))
        for code in codes
    )


def mail(
    text: str, *, charset: str = "utf-8", html: str = "", attached: Mapping[str, bytes] | None = None
) -> EmailMessage:
    """Return a mail with a plain text, an HTML beside it, and what is attached by its name."""
    message = EmailMessage()
    message["From"], message["To"] = "secretariat@example.org", "bureau@example.org"
    message["Subject"], message["Message-ID"] = "Communiqué", "<1@example.org>"
    message.set_content(text, charset=charset)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message

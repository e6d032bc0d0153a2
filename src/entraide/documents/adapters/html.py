"""HTML into text: the article with its title and the date that the page states; never rendered, nothing is fetched.

Navigation, teasers, comments, scripts and styles are left out (trafilatura). What comes out is text: a tag that the
page shows as words stays words, and whoever shows the text escapes it.
"""

import re

import trafilatura
from lxml import html as lxml_html  # type: ignore[import-untyped]

from entraide.documents.adapters.encodings import decode_page
from entraide.documents.adapters.extracting import Extract
from entraide.documents.domain.errors import DamagedFile, NoTextInside
from entraide.documents.domain.tidying import tidy
from entraide.documents.domain.tree import read_lines

_STATED_DATE = {"original_date": True, "extensive_search": False}
"""The date of the first publication, where the page states it: a day from the article's words is none."""
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d\Z")
_LEFT_OUT = "//script|//style|//noscript|//template|//nav|//header|//footer|//aside|//form|//svg|//iframe|//comment()"
_PARTS = "//h1|//h2|//h3|//h4|//p|//li|//td|//th|//blockquote|//pre"


def _article(page: str) -> tuple[str, str, str]:
    """Return title, date and text of the page's article, empty where there is none."""
    article = trafilatura.bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params=_STATED_DATE
    )
    if article is None:
        return "", "", ""
    found = article if isinstance(article, dict) else article.as_dict()
    title, date, text = (str(found.get(name) or "").strip() for name in ("title", "date", "text"))
    return title, date, text


def extract_html(data: bytes, file: str, _longest: int) -> Extract:
    """Return the article of a page: `date 2025-01-13` where the page states it, the title, then a line per paragraph.

    Raises `DamagedFile`, `NoTextInside`, and what `decode_page` raises.
    """
    page, encoding = decode_page(data, file)
    if not page.strip():
        raise NoTextInside(file=file, format="HTML")
    # A declaration of the encoding would be taken for that of the text, which is decoded already.
    page = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", page)
    title, date, body = _article(page)
    body = tidy("\n".join(_cells_as_lines(line) for line in tidy(body or _all_paragraphs(page, file)).split("\n")))
    if not any(character.isalpha() for character in body):
        raise NoTextInside(file=file, format="HTML")
    lines = [f"date {date}"] if _ISO_DAY.match(date) else []
    title = tidy(title).replace("\n", " ")
    if title and _bare(title) not in [_bare(line) for line in body.split("\n", 3)[:3]]:
        lines.append(title)
    return Extract(read_lines("\n".join([*lines, body]), media_type="text/html"), encoding)


def _cells_as_lines(line: str) -> str:
    """Return a row of a table (`| Lieu | Hanoï |`) as a DOCX gives it, a cell to a line; the rule below a head goes."""
    if not (line.startswith("|") and line.endswith("|")):
        return line
    return "\n".join(cell.strip() for cell in line.split("|") if cell.strip("-: "))


def _bare(line: str) -> str:
    return " ".join(line.casefold().split()).strip(" -–—#")


def _all_paragraphs(page: str, file: str) -> str:
    """Return the paragraphs of a page in which no article is found: a short notice, or a page of a table."""
    try:
        tree = lxml_html.document_fromstring(page)
    except Exception as error:  # lxml has several, and some are bare ValueErrors
        raise DamagedFile(file=file, format="HTML") from error
    for element in tree.xpath(_LEFT_OUT):
        element.drop_tree()
    parts = [" ".join(element.text_content().split()) for element in tree.xpath(_PARTS)]
    return "\n".join(part for part in dict.fromkeys(parts) if part) or " ".join(tree.text_content().split())

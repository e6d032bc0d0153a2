"""HTML into a tree: the article with its title and the date that the page states; never rendered, nothing is fetched.

Navigation, captions, teasers, tags, comments, scripts and styles are left out (trafilatura, and names that sites give
to such parts). What comes out is text: a tag that the page shows as words stays words, and whoever shows the text
escapes it.
"""

import re
from collections.abc import Iterator

import trafilatura
from lxml import html as lxml_html  # type: ignore[import-untyped]
from trafilatura.settings import Document

from entraide.documents.adapters.encodings import Decoded, decode_page
from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.html_blocks import Element, add_blocks, draft_of, rows_of
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.building import CellDraft, TreeBuilder
from entraide.documents.domain.errors import DamagedFile, NoTextInside
from entraide.documents.domain.tidying import tidy

_STATED_DATE = {"original_date": True, "extensive_search": False}
"""The date of the first publication, where the page states it: a day from the article's words is none."""
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d\Z")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_LEFT_OUT = "//script|//style|//noscript|//template|//nav|//header|//footer|//aside|//form|//svg|//iframe|//comment()"
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:captions?|figcaption|legende|chuthich|credits?|copyright|breadcrumbs?|fil-?ariane|share|sharing|social"
    r"|partage|related|relatednews|recommended|lienquan|tinlienquan|tinkhac|readmore|read-also|lire-aussi|a-lire|teasers?"
    r"|tags?|taglist|keywords|tukhoa|newsletter|comments?|binhluan|sidebar|menu|navbar|nav|topnav|most-?read|popular)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_BESIDE = 0.3
_A_PARAGRAPH = 120


def extract_html(data: bytes, file: str, _longest: int) -> Extract:
    """Return the article of a page: `date 2025-01-13` where the page states it, the title, then its paragraphs.

    Raises `DamagedFile`, `NoTextInside`, and what `decode_page` raises.
    """
    return extract_page(decode_page(data, file), file, Format.HTML)


def extract_page(decoded: Decoded, file: str, form: Format) -> Extract:
    """Return the article of a page that is decoded already; raises `DamagedFile`, `NoTextInside`."""
    # A declaration of the encoding would be taken for that of the text, which is decoded already.
    page = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", decoded.text)
    if not page.strip():
        raise NoTextInside(file=file, format=form.value)
    root = parse_page(page, file)
    for element in list(_beside(root)):
        element.drop_tree()
    article = trafilatura.bare_extraction(
        lxml_html.tostring(root, encoding="unicode"),
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_STATED_DATE,
        as_dict=False,
    )
    builder = TreeBuilder()
    if isinstance(article, Document) and tidy(article.text or ""):
        _Article(builder, root).read(article.body)
    else:
        _add_everything(builder, root)
    if not any(character.isalpha() for character in builder.plain()):
        raise NoTextInside(file=file, format=form.value)
    _put_stated(builder, article)
    tree = builder.build(form.media_type)
    return Extract(tree, builder.encoding or decoded.encoding)


def _put_stated(builder: TreeBuilder, article: object) -> None:
    """Put the date and the title that the page states before all, the title unless it stands there already."""
    date, title = _stated(article)
    first = builder.plain().split("\n", 3)[:3]
    if title and _bare(title) not in map(_bare, first):
        builder.put_before(title, heading=1)
    if date:
        builder.put_before(f"date {date}")


def _stated(article: object) -> tuple[str, str]:
    """Return the date, as an ISO day, and the title that the page states, empty where there is none."""
    if not isinstance(article, Document):
        return "", ""
    date, title = str(article.date or "").strip(), tidy(str(article.title or "")).replace("\n", " ")
    return date if _ISO_DAY.match(date) else "", title


def parse_page(page: str, file: str) -> Element:
    """Return the root of a page; raises `DamagedFile`."""
    try:
        return lxml_html.document_fromstring(page)
    except Exception as error:  # lxml has several, and some are bare ValueErrors
        raise DamagedFile(file=file, format="HTML") from error


def _beside(root: Element) -> Iterator[Element]:
    """Yield what stands beside an article by the names that the site gives it, unless it holds much of the page."""
    body = root.find("body")
    if body is None:
        return
    most = _MOST_BESIDE * len(body.text_content())
    for element in body.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        named = element.tag == "figcaption" or _BESIDE.search(f"{element.get('class', '')} {element.get('id', '')}")
        if named and element.tag not in {"article", "main", "body"} and not _holds_an_article(element, most):
            yield element


def _holds_an_article(element: Element, most: float) -> bool:
    own = len(element.text_content())
    long = sum(len(one.text_content()) > _A_PARAGRAPH for one in element.iter("p"))
    linked = sum(len(one.text_content()) for one in element.iter("a"))
    return own > most or (long > 1 and linked < own / 2)


class _Article:
    """Goes through what trafilatura keeps of a page, in its own small set of tags."""

    def __init__(self, builder: TreeBuilder, root: Element) -> None:
        self._builder = builder
        self._tables = [(_words_of(table), table) for table in root.iter("table")]

    def read(self, body: Element) -> None:
        """Add all of `body`."""
        for child in body:
            if child.tag == "table":
                self._table(child)
            elif child.tag == "list":
                self._list(child, 0)
            elif child.tag == "div" or any(one.tag in {"p", "list", "table"} for one in child):
                self._words(child.text or "")
                self.read(child)
            else:
                self._lines(child, heading=_level(child))
            self._words(child.tail or "")

    def _words(self, text: str, heading: int = 0) -> None:
        self._builder.add_paragraph(_BLANKS.sub(" ", text), heading=heading)

    def _lines(self, element: Element, heading: int = 0) -> None:
        for line in _lines_of(element):
            self._words(line, heading)

    def _list(self, element: Element, depth: int) -> None:
        number = 0
        for item in element:
            if item.tag != "item":
                self._lines(item)
                continue
            number += 1
            marker = f"{number}." if element.get("rend") == "ol" else "-"
            for line in filter(None, (_BLANKS.sub(" ", line).strip() for line in _lines_of(item, without="list"))):
                lead = f"{marker} " if marker else ""
                self._builder.add_paragraph(line, marker=marker, depth=depth, lead=lead, typed=False)
                marker = ""
            for inner in item.iter("list"):
                if next(inner.iterancestors("list")) is element:
                    self._list(inner, depth + 1)

    def _table(self, element: Element) -> None:
        words = _words_of(element)
        original = next((table for own, table in self._tables if words and own == words), None)
        if original is not None:
            rows = [[draft_of(cell) for cell in row] for row in rows_of(original)]
            caption = original.find("caption")
            title = " ".join(caption.text_content().split()) if caption is not None else ""
        else:
            title = ""
            rows = [
                [CellDraft("\n".join(_lines_of(cell)), header=cell.get("role") == "head") for cell in row]
                for row in element.iter("row")
            ]
        self._builder.add_table(rows, title=title)


def _level(element: Element) -> int:
    """Return the level of a heading, 0 for anything else."""
    level = str(element.get("rend", "h2"))[-1:]
    return (int(level) if level in set("123456") else 2) if element.tag == "head" else 0


def _words_of(table: Element) -> str:
    return "".join("".join(table.itertext()).split())


def _lines_of(element: Element, without: str = "") -> list[str]:
    """Return the words below `element`, parted where the page breaks a line, without those in elements `without`."""
    pieces: list[str] = []

    def gather(one: Element) -> None:
        pieces.append(_BLANKS.sub(" ", one.text or ""))
        for child in one:
            if child.tag in {"lb", "p", "item", "row", "cell"}:
                pieces.append("\n")
            if child.tag != without:
                gather(child)
            pieces.append(_BLANKS.sub(" ", child.tail or ""))

    gather(element)
    return "".join(pieces).split("\n")


def _bare(line: str) -> str:
    return " ".join(line.casefold().split()).strip(" -–—#")


def _add_everything(builder: TreeBuilder, root: Element) -> None:
    """Add all of a page in which no article is found: a short notice, or a page of a table."""
    for element in root.xpath(_LEFT_OUT):
        element.drop_tree()
    add_blocks(builder, root)

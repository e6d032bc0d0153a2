"""What a feed says: its entries, in Atom (RFC 4287), RSS 2.0 or RSS 1.0. Pure, and strict.

A feed is data from outside. It is parsed by expat alone: no entity is declared or expanded, nothing outside is opened,
and the depth and number of elements are bounded. What is no well-formed XML is refused with its line (ADR 36).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from entraide.communiques.domain.errors import NoFeed
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.kernel.text import N_

DEEPEST: Final = 60
MOST_ELEMENTS: Final = 50_000
MOST_ENTRIES: Final = 200
"""Entries of a feed that are looked at, from its beginning: feeds begin with the newest."""
_ITEMS: Final = frozenset({"entry", "item"})
_ROOTS: Final = frozenset({"feed", "rss", "RDF"})
_ABOUT: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A report that a feed tells of: `id` as the feed gives it, else its link; `content` is HTML or text, if any."""

    id: str
    title: str
    link: str
    published: PartialDate | None
    content: str


def parse_feed(data: bytes, *, address: str) -> tuple[FeedEntry, ...]:
    """Return the entries of a feed in its order; links are completed from its `address`. Raises `NoFeed`."""
    root = _parse(data, address)
    if _local(root) not in _ROOTS:
        raise NoFeed(address=address, why=N_("it is neither Atom nor RSS"))
    found = []
    for item in root.iter():
        if _local(item) in _ITEMS and (entry := _entry(item, address)) is not None:
            found.append(entry)
            if len(found) == MOST_ENTRIES:
                break
    return tuple(found)


class _Bounded(Exception):
    """The document goes beyond what a feed may have."""


class _Builder:
    """Builds the tree of a document within bounds."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self._depth = self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise _Bounded
        self.tree.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Close it."""
        self._depth -= 1
        self.tree.end(tag)


def _parse(data: bytes, address: str) -> Element:
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.tree.data
    parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(data.lstrip(), True)
        return builder.tree.close()
    except _Bounded as error:
        raise NoFeed(address=address, why=N_("it declares entities or is larger than a feed may be")) from error
    except (expat.ExpatError, AssertionError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        raise NoFeed(address=address, why=N_("it is no well-formed XML"), line=line) from error


def _refuse(*_declared: object) -> int:
    raise _Bounded


def _local(element: Element) -> str:
    return element.tag.rpartition(" ")[2]


def _entry(item: Element, address: str) -> FeedEntry | None:
    """Return an entry, None where it says neither where its report is nor what it says."""
    texts = dict(_texts(item))
    link = _link(item, texts, address)
    content = _first(texts.get(name, "") for name in ("encoded", "content", "description", "summary"))
    own = _first((texts.get("id", ""), texts.get("guid", ""), item.get(_ABOUT, "").strip(), link))
    title = " ".join(texts.get("title", "").split())
    if not link and not content:
        return None
    return FeedEntry(own or f"{title} {content}"[:500], title[:500], link, _published(texts), content)


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _texts(item: Element) -> Iterator[tuple[str, str]]:
    """Yield the words of the elements of an entry, by local name; of several alike the first counts."""
    for child in reversed(list(item)):
        yield _local(child), "".join(child.itertext()).strip()


def _link(item: Element, texts: dict[str, str], address: str) -> str:
    """Return the address of the report on the web, empty where there is none."""
    written = _first(
        link.get("href", "") for link in _named(item, "link") if link.get("rel", "alternate") == "alternate"
    )
    permanent = all(guid.get("isPermaLink", "true") != "false" for guid in _named(item, "guid"))
    given = (written, texts.get("link", ""), texts.get("guid", "") if permanent else "")
    return _first(_of_web(one, address) for one in given if one)


def _named(item: Element, name: str) -> list[Element]:
    return [child for child in item if _local(child) == name]


def _of_web(given: str, address: str) -> str:
    try:
        found = urljoin(address, given.strip())
        parts = urlsplit(found)
    except ValueError:
        return ""
    fits = parts.scheme in {"http", "https"} and parts.hostname and len(found) <= 500 and found.isprintable()
    return found if fits else ""


def _published(texts: dict[str, str]) -> PartialDate | None:
    """Return the day on which an entry was published, as it stood where it was written."""
    for day in _days(texts.get(name, "") for name in ("published", "pubDate", "date", "issued", "updated")):
        return PartialDate(day.date().isoformat(), DateBasis.HEADER)
    return None


def _days(given: Iterable[str]) -> Iterator[datetime]:
    for text in given:
        for read in (datetime.fromisoformat, parsedate_to_datetime):
            try:
                yield read(text)
            except (TypeError, ValueError, IndexError):
                continue

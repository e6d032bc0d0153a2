"""Where the rows of an import are from: a source of the register, an address with its words, or the file itself.

Every fact that enters cites a passage. What a row quotes of an address that the register has no text of is kept as
what it is: extracts, as the person who imports them copied them.
"""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from entraide.access.api import Actor
from entraide.communiques.api import SourceText, cite_span, import_extract, index_source, list_texts_at
from entraide.communiques.domain.proposals import SourceKind
from entraide.kernel.node import Node
from entraide.reader.domain.language import detect_language
from entraide.tables.domain.difference import Cited, Place
from entraide.tables.domain.permalinks import id_of

LONGEST_FILE = 400_000
"""Characters of a file that is itself a source: those of any source."""
SEVERAL_LANGUAGES = "mul"
"""ISO 639-2 for a text in several languages, as a table is."""


class RowSources:
    """The sources of one import; `texts` are the files by name, `declared` what the person says that they are."""

    def __init__(self, node: Node, texts: Mapping[str, str], declared: SourceKind | None) -> None:
        self._node = node
        self._texts = texts
        self._declared = declared
        self._known: dict[str, tuple[SourceText, ...]] = {}

    def problem(self, cited: Cited, file: str) -> str:
        """Return the code of the refusal when the row's source cannot be cited, or an empty text."""
        if cited.by_file:
            if self._declared is None:
                return "source_missing"
            return "file_too_long_for_source" if len(self._texts.get(file, "")) > LONGEST_FILE else ""
        if not cited.passage:
            return "passage_missing"
        known = self._sources(cited)
        if cited.source and not known:
            return "no_such_source"
        if not known:
            return "" if cited.kind else "source_kind_missing"
        return "" if any(find_passage(source.text, cited.passage) for source in known) else "passage_not_found"

    def _sources(self, cited: Cited) -> tuple[SourceText, ...]:
        """Return the texts that the register has of a source's permalink, or of its address."""
        mark = cited.source or cited.url
        if mark not in self._known:
            self._known[mark] = list_texts_at(
                self._node, source_id=id_of(cited.source) if cited.source else None, url=mark
            )
        return self._known[mark]

    def enter(self, actor: Actor, rows: Iterable[tuple[Cited, Place]]) -> "EnteredSources":
        """Make the sources of these rows, within the running transaction, and return what their passages are."""
        entered = EnteredSources(self._node)
        extracts: dict[tuple[str, str], list[str]] = {}
        for cited, place in rows:
            if cited.by_file:
                if place.file not in entered.files and self._declared is not None:
                    text = self._texts[place.file]
                    entered.files[place.file] = import_extract(
                        self._node, actor, text, self._declared.value, name=place.file, language=SEVERAL_LANGUAGES
                    )
            elif known := self._sources(cited):
                entered.known[cited.source or cited.url] = known
            else:
                quotes = extracts.setdefault((cited.url, cited.kind), [])
                quotes.extend([cited.passage] if cited.passage not in quotes else [])
        for (url, kind), quotes in extracts.items():
            # The address stands in the text, so that the same words of two pages are two sources.
            text = "\n\n".join([url, *quotes])
            source = import_extract(
                self._node, actor, text, kind, name=url, url=url, language=detect_language("\n".join(quotes))
            )
            entered.known[url] = (*entered.known.get(url, ()), source)
        return entered


class EnteredSources:
    """The sources of an import that is being applied, and citations of their passages."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.files: dict[str, SourceText] = {}
        self.known: dict[str, tuple[SourceText, ...]] = {}
        self._used: set[UUID] = set()

    def cite(self, cited: Cited, place: Place, fact_kind: str, fact_id: UUID, fields: Iterable[str]) -> None:
        """Cite the row's passage for each field of a fact; what was cited for a field before was corrected."""
        source, start, end = self._passage(cited, place)
        self._used.add(source.summary.id)
        cite_span(
            self._node,
            fact_kind=fact_kind,
            fact_id=fact_id,
            fields=fields,
            source_id=source.summary.id,
            start=start,
            end=end,
        )

    def index(self) -> None:
        """Make the sources findable, once all is cited."""
        for source_id in sorted(self._used):
            index_source(source_id)

    def _passage(self, cited: Cited, place: Place) -> tuple[SourceText, int, int]:
        """Return the source of a row and where in its text the cited words stand."""
        if cited.by_file:
            source, start, end = self.files[place.file], place.start, place.end
            return source, start, start + len(source.text[start:end].rstrip("\r\n"))
        return next(
            (item, *span)
            for item in self.known[cited.source or cited.url]
            if (span := find_passage(item.text, cited.passage))
        )


def find_passage(text: str, words: str) -> tuple[int, int] | None:
    """Return where `words` stand in `text`, blanks and line breaks apart, or None."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return found.span() if found else None

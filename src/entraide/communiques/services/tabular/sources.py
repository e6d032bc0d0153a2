"""Where the rows of an import are from: a source of the register, an address with its words, or the file itself.

Every fact that enters cites a passage. What a row quotes of an address that the register has no text of is kept as
what it is: extracts, as the person who imports them copied them.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from entraide.access.api import Actor
from entraide.communiques.domain.proposals import SourceKind
from entraide.communiques.domain.reader.language import detect_language
from entraide.communiques.domain.tabular.difference import Cited, Place
from entraide.communiques.domain.tabular.permalinks import id_of
from entraide.communiques.models import Citation, Passage, Source
from entraide.communiques.services.finding import index_source
from entraide.journal.api import append_entry
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node

LONGEST_FILE = 400_000
"""Characters of a file that is itself a source: those of any source."""
SEVERAL_LANGUAGES = "mul"
"""ISO 639-2 for a text in several languages, as a table is."""


class RowSources:
    """The sources of one import; `texts` are the files by name, `declared` what the person says that they are."""

    def __init__(self, texts: Mapping[str, str], declared: SourceKind | None) -> None:
        self._texts = texts
        self._declared = declared
        self._known: dict[str, tuple[Source, ...]] = {}

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

    def _sources(self, cited: Cited) -> tuple[Source, ...]:
        """Return the texts that the register has of a source's permalink, or of its address."""
        mark = cited.source or cited.url
        if mark not in self._known:
            rows = Source.objects.filter(id=id_of(cited.source)) if cited.source else Source.objects.filter(url=mark)
            self._known[mark] = tuple(rows.order_by("-imported_at")[:10])
        return self._known[mark]

    def enter(self, node: Node, actor: Actor, rows: Iterable[tuple[Cited, Place]]) -> "EnteredSources":
        """Make the sources of these rows, within the running transaction, and return what their passages are."""
        entered = EnteredSources(node)
        extracts: dict[tuple[str, str], list[str]] = {}
        for cited, place in rows:
            if cited.by_file:
                if place.file not in entered.files and self._declared is not None:
                    text = self._texts[place.file]
                    entered.files[place.file] = _create(
                        node, actor, text, self._declared.value, name=place.file, language=SEVERAL_LANGUAGES
                    )
            elif known := self._sources(cited):
                entered.known[cited.source or cited.url] = known
            else:
                quotes = extracts.setdefault((cited.url, cited.kind), [])
                quotes.extend([cited.passage] if cited.passage not in quotes else [])
        for (url, kind), quotes in extracts.items():
            # The address stands in the text, so that the same words of two pages are two sources.
            text = "\n\n".join([url, *quotes])
            source = _create(node, actor, text, kind, name=url, url=url, language=detect_language("\n".join(quotes)))
            entered.known[url] = (*entered.known.get(url, ()), source)
        return entered


class EnteredSources:
    """The sources of an import that is being applied, and citations of their passages."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.files: dict[str, Source] = {}
        self.known: dict[str, tuple[Source, ...]] = {}
        self._used: dict[UUID, Source] = {}

    def cite(self, cited: Cited, place: Place, fact_kind: str, fact_id: UUID, fields: Iterable[str]) -> None:
        """Cite the row's passage for each field of a fact; what was cited for a field before was corrected."""
        passage = self._passage(cited, place)
        for field in dict.fromkeys(fields):
            earlier = Citation.objects.filter(fact_kind=fact_kind, fact_id=fact_id, field=field)
            earlier.exclude(passage=passage).update(corrected=True)
            Citation.objects.get_or_create(
                fact_kind=fact_kind,
                fact_id=fact_id,
                field=field,
                passage=passage,
                defaults={"id": new_uuid(self._node), "proposal": None},
            )

    def index(self) -> None:
        """Make the sources findable, once all is cited."""
        for source in self._used.values():
            index_source(source)

    def _passage(self, cited: Cited, place: Place) -> Passage:
        if cited.by_file:
            source, start, end = self.files[place.file], place.start, place.end
            end = start + len(source.text[start:end].rstrip("\r\n"))
        else:
            source, start, end = next(
                (item, *span)
                for item in self.known[cited.source or cited.url]
                if (span := find_passage(item.text, cited.passage))
            )
        self._used[source.id] = source
        passage, _ = Passage.objects.get_or_create(
            source=source,
            start=start,
            end=end,
            defaults={"id": new_uuid(self._node), "quote": source.text[start:end]},
        )
        return passage


def find_passage(text: str, words: str) -> tuple[int, int] | None:
    """Return where `words` stand in `text`, blanks and line breaks apart, or None."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return found.span() if found else None


def _create(node: Node, actor: Actor, text: str, kind: str, *, name: str, language: str, url: str = "") -> Source:
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = Source.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    source = Source.objects.create(
        id=new_uuid(node),
        sha256=digest,
        name=name[:200],
        kind=kind,
        language=language,
        title=name[:500],
        text=text,
        media_type="text/plain" if url else "text/csv",
        url=url,
        imported_by=actor.user_id,
        imported_at=node.clock.now(),
    )
    append_entry(
        node,
        kind="communiques.source_imported",
        subject=source.id,
        content={"sha256": digest, "kind": kind, "language": language, "proposals": 0},
        actor=actor.user_id,
    )
    return source

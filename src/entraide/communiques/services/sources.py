"""Importing a text: kept as it is, read once, its proposals stored; nothing enters the register."""

import hashlib
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.acts import DATED
from entraide.communiques.domain.errors import BadField, NoSuchSource, PublishedKnown, SourceTooLong, UnreadableSource
from entraide.communiques.domain.proposals import Draft, ProposalState, derive_proposals
from entraide.communiques.models import Passage, Proposal, Source
from entraide.communiques.selectors import SourceText, get_source
from entraide.directory.api import load_portfolios
from entraide.documents.api import FileText
from entraide.documents.domain.tree import read_lines
from entraide.journal.api import act, append_entry
from entraide.kernel.ids import SourceId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_
from entraide.programme.api import load_domains
from entraide.programme.domain.weights import SourceKind
from entraide.reader.api import ReadingReport, read_source, require_read_language
from entraide.reader.domain.clauses import is_stamp, title_from
from entraide.reader.domain.model import Evidence, Reading
from entraide.storage.api import transaction

LONGEST_TEXT = 400_000
"""Characters of a source; a communiqué has a few thousand."""
NOBODY = UUID(int=0)
"""Who imported what came by itself."""


def import_source(
    node: Node,
    *,
    actor: Actor,
    name: str,
    text: str,
    kind: SourceKind,
    publisher: str = "",
    url: str = "",
    published: PartialDate | None = None,
    file: FileText | None = None,
    sample: bool = False,
) -> SourceId:
    """Keep `text` as a source, read it, store its proposals, and return the source's id.

    The same text (SHA-256 of its UTF-8 bytes) is imported once: a second import returns the first source and proposes
    nothing again. Without `published` the date in the text's own header counts. Of the `file` from which the text was
    taken its media type and the SHA-256 of its bytes are kept beside the SHA-256 of the text. A `sample` is marked as
    sample data wherever it is shown. Where the node has an endpoint it is asked, except about samples, and the rules
    read what it does not; the source keeps how it was read. Raises `UnreadableSource`, `SourceTooLong`, `BadField` for
    an address that is none of the web, `LanguageNotRead`, `LanguageNotTold`, `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    return _take_in(
        node, actor.user_id, name=name, text=text, kind=kind, publisher=publisher, url=url, published=published,
        file=file, sample=sample,
    )[0]  # fmt: skip


def receive_source(
    node: Node,
    *,
    name: str,
    text: str,
    kind: SourceKind,
    publisher: str = "",
    url: str = "",
    published: PartialDate | None = None,
    file: FileText | None = None,
    came_from: str,
) -> tuple[SourceId, bool]:
    """Take in a text that came by itself from a watched place; return the source's id and whether it is new.

    Nobody imported it, otherwise it is as with `import_source`: its proposals wait for a person. Raises the errors of a
    text.
    """
    return _take_in(
        node, None, name=name, text=text, kind=kind, publisher=publisher, url=url, published=published, file=file,
        sample=False, came_from=came_from,
    )  # fmt: skip


def tell_published(node: Node, *, actor: Actor, source_id: SourceId, published: PartialDate) -> None:
    """Say when a source was published that does not say it itself; what is known stays as it is.

    Raises `NoSuchSource`, `PublishedKnown`, `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    with act(node, kind=DATED, by=actor.user_id, subject=source_id):
        source = Source.objects.select_for_update().filter(id=source_id).first()
        if source is None:
            raise NoSuchSource
        if source.published:
            raise PublishedKnown(published=source.published)
        source.published, source.published_basis = published.value, published.basis.value
        source.save(update_fields=["published", "published_basis"])
        content = {"published": source.published}
        append_entry(node, kind=DATED, subject=source.id, content=content, actor=actor.user_id)


def find_source(node: Node, text: str) -> SourceId | None:
    """Return the source that has exactly this text, None where there is none."""
    with node.active():
        return _known(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def _take_in(
    node: Node,
    imported_by: UUID | None,
    *,
    name: str,
    text: str,
    kind: SourceKind,
    publisher: str,
    url: str,
    published: PartialDate | None,
    file: FileText | None,
    sample: bool,
    came_from: str = "",
) -> tuple[SourceId, bool]:
    """Keep a text, read it and store its proposals; return its id, and whether it was not there before."""
    _check_text(text, name)
    require_read_language(text, file=name[:80])
    _check_url(url)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with node.active():
        if (known := _known(digest)) is not None:
            return known, False
    # Outside of the transaction, for it may take its time; samples are the program's own and need no model.
    endpoint = None if sample else node.settings.reader_endpoint
    tree = file.tree if file is not None and file.text == text else read_lines(text)
    report = read_source(text, name=name, endpoint=endpoint, domains=load_domains().codes, tree=tree)
    with transaction(node):
        if (known := _known(digest)) is not None:
            return known, False
        source = _create(
            node, imported_by or NOBODY, report, text, published or report.reading.date,
            sha256=digest, name=name[:200], kind=SourceKind(kind).value, sample=sample, publisher=publisher[:200],
            url=url[:500], **_of_file(file),
        )  # fmt: skip
        drafts = derive_proposals(report.reading, load_portfolios())
        _store_proposals(node, source, drafts, report.reading.reader)
        content = _entry_content(source, len(drafts)) | ({"came_from": came_from} if came_from else {})
        append_entry(node, kind="communiques.source_imported", subject=source.id, content=content, actor=imported_by)
        return SourceId(source.id), True


def _of_file(file: FileText | None) -> dict[str, str]:
    """Return what is kept of the file that a text was taken from."""
    if file is None:
        return {"media_type": "text/plain", "file_sha256": ""}
    return {"media_type": file.media_type, "file_sha256": file.sha256}


def _known(digest: str) -> SourceId | None:
    """Return the source that has this text, by its digest."""
    known = Source.objects.filter(sha256=digest).first()
    return SourceId(known.id) if known else None


def _entry_content(source: Source, proposals: int) -> dict[str, Any]:
    """Return what the journal says of an import: digests and kinds, no text."""
    return {
        "sha256": source.sha256,
        "file_sha256": source.file_sha256,
        "media_type": source.media_type,
        "kind": source.kind,
        "sample": source.sample,
        "language": source.language,
        "proposals": proposals,
        **source.reading,
    }


def _create(
    node: Node, imported_by: UUID, report: ReadingReport, text: str, date: PartialDate | None, **given: str | bool
) -> Source:
    reading = report.reading
    return Source.objects.create(
        id=new_uuid(node),
        language=reading.language,
        title=_title(reading),
        reading=report.told,
        text=text,
        published=date.value if date else "",
        published_basis=date.basis.value if date else "",
        imported_by=imported_by,
        imported_at=node.clock.now(),
        **given,
    )


def _title(reading: Reading) -> str:
    """Return the text's title, or the beginning of its report, without the header, so that people know it again."""
    title = "" if is_stamp(reading.title) else reading.title[:500]
    return title or title_from(reading.clean_text) or title_from(reading.name)


def _check_url(url: str) -> None:
    """Raise `BadField` unless `url` is empty or of the web: the public page links to it, and a script is no source."""
    try:
        fits = not url or urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        fits = False
    if not fits:
        raise BadField(value=url[:60], field="url")


def _check_text(text: str, name: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise SourceTooLong(name=name[:80], limit=LONGEST_TEXT)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnreadableSource(name=name[:80], why=N_("it is not a text file"))
    if not any(character.isalpha() for character in text):
        raise UnreadableSource(name=name[:80], why=N_("it holds no words"))


def _store_proposals(node: Node, source: Source, drafts: tuple[Draft, ...], reader: str) -> None:
    passages: dict[tuple[int, int], Passage] = {}
    for draft in drafts:
        for evidence in draft.evidence.values():
            span = (evidence.start, evidence.end)
            if span not in passages:
                passages[span] = _passage(node, source, evidence)
    Passage.objects.bulk_create(passages.values())
    Proposal.objects.bulk_create(
        Proposal(
            id=new_uuid(node),
            source=source,
            key=draft.key,
            position=position,
            kind=draft.kind,
            reader=reader,
            read_fields=draft.fields,
            fields=draft.fields,
            evidence={
                name: {"passage": str(passages[item.start, item.end].id), "basis": item.basis, "reason": item.reason}
                for name, item in draft.evidence.items()
            },
            state=ProposalState.WAITING.value,
        )
        for position, draft in enumerate(drafts)
    )


def _passage(node: Node, source: Source, evidence: Evidence) -> Passage:
    return Passage(
        id=new_uuid(node),
        source=source,
        start=evidence.start,
        end=evidence.end,
        quote=source.text[evidence.start : evidence.end],
    )


def import_extract(
    node: Node, actor: Actor, text: str, kind: str, *, name: str, language: str, url: str = ""
) -> SourceText:
    """Keep a text without reading it, within the running transaction: a table, or what a table quotes of an address.

    A text that is there already stays as it is.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = Source.objects.filter(sha256=digest).first()
    if known is not None:
        return get_source(node, known.id)
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
    return get_source(node, source.id)

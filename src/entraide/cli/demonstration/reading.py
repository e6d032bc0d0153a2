"""Scene 1: communiqués are read, and a desk officer keeps, corrects or rejects what they propose."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from entraide.access.api import Role
from entraide.cli.demonstration.deciding import (
    decide_by_hand,
    decide_the_rest,
    keep_what_is_left,
    name_in_its_own_script,
    settle,
)
from entraide.cli.demonstration.joining import join_what_is_same
from entraide.cli.demonstration.stage import Side
from entraide.cli.demonstration.telling import Teller
from entraide.cli.language import gettext, ngettext
from entraide.cli.output import describe_error
from entraide.cli.read import name_files
from entraide.communiques.api import (
    SourceKind,
    import_source,
    keep_all,
    list_samples,
    list_sources,
    read_sample,
)
from entraide.documents.api import (
    FileReader,
    FileText,
    list_files,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId
from entraide.programme.api import count_commitments, count_meetings


@dataclass(frozen=True)
class Text:
    """A communiqué before it is imported."""

    name: str
    text: str
    kind: SourceKind
    publisher: str = ""
    file: FileText | None = None
    sample: bool = False
    waits: bool = False


def play_reading(side: Side, teller: Teller, files: Path | None) -> None:
    """Import the texts, show that nothing enters unconfirmed, then decide on what they propose."""
    officer = side.person(Role.desk_officer)
    sources, texts = _import_all(side, files, teller)
    waiting = sum(source.waiting for source in list_sources(side.node))
    before = count_meetings(side.node) + sum(count_commitments(side.node).values())
    _tell_what_was_read(teller, texts=len(sources), proposals=waiting, facts=before)
    # Some of the samples stay unread, for the visitor to try.
    to_decide = [source for source, text in zip(sources, texts, strict=True) if not text.waits]
    decide_by_hand(side, to_decide, teller)
    kept = sum(keep_all(side.node, actor=officer, source_id=source_id).kept for source_id in to_decide)
    kept += keep_what_is_left(side, to_decide)
    settle(side, to_decide, teller)
    if not files:
        kept += decide_the_rest(side, to_decide, teller)
        name_in_its_own_script(side)
        join_what_is_same(side, teller)
    meetings, commitments = count_meetings(side.node), sum(count_commitments(side.node).values())
    still = sum(source.waiting for source in list_sources(side.node))
    _tell_what_was_kept(teller, kept=kept, meetings=meetings, commitments=commitments, waiting=still)
    left = sum(text.waits for text in texts)
    if left:
        teller.line(
            ngettext(
                "All of it is marked as sample data; {count} communiqué waits for you to try.",
                "All of it is marked as sample data; {count} communiqués wait for you to try.",
                left,
            ).format(count=left),
            left_for_the_visitor=left,
        )


def _import_all(side: Side, files: Path | None, teller: Teller) -> tuple[list[SourceId], list[Text]]:
    """Return the sources that could be imported with their texts, one for one; the others are told."""
    texts: list[Text] = []
    sources: list[SourceId] = []
    for text in _texts(files, teller):
        try:
            sources.append(_import(side, text))
        except EntraideError as error:
            teller.line(describe_error(error))
        else:
            texts.append(text)
    return sources, texts


def _tell_what_was_read(teller: Teller, *, texts: int, proposals: int, facts: int) -> None:
    sentences = (
        ngettext("{count} communiqué is read.", "{count} communiqués are read.", texts).format(count=texts),
        ngettext("{count} proposal waits.", "{count} proposals wait.", proposals).format(count=proposals),
        ngettext("The register holds {count} fact.", "The register holds {count} facts.", facts).format(count=facts),
    )
    teller.line(" ".join(sentences), texts=texts, proposals=proposals, facts_before=facts)


def _tell_what_was_kept(teller: Teller, *, kept: int, meetings: int, commitments: int, waiting: int) -> None:
    teller.line(
        gettext("The officer keeps {kept} more; the register now holds {meetings} and {commitments}.").format(
            kept=kept,
            meetings=ngettext("{count} meeting", "{count} meetings", meetings).format(count=meetings),
            commitments=ngettext("{count} commitment", "{count} commitments", commitments).format(count=commitments),
        ),
        kept=kept,
        meetings=meetings,
        commitments=commitments,
        still_waiting=waiting,
    )


def _import(side: Side, text: Text) -> SourceId:
    return import_source(
        side.node,
        actor=side.person(Role.desk_officer),
        name=text.name,
        text=text.text,
        kind=text.kind,
        publisher=text.publisher,
        file=text.file,
        sample=text.sample,
    )


def _texts(files: Path | None, teller: Teller) -> Iterable[Text]:
    if files is None:
        for sample in list_samples():
            text = read_sample(sample.name)
            yield Text(sample.name, text, sample.kind, sample.publisher, sample=True, waits=sample.waits is not None)
        return
    found = list_files([files])
    for problem in found.problems:
        teller.line(describe_error(problem))
    with FileReader() as reader:
        for path, name in name_files(found.files).items():
            try:
                file = reader.read(path)
            except EntraideError as error:
                teller.line(describe_error(error))
            else:
                yield Text(name, file.text, SourceKind.PRESS, file=file)

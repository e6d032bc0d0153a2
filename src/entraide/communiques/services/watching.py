"""Looking into watched folders and feeds: each new report becomes a source that waits on the desk, once, never a fact.

A round does what it can within its limits and goes on with the next one. What could not be reached is tried again;
what was reached and cannot be read is told once, with its reason, and left alone.
"""

import hashlib
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from entraide.communiques.adapters.fetching import Fetched, FetchLimits, fetch
from entraide.communiques.domain.errors import LeadsOut, NotFetched
from entraide.communiques.domain.feeds import FeedEntry, parse_feed
from entraide.communiques.domain.places import place_of
from entraide.communiques.domain.proposals import SourceKind
from entraide.communiques.models import Arrival, WatchedPlace
from entraide.communiques.services.sources import receive_source
from entraide.documents.api import FileReader, FileText, list_documents, list_files
from entraide.documents.domain.errors import EmptyFolder, NoSuchFile
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId, new_uuid
from entraide.kernel.node import Node, WatchedFeed, WatchedFolder
from entraide.kernel.partial_dates import PartialDate
from entraide.storage.api import transaction

MOST_AT_ONCE: Final = 25
"""New reports of one place in one round; the next round goes on."""
ROUND_SECONDS: Final = 15 * 60.0
RESTS: Final = 30
"""Seconds for which a file must not have changed: whoever copies it has finished."""
FEED_BYTES: Final = 2_000_000
PAGE_BYTES: Final = 5_000_000
HTML: Final = "text/html"


@dataclass(slots=True)
class Round:
    """What a round did: reports that became sources, such as cannot be read, and places that could not be reached."""

    new: int = 0
    refused: int = 0
    failed: int = 0
    ends_at: float = field(default_factory=lambda: time.monotonic() + ROUND_SECONDS)

    @property
    def is_over(self) -> bool:
        """Whether its time is up."""
        return time.monotonic() > self.ends_at


def watch_sources(node: Node) -> Round:
    """Look once into every watched folder and every feed that is switched on; return what was done.

    Whoever calls holds a lease, so that two processes do not fetch the same.
    """
    done = Round()
    with FileReader() as reader:
        for folder in node.settings.watch.folders:
            _look_into(node, folder, reader, done)
        for feed in node.settings.watch.feeds:
            if feed.enabled and not done.is_over:
                _follow(node, feed, reader, done)
    return done


def _look_into(node: Node, folder: WatchedFolder, reader: FileReader, done: Round) -> None:
    """Take in the files of a folder that are new; a file that is changed is another one."""
    place = place_of(folder)
    if not folder.path.is_dir():
        _note(node, place, [NoSuchFile(file=folder.path)], done, reached=False)
        return
    found = list_files([folder.path])
    failures = [problem for problem in found.problems if not isinstance(problem, EmptyFolder)]
    left = MOST_AT_ONCE
    known = _marks(node, place)
    for path in found.files:
        if left == 0 or done.is_over:
            break
        mark = _mark_of(path)
        if mark is None or mark in known:
            continue
        left -= 1
        _take_file(node, folder, path, mark, reader, done)
    _note(node, place, failures, done, reached=not failures)


def _mark_of(path: Path) -> str | None:
    """Return the digest of a file's place, size and time; None while it is being written, or is gone."""
    try:
        facts = path.stat()
    except OSError:
        return None
    if 0 <= time.time() - facts.st_mtime < RESTS:
        return None
    return hashlib.sha256(f"{path}|{facts.st_size}|{facts.st_mtime_ns}".encode("utf-8", "surrogateescape")).hexdigest()


def _take_file(node: Node, folder: WatchedFolder, path: Path, mark: str, reader: FileReader, done: Round) -> None:
    try:
        if not path.resolve().is_relative_to(folder.path.resolve()):
            raise LeadsOut(name=path.name)
        file = reader.read(path)
    except EntraideError as error:
        _arrive(node, place_of(folder), mark, path.name, "", None, error)
        done.refused += 1
        return
    for number, document in enumerate(list_documents(file)):
        own = hashlib.sha256(f"{mark}{number}".encode()).hexdigest() if number else mark
        name = f"{path.stem} ({document.name})" if document.within else path.stem
        part = replace(file, media_type=document.tree.media_type)
        _receive(node, folder, own, Report(name, document.tree.text, part), done)


@dataclass(frozen=True, slots=True)
class Report:
    """A text that came: its name, the file that it was taken from, its address on the web, when it was published."""

    name: str
    text: str
    file: FileText | None = None
    url: str = ""
    published: PartialDate | None = None


def _receive(node: Node, watched: WatchedFolder | WatchedFeed, mark: str, report: Report, done: Round) -> None:
    """Make a source of a report, or keep why it is none."""
    place = place_of(watched)
    try:
        source, new = receive_source(
            node,
            name=report.name,
            text=report.text,
            kind=SourceKind(watched.kind),
            publisher=watched.publisher,
            url=report.url,
            published=report.published,
            file=report.file,
            came_from=place,
        )
    except EntraideError as error:
        _arrive(node, place, mark, report.name, report.url, None, error)
        done.refused += 1
    else:
        _arrive(node, place, mark, report.name, report.url, source, None)
        done.new += new


def _follow(node: Node, feed: WatchedFeed, reader: FileReader, done: Round) -> None:
    """Take in the entries of a feed that are new, the oldest first."""
    place = place_of(feed)
    state = _state(node, place)
    try:
        answer = fetch(
            feed.url,
            _limits(feed, size=FEED_BYTES),
            agent=_agent(node),
            etag=state.etag if state else "",
            last_modified=state.last_modified if state else "",
        )
        entries = () if answer.unchanged else parse_feed(answer.body, address=feed.url)
    except EntraideError as error:
        _note(node, place, [error], done, reached=False)
        return
    failures, whole = _take_entries(node, feed, entries, reader, done)
    # Only when nothing is left to do may the server say the next time that nothing is new.
    _note(node, place, failures, done, reached=True, answer=answer if whole else None)


def _take_entries(
    node: Node, feed: WatchedFeed, entries: tuple[FeedEntry, ...], reader: FileReader, done: Round
) -> tuple[list[EntraideError], bool]:
    """Take in new entries; return why some could not be fetched, and whether nothing is left for the next round."""
    known, failures = _marks(node, place_of(feed)), list[EntraideError]()
    left = MOST_AT_ONCE
    for entry in reversed(entries):
        mark = hashlib.sha256(entry.id.encode("utf-8", "replace")).hexdigest()
        if mark in known:
            continue
        if left == 0 or done.is_over:
            return failures, False
        left -= 1
        known.add(mark)
        try:
            report = _report_of(node, feed, entry, reader)
        except NotFetched as error:
            failures.append(error)
        except EntraideError as error:
            _arrive(node, place_of(feed), mark, entry.title, entry.link, None, error)
            done.refused += 1
        else:
            _receive(node, feed, mark, report, done)
    return failures, not failures


def _report_of(node: Node, feed: WatchedFeed, entry: FeedEntry, reader: FileReader) -> Report:
    """Fetch the report of an entry; one without an address is what the feed itself says."""
    if entry.link:
        answer = fetch(entry.link, _limits(feed), agent=_agent(node))
        name = entry.link.rpartition("/")[2].partition("?")[0] or "page"
        name = f"{name}.html" if answer.media_type == HTML and "." not in name else name
        file = reader.take(answer.body, name=name)
    else:
        file = reader.take(f"<article>{entry.content}</article>".encode(), name="entry.html")
    return Report(entry.title or entry.link, file.text, file, entry.link, entry.published)


def _limits(feed: WatchedFeed, size: int = PAGE_BYTES) -> FetchLimits:
    hosts = frozenset({urlsplit(feed.url).hostname or "", *feed.hosts})
    return FetchLimits(hosts, private=feed.private, size=size)


def _agent(node: Node) -> str:
    return f"Entraide (+{node.settings.origin})"


def _marks(node: Node, place: str) -> set[str]:
    with node.active():
        return set(Arrival.objects.filter(place=place).values_list("mark", flat=True))


def _state(node: Node, place: str) -> WatchedPlace | None:
    with node.active():
        return WatchedPlace.objects.filter(place=place).first()


def _arrive(
    node: Node, place: str, mark: str, title: str, url: str, source: SourceId | None, error: EntraideError | None
) -> None:
    """Keep that a report came, once."""
    with transaction(node):
        Arrival.objects.get_or_create(
            place=place,
            mark=mark,
            defaults={
                "id": new_uuid(node),
                "title": title[:500],
                "url": url[:500],
                "source_id": source,
                "refusal": _told(error) if error else {},
                "arrived_at": node.clock.now(),
            },
        )


def _note(
    node: Node, place: str, failures: list[EntraideError], done: Round, *, reached: bool, answer: Fetched | None = None
) -> None:
    """Keep how a place was reached, for the operator; `answer` where the next round may build on what it says."""
    done.failed += bool(failures)
    now = node.clock.now()
    values: dict[str, object] = {"tried_at": now, "failure": _told(failures[0], len(failures)) if failures else {}}
    if reached:
        values["reached_at"] = now
    if answer is not None and not answer.unchanged:
        values |= {"etag": answer.etag, "last_modified": answer.last_modified}
    with transaction(node):
        made, new = WatchedPlace.objects.get_or_create(place=place, defaults={"id": new_uuid(node), **values})
        if not new:
            WatchedPlace.objects.filter(id=made.id).update(**values)


def _told(error: EntraideError, count: int = 1) -> dict[str, object]:
    """Return an error as a row keeps it: message and parameters, so that each reader has it in their language."""
    params = {name: str(value)[:300] for name, value in error.params.items()}
    return {"code": error.code, "message": error.message, "remedy": error.remedy, "params": params, "count": count}

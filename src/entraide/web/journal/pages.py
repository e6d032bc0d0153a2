"""What the journal's pages show, put together from the journal, access and the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext

from entraide.access.api import NoSuchUser, get_actor_by_id
from entraide.directory.api import list_partners
from entraide.journal.api import (
    ActView,
    EntryView,
    Examination,
    JournalBroken,
    LogView,
    act_kind_of,
    find_act,
    list_acts,
    list_logs,
)
from entraide.kernel.ids import EntryId, UserId
from entraide.kernel.node import Node
from entraide.web.journal.texts import area_title, log_title
from entraide.web.language import filled


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with the area it belongs to and the post of who acted (empty when no person did)."""

    entry: EntryView
    area: str
    post: str

    @property
    def subject_start(self) -> str:
        """The first digits of the subject."""
        return str(self.entry.subject)[:8]

    @property
    def subject_end(self) -> str:
        """The last digits of the subject, which tell it from others made at the same time."""
        return str(self.entry.subject)[-4:]


@dataclass(frozen=True, slots=True)
class LogRow:
    """A log with its title; `whole` when the reader cosigned its whole head (an own log has no reader)."""

    log: LogView
    title: str
    whole: bool

    @property
    def root_text(self) -> str:
        """The root in hexadecimal."""
        return self.log.root.hex()


@dataclass(frozen=True, slots=True)
class Result:
    """What verifying one log gave, with the title of the log."""

    title: str
    examination: Examination
    error: JournalBroken | None

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language; empty when nothing is."""
        if self.error is None:
            return ""
        why = gettext(str(self.error.params["why"]))
        return filled(self.error.message, {**self.error.params, "why": why})

    @property
    def remedy(self) -> str:
        """What to do about it, in the reader's language."""
        return "" if self.error is None else filled(self.error.remedy, self.error.params)


def entry_rows(node: Node, entries: Iterable[EntryView]) -> list[EntryRow]:
    """Return `entries` with area and post."""

    @cache
    def post_of(user_id: UserId) -> str:
        try:
            return get_actor_by_id(node, user_id).post
        except NoSuchUser:
            return str(user_id)

    return [EntryRow(entry, area_title(entry.kind), post_of(entry.actor) if entry.actor else "") for entry in entries]


@dataclass(frozen=True, slots=True)
class ToldAct:
    """The act on the register that an entry belongs to, in words, and what can be read of it."""

    act: ActView
    words: str


def told_act(node: Node, entry_id: EntryId) -> ToldAct | None:
    """Return the act on the register that an entry belongs to, None for entries of no such act."""
    found = find_act(node, entry_id)
    act = next(iter(list_acts(node, ids=[found])), None) if found else None
    return ToldAct(act, gettext(act_kind_of(act.kind).words)) if act else None


def log_rows(node: Node) -> list[LogRow]:
    """Return every log with its title and whether its reader holds all of it."""
    partners: dict[UUID, str] = {partner.id: partner.name for partner in list_partners(node)}
    rows = []
    for log in list_logs(node):
        # The origin of a directed log ends with author and reader; while pairing, the partner is not in the directory.
        author, *reader = log.origin.split("/")[2:]
        known = partners.get(log.partner_id, "") if log.partner_id else ""
        name = known or (author if log.kind == "mirror" else "".join(reader))
        rows.append(LogRow(log, log_title(log.kind, name), log.cosigned_size == log.size))
    return rows


def results(node: Node, examinations: Iterable[Examination]) -> list[Result]:
    """Return the examinations of logs with their titles."""
    titles = {row.log.origin: row.title for row in log_rows(node)}
    return [Result(titles.get(item.origin, item.origin), item, item.error) for item in examinations]


def older_query(rows: list[EntryRow], *, kind: str, subject: UUID | None) -> str:
    """Return the query string of the page of older entries with the same filter."""
    query = {"before": str(rows[-1].entry.id)}
    if kind:
        query["kind"] = kind
    if subject is not None:
        query["subject"] = str(subject)
    return urlencode(query)

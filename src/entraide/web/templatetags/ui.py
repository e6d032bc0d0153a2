"""What the components compute: the state of a clock, groups of digits, a difference by words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Protocol

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.utils.translation import gettext, ngettext

register = template.Library()

SOON = timedelta(days=2)
_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class ClockState:
    """How a term stands: a code for the style (`running`, `soon`, `overdue`, `met`, `late`, `none`) and a text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of a difference: `same`, `ins` or `del`."""

    kind: str
    text: str


class Run(Protocol):
    """A stretch of a difference as a context computed it."""

    @property
    def change(self) -> str:
        """`added`, `removed` or another word for the same."""
        ...

    @property
    def text(self) -> str:
        """The words."""
        ...


@register.filter
def in_words(post: str) -> str:
    """Return a post in the reader's language where the catalogs know it, as the demonstration's, else as entered."""
    return gettext(post) if post else ""


@register.simple_tag
def clock_state(due: datetime | None, now: datetime | None, done: datetime | None = None) -> ClockState:
    """Return how the term `due` stands at `now`, or how it ended at `done`."""
    if not due:
        return ClockState("met", gettext("done")) if done else ClockState("none", gettext("no time limit"))
    if done:
        late = done - due
        if late <= timedelta():
            return ClockState("met", gettext("done in time"))
        return ClockState("late", gettext("done %(span)s late") % {"span": _span(late)})
    if not now:
        return ClockState("running", gettext("running"))
    left = due - now
    if left < timedelta():
        return ClockState("overdue", gettext("overdue by %(span)s") % {"span": _span(-left)})
    code = "soon" if left <= SOON else "running"
    return ClockState(code, gettext("%(span)s left") % {"span": _span(left)})


@register.simple_tag
def digit_groups(value: object, group: int | str | None = None) -> list[str]:
    """Split a fingerprint or digits into groups (of `group` characters, 4 by default; existing groups are kept)."""
    text = str(value)
    if not group and re.search(r"[\s:-]", text):
        return [part for part in re.split(r"[\s:-]+", text) if part]
    size = int(group or 4)
    joined = re.sub(r"[\s:-]+", "", text)
    return [joined[start : start + size] for start in range(0, len(joined), size)]


@register.simple_tag
def word_diff(old: str, new: str) -> list[DiffPart]:
    """Return the difference of two texts by whole words, in reading order, deletions before insertions."""
    return list(_join(_compare(_WORDS.findall(old), _WORDS.findall(new))))


@register.simple_tag
def page_numbers(page: Page[object]) -> list[int | str]:
    """Return the numbers to offer around the page that is shown, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def merged(runs: Iterable[Run]) -> list[DiffPart]:
    """Return runs that name their change (`added`, `removed`, else the same), a phrase that changed in one piece."""
    kinds = {"added": "ins", "removed": "del"}
    return list(_join(DiffPart(kinds.get(str(run.change), "same"), run.text) for run in runs))


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether `field` is a single check box, whose label follows it."""
    return isinstance(field.field.widget, CheckboxInput)


def _span(span: timedelta) -> str:
    if span >= timedelta(days=1):
        return ngettext("%(number)s day", "%(number)s days", span.days) % {"number": span.days}
    hours = int(span.total_seconds() // 3600)
    if hours:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    minutes = max(1, int(span.total_seconds() // 60))
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}


def _compare(old: list[str], new: list[str]) -> Iterator[DiffPart]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield DiffPart("same", "".join(old[i:j]))
            continue
        if i < j:
            yield DiffPart("del", "".join(old[i:j]))
        if k < m:
            yield DiffPart("ins", "".join(new[k:m]))


def _join(parts: Iterable[DiffPart]) -> Iterator[DiffPart]:
    """Merge changes that only a space parts, so that a rewritten phrase reads as one change."""
    removed = added = ""
    for part in parts:
        if part.kind == "same" and (part.text.strip() or not (removed or added)):
            yield from _flush(removed, added)
            yield part
            removed = added = ""
            continue
        removed += part.text if part.kind != "ins" else ""
        added += part.text if part.kind != "del" else ""
    yield from _flush(removed, added)


def _flush(removed: str, added: str) -> Iterator[DiffPart]:
    kept = removed[len(removed.rstrip()) :]
    shared = kept if kept and added.endswith(kept) else ""
    end = len(shared)
    changes = (("del", removed[: len(removed) - end]), ("ins", added[: len(added) - end]), ("same", shared))
    yield from (DiffPart(kind, text) for kind, text in changes if text)

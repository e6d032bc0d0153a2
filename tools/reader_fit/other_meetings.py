"""Rows of the decision `other_meeting`: which mentions are of another meeting than the first one told of."""

from entraide.reader.domain.meetings import REPORTED
from entraide.reader.domain.mentions import Mention, find_mentions
from entraide.reader.domain.other_meetings import ANOTHER, DECISION, SAME, other_features
from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.meetings import _fits, _is, _is_named, _open
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

LABELS = (SAME, ANOTHER)
NAME = DECISION
STRENGTH = 1.0


def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
    """Add the mentions that may be of a reported meeting, each beside the one that tells of the first."""
    facts, syntax = opened.facts, opened.syntax
    mentions = [m for m in find_mentions(facts, syntax) if REPORTED in _open(m, annotated.gold)]
    meetings = annotated.gold.get("meetings", ())
    if not mentions or not meetings:
        return
    owners = [_owner(m, meetings) for m in mentions]
    lead = next((m for m, owner in zip(mentions, owners, strict=True) if owner == 0), mentions[0])
    demands: dict[int, list[int]] = {}
    for mention, owner in zip(mentions, owners, strict=True):
        if mention is lead:
            continue
        if owner:
            demands.setdefault(owner, []).append(len(data.rows))
        known = SAME if len(meetings) == 1 or owner == 0 else ANOTHER if owner else ""
        open_to = frozenset({known} if known else {SAME, ANOTHER})
        features = other_features(facts, lead, mention)
        data.rows.append(Row(features, open_to, annotated.name, annotated.weight, SAME))
    data.demands += [Demand(ANOTHER, tuple(rows)) for rows in demands.values()]


def _owner(mention: Mention, meetings: list[dict[str, object]]) -> int | None:
    """The place of the meeting that the mention is named for, None where that is open."""
    if len(meetings) == 1:
        return 0
    able = [n for n, meeting in enumerate(meetings) if _fits(mention, meeting)]
    named = [n for n in able if _is_named(mention, meetings[n])]
    dated = [n for n in able if _is(mention, meetings[n])]
    both = [n for n in named if n in dated] or named or dated
    return both[0] if len(both) == 1 else None

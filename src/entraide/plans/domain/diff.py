"""Two versions of a plan compared: clause by clause, and word by word within a clause."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from entraide.plans.domain.plan_text import ClauseText, clean


class Change(StrEnum):
    """What became of a clause or of a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words with the same fate: `SAME`, `ADDED` or `REMOVED`."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ClauseDiff:
    """One clause before and after; `texts` are the runs per language."""

    id: UUID
    change: Change
    before: ClauseText | None
    after: ClauseText | None
    texts: Mapping[str, tuple[Run, ...]]


def diff_clauses(before: Sequence[ClauseText], after: Sequence[ClauseText]) -> tuple[ClauseDiff, ...]:
    """Return every clause of either version with what became of it; removed ones stand at their old place."""
    old, new = {clause.id: clause for clause in before}, {clause.id: clause for clause in after}
    kept_before = [clause.id for clause in before if clause.id in new]
    kept_after = [clause.id for clause in after if clause.id in old]
    steady = set(_steady(kept_before, kept_after))
    result = [_diff(old.get(clause.id), clause, moved=clause.id in old and clause.id not in steady) for clause in after]
    for position, clause in enumerate(before):
        if clause.id not in new:
            result.insert(min(position, len(result)), _diff(clause, None, moved=False))
    return tuple(result)


def diff_words(before: str, after: str) -> tuple[Run, ...]:
    """Return the runs of words that are the same, removed or added; joined without the removed they give `after`."""
    left, right = _tokens(before), _tokens(after)
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(Change.SAME, "".join(left[i1:i2])))
            continue
        if i2 > i1:
            runs.append(Run(Change.REMOVED, "".join(left[i1:i2])))
        if j2 > j1:
            runs.append(Run(Change.ADDED, "".join(right[j1:j2])))
    return tuple(runs)


def _diff(before: ClauseText | None, after: ClauseText | None, *, moved: bool) -> ClauseDiff:
    old = clean(before.texts) if before else {}
    new = clean(after.texts) if after else {}
    languages = [*old, *(language for language in new if language not in old)]
    texts = {language: diff_words(old.get(language, ""), new.get(language, "")) for language in languages}
    clause = after or before
    if clause is None:
        raise ValueError("one of the two sides has the clause")
    return ClauseDiff(clause.id, _change(before, after, moved=moved), before, after, texts)


def _change(before: ClauseText | None, after: ClauseText | None, *, moved: bool) -> Change:
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.REMOVED
    if before.to_json() != after.to_json():
        return Change.CHANGED
    return Change.MOVED if moved else Change.SAME


def _steady(before: list[UUID], after: list[UUID]) -> list[UUID]:
    """Return the clauses that kept their order: the longest run common to both."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [item for block in matcher.get_matching_blocks() for item in before[block.a : block.a + block.size]]


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|\w+\s*|[^\w\s]\s*", text)

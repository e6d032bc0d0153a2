"""Checks that warn: what in the register may be wrong although each fact has its source. Pure.

A check is one entry of `CHECKS`: its code, what it says, what can be done, the rows that it needs, and the function
that finds. A warning is no verdict: a person may answer that it is so, and then it stays quiet.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from uuid import UUID

from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_

Subject = tuple[str, UUID]
"""A fact that a warning is about: its kind and its id."""


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Someone seen in a post: from when to when, under which folded names; `rank` is `minister`, `deputy_minister` or
    empty, `portfolio` that of the rank, `deputy` whether the title is that of one of several.
    """

    post_id: UUID
    person_id: UUID
    name: str
    names: frozenset[str]
    state: str
    organisation_id: UUID
    first: PartialDate
    last: PartialDate
    rank: str = ""
    portfolio: str = ""
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as it stands somewhere, with its State: in the directory, at a meeting or under a text."""

    fact: Subject
    post: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its date; `held` where a report of its own tells of it."""

    id: UUID
    date: PartialDate | None
    held: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its period, its titles, and when it was signed or reported."""

    id: UUID
    period: str
    titles: tuple[str, ...]
    told_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class WordedRow:
    """A commitment with its texts by language, its domain, and the instrument or meeting that it comes from."""

    id: UUID
    origin: UUID
    domain: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """What checks look at; a part that no check needs is empty."""

    holders: Sequence[HolderRow] = ()
    posts: Sequence[PostRow] = ()
    meetings: Sequence[MeetingRow] = ()
    plans: Sequence[PlanRow] = ()
    worded: Sequence[WordedRow] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning: its check, the facts that it is about, and what fills its words."""

    code: str
    facts: tuple[Subject, ...]
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What names this warning for as long as it is about the same facts."""
        told = [self.code, *sorted(str(id_) for _kind, id_ in self.facts), self.params.get("name", "")]
        return hashlib.sha256("|".join(told).encode()).hexdigest()


Find = Callable[[RegisterRows, date], Iterable[Warned]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code, its title, its words and its remedy (message ids), the rows that it needs, how it finds."""

    code: str
    title: str
    words: str
    remedy: str
    needs: tuple[str, ...]
    find: Find
    kinds: frozenset[str]


def find_overlapping_holders(rows: RegisterRows, today: date) -> Iterator[Warned]:
    """Yield two people who certainly held one post at the same time; deputies are several at a time anyhow."""
    del today
    by_post: dict[UUID, list[HolderRow]] = defaultdict(list)
    for row in rows.holders:
        if not row.deputy:
            by_post[row.post_id].append(row)
    for post_id, holders in by_post.items():
        for one, other in combinations(sorted(holders, key=lambda row: (row.first.earliest, row.name)), 2):
            if one.person_id != other.person_id and _overlap(one, other):
                names = {"one": one.name, "other": other.name, "name": f"{one.name} {other.name}"}
                spans = {"one_until": one.last.value, "other_from": other.first.value}
                yield Warned("overlapping_holders", (("post", post_id),), {**names, **spans})


def find_posts_without_state(rows: RegisterRows, today: date) -> Iterator[Warned]:
    """Yield posts of which nobody said of which State they are."""
    del today
    for row in rows.posts:
        if not row.state:
            told = ", ".join(part for part in (row.post, row.name) if part)
            yield Warned("post_without_state", (row.fact,), {"post": told, "name": row.name})


def find_excluding_posts(rows: RegisterRows, today: date) -> Iterator[Warned]:
    """Yield people in posts of two States, or who certainly headed two ministries of one State at the same time."""
    del today
    by_name: dict[str, list[HolderRow]] = defaultdict(list)
    for row in rows.holders:
        for name in row.names:
            by_name[name].append(row)
    seen: set[frozenset[UUID]] = set()
    for held in by_name.values():
        for one, other in combinations(held, 2):
            pair = frozenset({one.post_id, other.post_id})
            if len(pair) == 2 and pair not in seen and _exclude(one, other):
                seen.add(pair)
                facts = tuple(("post", id_) for id_ in sorted(pair))
                yield Warned("excluding_posts", facts, {"name": one.name})


def find_future_held(rows: RegisterRows, today: date) -> Iterator[Warned]:
    """Yield meetings that are told as held on a day that has not come."""
    for row in rows.meetings:
        if row.held and row.date is not None and row.date.year is not None and row.date.earliest > today:
            yield Warned("future_held", (("meeting", row.id),), {"day": row.date.value})


def find_plans_of_other_years(rows: RegisterRows, today: date) -> Iterator[Warned]:
    """Yield plans that were signed neither in their period nor in the year before, or whose title names other years."""
    del today
    for row in rows.plans:
        period = PartialDate(row.period)
        years = set(range(period.earliest.year, period.latest.year + 1))
        told = row.told_on.year if row.told_on else None
        if told is not None and told not in {min(years) - 1, *years}:
            yield Warned("plan_of_other_year", (("instrument", row.id),), {"period": row.period, "year": str(told)})
            continue
        named = {int(year) for title in row.titles for year in re.findall(r"\b(?:19|20)\d\d\b", title)}
        if named and not named & years:
            other = ", ".join(map(str, sorted(named)))
            yield Warned("plan_of_other_year", (("instrument", row.id),), {"period": row.period, "year": other})


def find_sentences_used_twice(rows: RegisterRows, today: date) -> Iterator[Warned]:
    """Yield commitments of one origin that share a sentence and cannot both be right.

    A sentence that names several domains makes a commitment in each; twice in one domain, or beside different
    sentences in another language, it stands in a wrong place.
    """
    del today
    groups: dict[tuple[UUID, str, str], list[WordedRow]] = defaultdict(list)
    for row in rows.worded:
        for language, text in row.texts.items():
            groups[row.origin, language, _folded(text)].append(row)
    seen: set[tuple[UUID, ...]] = set()
    for (_origin, language, _text), same in groups.items():
        ids = tuple(sorted(row.id for row in same))
        if len(same) > 1 and ids not in seen and _clash(same, language):
            seen.add(ids)
            facts = tuple(("commitment", id_) for id_ in ids)
            yield Warned("sentence_twice", facts, {"sentence": same[0].texts[language][:160]})


def _overlap(one: HolderRow, other: HolderRow) -> bool:
    """Whether two certainly held posts at the same time, for all that partial dates leave open."""
    return one.last.earliest > other.first.latest and other.last.earliest > one.first.latest


def _exclude(one: HolderRow, other: HolderRow) -> bool:
    if one.state and other.state and one.state != other.state:
        return True
    ministers = one.rank == other.rank == "minister" and one.portfolio != other.portfolio
    return ministers and one.organisation_id != other.organisation_id and _overlap(one, other)


def _clash(rows: Sequence[WordedRow], language: str) -> bool:
    domains = [row.domain for row in rows]
    if len(set(domains)) < len(domains):
        return True
    others = {code for row in rows for code in row.texts} - {language}
    return any(len({_folded(row.texts[code]) for row in rows if code in row.texts}) > 1 for code in others)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".;")


CHECKS: tuple[Check, ...] = (
    Check(
        "overlapping_holders",
        N_("Two people in one post at the same time"),
        N_("{one} is seen there until {one_until}, {other} from {other_from}."),
        N_("Correct the dates, say that two spellings are one person, or undo what was misread."),
        ("holders",),
        find_overlapping_holders,
        frozenset({"post"}),
    ),
    Check(
        "post_without_state",
        N_("A post without a State"),
        N_("Nobody said of which State this post is: {post}."),
        N_("Enter the State by hand, or undo what was misread; a body of several States has none."),
        ("posts",),
        find_posts_without_state,
        frozenset({"post", "meeting", "instrument"}),
    ),
    Check(
        "excluding_posts",
        N_("One person in two posts that exclude each other"),
        N_("{name} stands in both posts."),
        N_("They may be two people of one name. If not, one of the posts was misread."),
        ("holders",),
        find_excluding_posts,
        frozenset({"post"}),
    ),
    Check(
        "future_held",
        N_("A meeting in the future that is told as held"),
        N_("It is recorded as held, and its day is {day}."),
        N_("Correct the date, or undo the report and keep it as announced."),
        ("meetings",),
        find_future_held,
        frozenset({"meeting"}),
    ),
    Check(
        "plan_of_other_year",
        N_("A plan whose report is of another year"),
        N_("The plan is for {period}; its report or its title says {year}."),
        N_("Correct the period or the date, whichever the source does not show."),
        ("plans",),
        find_plans_of_other_years,
        frozenset({"instrument"}),
    ),
    Check(
        "sentence_twice",
        N_("One sentence used twice"),
        N_("“{sentence}” stands under several commitments."),
        N_("Undo what attached it to the wrong one, or say that the commitments are the same."),
        ("worded",),
        find_sentences_used_twice,
        frozenset({"commitment"}),
    ),
)
"""All checks, in the order in which the desk lists them."""


def run_checks(rows: RegisterRows, today: date, checks: Iterable[Check] = CHECKS) -> list[Warned]:
    """Return all warnings of `checks` over these rows."""
    return [warned for check in checks for warned in check.find(rows, today)]


def check_of(code: str) -> Check:
    """Return the check of a code of `CHECKS`."""
    return next(check for check in CHECKS if check.code == code)

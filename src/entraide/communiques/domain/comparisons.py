"""How one facet of two facts is compared, by the names that declarations of kinds use (`resembles`). Pure.

Each answers True where the facet speaks for one fact, False where it speaks against it, and None where it says nothing:
most often because one side does not know. Those that measure answer from 0 to 1.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz

from entraide.directory.domain.portfolios import Portfolios, portfolio_of_name
from entraide.directory.domain.ranks import DEPUTY, MINISTER, Rank, office_of_post, plain_rank, rank_of_post
from entraide.directory.domain.variants import (
    Variants,
    is_like_spelling,
    is_part_of_name,
    is_same_in_script,
    is_same_name,
    is_transcribed,
)
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.dates import DateRelation, relate_dates
from entraide.programme.domain.places import find_place, is_one_place
from entraide.programme.domain.words import SAME_WORDS, fold_words, names_other_numbers

Facets = Mapping[str, frozenset[object]]
ENOUGH = 4
"""So many first words of two titles are the same where they begin alike."""
MONTH, DAY = 7, 10
"""Characters of an EDTF date that is known to the month, to the day."""
NEAR = 2
"""A report that gives no day of its own is dated by its own day: up to so many days after the meeting."""
PUT_OFF = 2
"""What was announced may be held up to so many years from what was announced."""
CIRCLE = 3
"""So many States make a circle, in which one may send another ministry to each meeting."""


@dataclass
class Known:
    """What comparisons look up: reviewed words, which facts may be one so far, what a sentence speaks of.

    `maybe` leads from a fact to the first of those that it may be one with, by what has been found before.
    """

    portfolios: Portfolios
    variants: Variants
    maybe: dict[object, object] = field(default_factory=dict)
    subjects: Mapping[str, Collection[str]] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    """Ordinals in words, folded."""

    _told: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def portfolio(self, name: str, state: str) -> str:
        """Return the portfolio that a body's name means, looked up once."""
        key = ("portfolio", name, state)
        if key not in self._told:
            self._told[key] = portfolio_of_name(self.portfolios, name, state)
        return str(self._told[key])

    def rank(self, title: str, state: str) -> Rank | None:
        """Return the rank that a title means, looked up once; its portfolio is empty where the title says none."""
        key = ("rank", title, state)
        if key not in self._told:
            self._told[key] = rank_of_post(self.portfolios, title, state) or plain_rank(self.portfolios, title)
        found: Rank | None = self._told[key]
        return found

    def office(self, title: str) -> str:
        """Return the body whose head a title names first, looked up once."""
        key = ("office", title)
        if key not in self._told:
            self._told[key] = office_of_post(self.portfolios, title)
        return str(self._told[key])

    def numbers(self, title: str) -> tuple[str, ...]:
        """Return the numbers that a title names, in digits or as an ordinal in words, looked up once."""
        key = ("numbers", title)
        if key not in self._told:
            text = f" {fold_words(title)} "
            for words in sorted(self.ordinals, key=len, reverse=True):
                text = text.replace(f" {words} ", f" {self.ordinals[words]} ")
            self._told[key] = tuple(re.findall(r"\d+", text))
        found: tuple[str, ...] = self._told[key]
        return found

    def root(self, fact: object) -> object:
        """Return the fact that stands for all that this one may be."""
        while fact in self.maybe:
            fact = self.maybe[fact]
        return fact

    def link(self, one: UUID, other: UUID) -> None:
        """Remember that two facts may be one."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self.maybe[second] = first


Compare = Callable[[Facets, Facets, str, Known], bool | None]
Measure = Callable[[Facets, Facets, str, Known], float]


def _pairs(left: Facets, right: Facets, of: str) -> Iterable[tuple[str, str]]:
    return ((str(a), str(b)) for a in left[of] for b in right[of] if a and b)


def _any(test: Callable[[str, str], bool]) -> Compare:
    """Return whether one value of each side passes; None where a side has none."""

    def compare(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
        pairs = list(_pairs(left, right, of))
        return any(test(a, b) for a, b in pairs) if pairs else None

    return compare


def _equal(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    one, other = left[of] - {"", None}, right[of] - {"", None}
    return bool(one & other) if one and other else None


def _differ(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
    same = _equal(left, right, of, known)
    return None if same is None else not same


def _within(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    one, other = left[of] - {""}, right[of] - {""}
    return one <= other or other <= one if one and other else None


def _compatible(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    """Whether no other body stands for a State; of a circle of States one common body is enough."""
    one, other = left[of] - {None}, right[of] - {None}
    if one & other and left["states"] == right["states"] and len(left["states"]) >= CIRCLE:
        return True
    return not (one - other and other - one)


def _linked(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
    """Whether both lead to one fact, or to two that may be one."""
    one = {known.root(item) for item in left[of] if item}
    other = {known.root(item) for item in right[of] if item}
    return bool(one & other) if one and other else None


def _one_is_not(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    return False in left[of] or False in right[of]


def _not_two_numbers(left: Facets, right: Facets, _of: str, _known: Known) -> bool | None:
    series, ordinals = left["series"] & right["series"] - {None}, left["ordinal"] ^ right["ordinal"]
    known = left["ordinal"] - {None} and right["ordinal"] - {None}
    return not (series and known and ordinals)


def _not_itself(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    return not (left[of] & right["id"])


def _date(one: str, other: str) -> DateRelation:
    return relate_dates(PartialDate(one), PartialDate(other))


def _is_same_day(one: str, other: str) -> bool:
    precise = len(PartialDate(one).start) == len(PartialDate(other).start) == DAY and "X" not in one + other
    return precise and _date(one, other) is not DateRelation.CONTRADICTS


def _is_contained(one: str, other: str) -> bool:
    return _date(one, other) is not DateRelation.CONTRADICTS


def _knows_month(one: str, other: str) -> bool:
    """Whether one date lies within the other, year and month of both being known."""
    return all(len(part) >= MONTH and "X" not in part for part in (one, other)) and _is_contained(one, other)


def _knows_year(one: str, other: str) -> bool:
    """Whether one date lies within the other, the year of both being known."""
    return PartialDate(one).year is not None is not PartialDate(other).year and _is_contained(one, other)


def _is_about_one_day(one: str, other: str) -> bool:
    """Whether two days are known and near."""
    return min(len(one), len(other)) >= DAY and "X" not in one + other and _is_near(one, other)


def _is_near(one: str, other: str) -> bool:
    """Whether two dates agree or lie so near that one may be the day of the report."""
    first, second = PartialDate(one), PartialDate(other)
    if _is_contained(one, other):
        return True
    if "X" in one + other or min(len(first.start), len(second.start)) < DAY:
        return False
    return max((second.earliest - first.latest).days, (first.earliest - second.latest).days) <= NEAR


def _is_put_off(one: str, other: str) -> bool:
    """Whether two dates agree, or their years are so near that what was announced for one was held on the other."""
    first, second = PartialDate(one).year, PartialDate(other).year
    return _is_contained(one, other) or (first is not None is not second and abs(first - second) <= PUT_OFF)


def _one_is_empty(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    return not (left[of] - {""}) or not (right[of] - {""})


def _place(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    """Whether both are one place; a State says nothing of where in it."""
    pairs = list(_pairs(left, right, of))
    if any(is_one_place(a, b) for a, b in pairs):
        return True
    towns = [pair for pair in pairs if not any(_is_state(text) for text in pair)]
    return False if towns else None


def _is_state(text: str) -> bool:
    place = find_place(text)
    return place is not None and place.code.startswith("state-")


def _numbered_otherwise(left: Facets, right: Facets, of: str, _known: Known) -> bool | None:
    """False where both count a meeting of one number, and no meetings of them can be one by their days."""
    if not (left["ordinal"] & right["ordinal"] - {None}) or "" in left[of] | right[of]:
        return None
    pairs = list(_pairs(left, right, of))
    return any(_is_near(a, b) for a, b in pairs) if pairs else None


def _names(test: Callable[[Variants, str, str], bool]) -> Compare:
    def compare(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
        pairs = list(_pairs(left, right, of))
        return any(test(known.variants, a, b) for a, b in pairs) if pairs else None

    return compare


def _state(facets: Facets) -> str:
    return str(next(iter(facets.get("state", ())), "") or "")


def _portfolio(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
    one, other = ({known.portfolio(str(name), _state(side)) for name in side[of]} - {""} for side in (left, right))
    return bool(one & other) if one and other else None


def _ranked(rank: str, *, plain: bool) -> Compare:
    """Return whether titles of both sides are of one rank of one portfolio, and where `plain` say nothing else.

    A plain title need not say of what: "deputy minister" of a ministry is its deputy minister.
    """

    def compare(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
        one, other = (
            {
                found.portfolio
                for title in side[of]
                if (found := known.rank(str(title), _state(side))) and found.rank == rank and (found.exact or not plain)
            }
            for side in (left, right)
        )
        if not plain:
            one, other = one - {""}, other - {""}
        return bool(one & other or "" in one | other) if one and other else None

    return compare


def _not_other_rank(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
    """False where titles of both sides are of ranks, and of no common one.

    A ministry has several deputies: one who is something else besides (head of an agency) holds another post.
    """
    one, other = (
        {
            (found.rank, found.exact or found.rank != DEPUTY)
            for title in side[of]
            if (found := known.rank(str(title), _state(side)))
        }
        for side in (left, right)
    )
    return bool(one & other) if one and other else None


def _same_office(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
    """Whether both titles name first the head of one body: of the government, of the party, the president."""
    one, other = ({known.office(str(title)) for title in side[of]} - {""} for side in (left, right))
    return bool(one & other) if one and other else None


def _names_meeting(left: Facets, right: Facets, of: str, known: Known) -> bool | None:
    """Whether the title of one, made elsewhere, names the number of the meeting of the other."""
    return any(
        known.numbers(str(title)) == (str(number),)
        for one, other in ((left, right), (right, left))
        for title in one[of]
        for number in other["made_at"] - one["made_at"]
    )


def _begins_alike(one: str, other: str) -> bool:
    first, second = fold_words(one).split()[:ENOUGH], fold_words(other).split()[:ENOUGH]
    return first == second and len(first) == ENOUGH


def _is_like(one: str, other: str) -> bool:
    return (
        not names_other_numbers(one, other) and fuzz.token_set_ratio(fold_words(one), fold_words(other)) >= SAME_WORDS
    )


def _is_like_whole(one: str, other: str) -> bool:
    """Whether two titles are nearly the same words: one that says more is another title."""
    return fuzz.token_sort_ratio(fold_words(one), fold_words(other)) >= SAME_WORDS


def _measure_cognates(left: Facets, right: Facets, of: str, _known: Known) -> float:
    """How alike two titles are in letters: much of their words is common to European languages."""
    ratios = (fuzz.token_sort_ratio(fold_words(a), fold_words(b)) for a, b in _pairs(left, right, of))
    return max(ratios, default=0.0) / 100


def _measure_subjects(left: Facets, right: Facets, of: str, known: Known) -> float:
    """How much of what the sentences of two sides speak of is common, the shorter list counted."""
    one, other = (
        {subject for text in side[of] for subject in known.subjects.get(str(text), ())} for side in (left, right)
    )
    return len(one & other) / len(one | other) if one and other else 0.0


COMPARISONS: Mapping[str, Compare] = {
    "equal": _equal,
    "shared": _equal,
    "all_equal": lambda left, right, of, _known: left[of] == right[of] if left[of] and right[of] else None,
    "not_all_equal": lambda left, right, of, _known: left[of] != right[of] if left[of] and right[of] else None,
    "differ": _differ,
    "within": _within,
    "compatible": _compatible,
    "joined": _linked,
    "likely": _linked,
    "one_is_not": _one_is_not,
    "not_two_numbers": _not_two_numbers,
    "not_itself": _not_itself,
    "same_day": _any(_is_same_day),
    "contains": _any(_knows_month),
    "agree": _any(_is_contained),
    "year": _any(_knows_year),
    "near": _any(_is_near),
    "near_day": _any(_is_about_one_day),
    "put_off": _any(_is_put_off),
    "one_is_empty": _one_is_empty,
    "place": _place,
    "not_numbered_otherwise": _numbered_otherwise,
    "same_words": _any(lambda a, b: fold_words(a) == fold_words(b)),
    "names_meeting": _names_meeting,
    "begins_alike": _any(_begins_alike),
    "not_other_rank": _not_other_rank,
    "like_words": _any(_is_like),
    "like_whole": _any(_is_like_whole),
    "same_name": _names(is_same_name),
    "same_in_script": _names(is_same_in_script),
    "transcribed": _names(is_transcribed),
    "part_of_name": _names(is_part_of_name),
    "like_spelling": _names(is_like_spelling),
    "portfolio": _portfolio,
    "same_office": _same_office,
    "minister_of": _ranked(MINISTER, plain=False),
    "plain_deputy": _ranked(DEPUTY, plain=True),
}
"""What a sign may name as `by`."""

MEASURES: Mapping[str, Measure] = {"cognates": _measure_cognates, "subjects": _measure_subjects}
"""What `best` may name."""

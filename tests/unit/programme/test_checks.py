"""Checks warn of what cannot all be right, and of nothing else."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.checks import (
    CHECKS,
    HolderRow,
    MeetingRow,
    PlanRow,
    PostRow,
    RegisterRows,
    WordedRow,
    check_of,
    run_checks,
)

TODAY = date(2025, 6, 1)
POST, OTHER_POST, BODY, OTHER_BODY = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)


def holder(number: int, name: str, first: str, last: str, **given: Any) -> HolderRow:  # noqa: ANN401 - any field
    values: dict[str, Any] = {
        "post_id": POST, "person_id": UUID(int=100 + number), "names": frozenset({name.casefold()}), "state": "VN",
        "organisation_id": BODY, **given,
    }  # fmt: skip
    return HolderRow(name=name, first=PartialDate(first), last=PartialDate(last), **values)


def codes(rows: RegisterRows) -> list[str]:
    return [item.code for item in run_checks(rows, TODAY)]


@pytest.mark.parametrize(
    ("spans", "given", "warns"),
    [
        ((("2020-01-01", "2025"), ("2024-08-20", "2024-09-01")), {}, True),
        ((("2020-01-01", "2024-05-01"), ("2024-08-20", "2025")), {}, False),
        ((("2020", "2024"), ("2024", "2025")), {}, False),
        ((("2020-01-01", "2025"), ("2024-08-20", "2024-09-01")), {"deputy": True}, False),
    ],
    ids=["surely at once", "one after the other", "perhaps in the same year", "deputies"],
)
def test_two_holders_of_one_post(spans: Sequence[tuple[str, str]], given: dict[str, Any], warns: bool) -> None:  # noqa: FBT001
    rows = [holder(number, f"Subject {number}", *span, **given) for number, span in enumerate(spans)]
    assert codes(RegisterRows(holders=rows)) == ["overlapping_holders"] * warns


@pytest.mark.parametrize(
    ("given", "warns"),
    [
        ({"state": "LA"}, True),
        ({"state": "VN"}, False),
        ({"rank": "minister", "portfolio": "interior", "organisation_id": OTHER_BODY}, True),
        ({"rank": "minister", "portfolio": "interior", "organisation_id": OTHER_BODY, "first": "2023"}, False),
    ],
    ids=["posts of two States", "two posts of one State", "two ministries at once", "one ministry after the other"],
)
def test_two_posts_of_one_person(given: dict[str, Any], warns: bool) -> None:  # noqa: FBT001
    first = given.pop("first", "2020-02-01")
    one = holder(1, "Subject A", "2020-01-01", "2022-01-01", rank="minister", portfolio="public_security")
    other = holder(2, "Subject A", first, "2023-05-01", **{"post_id": OTHER_POST, **given})
    assert codes(RegisterRows(holders=[one, other])) == ["excluding_posts"] * warns


@pytest.mark.parametrize(("state", "warns"), [("", True), ("VN", False)])
def test_a_post_without_a_state(state: str, warns: bool) -> None:  # noqa: FBT001
    rows = [PostRow(("meeting", UUID(int=5)), "director", "Subject A", state)]
    assert codes(RegisterRows(posts=rows)) == ["post_without_state"] * warns


@pytest.mark.parametrize(
    ("day", "held", "warns"),
    [("2025-07-01", True, True), ("2025-05-01", True, False), ("2025-07-01", False, False), ("2025", True, False)],
    ids=["to come", "past", "only announced", "some day of this year"],
)
def test_a_meeting_in_the_future_that_is_told_as_held(day: str, held: bool, warns: bool) -> None:  # noqa: FBT001
    rows = [MeetingRow(UUID(int=6), PartialDate(day), held)]
    assert codes(RegisterRows(meetings=rows)) == ["future_held"] * warns


@pytest.mark.parametrize(
    ("period", "title", "told", "warns"),
    [
        ("2025", "Plan 2025", "2024-12-09", False),
        ("2025", "Plan 2025", "2025-01-12", False),
        ("2025", "Plan 2025", "2027-01-12", True),
        ("2025", "Plan 2026", "2025-01-12", True),
        ("2024/2026", "Plan", "2026-03-01", False),
        ("2025", "Plan", None, False),
    ],
)
def test_a_plan_whose_report_is_of_another_year(period: str, title: str, told: str | None, warns: bool) -> None:  # noqa: FBT001
    rows = [PlanRow(UUID(int=7), period, (title,), PartialDate(told) if told else None)]
    assert codes(RegisterRows(plans=rows)) == ["plan_of_other_year"] * warns


@pytest.mark.parametrize(
    ("second", "warns"),
    [
        ({"domain": "terrorism", "texts": {"fr": "Ils lutteront.", "en": "They will fight."}}, False),
        ({"domain": "drugs", "texts": {"fr": "Ils lutteront."}}, True),
        ({"domain": "terrorism", "texts": {"fr": "Ils lutteront.", "en": "They will train."}}, True),
        ({"domain": "drugs", "texts": {"fr": "Ils formeront."}}, False),
    ],
    ids=["one sentence, two domains", "twice in one domain", "beside another sentence", "two sentences"],
)
def test_one_sentence_used_twice(second: dict[str, Any], warns: bool) -> None:  # noqa: FBT001
    first = WordedRow(UUID(int=8), BODY, "drugs", {"fr": "Ils lutteront.", "en": "They will fight."})
    rows = [first, WordedRow(UUID(int=9), BODY, **second)]
    assert codes(RegisterRows(worded=rows)) == ["sentence_twice"] * warns


def test_a_warning_is_named_by_what_it_is_about_whatever_the_order() -> None:
    rows = [PostRow(("meeting", UUID(int=5)), "director", "Subject A", "")]
    once, again = (run_checks(RegisterRows(posts=rows), TODAY)[0].key for _ in range(2))
    other = run_checks(RegisterRows(posts=[PostRow(("meeting", UUID(int=5)), "director", "Subject B", "")]), TODAY)[
        0
    ].key
    assert once == again != other


def test_each_check_has_a_code_of_its_own() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert all(check_of(check.code) is check for check in CHECKS)

"""What the design page shows in its components: invented, of no ministry and no person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from entraide.kernel.ids import CommitmentId, MechanismId
from entraide.programme.api import (
    AssessmentMethod,
    AssessmentView,
    CommitmentStatus,
    CommitmentView,
    Grade,
    PairDomainCount,
    ProgressView,
)
from entraide.programme.domain.terms import SourceOfCommitment
from entraide.web.register.heat import draw_map
from entraide.web.register.threads import Behind, DrawnThread, draw_thread
from entraide.web.templatetags.programme import domain_name

FINGERPRINT = "7f3a91c04be8d2560a1f88e37c95b6d4e1092f5a6b8c7d3e4f50617283949aab"
SWATCHES = [
    "paper",
    "sheet",
    "inset",
    "ink",
    "ink-soft",
    "rule",
    "edge",
    "accent",
    "accent-strong",
    "accent-wash",
    "good",
    "good-wash",
    "calm",
    "calm-wash",
    "wait",
    "wait-wash",
    "bad",
    "bad-wash",
    "mark",
    "heat-a",
    "heat-b",
    "heat-c",
    "heat-d",
    "heat-e",
]
OLD_CLAUSE = "The two sides shall hold the fifteenth conference in Vientiane in the first quarter of 2026."
NEW_CLAUSE = (
    "The two sides shall hold the fifteenth conference in Hanoi in the second quarter of 2026, at ministers' level."
)


NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)


def sample_context(now: datetime) -> dict[str, Any]:
    """Return the sample values, with terms around `now`."""
    day = timedelta(days=1)
    return {
        "clocks": [
            (gettext("Acknowledge"), now + 5 * day, None),
            (gettext("Decide"), now + timedelta(hours=7), None),
            (gettext("Execute"), now - 3 * day, None),
            (gettext("Acknowledge"), now - 2 * day, now - 4 * day),
            (gettext("Acknowledge"), now - 4 * day, now - 2 * day),
            (gettext("Answer"), None, None),
        ],
        "events": _events(now, day),
        "facts": [
            {"term": gettext("Reference"), "value": "VN-2026-0007"},
            {"term": gettext("Type"), "value": gettext("Preservation of data")},
            {"term": gettext("Legal basis"), "value": gettext("Agreement between the two States, article 4")},
        ],
        "figures": [
            {"label": gettext("commitments of the plan"), "value": 14},
            {"label": gettext("answered in time, either way"), "value": 9, "tone": "good"},
            {"label": gettext("due within 30 days"), "value": 3, "tone": "wait"},
            {"label": gettext("overdue"), "value": 1, "tone": "bad"},
        ],
        "filter": _filter(),
        "threads": _threads(now.date()),
        "long_page": {"count": 10_000, "counted_all": False, "previous_cursor": "f0", "next_cursor": "f1"},
        "map": draw_map(_counts(), most=6),
        "columns": _columns(),
        "rows": _rows(),
        "trail": [{"label": gettext("Register"), "href": "/"}, {"label": gettext("Design system")}],
        "steps": [
            {"label": gettext("Drafted"), "done": True},
            {"label": gettext("Checked"), "done": True},
            {"label": gettext("Approved"), "current": True},
            {"label": gettext("Sent")},
            {"label": gettext("Answered")},
        ],
        "fingerprint": FINGERPRINT,
        "old_clause": OLD_CLAUSE,
        "new_clause": NEW_CLAUSE,
        "swatches": SWATCHES,
        "remedies": [gettext("Add the legal basis."), gettext("Name the data to preserve.")],
    }


def _threads(today: date) -> list[tuple[str, DrawnThread]]:
    """Return a thread for each outcome, its marks leading nowhere but to this section."""
    year, own, partner = str(today.year), AssessmentMethod.OWN_REPORT, AssessmentMethod.PARTNER_REPORT
    done, partly, limited = Grade.COMPLETED, Grade.SUBSTANTIAL, Grade.LIMITED
    cases = [
        (gettext("Keep exchanging information at all levels"), "pledged", year, 46, {own: done, partner: done}),
        (
            gettext("Protect the other side’s citizens and companies"),
            "pledged",
            year,
            2,
            {own: limited, partner: partly},
        ),
        (gettext("Protect victims of trafficking"), "pledged", year, 1, {own: done, partner: limited}),
        (gettext("Secure the visits of leaders"), "pledged", year, 0, {partner: done}),
        (gettext("Train officers together"), "pledged", year, 2, {}),
        (gettext("Apply the agreement on trafficking"), "ongoing", year, 0, {}),
        (gettext("Open a direct line"), "pledged", year, 0, {}),
        (gettext("Hold the sixth meeting of the border provinces"), "pledged", "2019", 0, {}),
        (gettext("Found a joint centre"), "proposed", "", 0, {}),
    ]
    drawn = []
    for text, status, period, count, grades in cases:
        thread = draw_thread(_promise(CommitmentStatus(status), period, count, grades), Behind(None, None, 3), today)
        drawn.append((text, replace(thread, marks=tuple(replace(mark, href="#thread") for mark in thread.marks))))
    return drawn


def _promise(
    status: CommitmentStatus, period: str, count: int, grades: Mapping[AssessmentMethod, Grade]
) -> CommitmentView:
    """Return an invented promise; a single request is known to one side alone."""
    return CommitmentView(
        id=CommitmentId(UUID(int=3)),
        mechanism_id=MechanismId(UUID(int=4)),
        instrument_id=None,
        meeting_id=None,
        domain="training",
        status=status,
        texts={},
        period=period,
        lead_units={},
        source=SourceOfCommitment.PASSAGE,
        clause_id=None,
        progress=(ProgressView(UUID(int=1), period, count, 0, 0, "vn-mps", count == 1, NOON),) if count else (),
        assessments=tuple(
            AssessmentView(UUID(int=2), period, "", method, grade, "", NOON) for method, grade in grades.items()
        ),
    )


def _filter() -> dict[str, Any]:
    domains = ("drugs", "cybercrime", "training")
    choices = [{"value": code, "label": domain_name(code), "chosen": code == "drugs"} for code in domains]
    years = [{"value": str(year), "label": str(year), "chosen": False} for year in (2026, 2025)]
    label, first = gettext("Domain"), gettext("all domains")
    year = {"name": "year", "id": "sample-year", "label": gettext("Year"), "first": gettext("all years")}
    return {
        "path": "#filter",
        "fields": [
            {"name": "domain", "id": "sample-domain", "label": label, "first": first, "choices": choices},
            year | {"choices": years},
        ],
        "chips": [{"label": label, "value": domain_name("drugs"), "without": "#filter"}],
    }


def _counts() -> list[PairDomainCount]:
    pairs = [("LA", "VN"), ("BE", "MA"), ("ES", "SN")]
    table = {"drugs": (42, 7, 0), "cybercrime": (18, 3, 1), "training": (5, 0, 12)}
    return [
        PairDomainCount(pair, domain, count)
        for domain, counts in table.items()
        for pair, count in zip(pairs, counts, strict=True)
    ]


def _events(now: datetime, day: timedelta) -> list[dict[str, Any]]:
    return [
        {"at": now - 4 * day, "title": gettext("Submission accepted"), "by": "vn-mps", "tone": "good"},
        {
            "at": now - 4 * day,
            "title": gettext("Delivered"),
            "by": "la-mps",
            "code": "delivery",
            "tone": "good",
        },
        {"at": now - 2 * day, "title": gettext("Retrieved"), "by": gettext("24/7 contact point"), "tone": "calm"},
        {"title": gettext("Answer"), "to_come": True},
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": gettext("Reference")},
        {"label": gettext("Type")},
        {"label": gettext("Status")},
        {"label": gettext("Days"), "number": True},
    ]


def _rows() -> list[list[dict[str, Any]]]:
    rows = [
        ("VN-2026-0007", gettext("Preservation of data"), gettext("Sent"), "calm", 4),
        ("VN-2026-0005", gettext("Evidence"), gettext("Answered"), "good", 21),
        ("LA-2026-0002", gettext("Evidence"), gettext("Overdue"), "bad", 33),
    ]
    labels = [column["label"] for column in _columns()]
    return [
        [
            {"label": labels[0], "text": reference, "href": "#table"},
            {"label": labels[1], "text": kind},
            {"label": labels[2], "text": status, "tone": tone},
            {"label": labels[3], "text": days, "number": True},
        ]
        for reference, kind, status, tone, days in rows
    ]

"""What the design page shows in its components: invented, of no ministry and no person."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from entraide.programme.api import PairDomainCount
from entraide.web.register.heat import draw_map
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

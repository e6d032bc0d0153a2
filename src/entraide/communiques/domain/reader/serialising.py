"""The reading as plain JSON values, with the keys that the accuracy measurement and `entraide read --json` share."""

from collections.abc import Mapping
from typing import Any

from entraide.communiques.domain.reader.model import Evidence, Reading
from entraide.kernel.partial_dates import PartialDate


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """Return meetings, instruments, officials, commitments, parties and references as lists of plain mappings."""
    return {
        "language": reading.language,
        "title": reading.title,
        "date": _date(reading.date),
        "meetings": [
            {
                "ordinal": m.ordinal,
                "date": _date(m.date),
                "date_basis": _basis(m.date),
                "place": m.place,
                "co_chairs": list(m.co_chairs),
                "series": m.series,
                "level": m.level,
                "type": m.type,
                "evidence": _evidence(m.evidence),
            }
            for m in reading.meetings
        ],
        "instruments": [
            {
                "kind": i.kind,
                "title_short": i.title_short,
                "status": i.status,
                "date": _date(i.date),
                "period": i.period,
                "signatories": list(i.signatories),
                "evidence": _evidence(i.evidence),
            }
            for i in reading.instruments
        ],
        "officials": [
            {"name": o.name, "post": o.post, "state": o.state, "role": o.role, "evidence": _evidence(o.evidence)}
            for o in reading.officials
        ],
        "commitments": [
            {"domain": c.domain, "status": c.status, "quote": c.quote, "evidence": _evidence(c.evidence)}
            for c in reading.commitments
        ],
        "parties": [
            {"state": p.state, "organisation": p.organisation, "evidence": _evidence(p.evidence)}
            for p in reading.parties
        ],
        "references": [
            {
                "ordinal": r.ordinal,
                "date": _date(r.date),
                "series": r.series,
                "place": r.place,
                "when": r.when,
                "evidence": _evidence(r.evidence),
            }
            for r in reading.references
        ],
    }


def _date(value: PartialDate | None) -> str | None:
    return value.value if value else None


def _basis(value: PartialDate | None) -> str | None:
    return value.basis.value if value else None


def _evidence(evidence: Mapping[str, Evidence]) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "start": e.start,
            "end": e.end,
            "clean_start": e.clean_start,
            "clean_end": e.clean_end,
            "quote": e.quote,
            "basis": e.basis,
            "reason": e.reason,
        }
        for name, e in evidence.items()
    }

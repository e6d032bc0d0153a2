"""The reading as plain JSON values, with the keys that the accuracy measurement and `entraide read --json` share."""

from collections.abc import Mapping
from typing import Any

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.model import (
    Commitment,
    Evidence,
    Instrument,
    Meeting,
    Official,
    Party,
    Reading,
    Reference,
)

Item = Meeting | Instrument | Official | Commitment | Party | Reference


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """Return meetings, instruments, officials, commitments, parties and references as lists of plain mappings."""
    return {
        "language": reading.language,
        "title": reading.title,
        "date": _date(reading.date),
        "meetings": [_meeting(meeting) for meeting in reading.meetings],
        "instruments": [_instrument(instrument) for instrument in reading.instruments],
        "officials": [_plain(official, "name", "post", "state", "role") for official in reading.officials],
        "commitments": [_plain(commitment, "domain", "status", "quote") for commitment in reading.commitments],
        "parties": [_plain(party, "state", "organisation") for party in reading.parties],
        "references": [
            {**_plain(reference, "ordinal", "series", "place", "when"), "date": _date(reference.date)}
            for reference in reading.references
        ],
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    dates = {"date": _date(meeting.date), "date_basis": meeting.date.basis.value if meeting.date else None}
    plain = _plain(meeting, "ordinal", "place", "series", "level", "type")
    return {**plain, **dates, "co_chairs": list(meeting.co_chairs)}


def _instrument(instrument: Instrument) -> dict[str, Any]:
    plain = _plain(instrument, "kind", "title_short", "status", "period")
    return {**plain, "date": _date(instrument.date), "signatories": list(instrument.signatories)}


def _plain(item: Item, *names: str) -> dict[str, Any]:
    return {**{name: getattr(item, name) for name in names}, "evidence": _evidence(item.evidence)}


def _date(value: PartialDate | None) -> str | None:
    return value.value if value else None


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
            "confidence": round(e.confidence, 2),
        }
        for name, e in evidence.items()
    }

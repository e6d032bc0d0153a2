"""The reading as plain JSON values, with the keys that the accuracy measurement and `entraide read --json` share."""

from collections.abc import Mapping, Sequence
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
        "commitments": [_commitment(commitment) for commitment in reading.commitments],
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
    own = {"parties": list(instrument.parties)} if instrument.parties else {}
    return {**plain, "date": _date(instrument.date), "signatories": list(instrument.signatories), **own}


def _commitment(commitment: Commitment) -> dict[str, Any]:
    """A commitment; one that is a plan's clause with what the plan says of it: `due` is a value, a list of several."""
    plain = _plain(commitment, "domain", "status", "quote")
    if not commitment.text:
        return plain
    due = list(commitment.due)
    clause = {
        "number": commitment.number or None,
        "text": commitment.text,
        "texts": dict(commitment.texts),
        "due": due if len(due) > 1 else next(iter(due), None),
        "rhythm": commitment.rhythm or None,
        "leads": {code: _one_or_list(units) for code, units in commitment.leads.items()},
        "support": list(commitment.support),
        "quantity": commitment.quantity or None,
        "indicator": commitment.indicator or None,
        "done_on": commitment.done_on or None,
    }
    return {**plain, **clause}


def _one_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


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

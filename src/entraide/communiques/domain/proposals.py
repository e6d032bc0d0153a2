"""From a reading to proposals: flat fields that a form can show, with the passage behind each of them.

A proposal of one source may rest on others of it: commitments on an instrument or a meeting, all of them on parties.
It names them by key (`meeting-1`). Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from entraide.communiques.domain.bodies import body_of_party, body_of_post, evidence_of_body
from entraide.communiques.domain.kinds import KIND_OF_STATUS, kind_of_meeting, level_of
from entraide.directory.domain.portfolios import Portfolios
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.domain import weights
from entraide.reader.domain.clauses import clause_around
from entraide.reader.domain.model import (
    Commitment,
    Evidence,
    Instrument,
    Meeting,
    Official,
    Reading,
    Reference,
)

Fields = dict[str, Any]
SourceKind = weights.SourceKind
"""The programme weighs sources by their kind; here a source has one."""


class ProposalKind:
    """What proposals are of, by name: the kinds that the reader proposes, and a contradiction, which is of no kind.

    These are no list of all: whatever kind declares what a proposal of it says can be proposed.
    """

    PARTY: Final = "party"
    OFFICIAL: Final = "official"
    MEETING: Final = "meeting"
    INSTRUMENT: Final = "instrument"
    REFERENCE: Final = "reference"
    COMMITMENT: Final = "commitment"
    CONTRADICTION: Final = "contradiction"


class ProposalState(StrEnum):
    """What a person decided: kept as read, kept after correcting, rejected; or nothing yet."""

    WAITING = "waiting"
    KEPT = "kept"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it is stored: its key within the source, its fields, and the passage behind each field."""

    key: str
    kind: str
    fields: Fields
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def derive_proposals(reading: Reading, words: Portfolios) -> tuple[Draft, ...]:
    """Return the proposals of `reading` in the order in which they can be kept; `words` name the bodies of States."""
    states = [party.state for party in reading.parties]
    state_of = {official.name: official.state for official in reading.officials}
    bodies = [(party.state, body_of_party(words, reading, party)) for party in reading.parties]
    parties = [
        Draft(_key("party", n), ProposalKind.PARTY, {"state": state, "organisation": organisation}, party.evidence)
        for n, (party, (state, organisation)) in enumerate(zip(reading.parties, bodies, strict=True), 1)
    ]
    officials = [
        _official(reading, official, body_of_post(words, reading, official, bodies), n)
        for n, official in enumerate(reading.officials, 1)
    ]
    present = [item for item in reading.officials if "participant" in item.role] if len(reading.meetings) == 1 else []
    meetings = [_meeting(m, states, state_of, present, n) for n, m in enumerate(reading.meetings, 1)]
    instruments = [_instrument(i, reading, meetings, states, n) for n, i in enumerate(reading.instruments, 1)]
    references = [_reference(r, meetings, n) for n, r in enumerate(reading.references, 1)]
    commitments = [_commitment(reading, c, meetings, instruments, n) for n, c in enumerate(reading.commitments, 1)]
    return (*parties, *officials, *meetings, *instruments, *references, *commitments)


def _key(kind: str, number: int) -> str:
    return f"{kind}-{number}"


def _first(drafts: list[Draft]) -> str:
    return drafts[0].key if drafts else ""


def _date(value: PartialDate | None) -> Fields:
    return {"date": value.value if value else "", "date_basis": value.basis.value if value else ""}


def _renamed(evidence: Mapping[str, Evidence], **names: str) -> dict[str, Evidence]:
    return {names.get(name, name): item for name, item in evidence.items()}


def _official(reading: Reading, official: Official, organisation: str, number: int) -> Draft:
    fields: Fields = {
        "name": official.name,
        "post": official.post,
        "state": official.state,
        "organisation": organisation,
        "role": official.role,
        **_seen_on(reading),
    }
    return Draft(_key("official", number), ProposalKind.OFFICIAL, fields, evidence_of_body(official, organisation))


def _seen_on(reading: Reading) -> Fields:
    """The day on which the text shows people in their posts: its first meeting's, else its own."""
    stated = next((meeting.date for meeting in reading.meetings if meeting.date), None)
    date = stated or reading.date
    return {"date": date.value if date else "", "date_basis": DateBasis.INFERRED.value if date else ""}


def _meeting(
    meeting: Meeting, states: list[str], state_of: Mapping[str, str], present: list[Official], number: int
) -> Draft:
    # Where nobody presided, the one meeting of a text is attended by those who take part in what it tells; where
    # somebody did, the others belong to the delegations.
    others = [item.name for item in present if item.name not in meeting.co_chairs]
    people = list(meeting.co_chairs) or others
    fields: Fields = {
        "parties": _parties_of(tuple(people), states, state_of),
        "kind": kind_of_meeting(f"{meeting.type} {meeting.series}"),
        "series": meeting.series,
        "ordinal": meeting.ordinal,
        "level": level_of(meeting.level),
        **_date(meeting.date),
        "place": meeting.place or "",
        "people": people,
        "people_role": "co_chair" if meeting.co_chairs else "participant",
        "members": others if meeting.co_chairs else [],
    }
    evidence = _renamed(meeting.evidence, type="kind", co_chairs="people")
    shown = next((item.evidence["name"] for item in present if item.name in others and "name" in item.evidence), None)
    if shown is not None and fields["members"]:
        evidence["members"] = shown
    return Draft(_key("meeting", number), ProposalKind.MEETING, fields, evidence)


def _parties_of(names: tuple[str, ...], states: list[str], state_of: Mapping[str, str]) -> list[str]:
    """The States of those who met when they are two or more, otherwise all parties of the text."""
    met = list(dict.fromkeys(state_of[name] for name in names if state_of.get(name) in states))
    return met if len(met) > 1 else list(dict.fromkeys(states))


def _instrument(item: Instrument, reading: Reading, meetings: list[Draft], states: list[str], number: int) -> Draft:
    fields: Fields = {
        "kind": item.kind,
        "title": item.title_short,
        "action": KIND_OF_STATUS.get(item.status, "referenced"),
        **_date(item.date),
        "period": item.period or "",
        "people": list(item.signatories),
        "meeting": _first(meetings),
        "parties": [] if reading.meetings else list(dict.fromkeys(states)),
    }
    evidence = _renamed(item.evidence, title_short="title", status="action", signatories="people")
    return Draft(_key("instrument", number), ProposalKind.INSTRUMENT, fields, evidence)


def _reference(item: Reference, meetings: list[Draft], number: int) -> Draft:
    fields: Fields = {
        "series": item.series,
        "ordinal": item.ordinal,
        **_date(item.date),
        "place": item.place or "",
        "when": item.when or "earlier",
        "meeting": _first(meetings),
    }
    return Draft(_key("reference", number), ProposalKind.REFERENCE, fields, _renamed(item.evidence, type="series"))


def _commitment(
    reading: Reading, item: Commitment, meetings: list[Draft], instruments: list[Draft], number: int
) -> Draft:
    """What is pledged comes from the plan signed, what was done from the one reviewed; otherwise from the meeting.

    Its text is the whole clause that states it, which a reader of the register understands without the communiqué.
    """
    wanted = ("signed",) if item.status in ("pledged", "proposed") else ("reviewed",)
    plans = [draft for draft in instruments if draft.fields["kind"] == "plan" and draft.fields["action"] in wanted]
    fields: Fields = {
        "domain": item.domain,
        "status": item.status,
        "text": _clause(reading, item),
        "period": plans[0].fields["period"] if plans else "",
        "instrument": _first(plans),
        "meeting": _first(meetings),
    }
    return Draft(_key("commitment", number), ProposalKind.COMMITMENT, fields, _renamed(item.evidence, quote="text"))


def _clause(reading: Reading, item: Commitment) -> str:
    shown = item.evidence.get("domain")
    return clause_around(reading.clean_text, shown.clean_start, shown.clean_end) if shown else item.quote

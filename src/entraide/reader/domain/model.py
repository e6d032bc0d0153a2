"""What the reader proposes: plain frozen facts, each field with the passage that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from entraide.kernel.partial_dates import PartialDate

RULES = "rules"
"""The name of the default reader: rules and reviewed vocabulary, no model."""


class Evidence(NamedTuple):
    """Where a field's value stands, in the original and in the cleaned text.

    `quote` is `original[start:end]`; `clean_start` and `clean_end` count in the cleaned text; `basis` is `stated`,
    `header`, `weekday` or `inferred`; `reason` says in English what spoke for it; `confidence` is a probability.
    """

    start: int
    end: int
    clean_start: int
    clean_end: int
    quote: str
    basis: str
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that took place.

    `ordinal` counts within its series; `level` is state, minister, vice-minister, unit or province.
    """

    type: str
    series: str
    ordinal: int | None
    level: str
    date: PartialDate | None
    place: str | None
    co_chairs: tuple[str, ...]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A meeting or instrument that is only referred to; `when` is earlier or later."""

    series: str
    ordinal: int | None
    date: PartialDate | None
    place: str | None
    when: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument and what was done with it.

    `kind` is minutes, memorandum, plan, declaration or agreement; `status` is signed, reviewed, planned, in-force or
    referenced; `period` is a year or `2019/2021`. `parties` are ISO 3166-1 alpha-2 codes, of a document that is itself
    the instrument; a report's parties are those of the report.
    """

    kind: str
    title_short: str
    status: str
    date: PartialDate | None
    period: str | None
    signatories: tuple[str, ...]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """A holder of a public post as named; `state` is ISO 3166-1 alpha-2 or empty, `role` a list by commas."""

    name: str
    post: str
    state: str
    role: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A domain and what is said of it: done, ongoing, pledged, proposed or dropped.

    The rest is what a plan says of its clause. `number` is as printed, `text` the whole clause (`texts` by language
    where two stand side by side); `due` holds EDTF values, quarters as `2026-33` to `2026-36`; `rhythm` is permanent,
    monthly, quarterly, half-yearly or yearly; `leads` are the leading units by ISO 3166-1 alpha-2, `support` others;
    `quantity` is a number with its words; `done_on` is the day (EDTF) on which it was done.
    """

    domain: str
    status: str
    quote: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    number: str = ""
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    due: tuple[str, ...] = ()
    rhythm: str = ""
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    support: tuple[str, ...] = ()
    quantity: str = ""
    indicator: str = ""
    done_on: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A state (XX for a body of states) that takes part, and its organisation where named."""

    state: str
    organisation: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one text. `date` is the header's; `clean_text` is what the clean offsets count in.

    `reader` is `rules`, or the name of the model that proposed it.
    """

    name: str
    language: str
    title: str
    date: PartialDate | None
    clean_text: str
    meetings: tuple[Meeting, ...]
    instruments: tuple[Instrument, ...]
    officials: tuple[Official, ...]
    commitments: tuple[Commitment, ...]
    parties: tuple[Party, ...]
    references: tuple[Reference, ...]
    reader: str = RULES

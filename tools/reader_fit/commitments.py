"""Rows of the decisions `commitment` (whether a domain that a text names is one) and `commitment-status`."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from entraide.reader.domain.commitments import (
    DECISION,
    NONE,
    SAID,
    STATUS_DECISION,
    STATUSES,
    Candidate,
    find_candidates,
)
from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.opened import Opened, open_early, open_for_fitting
from tools.reader_fit.texts import Annotated

_StatusesOf = dict[str, set[str]]
_Quotes = dict[tuple[str, str], list[tuple[int, int]]]
LABELS = (NONE, SAID)
BAGS = True
NAME = DECISION
OWN = "said_of_domains"
OWN_SENTENCES = Path(__file__).with_name(f"{OWN}.yaml")
STRENGTH = 0.6
EMPHASIS = {"domain": 1.5}
OWN_WEIGHT = 0.5
"""How much a sentence of our own counts beside a domain of a report: it says what is nothing, not how often."""


def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
    """Add the candidates of one text: the mentions of a domain are a bag, of which the gold says whether it is one."""
    wanted = {item["domain"] for item in annotated.gold.get("commitments", ())}
    for candidate in find_candidates(opened.facts, opened.syntax):
        label = SAID if candidate.domain in wanted else NONE
        bag = f"{annotated.name}|{candidate.domain}"
        data.rows.append(Row(candidate.domain_features, frozenset({label}), annotated.name, bag=bag))


def add_own(data: Rows) -> None:
    """Add our own sentences, a bag each; what sets them apart from reports has a weight of its own."""
    for number, (candidate, status) in enumerate(_own_rows()):
        label = NONE if status == NONE else SAID
        features = (*candidate.domain_features, OWN)
        data.rows.append(Row(features, frozenset({label}), OWN, OWN_WEIGHT, bag=f"{OWN}|{number}"))


class Statuses:
    """The decision `commitment-status`: the candidates that may be commitments."""

    NAME = STATUS_DECISION
    LABELS = STATUSES
    STRENGTH = 0.1
    EMPHASIS: Mapping[str, float] = {"says": 4.0}

    def add_rows(self, data: Rows, annotated: Annotated, opened: Opened) -> None:
        """Add the candidates whose domain the gold has, with the statuses that it leaves open."""
        statuses, quotes = _gold(annotated, opened)
        candidates, rows = [], []
        for candidate in find_candidates(opened.facts, opened.syntax):
            able = _open(candidate, statuses, quotes) - {NONE}
            if able:
                candidates.append(candidate)
                rows.append(Row(candidate.status_features, able, annotated.name))
        _add(data, candidates, rows, statuses)

    def add_own(self, data: Rows) -> None:
        """Add our own sentences that say something."""
        data.rows += [
            Row(candidate.status_features, frozenset({status}), OWN)
            for candidate, status in _own_rows() * _TIMES
            if status != NONE
        ]


@cache
def _own_rows() -> tuple[tuple[Candidate, str], ...]:
    """The candidates of our own sentences with their status; of their place in a report they say nothing."""
    found = []
    sentences = yaml.safe_load(OWN_SENTENCES.read_text(encoding="utf-8"))
    for statuses in sentences.values():
        for status, rows in statuses.items():
            for words, domains in rows:
                opened = open_for_fitting(open_early(words))
                for candidate in find_candidates(opened.facts, opened.syntax):
                    if candidate.domain in domains or status == NONE:
                        kept = tuple(f for f in candidate.features if f.partition("=")[0] not in _OF_THE_REPORT)
                        found.append((candidate._replace(features=kept), status))
    return tuple(found)


_TIMES = 3
"""How much a sentence of our own counts beside one of a report: they are few, and plain."""
_OF_THE_REPORT = frozenset({"place", "among", "count", "mechanism+among"})


def _gold(annotated: Annotated, opened: Opened) -> tuple[_StatusesOf, _Quotes]:
    """The statuses of each domain of the gold, and where the words that show them stand."""
    statuses: _StatusesOf = {}
    quotes: _Quotes = {}
    for item in annotated.gold.get("commitments", ()):
        for status in str(item["status"]).split(","):
            statuses.setdefault(item["domain"], set()).add(status.strip())
            place = _find(opened.facts.document.text, str(item.get("quote") or ""))
            if place:
                quotes.setdefault((item["domain"], status.strip()), []).append(place)
    return statuses, quotes


def _add(data: Rows, candidates: Sequence[Candidate], rows: Sequence[Row], statuses: _StatusesOf) -> None:
    first = len(data.rows)
    data.rows += rows
    for domain, wanted in statuses.items():
        places = [first + n for n, candidate in enumerate(candidates) if candidate.domain == domain]
        for status in sorted(wanted):
            able = tuple(place for place in places if status in data.rows[place].open)
            if able:
                data.demands.append(Demand(status, able))


def _open(candidate: Candidate, statuses: _StatusesOf, quotes: _Quotes) -> frozenset[str]:
    wanted = statuses.get(candidate.domain, set()) & set(STATUSES)
    inside = {
        status
        for status in wanted
        for start, end in quotes.get((candidate.domain, status), ())
        if start <= candidate.start < end or candidate.start <= start < candidate.end
    }
    if inside:
        return frozenset(inside)
    return frozenset({NONE}) | frozenset(wanted)


def _find(text: str, quote: str) -> tuple[int, int] | None:
    quote = " ".join(quote.split())
    place = text.find(quote) if quote else -1
    return (place, place + len(quote)) if place >= 0 else None

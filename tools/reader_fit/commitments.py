"""Rows of the decisions `commitment` (whether a domain that a text names is one) and `commitment-status`."""

import re
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
from entraide.reader.domain.document import Sentence
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
OWN_WEIGHT = 1.5
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
        """Add the candidates whose domain the gold has; those that it quotes count most."""
        statuses, quotes = _gold(annotated, opened)
        document = opened.facts.document
        shown: list[tuple[Candidate, frozenset[str], int]] = []
        for candidate in find_candidates(opened.facts, opened.syntax):
            wanted = statuses.get(candidate.domain, set()) & set(STATUSES)
            if wanted:
                shown.append((candidate, *_taught(candidate, document.sentence_at(candidate.start), wanted, quotes)))
        best = {candidate.domain: 0 for candidate, _, _ in shown}
        for candidate, _, rank in shown:
            best[candidate.domain] = max(best[candidate.domain], rank)
        rows = [
            Row(
                candidate.status_features,
                able,
                annotated.name,
                1.0 if rank == best[candidate.domain] else _WEIGHTS[rank],
            )
            for candidate, able, rank in shown
        ]
        _add(data, [candidate for candidate, _, _ in shown], rows, statuses)

    def add_own(self, data: Rows) -> None:
        """Add our own sentences that say something."""
        data.rows += [
            Row(candidate.status_features, frozenset({status}), OWN)
            for candidate, status in _own_rows() * _TIMES
            if status != NONE
        ]


def _taught(candidate: Candidate, sentence: Sentence, wanted: set[str], quotes: _Quotes) -> tuple[frozenset[str], int]:
    """The statuses open for the candidate, and whether the gold quotes it, its sentence or another place."""
    quoted = _shown(candidate.domain, candidate.start, candidate.end, wanted, quotes)
    if quoted:
        return quoted, _QUOTED
    beside = _shown(candidate.domain, sentence.start, sentence.end, wanted, quotes)
    return (beside, _BESIDE) if beside else (frozenset(wanted), _ELSEWHERE)


_ELSEWHERE, _BESIDE, _QUOTED = 0, 1, 2
_WEIGHTS = {_ELSEWHERE: 0.2, _BESIDE: 0.5, _QUOTED: 1.0}
"""How much a mention of a domain says of its status when the gold quotes another one, elsewhere or in its sentence."""


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


def _shown(domain: str, start: int, end: int, wanted: set[str], quotes: _Quotes) -> frozenset[str]:
    """The wanted statuses whose quoted words overlap the span."""
    return frozenset(
        status for status in wanted for first, last in quotes.get((domain, status), ()) if first < end and start < last
    )


def _find(text: str, quote: str) -> tuple[int, int] | None:
    """Where the quoted words stand, whatever white space parts them."""
    words = quote.split()
    match = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return match.span() if match else None

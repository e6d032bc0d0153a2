"""Rows of the decision `commitment`: what is said of a domain that a text names."""

from tools.reader_fit.fitting import Demand, Row, Rows
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

from entraide.reader.domain.commitments import DECISION, NONE, STATUSES, Candidate, find_candidates

LABELS = (NONE, *STATUSES)
NAME = DECISION
STRENGTH = 0.3


def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
    """Add the candidates of one text, with the labels that its gold leaves open."""
    statuses: dict[str, set[str]] = {}
    quotes: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for item in annotated.gold.get("commitments", ()):
        for status in str(item["status"]).split(","):
            statuses.setdefault(item["domain"], set()).add(status.strip())
            place = _find(opened.facts.document.text, str(item.get("quote") or ""))
            if place:
                quotes.setdefault((item["domain"], status.strip()), []).append(place)
    candidates = find_candidates(opened.facts, opened.syntax)
    first = len(data.rows)
    for candidate in candidates:
        data.rows.append(Row(candidate.features, _open(candidate, statuses, quotes, opened), annotated.name, annotated.weight))
    for domain, wanted in statuses.items():
        places = [first + n for n, candidate in enumerate(candidates) if candidate.domain == domain]
        for status in sorted(wanted):
            able = tuple(place for place in places if status in data.rows[place].open)
            if able:
                data.demands.append(Demand(status, able))


def _open(
    candidate: Candidate,
    statuses: dict[str, set[str]],
    quotes: dict[tuple[str, str], list[tuple[int, int]]],
    opened: Opened,
) -> frozenset[str]:
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

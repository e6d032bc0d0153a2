"""Rows of the decision `party`: whether a State or a body of States takes part."""

from entraide.reader.domain.parties import DECISION, NONE, PARTY, find_candidates
from tools.reader_fit.fitting import Row, Rows
from tools.reader_fit.opened import Opened
from tools.reader_fit.texts import Annotated

LABELS = (NONE, PARTY)
NAME = DECISION
STRENGTH = 0.3


def add_rows(data: Rows, annotated: Annotated, opened: Opened) -> None:
    """Add one row for each State that the text names."""
    wanted = annotated.states
    for candidate in find_candidates(opened.facts, opened.syntax):
        label = PARTY if candidate.state in wanted else NONE
        data.rows.append(Row(candidate.features, frozenset({label}), annotated.name, annotated.weight))

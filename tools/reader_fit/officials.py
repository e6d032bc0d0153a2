"""Rows of the decision `official`: whether a name is an official's."""

from entraide.reader.domain.officials import DECISION, NONE, OFFICIAL, find_candidates
from tools.reader_fit.fitting import Row, Rows
from tools.reader_fit.gold import same_name
from tools.reader_fit.opened import Early
from tools.reader_fit.texts import Annotated

LABELS = (NONE, OFFICIAL)
NAME = DECISION
STRENGTH = 1.0


def add_rows(data: Rows, annotated: Annotated, early: Early) -> None:
    """Add one row for each person who may be an official."""
    wanted = [str(item["name"]) for item in annotated.gold.get("officials", ())]
    candidates, _posts = find_candidates(early.document, early.syntax)
    for candidate in candidates:
        label = OFFICIAL if any(same_name(name, candidate.person.name) for name in wanted) else NONE
        data.rows.append(Row(candidate.features, frozenset({label}), annotated.name, annotated.weight))

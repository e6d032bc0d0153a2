"""Rows of the decision `state`: whether a State is that of an official."""

from tools.reader_fit.fitting import Row, Rows
from tools.reader_fit.officials import is_named, name_words
from tools.reader_fit.opened import Early
from tools.reader_fit.texts import Annotated

from entraide.reader.domain.affiliation import DECISION, NONE, OWN, find_candidates
from entraide.reader.domain.officials import find_candidates as find_names

LABELS = (NONE, OWN)
NAME = DECISION
STRENGTH = 0.3


def add_rows(data: Rows, annotated: Annotated, early: Early) -> None:
    """Add one row for each official of the gold that is found and each State that may be his."""
    gold = [(name_words(str(item["name"])), item.get("state") or "") for item in annotated.gold.get("officials", ())]
    candidates, posts = find_names(early.document, early.syntax)
    people, states = [], []
    for candidate in candidates:
        state = next((state for words, state in gold if is_named(words, candidate.person.name)), None)
        if state is not None:
            people.append(candidate.person)
            states.append(state)
    pairs, _setting = find_candidates(early.document, early.syntax, people, posts)
    for pair in pairs:
        label = OWN if states[pair.person] == pair.state else NONE
        data.rows.append(Row(pair.features, frozenset({label}), annotated.name))

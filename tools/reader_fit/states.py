"""Rows of the decision `state`: whether a State is that of an official."""

from entraide.reader.domain.affiliation import DECISION, NONE, OWN, candidates_of, survey_people
from entraide.reader.domain.officials import find_candidates as find_names
from tools.reader_fit.fitting import Row, Rows
from tools.reader_fit.gold import same_name
from tools.reader_fit.opened import Early
from tools.reader_fit.texts import Annotated

LABELS = (NONE, OWN)
NAME = DECISION
STRENGTH = 0.3


def add_rows(data: Rows, annotated: Annotated, early: Early) -> None:
    """Add one row for each official of the gold that is found and each State that may be his."""
    gold = [(str(item["name"]), item.get("state") or "") for item in annotated.gold.get("officials", ())]
    candidates, posts = find_names(early.document, early.syntax)
    people, states = [], []
    for candidate in candidates:
        state = next((state for name, state in gold if same_name(name, candidate.person.name)), None)
        if state is not None:
            people.append(candidate.person)
            states.append(state)
    setting = survey_people(early.document, early.syntax, people, posts)
    # Once as the first is weighed, when only what is stated is known, and once as the last, when all others are.
    for turn, known in enumerate((setting.stated, states)):
        setting.known = list(known)
        for index, state in enumerate(states):
            for pair in candidates_of(setting, index):
                label = OWN if state == pair.state else NONE
                group = f"{annotated.name}/{index}/{turn}"
                data.rows.append(Row(pair.features, frozenset({label}), annotated.name, annotated.weight, group=group))

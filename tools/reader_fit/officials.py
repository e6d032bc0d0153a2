"""Rows of the decision `official`: whether a name is an official's."""

from tools.reader_fit.fitting import Row, Rows
from tools.reader_fit.opened import Early
from tools.reader_fit.texts import Annotated

from entraide.reader.domain.folding import fold_characters
from entraide.reader.domain.officials import DECISION, NONE, OFFICIAL, find_candidates

LABELS = (NONE, OFFICIAL)
NAME = DECISION
STRENGTH = 0.3
_ENOUGH = 2


def add_rows(data: Rows, annotated: Annotated, early: Early) -> None:
    """Add one row for each person who may be an official."""
    wanted = [name_words(str(item["name"])) for item in annotated.gold.get("officials", ())]
    candidates, _posts = find_candidates(early.document, early.syntax)
    for candidate in candidates:
        label = OFFICIAL if any(is_named(words, candidate.person.name) for words in wanted) else NONE
        data.rows.append(Row(candidate.features, frozenset({label}), annotated.name))


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name without marks."""
    folded = fold_characters(name).replace("đ", "d")
    return frozenset("".join(char if char.isalnum() else " " for char in folded).split())


def is_named(wanted: frozenset[str], name: str) -> bool:
    """Return whether the name found is the wanted one, as the shared score takes it."""
    found = name_words(name)
    shorter, longer = sorted((wanted, found), key=len)
    return found == wanted or (len(shorter) >= _ENOUGH and shorter <= longer)

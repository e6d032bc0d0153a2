"""What a form of a verb says: its infinitive and its mood."""

from enum import Enum
from typing import NamedTuple


class Mood(Enum):
    """Mood and tense of one form, before auxiliaries are counted."""

    INFINITIVE = "infinitive"
    PRESENT = "present"
    IMPERFECT = "imperfect"
    PAST = "past"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    SUBJUNCTIVE = "subjunctive"
    GERUND = "gerund"
    PARTICIPLE = "participle"

    __hash__ = object.__hash__  # an enumeration's own is a call of Python, and moods are looked up for every word


class Form(NamedTuple):
    """A form of the verb `lemma`."""

    lemma: str
    mood: Mood

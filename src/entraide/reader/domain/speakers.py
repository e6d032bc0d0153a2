"""Who does what a verb says: both sides together, one official, a text, a meeting, an office, or nobody named.

What both sides say binds them, what one of them says is a wish; what a text says is agreed.
"""

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Clause, VerbGroup

_PRONOUNS = {
    **dict.fromkeys(["he", "she", "il", "elle", "ông", "bà", "i", "je", "j'"], "one"),
    **dict.fromkeys(["they", "ils", "elles", "họ", "both"], "both"),
    **dict.fromkeys(["we", "nous", "chúng", "on"], "we"),
    **dict.fromkeys(["it", "this", "cela", "that", "celui-ci", "celle-ci", "nó"], "thing"),
}
_OF_BOTH = regex.compile(
    r"\b(?:des deux|of (?:the two|both)|cua (?:hai|ca hai)|hai) "
    r"(?:pays|etats|parties|ministeres|countries|states|sides|ministries|nuoc|ben|bo)\b"
)
"""`the police forces of both countries`: who belongs to both speaks for both."""
_NEAR = 5
_AFTER = 90
_FURTHEST = 400
_SPEAKING = frozenset({"say", "stress", "propose", "welcome", "agree"})
_THINGS = (
    ("instrument", "text"),
    ("document_words", "text"),
    ("meetings", "meeting"),
    ("visits", "meeting"),
    ("ministries", "office"),
    ("org_heads", "office"),
    ("state", "state"),
)


def speaker_of(facts: Facts, clause: Clause) -> str:
    """Return who the subject of the clause's verb is: both, many, one, we, text, meeting, office, state or nobody."""
    verb = clause.verb
    if verb is None:
        return "nobody"
    tokens = facts.document.tokens
    end = tokens[verb.start].start
    start = max(tokens[min(clause.start, verb.start)].start, end - _FURTHEST)
    before = _named(facts, start, end) or _pronoun(facts.document, verb) or _thing(facts.document, start, end)
    return before or _after(facts, verb) or "nobody"


def _named(facts: Facts, start: int, end: int) -> str:
    if facts.document.within("joint_subjects", start, end) or _OF_BOTH.search(facts.document.folded, start, end):
        return "both"
    people = len(facts.people_in(start, end))
    return "" if not people else "one" if people == 1 else "many"


def _pronoun(document: Document, verb: VerbGroup) -> str:
    for number in range(verb.start - 1, max(verb.start - _NEAR, -1), -1):
        found = _PRONOUNS.get(document.tokens[number].text.lower())
        if found:
            return found
    return ""


def _thing(document: Document, start: int, end: int) -> str:
    return next((name for kind, name in _THINGS if document.within(kind, start, end)), "")


def _after(facts: Facts, verb: VerbGroup) -> str:
    """`a déclaré le ministre`, `said X`, `a-t-il dit`: who speaks stands behind the verb."""
    if verb.name not in _SPEAKING:
        return ""
    end = facts.document.tokens[verb.end - 1].end
    return _named(facts, end, min(end + _AFTER, facts.document.sentence_at(end - 1).end))

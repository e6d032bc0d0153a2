"""Several meetings in one report: whether a mention is of the meeting told before or of another one of the same visit.

A report that tells of a session, an audience and a working session names each once; all other mentions go back to the
first one. The scorer looks at what is new beside the mention: whom he met, the word, the words that add (également).
"""

from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.mentions import Mention
from entraide.reader.domain.scoring import load_scorer

DECISION = "other_meeting"
SAME, ANOTHER = "same", "another"
ENOUGH = 0.4
_NEAR = 4
_OPENING = 3
_MANY = 3
_FAR = 4


def find_others(facts: Facts, syntax: Syntax, lead: Mention, mentions: list[Mention]) -> list[tuple[Mention, float]]:
    """Return those of `mentions` that tell of another meeting than `lead` does, with how sure that is."""
    scorer = load_scorer(DECISION)
    found: list[tuple[Mention, float]] = []
    taken = {syntax.of_token[lead.token]}
    for mention in mentions:
        if mention is lead:
            continue
        sure = scorer.probability(other_features(facts, lead, mention), ANOTHER)
        if sure >= ENOUGH and syntax.of_token[mention.token] not in taken:
            taken.add(syntax.of_token[mention.token])
            found.append((mention, sure))
    return found


def other_features(facts: Facts, lead: Mention, mention: Mention) -> tuple[str, ...]:
    """Return what the scorer is told of a mention beside the surest one of the report."""
    apart = mention.sentence.number - lead.sentence.number
    where = (
        "same" if not apart else "before" if apart < 0 else "next" if apart == 1 else "far" if apart > _FAR else "after"
    )
    one = {person.name for person in facts.people_in(lead.sentence.start, lead.sentence.end)}
    two = {person.name for person in facts.people_in(mention.sentence.start, mention.sentence.end)}
    new, shared = min(len(two - one), _MANY), min(len(two & one), _MANY)
    copied = tuple(name for name in mention.features if name.startswith(_COPIED))
    return (
        *copied,
        f"is+lead={mention.kind},{lead.kind}",
        f"where={where}",
        f"new={new}",
        f"shared={shared}",
        f"new+shared={new},{shared}",
        f"where+new={where},{new}",
        f"is+new={mention.kind},{new}",
        f"posts={min(len(facts.document.within('posts', mention.sentence.start, mention.sentence.end)), _MANY)}",
        f"same_word={mention.type.casefold() == lead.type.casefold()}",
        f"day={_day(lead, mention)}",
        *_words(facts, mention),
    )


_COPIED = ("is=", "determiner=", "turn=", "numbered", "plural", "passive", "date=", "both_sides", "counterpart")
# Words that add something to what was told.
_FURTHER = frozenset(
    [
        "egalement",
        "aussi",
        "ensuite",
        "puis",
        "enfin",
        "auparavant",
        "parallelement",
        "marge",
        "separement",
        "lendemain",
        "veille",
        "also",
        "then",
        "later",
        "earlier",
        "separately",
        "afterwards",
        "sidelines",
        "addition",
        "besides",
        "before",
        "too",
        "cũng",
        "sau",
        "trước",
        "cùng",
        "dịp",
        "tiếp",
        "riêng",
    ]
)


def _day(lead: Mention, mention: Mention) -> str:
    if mention.date is None:
        return "none"
    if lead.date is None:
        return "own"
    return "same" if lead.date.value == mention.date.value else "different"


def _words(facts: Facts, mention: Mention) -> list[str]:
    """Whether words that add stand before the mention or right after it, and how its clause is built."""
    document = facts.document
    tokens = document.tokens
    first = document.token_at(mention.sentence.start)
    words = {tokens[n].folded for n in range(first, min(mention.token + _NEAR, len(tokens)))}
    opening = {tokens[n].folded for n in range(first, min(first + _OPENING, len(tokens)))}
    context = mention.context
    block = document.block_at(mention.start)
    return [
        f"further={bool(words & _FURTHER)}",
        f"further+is={bool(words & _FURTHER)},{mention.kind}",
        f"opening={bool(opening & _FURTHER)}",
        f"tense={context.tense}",
        f"verb={context.verb}",
        f"paragraph={mention.sentence.start <= block.body_start}",
    ]

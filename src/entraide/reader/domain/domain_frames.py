"""Subjects of cooperation that no listed word shows, but a frame: a meeting to come, an instrument carried out.

The noun is known (a meeting, an instrument), and the class of its verb or of the noun above it says the rest, whatever
word it is.
"""

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.grammar.syntax import Context, Syntax
from entraide.reader.domain.vocabulary import Hit

MECHANISM = "mechanism"
FRAME = "frame"
_MOST = 12
"""Frames of one sentence; the bound keeps the reader linear on any text."""
_NEAR = 3
_AHEAD = frozenset({"future", "conditional"})
_ON_INSTRUMENT = frozenset({"implement", "review", "renew", "follow"})
_AGAIN = frozenset({"meet", "hold", "chair"})


def find_frames(document: Document, syntax: Syntax, sentence: Sentence) -> list[Hit]:
    """Return the frames of the sentence as hits of their domain; their form is `frame`."""
    low, high = sentence.start, sentence.end
    found = [hit for hit in document.within("meetings", low, high)[:_MOST] if _is_to_come(document, syntax, hit)]
    found += [hit for hit in document.within("instrument", low, high)[:_MOST] if _is_carried_out(document, syntax, hit)]
    spans = sorted([*((hit.start, hit.end) for hit in found), *_to_meet(document, syntax, sentence)])
    return [Hit(start, end, "domain", MECHANISM, FRAME) for start, end in spans]


def _to_meet(document: Document, syntax: Syntax, sentence: Sentence) -> list[tuple[int, int]]:
    """`the two ministers will see each other again in spring`."""
    span = document.tokens_within(sentence.start, sentence.end)
    verbs = [clause.verb for clause in syntax.clauses_within(span) if clause.verb and clause.verb.start in span]
    ahead = sorted(verb for verb in verbs if verb.name == "meet" and verb.tense in _AHEAD and not verb.passive)[:_MOST]
    return [(document.tokens[verb.start].start, document.tokens[verb.end - 1].end) for verb in ahead]


def _is_to_come(document: Document, syntax: Syntax, hit: Hit) -> bool:
    """`la prochaine session`, `a meeting will be held`."""
    token, end = document.token_at(hit.start), document.token_at(max(hit.end - 1, hit.start))
    turns = syntax.markers_between(max(token - _NEAR, 0), end + _NEAR)
    if any(turn.kind == "turn" and turn.value == "later" for turn in turns):
        return True
    context = syntax.context_of(token)
    return context.tense in _AHEAD and context.verb in _AGAIN


def _is_carried_out(document: Document, syntax: Syntax, hit: Hit) -> bool:
    """`the plan has been carried out`, `l'application de l'accord`."""
    context = syntax.context_of(document.token_at(hit.start))
    return context.nominal in _ON_INSTRUMENT or (context.verb in _ON_INSTRUMENT and _is_object(context))


def _is_object(context: Context) -> bool:
    return context.slot == "object" or context.passive

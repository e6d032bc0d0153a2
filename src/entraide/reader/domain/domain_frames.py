"""Subjects of cooperation that only a frame shows: a meeting to come, an instrument carried out, a guest invited.

The noun is known (a meeting, an instrument), and the class of its verb or of the noun above it says the rest, whatever
word it is.
"""

from collections.abc import Sequence

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.grammar.syntax import Context, Syntax, VerbGroup
from entraide.reader.domain.vocabulary import Hit

MECHANISM, DELEGATIONS = "mechanism", "delegations"
FRAME = "frame"
_MOST = 12
"""Frames of one sentence; the bound keeps the reader linear on any text."""
_NEAR = 3
_TO = (" to ", " to the ", " a ", " au ", " aux ", " en ", " pour une ", " for a ", " sang ")
_AHEAD = frozenset({"future", "conditional"})
_ON_INSTRUMENT = frozenset({"implement", "review", "renew", "follow"})
_INVITING = frozenset({"invite", "inviter", "convier", "mời"})
_WHERE = ("visits", "town", "state")
_GUEST = 90
"""Characters between who invites and where the guest is asked to: a name with its post."""
_AGAIN = frozenset({"meet", "hold", "chair"})


def find_frames(document: Document, syntax: Syntax, sentence: Sentence) -> list[Hit]:
    """Return the frames of the sentence as hits of their domain; their form is `frame`."""
    low, high = sentence.start, sentence.end
    found = [hit for hit in document.within("meetings", low, high)[:_MOST] if _is_to_come(document, syntax, hit)]
    found += [hit for hit in document.within("instrument", low, high)[:_MOST] if _is_carried_out(document, syntax, hit)]
    verbs = _verbs(document, syntax, sentence)
    spans = [*((hit.start, hit.end) for hit in found), *_to_meet(document, verbs)]
    invited = [Hit(*place, "domain", DELEGATIONS, FRAME) for place in _invited(document, verbs, sentence)]
    return sorted([*(Hit(*place, "domain", MECHANISM, FRAME) for place in spans), *invited])


def _verbs(document: Document, syntax: Syntax, sentence: Sentence) -> list[VerbGroup]:
    span = document.tokens_within(sentence.start, sentence.end)
    return [clause.verb for clause in syntax.clauses_within(span) if clause.verb and clause.verb.start in span]


def _invited(document: Document, verbs: Sequence[VerbGroup], sentence: Sentence) -> list[tuple[int, int]]:
    """`invited his colleague to Stockholm`, `a été convié à se rendre à Caracas`, `mời Bộ trưởng sang thăm`."""
    found = []
    for verb in [verb for verb in verbs if verb.lemma in _INVITING][:_MOST]:
        start, end = document.tokens[verb.start].start, document.tokens[verb.end - 1].end
        last = min(end + _GUEST, sentence.end)
        asked = any(other.name == "visit" and end <= document.tokens[other.start].start < last for other in verbs)
        places = [hit for kind in _WHERE for hit in document.within(kind, end, last)]
        asked = asked or any(document.folded.endswith(_TO, end, hit.start) for hit in places)
        if asked and verb.tense != "participle":
            found.append((start, end))
    return found


def _to_meet(document: Document, verbs: Sequence[VerbGroup]) -> list[tuple[int, int]]:
    """`the two ministers will see each other again in spring`."""
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

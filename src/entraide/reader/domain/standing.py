"""What the verbs of a sentence say of a phrase: agreed, wished, talked of, looked back on, or an act with its tense.

Verbs are read by their class of meaning, so a synonym says the same; a verb that nobody knows counts by its tense.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Clause, Context, Marker, Syntax, VerbGroup
from entraide.reader.domain.speakers import speaker_of

_SAYS = {
    "agree": "agreed",
    "sign": "signed",
    "conclude": "signed",
    "adopt": "signed",
    "intend": "meant",
    "propose": "wished",
    "stress": "stressed",
    "discuss": "talked",
    "negotiate": "talked",
    "review": "reviewed",
    "welcome": "looked-back",
    "cover": "covered",
    "say": "said",
    "allow": "covered",
    "need": "needed",
}
_CLEAR = frozenset(
    {"agreed", "signed", "meant", "wished", "stressed", "talked", "reviewed", "looked-back", "covered", "needed"}
)
_CLEARLY = frozenset(f"{word}{how}" for word in _CLEAR for how in ("", ".must", ".ahead"))
"""The same with what `said_by` adds to them."""
_AHEAD = frozenset({"future", "conditional"})
_BEHIND = frozenset({"past", "before", "imperfect"})


def said_by(verb: VerbGroup | None) -> str:
    """Return what a verb says: `agreed`, `wished`, `act.past`, ..., `is` for a bare link, `none` without a verb."""
    if verb is None:
        return "none"
    word = _SAYS.get(verb.name)
    if word is None:
        return _act(verb)
    if verb.tense == "participle" and verb.lemma in _SOUGHT:
        return "is"
    if word in _OUGHT and verb.modal == "must":
        return f"{word}.must"
    if verb.tense in _AHEAD and (word in _TO_COME or verb.name == "negotiate"):
        return f"{word}.ahead"
    return word


_TO_COME = frozenset({"signed", "reviewed", "looked-back"})
_SOUGHT = frozenset({"want"})
"""`criminals wanted by`: no wish of a speaker."""
_OUGHT = frozenset({"talked", "signed", "covered", "reviewed"})
_LINKS = frozenset({"be", "être", "have", "avoir", "faire", "do"})
_LIKES = frozenset({"like", "love"})
_NEEDS = frozenset({"falloir", "devoir", "need"})


def _act(verb: VerbGroup) -> str:
    if not verb.name and verb.lemma in _NEEDS:
        return "act.must"
    if verb.modal == "want" and (verb.tense not in _AHEAD or verb.lemma in _LIKES):
        return "wished"
    if not verb.name and verb.lemma in _LINKS and not verb.modal and verb.tense not in _AHEAD:
        return "is"
    return f"act.{_when(verb)}"


_DEEDS = frozenset(
    ["cooperate", "continue", "send", "strengthen", "implement", "exchange", "train", "arrest", "fight", "help", "give",
     "create"]
)  # fmt: skip
"""Acts of cooperation: in the past they are done; other acts of the past only tell what happened."""


def _when(verb: VerbGroup) -> str:
    if verb.modal in {"must", "can"} and verb.tense not in _AHEAD:
        return verb.modal
    return "ahead" if verb.tense in _AHEAD else "behind" if verb.tense in _BEHIND else verb.tense


class SentenceVerbs(NamedTuple):
    """The verbs and the nouns of deeds of one sentence, in their order."""

    sentence: Sentence
    verbs: tuple[VerbGroup, ...]
    nouns: tuple[Marker, ...]
    said: tuple[str, ...]
    """What each of the verbs says."""
    speech: str
    """What the first verb that says something clear says, or the first that is known at all."""
    bag: tuple[str, ...]
    """The features of what the verbs and the nouns say, wherever they stand."""


def verbs_of(document: Document, syntax: Syntax, sentence: Sentence) -> SentenceVerbs:
    """Return the verbs and nouns of deeds of `sentence`."""
    span = document.tokens_within(sentence.start, sentence.end)
    numbers = sorted({syntax.of_token[token] for token in span})
    verbs = sorted(
        verb for verb in (syntax.clauses[n].verb for n in numbers) if verb is not None and verb.start in span
    )
    nouns = tuple(m for m in syntax.markers_between(span.start, span.stop) if m.kind == "nominal")
    said = tuple(map(said_by, verbs))
    speech = next((word for word in said if word in _CLEARLY), said[0] if said else "none")
    named = {f"noun_of={_SAYS[m.value]}" for m in nouns if m.value in _SAYS}
    return SentenceVerbs(
        sentence, tuple(verbs), nouns, said, speech, (*sorted({f"any={word}" for word in said}), *sorted(named))
    )


def standing_features(facts: Facts, syntax: Syntax, verbs: SentenceVerbs, token: int) -> list[str]:
    """Return what the verbs and nouns around the token say, by where they stand."""
    context = syntax.context_of(token)
    chain = [c for c in (context.clause, *syntax.governors(context.clause)) if c.verb is not None]
    words = [said_by(clause.verb) for clause in chain]
    meant = _meant(facts, context, chain)
    own, above = words[0] if words else "none", _first_clear(words)
    act = next((word for word in words if word.startswith("act.") and not word.endswith(_FORMLESS)), "none")
    found = [f"own={own}", f"above={above}", f"act={act}", f"own+above={own},{above}"]
    found += [f"says={verdict(meant, verbs, token)}", *_bag(verbs, token)]
    return [*found, "negated"] if any(clause.verb and clause.verb.negated for clause in chain) else found


def _meant(facts: Facts, context: Context, chain: Sequence[Clause]) -> list[str]:
    """What the verbs of the chain mean where they stand; who meets about a subject talks of it."""
    found = [_said_in(facts, clause) for clause in chain]
    about = context.verb == "meet" and "topic" in {context.preposition, context.outer}
    return ["talked", *found[1:]] if found and about else found


def _said_in(facts: Facts, clause: Clause) -> str:
    """What the clause's verb says; what a text says is agreed, and a past that is no deed only tells what happened."""
    word, verb = said_by(clause.verb), clause.verb
    if word == "act.behind" and verb is not None and verb.tense == "past" and verb.name not in _DEEDS:
        return "told"
    if word == "act.must" and speaker_of(facts, clause) == "both":
        return "act.bound"
    return "covered" if word in _OF_TEXTS and speaker_of(facts, clause) == "text" else word


_OF_TEXTS = frozenset({"talked", "act.present"})
"""What a text says of its subjects: it deals with them, it gives a framework."""


def _bag(verbs: SentenceVerbs, token: int) -> list[str]:
    """What the verbs and nouns of the sentence say, wherever they stand, and those nearest to the token."""
    before, after = _sides(verbs, token)
    left, right = _first_clear(before), _first_clear(after)
    noun = next((_SAYS.get(m.value, "act") for m in reversed(verbs.nouns) if m.end <= token), "none")
    return [f"left={left}", f"right={right}", f"noun={noun}", *verbs.bag]


def _sides(verbs: SentenceVerbs, token: int) -> tuple[list[str], list[str]]:
    """What the verbs before the token say, the nearest first, and what those after it say."""
    parted = list(zip(verbs.verbs, verbs.said, strict=True))
    before = [word for verb, word in parted if verb.end <= token]
    return before[::-1], [word for verb, word in parted if verb.start > token]


def _first_clear(words: Iterable[str]) -> str:
    for word in words:
        if word in _CLEARLY:
            return word
    return "none"


_FORMLESS = ("infinitive", "gerund", "participle", "bare")
_VERDICTS = {
    "agreed": "pledged",
    "signed": "pledged",
    "signed.ahead": "pledged",
    "signed.must": "proposed",
    "meant": "pledged",
    "wished": "proposed",
    "talked": "ongoing",
    "talked.must": "proposed",
    "talked.ahead": "pledged",
    "reviewed": "reviewed",
    "reviewed.ahead": "ongoing",
    "looked-back": "done",
    "looked-back.ahead": "ongoing",
    "covered": "pledged",
    "covered.must": "proposed",
    "reviewed.must": "proposed",
    "needed": "proposed",
    "act.ahead": "pledged",
    "act.must": "proposed",
    "act.bound": "pledged",
    "act.can": "proposed",
    "act.behind": "done",
    "act.present": "ongoing",
}
_STRONG = frozenset({"act.ahead", "act.must"})
_LINK = frozenset({"is", "said", "none", "told"})
_OPEN = frozenset({"act.ahead", "act.behind"})
"""Acts that keep their meaning under a verb of stressing: `stressed that they would`, `that they had`."""


def verdict(words: list[str], verbs: SentenceVerbs, token: int) -> str:
    """The status that a reader would give at first sight; `words` are what the clause and those above it say.

    The highest verb that says something clear decides; then nouns (`the subjects were`, `the commitment to`), then
    what stands before and after in the sentence.
    """
    clear = _first_clear(word for word in reversed(words) if word != "stressed")
    if clear != "none":
        return _VERDICTS[clear]
    act = next((word for word in words if word in _VERDICTS), "")
    if act == "act.bound" and "said" in words:
        return "proposed"
    if "stressed" in words:
        return _VERDICTS[act] if act in _OPEN else "proposed"
    told = "done" if "told" in words else "unclear"
    return _linked(words, verbs) or _VERDICTS.get(act, "") or _around(verbs, token) or _by_noun(verbs) or told


def _linked(words: list[str], verbs: SentenceVerbs) -> str:
    """What a noun says where verbs only link to it: `cooperation was the topic`."""
    if set(words) <= _LINK:
        return _by_noun(verbs)
    return _by_topic(verbs) if words[-1] in _LINK else ""


def _by_topic(verbs: SentenceVerbs) -> str:
    """`How they might work together was the topic`: the noun that the main clause links to."""
    return next((_VERDICTS[said] for m in verbs.nouns if (said := _SAYS.get(m.value, "")) in _TOPICS), "")


_TOPICS = frozenset({"talked", "reviewed"})


def _by_noun(verbs: SentenceVerbs) -> str:
    """What the first noun of a deed of speech says: a wish, a commitment, a subject of the talks."""
    noun = next((_SAYS[m.value] for m in verbs.nouns if m.value in _SAYS and m.value != "say"), "")
    return _VERDICTS.get(noun, "proposed") if noun else ""


def verdict_of(word: str) -> str:
    """The status that a word of `said_by` means alone, or empty."""
    return _VERDICTS.get(word, "")


def _around(verbs: SentenceVerbs, token: int) -> str:
    """What the verbs before the token say, the nearest first, then those after it."""
    before, after = _sides(verbs, token)
    for word in [*before, *after]:
        if word in _STRONG or (word in _VERDICTS and word in _CLEARLY):
            return _VERDICTS[word]
    return ""

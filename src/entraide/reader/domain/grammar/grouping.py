"""A verb in a sentence and the group that it makes: shared by the languages whose verbs have forms."""

from collections.abc import Sequence
from typing import NamedTuple

from entraide.reader.domain.grammar.forms import Form, Mood
from entraide.reader.domain.grammar.lexicon import VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup

_MOST_ADVERBS = 3
COMPOUND = {
    Mood.PRESENT: "past",
    Mood.IMPERFECT: "before",
    Mood.PAST: "before",
    Mood.FUTURE: "future",
    Mood.CONDITIONAL: "conditional",
    Mood.SUBJUNCTIVE: "subjunctive",
    Mood.INFINITIVE: "infinitive",
    Mood.GERUND: "gerund",
    Mood.PARTICIPLE: "participle",
}
SHORTEST = 5


class Verb(NamedTuple):
    """A verb found at a token: where it ends, its lemma, tense, voice and modal."""

    end: int
    lemma: str
    tense: str
    passive: bool = False
    modal: str = ""
    reflexive: bool = False


def skip_adverbs(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> int:
    """Return the number of the first word from `number` on that is no adverb and no negation."""
    most = number + _MOST_ADVERBS
    while number < min(high, most) and (
        words[number] in lexicon.adverbs or words[number] in lexicon.negations or words[number].endswith(("ment", "ly"))
    ):
        number += 1
    return number


def find_form(
    lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, moods: frozenset[Mood]
) -> Form | None:
    """Return the form at `number` in one of the moods, or None."""
    if number >= high:
        return None
    return next((form for form in lexicon.forms.get(words[number], ()) if form.mood in moods), None)


PARTICIPLES = frozenset({Mood.PARTICIPLE})
INFINITIVES = frozenset({Mood.INFINITIVE})


def make_group(lexicon: VerbLexicon, words: Sequence[str], start: int, verb: Verb, low: int, high: int) -> VerbGroup:
    """Return the group of `verb`, with its class of meaning and whether it is negated."""
    name, end = _sense(lexicon, words, verb, high)
    before = words[max(low, start - 3) : start]
    negated = any(word in lexicon.negations for word in (*before, *words[start : verb.end]))
    return VerbGroup(start, end, name, verb.lemma, verb.tense, verb.passive, negated, verb.modal)


def _sense(lexicon: VerbLexicon, words: Sequence[str], verb: Verb, high: int) -> tuple[str, int]:
    """Return the class of the verb and where its phrase ends."""
    fallback = ""
    for sense in lexicon.senses.get(verb.lemma, ()):
        end = _rest_end(lexicon, words, verb.end, sense.rest, high)
        if end and sense.reflexive == verb.reflexive:
            return sense.name, end
        if end and not sense.rest:
            fallback = fallback or sense.name
    return fallback or _as_quality(lexicon, verb), verb.end


_BEING = {"en": "be", "fr": "être"}


def _as_quality(lexicon: VerbLexicon, verb: Verb) -> str:
    """`be interested`, `être décidé`: the class of a state that a participle of no known verb tells."""
    if not verb.passive or verb.lemma in lexicon.senses:
        return ""
    states = lexicon.senses.get(_BEING.get(lexicon.language, ""), ())
    return next((sense.name for sense in states if sense.rest == (verb.lemma,)), "")


def _rest_end(lexicon: VerbLexicon, words: Sequence[str], start: int, rest: tuple[str, ...], high: int) -> int:
    if not rest:
        return start
    for place in (start, skip_adverbs(lexicon, words, start, high)):  # `en` of `en revue` is no adverb
        if tuple(words[place : place + len(rest)]) == rest:
            return place + len(rest)
    return 0

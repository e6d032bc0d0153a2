"""French verb groups: compound tenses, the passive, modals, `aller`, `venir de`, and unknown verbs by their endings."""

from collections.abc import Sequence

from entraide.reader.domain.grammar import french
from entraide.reader.domain.grammar.forms import Form, Mood
from entraide.reader.domain.grammar.grouping import (
    COMPOUND,
    INFINITIVES,
    PARTICIPLES,
    SHORTEST,
    Verb,
    find_form,
    make_group,
    skip_adverbs,
)
from entraide.reader.domain.grammar.lexicon import FINITE, VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup

_FRENCH_NOUN_BEFORE = frozenset({
    "le", "la", "les", "l'", "un", "une", "des", "du", "de", "d'", "cette", "ce", "cet", "ces", "son", "sa", "ses",
     "leur", "leurs", "au", "aux", "notre", "chaque", "aucune", "première", "premier", "deuxième", "seconde",
     "second", "troisième", "nouvelle", "nouveau", "prochaine", "prochain", "dernière", "dernier", "en", "sans",
})  # fmt: skip
_NO_SUBJECT = frozenset({"", ":", ";", "-", "–", "—", "•"})
"""Before a verb in the present stands its subject: `Traite des personnes`, `: demande de ...` begin with nouns."""
_MOVING = frozenset({
    "aller", "venir", "arriver", "partir", "entrer", "sortir", "rester", "devenir", "intervenir", "parvenir",
     "survenir", "demeurer", "naître", "convenir", "retourner", "revenir", "tomber",
})  # fmt: skip
_MODALS_FR = frozenset({"devoir", "pouvoir", "falloir", "savoir"})
_PARTICIPLE_ENDINGS = ("é", "ée", "és", "ées")
_FUTURE_ENDINGS = ("era", "eront", "ira", "iront", "dra", "dront", "tra", "tront")
_CONDITIONAL_ENDINGS = ("erait", "eraient", "irait", "iraient", "drait", "draient")
_INFINITIVE_ENDINGS = ("er", "ir", "dre")
_VERB_ENDINGS = (*_FUTURE_ENDINGS, *_CONDITIONAL_ENDINGS, "aient", *_INFINITIVE_ENDINGS)
"""Endings of verbs that the lexicon does not know; another word that it does not know begins no group."""
_NO_FUTURE = frozenset({"opéra", "caméra", "extra", "ultra", "contra", "intra", "libéra"})


def french_beginnings(lexicon: VerbLexicon, words: Sequence[str], low: int, high: int) -> list[int]:
    """Return the numbers of the words that may begin a verb group."""
    forms = lexicon.forms
    return [n for n in range(low, high) if words[n] in forms or words[n].endswith(_VERB_ENDINGS)]


def french_group(lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int) -> VerbGroup | None:
    """Return the verb group that begins at word `number`, one of `french_beginnings`, or None."""
    reflexive = not french.REFLEXIVE.isdisjoint(words[max(low, number - 2) : number])
    verb = _french_finite(lexicon, words, number, low, high, reflexive=reflexive) or _french_other(
        lexicon, words, number, low, high, reflexive=reflexive
    )
    return make_group(lexicon, words, number, verb, low, high) if verb else None


def _french_finite(
    lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int, *, reflexive: bool
) -> Verb | None:
    form = find_form(lexicon, words, number, high, FINITE)
    if form is None:
        return _french_unknown(words, number)
    before = words[number - 1] if number > low else ""
    helper = form.lemma in {french.BE, french.HAVE}
    if not helper and before in _FRENCH_NOUN_BEFORE and not reflexive and form.mood is not Mood.FUTURE:
        return None
    if not helper and form.mood is Mood.PRESENT and before in _NO_SUBJECT:
        return None
    return _french_verb(lexicon, words, number, high, form, reflexive=reflexive)


def _french_verb(
    lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, form: Form, *, reflexive: bool
) -> Verb:
    """The verb that begins with `form`, finite or not."""
    place = skip_adverbs(lexicon, words, number + 1, high)
    tense = form.mood.value
    if form.lemma == french.HAVE:
        found = _french_after_have(lexicon, words, place, high, COMPOUND[form.mood])
        if found:
            return found
    if form.lemma == french.BE:
        participle = _participle(lexicon, words, place, high)
        if participle:
            compound = reflexive or participle in _MOVING
            return Verb(
                place + 1, participle, COMPOUND[form.mood] if compound else tense, not compound, reflexive=reflexive
            )
    infinitive = place + 1 if place < high and words[place] in {"se", "s'", "y", "en"} else place
    following = find_form(lexicon, words, infinitive, high, INFINITIVES)
    if following and form.lemma == french.GO:
        return _french_under(lexicon, words, infinitive, high, following, "future", "")
    if following and form.lemma in _MODALS_FR:
        return _french_under(lexicon, words, infinitive, high, following, tense, lexicon.modals[form.lemma])
    if form.lemma == french.COME and place + 1 < high and words[place] in {"de", "d'"}:
        place += 2 if words[place + 1] in {"se", "s'"} else 1
        following = find_form(lexicon, words, place, high, INFINITIVES)
        if following:
            return _french_under(lexicon, words, place, high, following, "past", "")
    return Verb(number + 1, form.lemma, tense, reflexive=reflexive)


def _french_after_have(lexicon: VerbLexicon, words: Sequence[str], place: int, high: int, tense: str) -> Verb | None:
    """`a été signé`, `a signé`, `a qualifié`: what follows the auxiliary; None where it is no auxiliary."""
    if place < high and words[place] == "été":
        after = skip_adverbs(lexicon, words, place + 1, high)
        participle = _participle(lexicon, words, after, high)
        return Verb(after + 1, participle, tense, passive=True) if participle else Verb(place + 1, french.BE, tense)
    participle = _participle(lexicon, words, place, high)
    return Verb(place + 1, participle, tense) if participle else None


def _french_under(
    lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, form: Form, tense: str, modal: str
) -> Verb:
    """`devra être signé`, `va se tenir`: the infinitive under another verb, whose tense it takes."""
    reflexive = words[number - 1] in french.REFLEXIVE
    if form.lemma == french.BE:
        place = skip_adverbs(lexicon, words, number + 1, high)
        participle = _participle(lexicon, words, place, high)
        if participle:
            return Verb(place + 1, participle, tense, passive=True, modal=modal)
    return Verb(number + 1, form.lemma, tense, modal=modal, reflexive=reflexive)


def _participle(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> str:
    """The lemma of a past participle, the word itself where the lexicon does not know it, or empty."""
    form = find_form(lexicon, words, number, high, PARTICIPLES)
    if form:
        return form.lemma
    if number < high and len(words[number]) >= SHORTEST and words[number].endswith(_PARTICIPLE_ENDINGS):
        return words[number]
    return ""


def _french_unknown(words: Sequence[str], number: int) -> Verb | None:
    word = words[number]
    if len(word) < SHORTEST + 1 or not word.isalpha() or word in _NO_FUTURE:
        return None
    if word.endswith(_CONDITIONAL_ENDINGS):
        return Verb(number + 1, word, "conditional")
    if word.endswith(_FUTURE_ENDINGS):
        return Verb(number + 1, word, "future")
    if word.endswith("aient"):
        return Verb(number + 1, word, "imperfect")
    return None


_PARTICIPLE_AFTER = frozenset({
    "par", "le", "la", "en", "à", "au", "aux", "entre", "lors", "durant", "pendant", "sous", "dans", "pour", "ce",
     "il", "depuis", "sur", "hier", "avec",
})  # fmt: skip
_INFINITIVE_BEFORE = frozenset(["de", "d'", "pour", "à", "afin", "sans", "en"])


def _french_other(
    lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int, *, reflexive: bool
) -> Verb | None:
    """An infinitive, a gerund or a participle that stands without an auxiliary."""
    before = words[number - 1] if number > low else ""
    forms = lexicon.forms.get(words[number], ())
    for form in forms:
        if form.mood is Mood.INFINITIVE and before not in {"le", "un", "du", "au", "son", "leur", "ce"}:
            if form.lemma in {french.BE, french.HAVE, *_MODALS_FR}:
                return _french_verb(lexicon, words, number, high, form, reflexive=reflexive)
            return Verb(number + 1, form.lemma, "infinitive", reflexive=reflexive)
        if form.mood is Mood.GERUND:
            return _french_verb(lexicon, words, number, high, form, reflexive=reflexive)
        if form.mood is Mood.PARTICIPLE and before not in _FRENCH_NOUN_BEFORE:
            after = words[number + 1] if number + 1 < high else "."
            if after in _PARTICIPLE_AFTER or after.isdigit():
                return Verb(number + 1, form.lemma, "participle", passive=True)
    word = words[number]
    if not forms and before in _INFINITIVE_BEFORE and len(word) > SHORTEST and word.endswith(_INFINITIVE_ENDINGS):
        return Verb(number + 1, word, "infinitive", reflexive=reflexive)
    return None

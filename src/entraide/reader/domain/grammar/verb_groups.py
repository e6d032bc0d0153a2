"""Verb groups in a sentence: auxiliaries, adverbs and the verb, with tense, voice and class of meaning.

A verb that the lexicon does not know is found by its auxiliary or its ending, with an empty class: it still divides the
sentence and gives a tense.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from entraide.reader.domain.grammar import english, french
from entraide.reader.domain.grammar.forms import Form, Mood
from entraide.reader.domain.grammar.lexicon import FINITE, MODAL_FORMS, VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup
from entraide.reader.domain.grammar.vietnamese import vietnamese_group

_MOST_ADVERBS = 3
_CLITICS = frozenset({"se", "s'", "y", "en", "le", "la", "les", "l'", "lui", "leur", "nous", "vous", "ne", "n'"})
_FRENCH_NOUN_BEFORE = frozenset(
    [
        "le",
        "la",
        "les",
        "l'",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d'",
        "cette",
        "ce",
        "cet",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "au",
        "aux",
        "notre",
        "chaque",
        "aucune",
        "première",
        "premier",
        "deuxième",
        "seconde",
        "second",
        "troisième",
        "nouvelle",
        "nouveau",
        "prochaine",
        "prochain",
        "dernière",
        "dernier",
        "en",
        "sans",
    ]
)
_ENGLISH_NOUN_BEFORE = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "of",
        "in",
        "on",
        "for",
        "with",
        "by",
        "from",
        "at",
        "into",
        "under",
        "during",
        "joint",
        "bilateral",
        "first",
        "second",
        "third",
        "new",
        "next",
        "last",
        "annual",
        "official",
        "mutual",
        "and/or",
        "between",
        "no",
        "any",
        "each",
        "regular",
        "further",
        "more",
        "working",
        "state",
        "cooperation",
        "security",
        "police",
        "action",
    ]
)
_MOVING = frozenset(
    [
        "aller",
        "venir",
        "arriver",
        "partir",
        "entrer",
        "sortir",
        "rester",
        "devenir",
        "intervenir",
        "parvenir",
        "survenir",
        "demeurer",
        "naître",
        "convenir",
        "retourner",
        "revenir",
        "tomber",
    ]
)
_MODALS_FR = frozenset({"devoir", "pouvoir", "falloir", "savoir"})
_DUE = frozenset({"set", "due", "expected", "scheduled", "slated", "planned", "supposed", "poised", "likely", "bound"})
_COMPOUND = {
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
_PARTICIPLE_ENDINGS = ("é", "ée", "és", "ées")
_FUTURE_ENDINGS = ("era", "eront", "ira", "iront", "dra", "dront", "tra", "tront")
_CONDITIONAL_ENDINGS = ("erait", "eraient", "irait", "iraient", "drait", "draient")
_NO_FUTURE = frozenset({"opéra", "caméra", "extra", "ultra", "contra", "intra", "libéra"})
_SHORTEST = 5


class _Verb(NamedTuple):
    """A verb found at a token: where it ends, its lemma, tense, voice and modal."""

    end: int
    lemma: str
    tense: str
    passive: bool = False
    modal: str = ""
    reflexive: bool = False


def find_verb_groups(lexicon: VerbLexicon, words: Sequence[str], low: int, high: int) -> list[VerbGroup]:
    """Return the verb groups among the lower-case `words` numbered `low`..`high`, in order, never overlapping."""
    read = _READERS[lexicon.language]
    groups: list[VerbGroup] = []
    number = low
    while number < high:
        group = read(lexicon, words, number, low, high)
        if group is None:
            number += 1
            continue
        groups.append(group)
        number = group.end
    return groups


def _skip_adverbs(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> int:
    most = number + _MOST_ADVERBS
    while number < min(high, most) and (
        words[number] in lexicon.adverbs or words[number] in lexicon.negations or words[number].endswith(("ment", "ly"))
    ):
        number += 1
    return number


def _form(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, moods: frozenset[Mood]) -> Form | None:
    if number >= high:
        return None
    return next((form for form in lexicon.forms.get(words[number], ()) if form.mood in moods), None)


_PARTICIPLES = frozenset({Mood.PARTICIPLE})
_INFINITIVES = frozenset({Mood.INFINITIVE})


def _group(lexicon: VerbLexicon, words: Sequence[str], start: int, verb: _Verb, low: int, high: int) -> VerbGroup:
    name, end = _sense(lexicon, words, verb, high)
    before = words[max(low, start - 3) : start]
    negated = any(word in lexicon.negations for word in (*before, *words[start : verb.end]))
    return VerbGroup(start, end, name, verb.lemma, verb.tense, verb.passive, negated, verb.modal)


def _sense(lexicon: VerbLexicon, words: Sequence[str], verb: _Verb, high: int) -> tuple[str, int]:
    """Return the class of the verb and where its phrase ends."""
    fallback = ""
    for sense in lexicon.senses.get(verb.lemma, ()):
        end = _rest_end(lexicon, words, verb.end, sense.rest, high)
        if end and sense.reflexive == verb.reflexive:
            return sense.name, end
        if end and not sense.rest:
            fallback = fallback or sense.name
    return fallback, verb.end


def _rest_end(lexicon: VerbLexicon, words: Sequence[str], start: int, rest: tuple[str, ...], high: int) -> int:
    if not rest:
        return start
    for place in (start, _skip_adverbs(lexicon, words, start, high)):  # `en` of `en revue` is no adverb
        if tuple(words[place : place + len(rest)]) == rest:
            return place + len(rest)
    return 0


# French


def _french(lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int) -> VerbGroup | None:
    clitics = words[max(low, number - 2) : number]
    reflexive = any(word in french.REFLEXIVE for word in clitics)
    verb = _french_finite(lexicon, words, number, low, high, reflexive=reflexive) or _french_other(
        lexicon, words, number, low, high, reflexive=reflexive
    )
    return _group(lexicon, words, number, verb, low, high) if verb else None


def _french_finite(
    lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int, *, reflexive: bool
) -> _Verb | None:
    form = _form(lexicon, words, number, high, FINITE)
    if form is None:
        return _french_unknown(words, number)
    before = words[number - 1] if number > low else ""
    helper = form.lemma in {french.BE, french.HAVE}
    if not helper and before in _FRENCH_NOUN_BEFORE and not reflexive and form.mood is not Mood.FUTURE:
        return None
    return _french_verb(lexicon, words, number, high, form, reflexive=reflexive)


def _french_verb(
    lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, form: Form, *, reflexive: bool
) -> _Verb:
    """The verb that begins with `form`, finite or not."""
    place = _skip_adverbs(lexicon, words, number + 1, high)
    tense = form.mood.value
    if form.lemma == french.HAVE:
        found = _french_after_have(lexicon, words, place, high, _COMPOUND[form.mood])
        if found:
            return found
    if form.lemma == french.BE:
        participle = _participle(lexicon, words, place, high)
        if participle:
            compound = reflexive or participle in _MOVING
            return _Verb(
                place + 1, participle, _COMPOUND[form.mood] if compound else tense, not compound, reflexive=reflexive
            )
    infinitive = place + 1 if place < high and words[place] in {"se", "s'", "y", "en"} else place
    following = _form(lexicon, words, infinitive, high, _INFINITIVES)
    if following and form.lemma == french.GO:
        return _french_under(lexicon, words, infinitive, high, following, "future", "")
    if following and form.lemma in _MODALS_FR:
        return _french_under(lexicon, words, infinitive, high, following, tense, lexicon.modals[form.lemma])
    if form.lemma == french.COME and place + 1 < high and words[place] in {"de", "d'"}:
        place += 2 if words[place + 1] in {"se", "s'"} else 1
        following = _form(lexicon, words, place, high, _INFINITIVES)
        if following:
            return _french_under(lexicon, words, place, high, following, "past", "")
    return _Verb(number + 1, form.lemma, tense, reflexive=reflexive)


def _french_after_have(lexicon: VerbLexicon, words: Sequence[str], place: int, high: int, tense: str) -> _Verb | None:
    """`a été signé`, `a signé`, `a qualifié`: what follows the auxiliary; None where it is no auxiliary."""
    if place < high and words[place] == "été":
        after = _skip_adverbs(lexicon, words, place + 1, high)
        participle = _participle(lexicon, words, after, high)
        return _Verb(after + 1, participle, tense, passive=True) if participle else _Verb(place + 1, french.BE, tense)
    participle = _participle(lexicon, words, place, high)
    return _Verb(place + 1, participle, tense) if participle else None


def _french_under(
    lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, form: Form, tense: str, modal: str
) -> _Verb:
    """`devra être signé`, `va se tenir`: the infinitive under another verb, whose tense it takes."""
    reflexive = words[number - 1] in french.REFLEXIVE
    if form.lemma == french.BE:
        place = _skip_adverbs(lexicon, words, number + 1, high)
        participle = _participle(lexicon, words, place, high)
        if participle:
            return _Verb(place + 1, participle, tense, passive=True, modal=modal)
    return _Verb(number + 1, form.lemma, tense, modal=modal, reflexive=reflexive)


def _participle(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> str:
    """The lemma of a past participle, the word itself where the lexicon does not know it, or empty."""
    form = _form(lexicon, words, number, high, _PARTICIPLES)
    if form:
        return form.lemma
    if number < high and len(words[number]) >= _SHORTEST and words[number].endswith(_PARTICIPLE_ENDINGS):
        return words[number]
    return ""


def _french_unknown(words: Sequence[str], number: int) -> _Verb | None:
    word = words[number]
    if len(word) < _SHORTEST + 1 or not word.isalpha() or word in _NO_FUTURE:
        return None
    if word.endswith(_CONDITIONAL_ENDINGS):
        return _Verb(number + 1, word, "conditional")
    if word.endswith(_FUTURE_ENDINGS):
        return _Verb(number + 1, word, "future")
    if word.endswith("aient"):
        return _Verb(number + 1, word, "imperfect")
    return None


_PARTICIPLE_AFTER = frozenset(
    [
        "par",
        "le",
        "la",
        "en",
        "à",
        "au",
        "aux",
        "entre",
        "lors",
        "durant",
        "pendant",
        "sous",
        "dans",
        "pour",
        "ce",
        "il",
        "depuis",
        "sur",
        "hier",
        "avec",
    ]
)
_INFINITIVE_BEFORE = frozenset(["de", "d'", "pour", "à", "afin", "sans", "en"])


def _french_other(
    lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int, *, reflexive: bool
) -> _Verb | None:
    """An infinitive, a gerund or a participle that stands without an auxiliary."""
    before = words[number - 1] if number > low else ""
    forms = lexicon.forms.get(words[number], ())
    for form in forms:
        if form.mood is Mood.INFINITIVE and before not in {"le", "un", "du", "au", "son", "leur", "ce"}:
            if form.lemma in {french.BE, french.HAVE, *_MODALS_FR}:
                return _french_verb(lexicon, words, number, high, form, reflexive=reflexive)
            return _Verb(number + 1, form.lemma, "infinitive", reflexive=reflexive)
        if form.mood is Mood.GERUND:
            return _french_verb(lexicon, words, number, high, form, reflexive=reflexive)
        if form.mood is Mood.PARTICIPLE and before not in _FRENCH_NOUN_BEFORE:
            after = words[number + 1] if number + 1 < high else "."
            if after in _PARTICIPLE_AFTER or after.isdigit():
                return _Verb(number + 1, form.lemma, "participle", passive=True)
    word = words[number]
    if not forms and before in _INFINITIVE_BEFORE and len(word) > _SHORTEST and word.endswith(("er", "ir", "dre")):
        return _Verb(number + 1, word, "infinitive", reflexive=reflexive)
    return None


# English


def _english(lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int) -> VerbGroup | None:
    word = words[number]
    before = words[number - 1] if number > low else ""
    verb: _Verb | None
    if word in english.WILL or word in english.WOULD or word in MODAL_FORMS:
        verb = _english_modal(lexicon, words, number, high)
    elif word == "to":
        place = _skip_adverbs(lexicon, words, number + 1, high)
        verb = _english_base(
            lexicon, words, place, high, "infinitive", "", known=not _opens_object(words, place + 1, high)
        )
    else:
        verb = _english_form(lexicon, words, number, high, before)
    return _group(lexicon, words, number, verb, low, high) if verb else None


def _english_modal(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> _Verb | None:
    word = words[number]
    place = _skip_adverbs(lexicon, words, number + 1, high)
    if word in {"need", "needs", "ought"}:
        if place < high and words[place] == "to":
            return _english_base(lexicon, words, place + 1, high, "present", "must", known=False)
        return None
    tense = "future" if word in english.WILL else "conditional" if word in english.WOULD else "present"
    modal = "" if word in english.WILL else "want" if word in english.WOULD else lexicon.modals.get(word, "can")
    return _english_base(lexicon, words, place, high, tense, modal, known=False)


def _english_base(
    lexicon: VerbLexicon, words: Sequence[str], place: int, high: int, tense: str, modal: str, *, known: bool
) -> _Verb | None:
    """The base form at `place` under `to`, `will` or a modal; `be signed` and `have signed` too."""
    if place >= high:
        return None
    form = _form(lexicon, words, place, high, _INFINITIVES)
    if form is None:
        word = words[place]
        plain = word.isalpha() and word.islower() and not word.endswith(("ing", "ed", "s"))
        return _Verb(place + 1, word, tense, modal=modal) if plain and not known and word not in _NO_BASE else None
    after = _skip_adverbs(lexicon, words, place + 1, high)
    if form.lemma in {english.BE, english.HAVE}:
        participle = _english_participle(lexicon, words, after, high)
        if participle:
            return _Verb(after + 1, participle, tense, passive=form.lemma == english.BE, modal=modal)
    return _Verb(place + 1, form.lemma, tense, modal=modal)


def _opens_object(words: Sequence[str], number: int, high: int) -> bool:
    """Whether the word opens an object, so that an unknown word after `to` is a verb: `to curb the`, not `to human`."""
    return number < high and words[number] in _AFTER_PRESENT | {"each", "both", "any", "such", "one", "every", "new"}


_NO_BASE = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "which",
        "be",
        "date",
        "and",
        "or",
        "in",
        "on",
        "at",
        "all",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "each",
        "both",
        "some",
        "any",
        "many",
        "most",
        "several",
        "other",
        "another",
    ]
)


def _english_participle(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> str:
    form = _form(lexicon, words, number, high, frozenset({Mood.PARTICIPLE}))
    if form:
        return form.lemma
    if number < high and len(words[number]) >= _SHORTEST and words[number].endswith("ed"):
        return words[number]
    return ""


def _english_form(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, before: str) -> _Verb | None:
    forms = lexicon.forms.get(words[number], ())
    if not forms:
        return _english_unknown(words, number, before)
    lemmas = {form.lemma for form in forms}
    if english.BE in lemmas or english.HAVE in lemmas:
        return _english_helper(lexicon, words, number, high, forms[0])
    return _english_full(words, number, high, forms, before)


def _english_helper(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, form: Form) -> _Verb | None:
    if form.lemma == english.BE:
        return _english_be(lexicon, words, number, high, form.mood)
    mood = Mood.PRESENT if form.mood is Mood.INFINITIVE else form.mood
    return _english_have(lexicon, words, number, high, mood)


def _english_full(words: Sequence[str], number: int, high: int, forms: Sequence[Form], before: str) -> _Verb | None:
    """A verb that is no auxiliary, unless the words around it make it a noun."""
    moods = {form.mood for form in forms}
    noun = before in _ENGLISH_NOUN_BEFORE or before.endswith(("al", "ary", "ive", "'s")) or before[:1].isdigit()
    if Mood.PAST in moods:
        noun = (before in _ENGLISH_NOUN_BEFORE and before != "that") or before.endswith("'s")
        noun = noun or _is_organised_crime(words, number)
        return None if noun else _Verb(number + 1, forms[0].lemma, "past")
    if Mood.PARTICIPLE in moods:
        return _Verb(number + 1, forms[0].lemma, "participle", passive=True)
    if Mood.GERUND in moods:
        noun = _is_noun_in_ing(words[number], before) or words[number + 1 : number + 2] == ["of"]
        return None if noun else _Verb(number + 1, forms[0].lemma, "gerund")
    return _english_present(words, number, high, forms[0].lemma, moods, noun=noun)


_AFTER_PRESENT = frozenset(
    [
        "the",
        "a",
        "an",
        "that",
        "to",
        "on",
        "in",
        "with",
        "for",
        "its",
        "their",
        "his",
        "her",
        "all",
        "and",
        "more",
        "under",
        "against",
        "within",
        "at",
        "from",
        "towards",
        "closely",
    ]
)


def _is_organised_crime(words: Sequence[str], number: int) -> bool:
    """`organised crime`, `organised criminal groups`: no verb, and the commonest participle of these reports."""
    after = words[number + 1] if number + 1 < len(words) else ""
    return words[number] in {"organised", "organized"} and after.startswith(("crim", "gang", "group", "network"))


_BULLETS = frozenset("-–—•*+")
_BETWEEN_SUBJECT_AND_VERB = frozenset(
    ["already", "also", "now", "still", "always", "often", "both", "all", "jointly", "fully", "closely"]
)


def _is_noun_in_ing(word: str, before: str) -> bool:
    """`the signing`, `a working meeting`; after a preposition such a word is a verb, but `meeting` never is."""
    if word == "meeting":
        return before not in {"after", "before", "while", "when", ","}
    return before in _NOUN_BEFORE_ING or before.endswith(("al", "ary", *_ORDINAL_ENDINGS)) or before[:1].isdigit()


_NOUN_BEFORE_ING = frozenset(
    ["the", "a", "an", "this", "that", "its", "their", "his", "her", "joint", "first", "last", "next"]
)
_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")


def _english_present(
    words: Sequence[str], number: int, high: int, lemma: str, moods: set[Mood], *, noun: bool
) -> _Verb | None:
    """`signs`, and `sign` after a plural or after `and`: only where it is no noun."""
    if noun or number + 1 >= high:
        return None
    back = number - 1
    while back > 0 and words[back] in _BETWEEN_SUBJECT_AND_VERB:
        back -= 1
    before, after = words[back] if number else "", words[number + 1]
    if before in _BULLETS and Mood.PRESENT not in moods:
        return _Verb(number + 1, lemma, "infinitive")
    if Mood.PRESENT in moods:
        return _Verb(number + 1, lemma, "present") if after in _AFTER_PRESENT else None
    if before in {"and", "or", ","} and after in _AFTER_PRESENT | {"cooperation", "joint", "information"}:
        return _Verb(number + 1, lemma, "infinitive")
    plural = before.endswith("s") or before in {"they", "sides", "both", "we"}
    return _Verb(number + 1, lemma, "present") if plural and after in _AFTER_PRESENT else None


def _english_be(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, mood: Mood) -> _Verb | None:
    """`was signed`, `is to be signed`, `are expected to sign`, `were discussing`."""
    tense = mood.value
    place = _skip_adverbs(lexicon, words, number + 1, high)
    if place < high and (words[place] in _DUE or words[place] == "to"):
        to = place if words[place] == "to" else place + 1
        if to < high and words[to] == "to":
            under = _english_base(
                lexicon, words, _skip_adverbs(lexicon, words, to + 1, high), high, "future", "", known=False
            )
            if under:
                return under
    participle = _english_participle(lexicon, words, place, high)
    if participle:
        return _Verb(place + 1, participle, tense, passive=True)
    gerund = _form(lexicon, words, place, high, frozenset({Mood.GERUND}))
    if gerund and gerund.lemma == "go" and words[place + 1 : place + 2] == ["to"]:
        under = _english_base(lexicon, words, place + 2, high, "future", "", known=False)
        if under:
            return under
    if gerund and gerund.lemma == english.BE:
        after = _english_participle(lexicon, words, place + 1, high)
        return _Verb(place + 2, after, "present", passive=True) if after else None
    if gerund:
        return _Verb(place + 1, gerund.lemma, "imperfect" if mood is Mood.PAST else "present")
    return _Verb(number + 1, english.BE, tense)


def _english_have(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, mood: Mood) -> _Verb | None:
    """`has signed`, `they have signed`: without `to` or a modal the base form is a present."""
    mood = Mood.PRESENT if mood is Mood.INFINITIVE else mood
    tense = _COMPOUND[mood]
    place = _skip_adverbs(lexicon, words, number + 1, high)
    if place < high and words[place] == "been":
        after = _skip_adverbs(lexicon, words, place + 1, high)
        participle = _english_participle(lexicon, words, after, high)
        if participle:
            return _Verb(after + 1, participle, tense, passive=True)
        gerund = _form(lexicon, words, after, high, frozenset({Mood.GERUND}))
        return _Verb(after + 1, gerund.lemma, "present") if gerund else _Verb(place + 1, english.BE, tense)
    participle = _english_participle(lexicon, words, place, high)
    if participle:
        return _Verb(place + 1, participle, tense)
    if place < high and words[place] == "to":
        under = _english_base(lexicon, words, place + 1, high, mood.value, "must", known=False)
        if under:
            return under
    if words[number] == "having":
        return None
    return _Verb(number + 1, english.HAVE, mood.value)


def _english_unknown(words: Sequence[str], number: int, before: str) -> _Verb | None:
    """A word in -ed that is not known: a past where a noun stands before it."""
    word = words[number]
    if len(word) <= _SHORTEST or not word.endswith("ed") or before in _ENGLISH_NOUN_BEFORE or not before.isalpha():
        return None
    return _Verb(number + 1, word, "past")


_READERS: dict[str, Callable[[VerbLexicon, Sequence[str], int, int, int], VerbGroup | None]] = {
    "fr": _french,
    "en": _english,
    "vi": vietnamese_group,
}

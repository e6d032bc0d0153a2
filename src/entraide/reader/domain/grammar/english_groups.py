"""English verb groups: auxiliaries, modals, `be to`, infinitives, gerunds, and forms that may be nouns as well."""

from collections.abc import Sequence

from entraide.reader.domain.grammar import english
from entraide.reader.domain.grammar.forms import Form, Mood
from entraide.reader.domain.grammar.grouping import (
    COMPOUND,
    INFINITIVES,
    SHORTEST,
    Verb,
    find_form,
    make_group,
    skip_adverbs,
)
from entraide.reader.domain.grammar.lexicon import MODAL_FORMS, VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup

_ENGLISH_NOUN_BEFORE = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "of", "in", "on", "for",
     "with", "by", "from", "at", "into", "under", "during", "joint", "bilateral", "first", "second", "third", "new",
     "next", "last", "annual", "official", "mutual", "and/or", "between", "no", "any", "each", "regular", "further",
     "more", "working", "state", "cooperation", "security", "police", "action",
})  # fmt: skip
_OPENING = frozenset({"to", *english.WILL, *english.WOULD, *MODAL_FORMS})
_DUE = frozenset({"set", "due", "expected", "scheduled", "slated", "planned", "supposed", "poised", "likely", "bound"})


def english_group(lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int) -> VerbGroup | None:
    """Return the verb group that begins at word `number`, or None."""
    word = words[number]
    opens = word in _OPENING
    if not opens and word not in lexicon.forms and not word.endswith("ed"):
        return None
    before = words[number - 1] if number > low else ""
    verb: Verb | None
    if opens and word != "to":
        verb = _english_modal(lexicon, words, number, high)
    elif opens:
        place = skip_adverbs(lexicon, words, number + 1, high)
        verb = _english_base(
            lexicon, words, place, high, "infinitive", "", known=not _opens_object(words, place + 1, high)
        )
    else:
        verb = _english_form(lexicon, words, number, high, before)
    return make_group(lexicon, words, number, verb, low, high) if verb else None


def _english_modal(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> Verb | None:
    word = words[number]
    place = skip_adverbs(lexicon, words, number + 1, high)
    if word in {"need", "needs", "ought"}:
        if place < high and words[place] == "to":
            return _english_base(lexicon, words, place + 1, high, "present", "must", known=False)
        return None
    tense = "future" if word in english.WILL else "conditional" if word in english.WOULD else "present"
    modal = "" if word in english.WILL else "want" if word in english.WOULD else lexicon.modals.get(word, "can")
    return _english_base(lexicon, words, place, high, tense, modal, known=False)


def _english_base(
    lexicon: VerbLexicon, words: Sequence[str], place: int, high: int, tense: str, modal: str, *, known: bool
) -> Verb | None:
    """The base form at `place` under `to`, `will` or a modal; `be signed` and `have signed` too."""
    if place >= high:
        return None
    form = find_form(lexicon, words, place, high, INFINITIVES)
    if form is None:
        word = words[place]
        plain = word.isalpha() and word.islower() and not word.endswith(_NO_BASE_ENDINGS)
        return Verb(place + 1, word, tense, modal=modal) if plain and not known and word not in _NO_BASE else None
    after = skip_adverbs(lexicon, words, place + 1, high)
    if form.lemma in {english.BE, english.HAVE}:
        participle = _english_participle(lexicon, words, after, high)
        if participle:
            return Verb(after + 1, participle, tense, passive=form.lemma == english.BE, modal=modal)
    return Verb(place + 1, form.lemma, tense, modal=modal)


def _opens_object(words: Sequence[str], number: int, high: int) -> bool:
    """Whether the word opens an object, so that an unknown word after `to` is a verb: `to curb the`, not `to human`."""
    return number < high and words[number] in _AFTER_PRESENT | {"each", "both", "any", "such", "one", "every", "new"}


_NO_BASE_ENDINGS = (
    "ing", "ed", "s", "al", "ic", "ive", "ous", "ary", "ism", "tion", "ment", "ity", "ance", "ence", "ship", "ian",
    "ese", "ly", "able", "ible", "ful",
)  # fmt: skip
"""Endings of nouns and adjectives: `to bilateral and multilateral cooperation` has no verb."""
_NO_BASE = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "which", "be", "date",
     "and", "or", "in", "on", "at", "all", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
     "ten", "each", "both", "some", "any", "many", "most", "several", "other", "another",
})  # fmt: skip


def _english_participle(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> str:
    form = find_form(lexicon, words, number, high, frozenset({Mood.PARTICIPLE}))
    if form:
        return form.lemma
    if number < high and len(words[number]) >= SHORTEST and words[number].endswith("ed"):
        return words[number]
    return ""


def _english_form(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, before: str) -> Verb | None:
    forms = lexicon.forms.get(words[number], ())
    if not forms:
        return _english_unknown(words, number, before)
    lemmas = {form.lemma for form in forms}
    if english.BE in lemmas or english.HAVE in lemmas:
        return _english_helper(lexicon, words, number, high, forms[0])
    return _english_full(words, number, high, forms, before)


def _english_helper(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, form: Form) -> Verb | None:
    if form.lemma == english.BE:
        return _english_be(lexicon, words, number, high, form.mood)
    mood = Mood.PRESENT if form.mood is Mood.INFINITIVE else form.mood
    return _english_have(lexicon, words, number, high, mood)


def _english_full(words: Sequence[str], number: int, high: int, forms: Sequence[Form], before: str) -> Verb | None:
    """A verb that is no auxiliary, unless the words around it make it a noun."""
    moods = {form.mood for form in forms}
    noun = before in _ENGLISH_NOUN_BEFORE or before.endswith(("al", "ary", "ive", "'s")) or before[:1].isdigit()
    if Mood.PAST in moods:
        noun = (before in _ENGLISH_NOUN_BEFORE and before != "that") or before.endswith("'s")
        noun = noun or _is_organised_crime(words, number)
        return None if noun else Verb(number + 1, forms[0].lemma, "past")
    if Mood.PARTICIPLE in moods:
        return Verb(number + 1, forms[0].lemma, "participle", passive=True)
    if Mood.GERUND in moods:
        noun = _is_noun_in_ing(words[number], before) or words[number + 1 : number + 2] == ["of"]
        return None if noun else Verb(number + 1, forms[0].lemma, "gerund")
    return _english_present(words, number, high, forms[0].lemma, moods, noun=noun)


_AFTER_PRESENT = frozenset({
    "the", "a", "an", "that", "to", "on", "in", "with", "for", "its", "their", "his", "her", "all", "and", "more",
     "under", "against", "within", "at", "from", "towards", "closely",
})  # fmt: skip


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
) -> Verb | None:
    """`signs`, and `sign` after a plural or after `and`: only where it is no noun."""
    if noun or number + 1 >= high:
        return None
    back = number - 1
    while back > 0 and words[back] in _BETWEEN_SUBJECT_AND_VERB:
        back -= 1
    before, after = words[back] if number else "", words[number + 1]
    if before in _BULLETS and Mood.PRESENT not in moods:
        return Verb(number + 1, lemma, "infinitive")
    if Mood.PRESENT in moods:
        return Verb(number + 1, lemma, "present") if after in _AFTER_PRESENT else None
    if before in {"and", "or", ","} and after in _AFTER_PRESENT | {"cooperation", "joint", "information"}:
        return Verb(number + 1, lemma, "infinitive")
    plural = before.endswith("s") or before in {"they", "sides", "both", "we"}
    return Verb(number + 1, lemma, "present") if plural and after in _AFTER_PRESENT else None


def _english_be(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, mood: Mood) -> Verb | None:
    """`was signed`, `is to be signed`, `are expected to sign`, `were discussing`."""
    tense = mood.value
    place = skip_adverbs(lexicon, words, number + 1, high)
    if place < high and (words[place] in _DUE or words[place] == "to"):
        to = place if words[place] == "to" else place + 1
        if to < high and words[to] == "to":
            under = _english_base(
                lexicon, words, skip_adverbs(lexicon, words, to + 1, high), high, "future", "", known=False
            )
            if under:
                return under
    participle = _english_participle(lexicon, words, place, high)
    if participle:
        return Verb(place + 1, participle, tense, passive=True)
    gerund = find_form(lexicon, words, place, high, frozenset({Mood.GERUND}))
    if gerund and gerund.lemma == "go" and words[place + 1 : place + 2] == ["to"]:
        under = _english_base(lexicon, words, place + 2, high, "future", "", known=False)
        if under:
            return under
    if gerund and gerund.lemma == english.BE:
        after = _english_participle(lexicon, words, place + 1, high)
        return Verb(place + 2, after, "present", passive=True) if after else None
    if gerund:
        return Verb(place + 1, gerund.lemma, "imperfect" if mood is Mood.PAST else "present")
    return Verb(number + 1, english.BE, tense)


def _english_have(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, mood: Mood) -> Verb | None:
    """`has signed`, `they have signed`: without `to` or a modal the base form is a present."""
    mood = Mood.PRESENT if mood is Mood.INFINITIVE else mood
    tense = COMPOUND[mood]
    place = skip_adverbs(lexicon, words, number + 1, high)
    if place < high and words[place] == "been":
        after = skip_adverbs(lexicon, words, place + 1, high)
        participle = _english_participle(lexicon, words, after, high)
        if participle:
            return Verb(after + 1, participle, tense, passive=True)
        gerund = find_form(lexicon, words, after, high, frozenset({Mood.GERUND}))
        return Verb(after + 1, gerund.lemma, "present") if gerund else Verb(place + 1, english.BE, tense)
    participle = _english_participle(lexicon, words, place, high)
    if participle:
        return Verb(place + 1, participle, tense)
    if place < high and words[place] == "to":
        under = _english_base(lexicon, words, place + 1, high, mood.value, "must", known=False)
        if under:
            return under
    if words[number] == "having":
        return None
    return Verb(number + 1, english.HAVE, mood.value)


_PREFIXES = ("re-", "co-", "pre-")


def _english_unknown(words: Sequence[str], number: int, before: str) -> Verb | None:
    """A word in -ed that is not known: a past where a noun stands before it."""
    word = words[number]
    if len(word) <= SHORTEST or not word.endswith("ed") or before in _ENGLISH_NOUN_BEFORE or not before.isalpha():
        return None
    if "-" in word and not word.startswith(_PREFIXES):  # `intelligence-led`, `UN-backed`
        return None
    return Verb(number + 1, word, "past")

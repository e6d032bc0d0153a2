"""Verb groups in a sentence: auxiliaries, adverbs and the verb, with tense, voice and class of meaning.

A verb that the lexicon does not know is found by its auxiliary or its ending, with an empty class: it still divides the
sentence and gives a tense.
"""

from collections.abc import Callable, Sequence

from entraide.reader.domain.grammar.english_groups import english_beginnings, english_group
from entraide.reader.domain.grammar.french_groups import french_beginnings, french_group
from entraide.reader.domain.grammar.lexicon import VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup
from entraide.reader.domain.grammar.vietnamese import vietnamese_beginnings, vietnamese_group


def find_verb_groups(lexicon: VerbLexicon, words: Sequence[str], low: int, high: int) -> list[VerbGroup]:
    """Return the verb groups among the lower-case `words` numbered `low`..`high`, in order, never overlapping."""
    read, may_begin = _READERS[lexicon.language]
    groups: list[VerbGroup] = []
    number = low
    for place in may_begin(lexicon, words, low, high):
        if place < number:
            continue
        group = read(lexicon, words, place, low, high)
        if group is not None:
            groups.append(group)
            number = group.end
    return groups


_Reader = Callable[[VerbLexicon, Sequence[str], int, int, int], VerbGroup | None]
_Beginnings = Callable[[VerbLexicon, Sequence[str], int, int], list[int]]
_READERS: dict[str, tuple[_Reader, _Beginnings]] = {
    "fr": (french_group, french_beginnings),
    "en": (english_group, english_beginnings),
    "vi": (vietnamese_group, vietnamese_beginnings),
}

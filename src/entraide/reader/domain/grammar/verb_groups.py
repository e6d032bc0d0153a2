"""Verb groups in a sentence: auxiliaries, adverbs and the verb, with tense, voice and class of meaning.

A verb that the lexicon does not know is found by its auxiliary or its ending, with an empty class: it still divides the
sentence and gives a tense.
"""

from collections.abc import Callable, Sequence

from entraide.reader.domain.grammar.english_groups import english_group
from entraide.reader.domain.grammar.french_groups import french_group
from entraide.reader.domain.grammar.lexicon import VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup
from entraide.reader.domain.grammar.vietnamese import vietnamese_group


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


_READERS: dict[str, Callable[[VerbLexicon, Sequence[str], int, int, int], VerbGroup | None]] = {
    "fr": french_group,
    "en": english_group,
    "vi": vietnamese_group,
}

"""Whether two printed names may be one person's, across languages and scripts: a sign, never a key. Pure.

Chinese names stand in reports in characters, in pinyin (Zhao Kezhi) and in Sino-Vietnamese (Triệu Khắc Chí): a reviewed
table of characters leads from one to another. Lao names are romanised by everybody in another way: their consonants are
compared. Russian and other names differ by the habits of French and English in the same manner.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from entraide.search.domain.folding import fold_name

LIKE_SPELLING = 88.0
"""Likeness of spelling, 0 to 100, from which two names in Latin letters may be one."""
LIKE_SOUND = 86.0
LIKE_TRANSCRIBED = 80.0
"""Likeness of consonants from which a name and its Vietnamese transcription may be one."""
LONGEST_SYLLABLE = 4
SHORTEST_SOUND, SHORTEST_PART, SHORTEST_TRANSCRIBED = 4, 4, 2
_VOWELS = re.compile(r"[aeiou\s]+")
_LAO = re.compile(r"[\u0e80-\u0eff]")
_HYPHEN = re.compile(r"\w-\w")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Variants:
    """The reviewed tables: by character its readings in pinyin and in Sino-Vietnamese, all folded; Lao letters and
    sounds, each with what it becomes, in order; the same of Vietnamese transcriptions; words that are titles.
    """

    pinyin: Mapping[str, frozenset[str]]
    vietnamese: Mapping[str, frozenset[str]]
    letters: tuple[tuple[str, str], ...]
    sounds: tuple[tuple[str, str], ...]
    transcribed: tuple[tuple[str, str], ...]
    titles: tuple[tuple[str, ...], ...]

    def readings(self, syllable: str) -> frozenset[str]:
        """Return the pinyin of the characters that a folded Sino-Vietnamese syllable may be."""
        return frozenset(
            reading
            for character, known in self.vietnamese.items()
            if syllable in known
            for reading in self.pinyin[character]
        )


def words_of_name(variants: Variants, name: str) -> tuple[str, ...]:
    """Return the folded words of a printed name, without titles."""
    words = tuple(fold_name(name).split())
    for title in variants.titles:
        found = next((at for at in range(len(words)) if words[at : at + len(title)] == title), None)
        if found is not None and len(words) > len(title):
            words = (*words[:found], *words[found + len(title) :])
    return words


def is_same_name(variants: Variants, left: str, right: str) -> bool:
    """Whether two names are one in other letters or another order, titles left out: `Tô Lâm` and `To Lam`."""
    one, other = words_of_name(variants, left), words_of_name(variants, right)
    return bool(one) and ("".join(one) == "".join(other) or sorted(one) == sorted(other))


def is_part_of_name(variants: Variants, left: str, right: str) -> bool:
    """Whether all words of one name stand in the other: `Kheng` and `Sar Kheng`."""
    one, other = set(words_of_name(variants, left)), set(words_of_name(variants, right))
    shorter = min(one, other, key=len)
    return bool(shorter) and shorter <= one & other and max(map(len, shorter)) >= SHORTEST_PART


def is_same_in_script(variants: Variants, left: str, right: str) -> bool:
    """Whether one name is the other in another script or language: 赵克志, Zhao Kezhi and Triệu Khắc Chí."""
    if _LAO.search(left) or _LAO.search(right):
        return _sounds_alike(variants, left, right)
    return _is_reading(variants, left, right) or _is_reading(variants, right, left)


def is_like_spelling(variants: Variants, left: str, right: str) -> bool:
    """Whether two names in Latin letters are spelt alike, or sound alike by their consonants: Choïgou and Shoigu."""
    one, other = "".join(words_of_name(variants, left)), "".join(words_of_name(variants, right))
    if not one or not other:
        return False
    if fuzz.ratio(one, other) >= LIKE_SPELLING:
        return True
    sound = _sound(variants, left)
    return len(sound) >= SHORTEST_SOUND and sound == _sound(variants, right)


def is_transcribed(variants: Variants, left: str, right: str) -> bool:
    """Whether one name may be the other as Vietnamese texts write it, by syllables: Kolokoltsev and `Cô-lô-côn-xép`.

    A Vietnamese syllable ends in few consonants, and short names have few: this says something only of two of one post.
    """
    if _is_in_syllables(left) is _is_in_syllables(right):
        return False
    one, other = (_spoken(variants, name) for name in (left, right))
    return min(len(one), len(other)) >= SHORTEST_TRANSCRIBED and fuzz.ratio(one, other) >= LIKE_TRANSCRIBED


def _is_in_syllables(name: str) -> bool:
    """Whether a name is written by syllables, with hyphens or in short words with marks: `Xa Xô-kha`, `Cô Cô`."""
    words = name.split()
    return any(map(_HYPHEN.search, words)) or (
        not name.isascii() and all(len(word) <= LONGEST_SYLLABLE for word in words)
    )


def _is_reading(variants: Variants, spelt: str, latin: str) -> bool:
    """Whether `spelt`, in characters or in Sino-Vietnamese, reads as `latin` does in pinyin, or in Vietnamese."""
    words = words_of_name(variants, latin)
    if _HAN.search(spelt):
        characters = _HAN.findall(spelt)
        pinyin = [variants.pinyin.get(one, frozenset()) for one in characters]
        vietnamese = [variants.vietnamese.get(one, frozenset()) for one in characters]
        return _reads(pinyin, words) or _reads(vietnamese, words)
    if _HAN.search(latin):
        return False
    syllables = [variants.readings(syllable) for syllable in words_of_name(variants, spelt)]
    return len(syllables) > 1 and _reads(syllables, words)


def _reads(syllables: Sequence[frozenset[str]], words: Sequence[str]) -> bool:
    """Whether one reading of each syllable, in order, spells the words; a family name may stand last."""
    orders = ("".join(words), "".join((*words[-1:], *words[:-1])))
    return bool(syllables) and any(order in _spellings(syllables, order) for order in orders)


def _spellings(syllables: Iterable[frozenset[str]], text: str) -> set[str]:
    begun = {""}
    for readings in syllables:
        begun = {one + more for one in begun for more in readings if text.startswith(one + more)}
    return begun


def _sounds_alike(variants: Variants, left: str, right: str) -> bool:
    one, other = _sound(variants, left), _sound(variants, right)
    return min(len(one), len(other)) >= SHORTEST_SOUND and fuzz.ratio(one, other) >= LIKE_SOUND


def _sound(variants: Variants, name: str) -> str:
    """Return the consonants of a name, those that sound alike written alike."""
    text = name
    if _LAO.search(name):
        # Marks of tone stand between a letter and what belongs to it.
        text = re.sub(r"[\u0ec8-\u0ecb]", "", name)
        for letter, latin in variants.letters:
            text = text.replace(letter, latin)
        text = re.sub(r"[\u0e80-\u0eff]", "", text)
    else:
        text = " ".join(words_of_name(variants, name))
    for sound, plain in variants.sounds:
        text = text.replace(sound, plain)
    return _VOWELS.sub("", text)


def _spoken(variants: Variants, name: str) -> str:
    """Return the consonants of a name as a Vietnamese syllable may carry them."""
    text = _sound(variants, name)
    for sound, plain in variants.transcribed:
        text = text.replace(sound, plain)
    return text

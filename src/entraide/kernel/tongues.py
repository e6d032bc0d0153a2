"""Which language of the pages a few words are in: by letters that one of them alone has, else by small, common words.

For the `lang` of a name whose language nobody wrote down. Words that give no sign give no language; nothing is guessed.
The reader has a judge of its own for whole texts (`reader.domain.language`).
"""

import re
from typing import Final

_VIETNAMESE: Final = re.compile(r"[ăđơưạ-ỹ]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FRENCH: Final = """
    de des du la le les un une et ou sur entre pour avec aux au en dans par d l qui réunion conférence accord
    coopération sécurité ministre ministères ministère ministérielle directeur chef secrétaire président procureur
    général mixte entretien entretiens déclaration conjointe mémorandum procès verbal protocole intérieur deuxième
    première premier séance travail stratégique frontières frontalière
"""
_ENGLISH: Final = """
    of the and or against in by at between for with meeting agreement cooperation security minister ministries
    ministry ministerial deputy director head secretary president prosecutor joint talks statement memorandum
    understanding interior first second third working strategic border annual level high review law enforcement
    crime was were is are
"""
_COMMON: Final = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}


def language_of(words: str) -> str:
    """Return the ISO 639 code of the language of `words` (`fr`, `en`, `vi`), empty where they do not tell."""
    given = _WORD.findall(words.lower())
    counts = {language: sum(word in common for word in given) for language, common in _COMMON.items()}
    counts["vi"] = sum(_VIETNAMESE.search(word) is not None for word in given)
    best = max(counts.values())
    found = [language for language, count in counts.items() if count == best]
    return found[0] if best and len(found) == 1 else ""

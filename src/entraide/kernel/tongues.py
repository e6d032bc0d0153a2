"""Which language of the pages a few words are in: by letters that one of them alone has, else by small and common words.

For the `lang` of a name whose language nobody wrote down. Words that give no sign give no language; nothing is guessed.
The reader has a judge of its own for whole texts (`reader.domain.language`).
"""

import re
from typing import Final

_VIETNAMESE: Final = re.compile(r"[ăđơư\u1ea1-\u1ef9]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FRENCH: Final = frozenset(
    [
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "un",
        "une",
        "et",
        "ou",
        "sur",
        "entre",
        "pour",
        "avec",
        "aux",
        "au",
        "en",
        "dans",
        "par",
        "d",
        "l",
        "réunion",
        "conférence",
        "accord",
        "coopération",
        "sécurité",
        "ministre",
        "ministères",
        "ministère",
        "ministérielle",
        "vice",
        "directeur",
        "chef",
        "secrétaire",
        "président",
        "procureur",
        "général",
        "commission",
        "mixte",
        "entretien",
        "entretiens",
        "déclaration",
        "conjointe",
        "mémorandum",
        "procès",
        "verbal",
        "protocole",
        "intérieur",
        "deuxième",
        "première",
        "premier",
        "session",
        "séance",
        "travail",
        "dialogue",
        "stratégique",
        "frontières",
        "frontalière",
        "provinces",
    ]
)
_ENGLISH: Final = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "and",
        "or",
        "on",
        "between",
        "for",
        "with",
        "to",
        "in",
        "by",
        "at",
        "meeting",
        "conference",
        "agreement",
        "cooperation",
        "security",
        "minister",
        "ministries",
        "ministry",
        "ministerial",
        "deputy",
        "director",
        "head",
        "secretary",
        "president",
        "prosecutor",
        "joint",
        "talks",
        "statement",
        "memorandum",
        "understanding",
        "minutes",
        "interior",
        "first",
        "second",
        "third",
        "session",
        "working",
        "dialogue",
        "strategic",
        "border",
        "annual",
        "level",
        "high",
        "plan",
        "review",
        "law",
        "enforcement",
        "crime",
    ]
)


def language_of(words: str) -> str:
    """Return the ISO 639 code of the language of `words` (`fr`, `en`, `vi`), empty where they do not tell."""
    if _VIETNAMESE.search(words):
        return "vi"
    given = _WORD.findall(words.lower())
    french, english = (sum(word in known for word in given) for known in (_FRENCH, _ENGLISH))
    if french == english:
        return ""
    return "fr" if french > english else "en"

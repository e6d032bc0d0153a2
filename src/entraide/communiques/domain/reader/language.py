"""Which of the reader's languages a text is in: Vietnamese by its letters, English and French by their small words."""

import regex

from entraide.communiques.domain.reader.folding import fold_characters

_VIETNAMESE = regex.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", regex.IGNORECASE)
_WORD = regex.compile(r"[a-z]+")
_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "et",
        "dans",
        "pour",
        "une",
        "est",
        "sur",
        "avec",
        "par",
        "au",
        "aux",
        "qui",
        "ont",
        "de",
        "en",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "to",
        "for",
        "on",
        "with",
        "by",
        "was",
        "were",
        "is",
        "has",
        "have",
        "at",
        "from",
        "between",
        "that",
    ]
)
_SAMPLE = 4000
_VIETNAMESE_SHARE = 0.06


def detect_language(text: str) -> str:
    """Return `fr`, `en` or `vi`; a text without a sign of either is taken as French."""
    sample = text[:_SAMPLE]
    if len(_VIETNAMESE.findall(sample)) > _VIETNAMESE_SHARE * max(len(sample), 1):
        return "vi"
    words = _WORD.findall(fold_characters(sample))
    french = sum(word in _FRENCH for word in words)
    return "en" if sum(word in _ENGLISH for word in words) > french else "fr"

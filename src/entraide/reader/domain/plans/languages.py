"""The language of a stretch of a document, by its small words: which of two columns is which."""

import regex

_SMALL = {
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "du",
            "de",
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
            "entre",
            "en",
            "l",
            "d",
            "à",
        ]
    ),
    "en": frozenset(
        ["the", "of", "and", "in", "to", "for", "on", "with", "by", "from", "between", "at", "their", "its", "an", "a"]
    ),
}
_VIETNAMESE = regex.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_WORD = regex.compile(r"\p{L}+")


def language_of(text: str) -> str:
    """Return `fr`, `en` or `vi`, empty for a text that shows no sign of one of them."""
    lowered = text[:4000].lower()
    words = _WORD.findall(lowered)
    if not words:
        return ""
    if len(_VIETNAMESE.findall(lowered)) > 0.05 * len(lowered):
        return "vi"
    counts = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 0.08 * len(words) else ""

"""Which of the reader's languages a text is in: Vietnamese by its letters, English and French by their small words."""

import re

from entraide.reader.domain.folding import fold_characters

_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_SMALL = re.compile(
    r"\b(?:(?P<fr>le|la|les|des|du|et|dans|pour|une|est|sur|avec|par|au|aux|qui|ont|de|en)"
    r"|(?:the|of|and|in|to|for|on|with|by|was|were|is|has|have|at|from|between|that))\b"
)
_SAMPLE = 3000
_VIETNAMESE_SHARE = 0.06


def detect_language(text: str) -> str:
    """Return `fr`, `en` or `vi`; a text without a sign of either is taken as French."""
    sample = text[:_SAMPLE]
    if len(_VIETNAMESE.findall(sample.lower())) > _VIETNAMESE_SHARE * max(len(sample), 1):
        return "vi"
    found = _SMALL.findall(fold_characters(sample))
    french = sum(map(bool, found))
    return "en" if len(found) - french > french else "fr"

"""French typography on rendered pages: apostrophes, and the spaces of French that do not break.

It changes words for people alone. What is exact stays: quotations, code, preformatted text, what is typed in, scripts and
styles, text in another language, what a template marks `data-exact` (the words of a signed text), addresses, and every
attribute. Catalogs are held to the same rules before they are
compiled (`tools/catalogs.py`); here it is names, titles and values that come from elsewhere. Pure.
"""

import re
from typing import Final

NARROW: Final = "\u202f"
"""The narrow space that does not break: before ; : ! ? and signs of units, within « », between the thousands of a number."""
KEPT: Final = ("blockquote", "code", "kbd", "pre", "q", "samp", "script", "style", "textarea", "var")
"""Elements whose text is exact."""
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_TAG: Final = re.compile(r"(<[^>]*>)")
# A tag from which on the text is exact: of such an element, or one with another language or marked so.
_KEEPS: Final = re.compile(
    rf"""<(?P<kept>{"|".join(KEPT)})\b|<(?P<name>[\w-]+)\b[^>]*\s(?:data-exact\b|lang=["']?(?!fr|["' ]))"""
)
_CANDIDATE: Final = re.compile(r"['«»;:!?%€]|&#(?:x27|39);|\d[ \u00a0]\d")
_RULES: Final = re.compile(
    r"(?P<exact>https?://\S+|[\w.+-]+@[\w.-]+)"
    r"|(?P<apostrophe>(?<=\w)(?:'|&#x27;|&#39;)(?=\w|«|&))"
    r"|(?P<entity>&(?:#\w+|\w+);)"
    r"|(?P<opening>«[ \u00a0]?(?!\u202f))"
    r"|(?P<closing>(?<!\u202f)[ \u00a0]?»)"
    r"|(?<!\u202f)[ \u00a0]?(?P<high>[;!?]+(?=[\s<)»…]|\Z)|(?<=[\w)» \u00a0]):(?=\s|\Z))"
    r"|(?P<thousands>(?<![\w,.])\d{1,3}(?:[ \u00a0]\d{3})+(?!\w))"
    r"|(?<=\d)[ \u00a0]?(?P<sign>[%€])(?!\w)"
)


def set_french(html: str) -> str:
    """Return a French page, or a part of one, with its words set as French prints them."""
    pieces = _TAG.split(html)
    kept, depth = "", 0
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            if not depth and _CANDIDATE.search(piece):
                pieces[number] = _RULES.sub(_replace, piece)
        elif depth:
            # Within what is kept only elements of its own name are counted.
            depth += _steps(piece, kept)
        elif found := _KEEPS.match(piece):
            kept, depth = found["kept"] or found["name"], 1
            if kept in _VOID or kept == "html" or piece.endswith("/>"):
                depth = 0
    return "".join(pieces)


def _steps(tag: str, name: str) -> int:
    """Return by how much a tag leads into elements called `name`: 1, -1, or not at all."""
    if tag.startswith(f"</{name}>"):
        return -1
    return 1 if re.match(rf"<{name}\b", tag) and not tag.endswith("/>") else 0


def _replace(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "apostrophe":
        return "\u2019"
    if kind == "opening":
        return f"«{NARROW}"
    if kind == "closing":
        return f"{NARROW}»"
    if kind in ("high", "sign"):
        return NARROW + found[kind]
    if kind == "thousands":
        return re.sub(r"[ \u00a0]", NARROW, found[kind])
    return found.group()

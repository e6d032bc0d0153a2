"""French typography on rendered pages: apostrophes, and the spaces of French that do not break.

It changes words for people alone. What is exact stays: quotations, code, preformatted text, what is typed in, scripts
and styles, text in another language, what a template marks `data-exact` (the words of a signed text), addresses, and
every attribute. Catalogs are held to the same rules before they are
compiled (`tools/catalogs.py`); here it is names, titles and values that come from elsewhere. Pure.
"""

import re
from dataclasses import dataclass
from typing import Final

NARROW: Final = "\u202f"
"""The narrow space that does not break: before ; : ! ? and signs of units, within « », between thousands."""
KEPT: Final = ("blockquote", "code", "kbd", "pre", "q", "samp", "script", "style", "textarea", "var")
"""Elements whose text is exact."""
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_TAG: Final = re.compile(r"(<[^>]*>)")
# A tag from which on the text is exact: of such an element, or one with another language or marked so.
_KEEPS: Final = re.compile(
    rf"""<(?P<kept>{"|".join(KEPT)})\b|<(?P<name>[\w-]+)\b[^>]*\s(?:data-exact\b|lang=["']?(?!fr|["' ]))"""
)
_FRENCH: Final = re.compile(r"""<(?P<name>[\w-]+)\b[^>]*\slang=["']?fr\b""")
_CANDIDATE: Final = re.compile(r"['«»;:!?%€]|&#(?:x27|39);|\d[ \u00a0]\d")
_RULES: Final = re.compile(
    r"(?P<exact>https?://\S+|[\w.+-]+@[\w.-]+)"
    r"|(?P<apostrophe>(?<=\w)(?:'|&#x27;|&#39;)(?=\w|«|&))"
    r"|(?P<entity>&(?:#\w+|\w+);)"
    r"|(?P<opening>«[ \u00a0]?(?!\u202f))"
    r"|(?P<closing>(?<!\u202f)[ \u00a0]?»)"
    r"|(?<!\u202f)[ \u00a0]?(?P<high>[;!?]+(?=[\s<)»…]|\Z)|(?:(?<=[\w)» \u00a0])|\A):(?=\s|\Z))"
    r"|(?P<thousands>(?<![\w,.])\d{1,3}(?:[ \u00a0]\d{3})+(?!\w))"
    r"|(?<=\d)[ \u00a0]?(?P<sign>[%€])(?!\w)"
)


def set_french(html: str) -> str:
    """Return a French page, or a part of one, with its words set as French prints them."""
    pieces = _TAG.split(html)
    regions: list[_Region] = []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            if (not regions or regions[-1].french) and _CANDIDATE.search(piece):
                pieces[number] = _RULES.sub(_replace, piece)
            continue
        if regions:
            # Within a region only elements of its own name are counted.
            regions[-1].depth += _steps(piece, regions[-1].name)
            if not regions[-1].depth:
                regions.pop()
                continue
        region = _region_from(piece, regions[-1] if regions else None)
        if region is not None:
            regions.append(region)
    return "".join(pieces)


@dataclass(slots=True)
class _Region:
    """An element whose text is exact, or in another language, or again in French within one in another language."""

    name: str
    french: bool = False
    exact: bool = False
    depth: int = 1


def _region_from(tag: str, within: _Region | None) -> _Region | None:
    """Return the region that a tag begins, None where it changes nothing."""
    if tag.endswith("/>"):
        return None
    if within is None or within.french:
        found = _KEEPS.match(tag)
        name = (found["kept"] or found["name"]) if found else ""
        exact = found is not None and (found["kept"] is not None or "data-exact" in tag)
        return _Region(name, exact=exact) if name and name != "html" and name not in _VOID else None
    back = None if within.exact else _FRENCH.match(tag)
    return _Region(back["name"], french=True) if back and back["name"] not in _VOID else None


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

"""Units whose party the text does not say: whose they are by what stands around them."""

import regex

from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.units import Leads
from entraide.reader.domain.plans.words import any_has, every_language

_ARTICLE = regex.compile(r"^(?:the|le|la|les|l['’])\s?", regex.IGNORECASE)
_ONLY_A_PLACE = regex.compile(r"(?:\b(?:in|at|to|en|au|aux|à|tại|ở|sang|from|with|avec|với)|[(])\s?(?:the\s|la\s)?$")
PARTY = regex.compile(
    r"\b(?P<side>(?:the\s)?[\p{L}-]{2,24} (?:side|party)|la (?:partie|délégation) [\p{L}-]{2,24}|le côté [\p{L}-]{2,24}"
    r"|(?:phía|bên|đoàn) \p{Lu}\p{L}{1,12}(?:\s\p{Lu}[\p{L}-]{1,16})?)",
    regex.IGNORECASE,
)
"""`the Polish side`, `la partie togolaise`, `phía Việt Nam`."""


def settle(leads: Leads, text: str, sides: Sides, home: str) -> None:
    """Give the units without a party one: of each, joint, of the heading's or sentence's side, else what is left."""
    _of_each(leads, sides)
    # A joint committee that meets is a unit of neither side.
    leads.unknown[:] = [unit for unit in leads.unknown if not any_joint(unit)]
    code = home or own_side(text, sides)
    if not code and len(leads.unknown) == 1 and not leads.sides:
        code = _opposite(text, leads.unknown[0], sides)
    if code:
        leads.give([code])
    elif leads.unknown:
        _give_what_is_left(leads, sides)


def _give_what_is_left(leads: Leads, sides: Sides) -> None:
    """One each to the parties without a unit, in the order of the parties."""
    left = [state for state in sides.states if state not in leads.sides]
    if len(left) == len(leads.unknown):
        leads.give_each(left)


def _of_each(leads: Leads, sides: Sides) -> None:
    """`the Immigration Department of each side`: of every party."""
    for unit in [unit for unit in leads.unknown if any_has("of_each", unit)]:
        for code in sides.states:
            leads.add(code, _without_each(unit))
        leads.unknown.remove(unit)


def _without_each(unit: str) -> str:
    for words in every_language():
        match = words.pattern("of_each").search(words.fold(unit))
        if match and match.start() > 3:
            return unit[: match.start()].strip()
    return unit


def any_joint(unit: str) -> bool:
    """Whether a unit is one of all parties: a joint committee."""
    return any_has("joint_unit", unit)


def own_side(text: str, sides: Sides) -> str:
    """Return the party that a sentence begins with or names as a side: `Latvia …`, `the Polish side, through …`."""
    named = sides.named_in(text[:60])
    if named:
        start, end, code = named[0]
        if not _ARTICLE.sub("", text[:start]).strip() and text[end : end + 1] == " ":
            return code
    match = PARTY.search(text)
    return sides.state_of(match["side"]) if match else ""


def _opposite(text: str, unit: str, sides: Sides) -> str:
    """`The Academy trains ten Moldovan clerks`: who trains is of the other party; a State behind `in` is a place."""
    rest = text.replace(unit, " " * len(unit), 1)
    named = {
        code
        for start, _, code in sides.named_in(rest)
        if not _ONLY_A_PLACE.search(rest[max(0, start - 12) : start].casefold())
    }
    return sides.other(named.pop()) if len(named) == 1 else ""

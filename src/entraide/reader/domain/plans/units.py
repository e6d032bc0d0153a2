"""Units that lead a clause: in a cell, behind a label, as the subject of a sentence, behind `by`, `do`, `at`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.words import PlanWords, any_has, any_is, every_language, load_words

_BREAK = regex.compile(r";|\n|\s/\s|•")
_CODE = regex.compile(r"\s?\((?P<inside>[^()]{2,60})\)")
_PREFIX = regex.compile(r"^(?P<who>[^:;()\n]{2,40}?)\s?(?::|\s[–—-]\s|=\s)\s?(?P<rest>\S.*+)$", regex.DOTALL)
_EMPTY = regex.compile(r"[\s\W_]*")
_ARTICLE = regex.compile(r"^(?:la |le |les |l['’]|du |de la |des |de l['’]|the |các |par |by |do )", regex.IGNORECASE)
_DANGLING = regex.compile(
    r"(?:\b(?:de|du|des|la|le|les|et|of|the|and|for|và|à|en|for|contre)|d['’]|l['’]|[,(–-])$", regex.IGNORECASE
)
_EMPTY = regex.compile(r":\s*[–—-]$")
"""`Malta: –`: this side has no unit."""
_TAIL = " \t\n.,;:*¹²³"
_COMMA = regex.compile(r",\s+|\s(?:et|and|và)\s(?=(?:la |le |l['’]|the )?\p{Lu})")
_LETTERS = regex.compile(r"\p{Lu}{2,8}(?:\s|$|\()")
_LONGEST_CODE = 30
LONGEST_UNIT = 160


@dataclass(slots=True)
class Leads:
    """Leading units by party, supporting units, and units whose party the text does not say."""

    sides: dict[str, list[str]] = field(default_factory=dict)
    support: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, code: str, unit: str) -> None:
        """Add a unit of a party; an unknown party's waits."""
        if code:
            known = self.sides.setdefault(code, [])
            if unit not in known:
                known.append(unit)
        elif unit not in self.unknown:
            self.unknown.append(unit)

    def give(self, codes: Iterable[str]) -> None:
        """Give the units without a party to each of these."""
        for code in codes:
            for unit in self.unknown:
                self.add(code, unit)
        self.unknown.clear()

    def give_each(self, codes: Sequence[str]) -> None:
        """Give the units without a party to these, one each, in their order."""
        for code, unit in zip(codes, self.unknown, strict=True):
            self.add(code, unit)
        self.unknown.clear()

    def merge(self, other: "Leads") -> None:
        """Add what another has found."""
        for code, units in other.sides.items():
            for unit in units:
                self.add(code, unit)
        for unit in other.unknown:
            self.add("", unit)
        self.support += [unit for unit in other.support if unit not in self.support]

    def is_empty(self) -> bool:
        """Whether no unit was found."""
        return not (self.sides or self.unknown)


def bare_unit(text: str) -> str:
    """Return a unit's name without article, marks of notes and the stop at its end."""
    text = " ".join(text.split()).rstrip(_TAIL)
    previous = ""
    while previous != text:
        previous, text = text, _ARTICLE.sub("", text)
    return text.strip(" –—-•·\t")


def is_unit(text: str) -> bool:
    """Whether a word of `text` names a unit; letters of a service count."""
    if regex.fullmatch(r"\s*\p{Lu}[\p{Lu}\p{N}&./-]{1,11}\s*", text):
        return True
    return any_has("unit_heads", text)


def read_cell(text: str, sides: Sides, column: str = "") -> Leads:
    """Return the units of a cell; `column` is the party whose column it stands in, empty for a column of all."""
    leads = Leads()
    main, support = _without_support(text)
    leads.support += [bare_unit(piece) for piece in split_units(support) if _is_name(piece)]
    current = column
    for code, owned in _owned_units(main, sides):
        current = column or code or current
        unit, supports = _without_part(owned)
        if unit and supports:
            leads.support.append(bare_unit(unit))
        elif unit and _is_name(unit):
            leads.add(current, bare_unit(unit))
    return leads


def _owned_units(text: str, sides: Sides) -> Iterator[tuple[str, str]]:
    """Yield the units of a cell, each with the party that it names itself, empty without one."""
    for whole in split_units(text):
        for piece in _at_commas(whole, sides):
            owned = [_owner(part, sides) for part in _at_conjunction(piece)]
            # `A together with B (GE)`: both are Georgian.
            last = owned[-1][0] if not owned[0][0] else ""
            yield from ((code or last, unit) for code, unit in owned)


def _at_commas(piece: str, sides: Sides) -> list[str]:
    """`A du Mali, B du Burkina Faso`: units of different parties; `National Police, ICT Directorate`: one."""
    parts = [part for part in _COMMA.split(piece) if part.strip()]
    codes = [sides.state_of(part) for part in parts]
    apart = len(parts) > 1 and all(codes) and len(set(codes)) == len(codes)
    return parts if apart and all(map(is_unit, parts)) else [piece]


def _without_part(unit: str) -> tuple[str, bool]:
    """Take off what a unit's part in it is, `Chủ trì: A`, `A (lead)`, `B (support)`, and return whether it supports."""
    for words in every_language():
        label = regex.match(r"\s*([^:()]{3,30}?)\s*:\s*", unit)
        if label and words.share("lead_label", label[1]) >= 0.6:
            return unit[label.end() :], False
        bracket = regex.search(r"\s*\(([^()]{3,24})\)\s*$", unit)
        if bracket and (words.is_one("lead_label", bracket[1]) or words.is_one("support_label", bracket[1])):
            return unit[: bracket.start()], words.is_one("support_label", bracket[1])
    return unit, False


def split_units(text: str) -> list[str]:
    """Cut a cell at semicolons, lines and `and` before another unit; a line that goes on with one is joined to it."""
    pieces: list[str] = []
    position = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[position:end].strip()
        joined = pieces and _goes_on(pieces[-1], piece)
        if joined:
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece:
            pieces.append(piece)
        position = match.end() if match else end
    return [part for piece in pieces for part in _at_codes(piece)]


def _goes_on(before: str, piece: str) -> bool:
    if not piece or _EMPTY.search(before):
        return False
    small = piece[0].islower() and not any_has("unit_heads", piece.split(maxsplit=1)[0])
    return small or piece.startswith("(") or _DANGLING.search(before) is not None


def _at_codes(piece: str) -> list[str]:
    """`A (GE), B (PL)`, `A (GE) and B (PL)`: two units."""
    return [part for part in regex.split(r"(?<=\))\s*(?:,|,?\s(?:et|and|và))\s*(?=\p{L})", piece) if part.strip()]


def _at_conjunction(piece: str) -> list[str]:
    """`Police nationale et Gendarmerie nationale`: two units; `affaires criminelles et des grâces`: one."""
    parts: list[str] = []
    start = 0
    for match in regex.finditer(r",?\s+(?:et|and|và|cùng|together with|ainsi que|as well as|cùng với|&)\s+", piece):
        if piece.count("(", 0, match.start()) > piece.count(")", 0, match.start()):
            continue
        following = piece[match.end() :]
        weak = match[0].strip(" ,") == "and"
        if begins_unit(following, weak=weak) and is_unit(piece[start : match.start()]):
            parts.append(piece[start : match.start()])
            start = match.end()
    return [*parts, piece[start:]]


def begins_unit(text: str, *, weak: bool) -> bool:
    """Whether a unit's name with a capital begins here: a head at its beginning, in English also at its end.

    With `weak` a head that many names hold (`administration`, `services`) is not enough in English.
    """
    bare = _ARTICLE.sub("", text)
    if not bare[:1].isupper():
        return False
    first = " ".join(bare.split()[:2])
    begins = any(words.begins("unit_heads", first) for words in every_language() if words.language != "en")
    return begins or _LETTERS.match(bare) is not None or _is_english_unit(bare, weak=weak)


def _is_english_unit(bare: str, *, weak: bool) -> bool:
    """`Ministry of Interior and National Administration` is one unit: a weak head does not begin another."""
    name = regex.match(r"[^,;:(]+", bare)
    if name is None or len(name[0].split()) < 2:
        return False
    english = load_words("en")
    heads = {match[0] for match in english.pattern("unit_heads").finditer(english.fold(name[0]))}
    return bool(heads - set(english.lists["weak_heads"]) if weak else heads)


def _owner(piece: str, sides: Sides) -> tuple[str, str]:
    """Return the party that a piece names in brackets, before a colon or in its words, and the unit without it."""
    prefix = _PREFIX.match(piece.strip())
    before = sides.state_of(prefix["who"]) if prefix else ""
    if prefix and before and not is_unit_beyond_state(prefix["who"], sides):
        return before, prefix["rest"]
    bracketed = _owner_in_brackets(piece, sides)
    if bracketed:
        return bracketed
    if names_only_sides(piece, sides):
        return sides.state_of(piece), ""
    return sides.state_of(piece), piece


def _owner_in_brackets(piece: str, sides: Sides) -> "tuple[str, str] | None":
    """`Operations Division (GE)`, and `Kenya (Border Police Unit)`."""
    for bracket in _CODE.finditer(piece):
        inside = bracket["inside"]
        code = sides.state_of(inside)
        if code and len(inside) < _LONGEST_CODE and not is_unit_beyond_state(inside, sides):
            return code, piece[: bracket.start()] + piece[bracket.end() :]
    first = _CODE.search(piece)
    named = sides.state_of(piece[: first.start()]) if first else ""
    if first and named and names_only_sides(piece[: first.start()], sides):
        return named, first["inside"]
    return None


def names_only_sides(text: str, sides: Sides) -> bool:
    """Whether a cell names parties and nothing else: `Togo`, `Togo et Bénin`, `Partie malienne`."""
    found = sides.named_in(text)
    left = regex.sub(r"(?i)\b(?:et|and|và|both|les deux)\b", " ", _without(text, found)) if found else text
    return bool(found) and not _EMPTY.sub("", left)


def is_unit_beyond_state(text: str, sides: Sides) -> bool:
    """Whether words beside a party's name name a unit: `Police du Niger` does, `Partie nigérienne` does not."""
    return is_unit(_without(text, sides.states_in(text)).strip(" –—-"))


def _without(text: str, found: "list[tuple[int, int, str]]") -> str:
    for start, end, _ in reversed(found):
        text = text[:start] + " " + text[end:]
    words = regex.sub(
        r"(?i)\b(?:phía|bên|pour|partie|side|for|la|le|the|côté|party|du|de|of|republic|république)\b", " ", text
    )
    return words if words.strip() else ""


def _is_name(text: str) -> bool:
    """Whether a piece can be a unit's name: not empty, not `both sides`, not a dash, not a side alone."""
    bare = bare_unit(text)
    if len(bare) < 2 or len(bare) > LONGEST_UNIT or any_is("none", bare) or any_is("both", bare):
        return False
    return any(character.isalpha() for character in bare)


def _without_support(text: str) -> tuple[str, str]:
    """Cut off what stands behind `with the support of`, `Appui :`, `Phối hợp:`."""
    for words in every_language():
        folded = words.fold(text)
        labels = regex.search(rf"(?:^|[\n;.(])\s*(?:{words.pattern('support_label').pattern})\s*:", folded)
        match = labels or words.pattern("support_words").search(folded)
        if match and match.start() > 0:
            return text[: match.start()].rstrip(" ,;(\n"), text[match.end() :].strip(" :)")
    return text, ""


def labels_of(words: PlanWords) -> "list[tuple[str, regex.Pattern[str]]]":
    """Return the labels that name a field within a clause, each as `Label:`."""
    return [
        (name, words.pattern(f"{name}_label"))
        for name in ("lead", "support", "due", "indicator", "status", "target", "other")
    ]

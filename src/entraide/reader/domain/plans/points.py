"""Numbered and bulleted points, nested: which go on with the point above and which are clauses of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from entraide.documents.domain.markers import kind_of_marker
from entraide.documents.domain.tree import Paragraph
from entraide.reader.domain.plans.columns import Role
from entraide.reader.domain.plans.drafts import Draft, Field
from entraide.reader.domain.plans.units import labels_of
from entraide.reader.domain.plans.words import PlanWords

_ROLES = {
    "lead": Role.LEAD, "support": Role.SUPPORT, "due": Role.DUE, "indicator": Role.INDICATOR, "status": Role.STATUS,
    "target": Role.TARGET, "other": Role.OTHER,
}  # fmt: skip
_SHORT = 7
_FEWEST_WORDS = 5


@dataclass(slots=True)
class Point:
    """A point with what stands below it: points, and labelled lines."""

    paragraph: Paragraph
    children: "list[Point]" = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    further: list[Paragraph] = field(default_factory=list)


_Entry = tuple[tuple[int, str], Point]
"""A point with the depth and the style of its marker."""


def nest_points(paragraphs: Sequence[Paragraph], words: PlanWords) -> list[Point]:
    """Return the outermost points; a paragraph without a marker belongs to the point before it."""
    roots: list[Point] = []
    stack: list[_Entry] = []
    for paragraph in paragraphs:
        if not stack:
            if paragraph.marker:
                _open(paragraph, stack, roots)
        elif not _is_of_last(paragraph, stack[-1], words):
            _open(paragraph, stack, roots)
    return roots


def _is_of_last(paragraph: Paragraph, last: _Entry, words: PlanWords) -> bool:
    """Whether a paragraph belongs to the point before it, and is kept there: no marker, a label, a list not nested."""
    _, point = last
    if not paragraph.marker:
        _attach(point, paragraph, words)
        return True
    labelled = label_of(paragraph.text, words)
    if labelled and labelled[0] is not Role.ACTIVITY:
        _label(point, paragraph, labelled)
        return True
    beside = _goes_on_beside(last, paragraph, _key(paragraph))
    if beside:
        point.children.append(Point(paragraph))
    return beside


def _key(paragraph: Paragraph) -> tuple[int, str]:
    return paragraph.depth, kind_of_marker(paragraph.marker)


def _open(paragraph: Paragraph, stack: list[_Entry], roots: list[Point]) -> None:
    """Begin a point: beside the last of its kind, else below the one that is above it."""
    key = _key(paragraph)
    known = [index for index, (other, _) in enumerate(stack) if other == key]
    if known:
        del stack[known[-1] :]
    else:
        while stack and not _is_above(stack[-1], paragraph, key):
            stack.pop()
    point = Point(paragraph)
    (stack[-1][1].children if stack else roots).append(point)
    stack.append((key, point))


def _goes_on_beside(entry: _Entry, paragraph: Paragraph, key: tuple[int, str]) -> bool:
    """A list not nested: a point ends with a colon, the next bullets begin small, the last of them has a stop."""
    known, point = entry
    opens = point.paragraph.text.rstrip().endswith(":") and paragraph.text[:1].islower()
    told = [child.paragraph for child in point.children]
    if known != key or not opens or kind_of_marker(paragraph.marker).isalnum():
        return False
    return not told or not told[-1].text.rstrip().endswith(".")


def _is_above(entry: _Entry, paragraph: Paragraph, key: tuple[int, str]) -> bool:
    (depth, style), point = entry
    if key[0] != depth:
        return key[0] > depth
    above, below = point.paragraph.marker.rstrip(".)"), paragraph.marker.rstrip(".)")
    return point.paragraph.text.rstrip().endswith(":") or (below.startswith(f"{above}.") and style != key[1])


def label_of(text: str, words: PlanWords) -> "tuple[Role, int] | None":
    """Return the field that a line begins with as a label, and where its value begins: `Échéance : …`."""
    head = regex.match(r"\s*([^:\n]{3,50}?)\s*(?:\([^)]*\)\s*)?:\s*", text)
    if head is None:
        return None
    for name, pattern in labels_of(words):
        if pattern.match(words.fold(head[1])) and words.share(f"{name}_label", head[1]) >= 0.6:
            return _ROLES[name], head.end()
    return None


def _label(point: Point, paragraph: Paragraph, labelled: tuple[Role, int]) -> None:
    """Keep labelled values, several on one line parted by stops: `Lead: A. Deadline: 30 June`."""
    role, begin = labelled
    point.fields.append(Field(role, paragraph.text[begin:], paragraph.start + begin))


def _attach(point: Point, paragraph: Paragraph, words: PlanWords) -> None:
    labelled = label_of(paragraph.text, words)
    if labelled:
        _label(point, paragraph, labelled)
    else:
        point.further.append(paragraph)


def goes_on(parent: Point, words: PlanWords) -> bool:
    """Whether the points below one only continue it: first date, second date; places; short pieces without a deed."""
    texts = [child.paragraph.text for child in parent.children]
    if not texts or any(child.children for child in parent.children):
        return False
    size = len(parent.paragraph.text.split())
    if size < _FEWEST_WORDS:
        return size > 1 and all(words.pattern("piece").match(words.fold(text)) for text in texts)
    return all(_is_piece(text, words) for text in texts)


def _is_piece(text: str, words: PlanWords) -> bool:
    folded = words.fold(text).strip()
    if words.pattern("piece").match(folded):
        return True
    deed = (
        words.pattern("nominal").match(folded) or words.pattern("modal").search(folded) or _is_infinitive(text, words)
    )
    return not deed and len(text.split()) <= (_SHORT + 4 if regex.search(r"\d", text) else _SHORT)


def _is_infinitive(text: str, words: PlanWords) -> bool:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return words.language == "fr" and regex.fullmatch(r"\p{L}{3,}(?:er|ir|re|oir)", first) is not None


def drafts_of(point: Point, words: PlanWords, number: str = "", lead_in: str = "") -> Iterator[Draft]:
    """Yield the clauses that a point and what is below it make."""
    marker = _number(number, point.paragraph.marker)
    text = point.paragraph.text.strip()
    if not point.children:
        yield _draft(point, marker, lead_in)
    elif goes_on(point, words):
        draft = _draft(point, marker, lead_in)
        for child in point.children:
            _continue(draft, child.paragraph)
            draft.fields += child.fields
        yield draft
    elif words.has("modal", text) or not words.has("section.agenda", text):
        if text.endswith((".", ";")) and len(text.split()) > _SHORT - 2:
            yield _draft(point, marker, lead_in)
        yield from _below(point, words, marker, f"{lead_in} {text}".strip())


def _below(point: Point, words: PlanWords, marker: str, lead_in: str) -> Iterator[Draft]:
    """Yield the clauses of the points below one; what its labels say holds for them where theirs say nothing."""
    for child in point.children:
        for draft in drafts_of(child, words, marker, lead_in):
            draft.fields += [item for item in point.fields if not draft.of(item.role)]
            yield draft


def _draft(point: Point, marker: str, lead_in: str) -> Draft:
    paragraph = point.paragraph
    draft = Draft(marker, paragraph.text, paragraph.start, paragraph.start + len(paragraph.text), lead_in=lead_in)
    draft.fields += point.fields
    for further in point.further:
        if further.text[:1].islower() or paragraph.text.rstrip().endswith((",", "–", "-")):
            _continue(draft, further)
    return draft


def _continue(draft: Draft, paragraph: Paragraph) -> None:
    draft.text = f"{draft.text.rstrip()} {paragraph.text}"
    draft.end = paragraph.start + len(paragraph.text)


def _number(above: str, marker: str) -> str:
    """`4.1` and `(a)`: `4.1(a)`; a bullet has no number of its own."""
    bare = marker.strip()
    if kind_of_marker(bare) in tuple("•·▪◦●○■□▶➢➤✓‣⁃*-–—"):
        return ""
    bare = bare.rstrip(".)") if not bare.startswith("(") else bare
    above = above.rstrip(".")
    if not above or bare.startswith(above) or regex.match(r"\d+\.\d|[A-Z]{1,3}\d", bare):
        return bare
    return f"{above}{bare if bare.startswith('(') else '(' + bare + ')' if bare.isalpha() else '.' + bare}"

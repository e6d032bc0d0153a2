"""What the styles of a Word file say of a paragraph: its level as a heading, its list, its font (ECMA-376-1, 17.7)."""

from dataclasses import dataclass
from typing import Any

import regex
from docx.oxml.ns import qn

_HEADING = regex.compile(r"(?:heading|titre|tiêu đề|überschrift) ([1-9])", regex.IGNORECASE)
_DEEPEST = 6
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those that it is based on; `level` and `numbering` are None where none says."""

    name: str = ""
    heading: int = 0
    font: str = ""
    numbering: str | None = None
    level: int | None = None


def value_of(element: Any, *path: str) -> str | None:  # noqa: ANN401 - an element of lxml
    """Return the attribute `w:val` of the child that `path` leads to, None where it is not there."""
    for name in path:
        if element is None:
            return None
        element = element.find(qn(name))
    return None if element is None else element.get(qn("w:val"))


def is_on(element: Any) -> bool:  # noqa: ANN401 - an element of lxml
    """Whether a switch such as `w:vanish` or `w:tblHeader` is there and not turned off."""
    return element is not None and element.get(qn("w:val"), "1") not in {"0", "false", "off"}


def font_of(properties: Any) -> str:  # noqa: ANN401 - an element of lxml
    """Return the font that `w:rPr` names, empty where it names none."""
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    return "" if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""


class Styles:
    """The styles of a document by their ids; one that is not there says nothing."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - an element of lxml, or None
        elements = [] if root is None else root.findall(qn("w:style"))
        self._elements = {element.get(qn("w:styleId")): element for element in elements}
        self._known: dict[str | None, Style] = {}
        self._default_font = "" if root is None else self._document_font(root)
        self._default = next(
            (
                identifier
                for identifier, element in self._elements.items()
                if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in {"1", "true"}
            ),
            None,
        )

    @staticmethod
    def _document_font(root: Any) -> str:  # noqa: ANN401 - an element of lxml
        defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        return font_of(defaults)

    def of(self, identifier: str | None) -> Style:
        """Return the style of a paragraph that names `identifier`, or the default one of paragraphs."""
        identifier = identifier if identifier in self._elements else self._default
        if identifier not in self._known:
            self._known[identifier] = self._resolve(identifier)
        return self._known[identifier]

    def _resolve(self, identifier: str | None) -> Style:
        chain: list[Any] = []
        while identifier in self._elements and len(chain) < _LONGEST_CHAIN:
            chain.append(self._elements[identifier])
            identifier = value_of(chain[-1], "w:basedOn")
        style = Style(font=self._default_font)
        for element in reversed(chain):
            numbering = value_of(element, "w:pPr", "w:numPr", "w:numId")
            level = value_of(element, "w:pPr", "w:numPr", "w:ilvl")
            style = Style(
                value_of(element, "w:name") or "",
                heading_of(element) if heading_of(element) is not None else style.heading,  # type: ignore[arg-type]
                font_of(element.find(qn("w:rPr"))) or style.font,
                numbering if numbering is not None else style.numbering,
                int(level) if level and level.isdigit() else style.level,
            )
        return style


def heading_of(style: Any) -> int | None:  # noqa: ANN401 - an element of lxml
    """Return the level of the headings that a style makes, 0 for body text, None where it says nothing."""
    name = value_of(style, "w:name") or ""
    outline = value_of(style, "w:pPr", "w:outlineLvl")
    if outline is not None and outline.isdigit():
        return min(int(outline) + 1, _DEEPEST) if int(outline) < 9 else 0
    if found := _HEADING.match(name):
        return min(int(found[1]), _DEEPEST)
    return 1 if name.lower() == "title" else None

"""Where the letters and lines of a page of a PDF stand: what its operators draw (ISO 32000-1, chapters 8 and 9).

pypdf decodes fonts and measures words; the operators are followed here, because its own text extraction keeps the place
where a piece of text begins and not where it ends. What a file marks as a header or footer of every page is passed
over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST_FORM = 6
_THIN = 3.0
"""Points; a rectangle that is thinner is a line."""
_LEANING = 0.5
MOST_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text as the file draws it, in points from the page's lower left corner; `height` is its base line."""

    text: str
    left: float
    right: float
    height: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that is drawn, straight up or straight across: `left` equals `right`, or `low` equals `high`."""

    left: float
    low: float
    right: float
    high: float

    @property
    def upright(self) -> bool:
        """Whether it goes up."""
        return self.left == self.right


@dataclass(slots=True)
class Drawn:
    """All that a page draws, in the order of the file; `turned` counts letters that do not stand upright."""

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turned: int = 0


@dataclass(slots=True)
class _State:
    """The state of graphics and of text that `q` keeps and `Q` brings back."""

    matrix: Matrix = _SAME
    font: Font | None = None
    size: float = 0.0
    characters: float = 0.0
    words: float = 0.0
    scale: float = 100.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> "_State":
        return _State(
            self.matrix, self.font, self.size, self.characters, self.words, self.scale, self.leading, self.rise
        )


def read_drawn(page: Any) -> Drawn:  # noqa: ANN401 - pypdf's page
    """Return what `page`, a page of pypdf, draws; raises what pypdf raises."""
    if page.rotation % 360:
        page.transfer_rotation_to_content()
    content = page.get("/Contents")
    content = None if content is None else content.get_object()
    drawn = Drawn()
    if isinstance(content, ArrayObject | StreamObject):
        _Drawing(drawn, page.pdf).follow(content, _resources(page), _State(), 0)
    return drawn


def _resources(holder: Any) -> DictionaryObject:  # noqa: ANN401 - a dictionary of pypdf
    """Return the resources of a page or form; those of a page may stand with a node above it."""
    for _level in range(50):
        found = holder.get("/Resources")
        if found is not None and isinstance(found.get_object(), DictionaryObject):
            return found.get_object()  # type: ignore[no-any-return]
        parent = holder.get("/Parent")
        if parent is None:
            break
        holder = parent.get_object()
    return DictionaryObject()


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _numbers(operands: list[Any], count: int) -> list[float] | None:
    """Return the last `count` operands where they are numbers."""
    found = operands[-count:]
    fits = len(found) == count and all(isinstance(one, int | float) for one in found)
    return [float(one) for one in found] if fits else None


class _Drawing:
    """Follows the operators of one page into `drawn`."""

    def __init__(self, drawn: Drawn, pdf: Any) -> None:  # noqa: ANN401 - pypdf's reader
        self._drawn, self._pdf = drawn, pdf
        self._text: Matrix = _SAME
        self._line: Matrix = _SAME
        self._path: list[Rule] = []
        self._point: tuple[float, float] = (0.0, 0.0)
        self._begun: tuple[float, float] = (0.0, 0.0)
        self._marks: list[bool] = []
        self._fonts: dict[int, Font] = {}

    def follow(
        self, content: ArrayObject | StreamObject, resources: DictionaryObject, state: _State, deep: int
    ) -> None:
        """Follow the operators of a page, or of a form that it draws."""
        kept: list[_State] = []
        for operands, operator in ContentStream(content, self._pdf, "bytes").operations:
            if operator == b"q":
                kept.append(state.copy())
            elif operator == b"Q":
                state = kept.pop() if kept else state
            elif operator == b"Do":
                self._form(operands, resources, state, deep)
            elif operator == b"Tf":
                self._set_font(operands, resources, state)
            elif operator in _TEXT:
                _TEXT[operator](self, state, operands)
            elif operator in _PATHS:
                _PATHS[operator](self, state, operands)

    def _form(self, operands: list[Any], resources: DictionaryObject, state: _State, deep: int) -> None:
        objects = resources.get("/XObject")
        name = operands[0] if operands else None
        if objects is None or deep >= _DEEPEST_FORM or name not in objects.get_object():
            return
        form = objects.get_object()[name].get_object()
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        matrix = _numbers(list(form.get("/Matrix") or []), 6)
        inner = state.copy()
        inner.matrix = _times(tuple(matrix), state.matrix) if matrix else state.matrix  # type: ignore[arg-type]
        self.follow(form, _resources(form) if "/Resources" in form else resources, inner, deep + 1)

    def _set_font(self, operands: list[Any], resources: DictionaryObject, state: _State) -> None:
        size = _numbers(operands, 1)
        state.size = size[0] if size else state.size
        fonts = resources.get("/Font")
        name = operands[0] if operands else None
        found = fonts.get_object().get(name) if fonts is not None else None
        described = found.get_object() if found is not None else None
        if isinstance(described, DictionaryObject):
            key = id(described)
            if key not in self._fonts:
                self._fonts[key] = Font.from_font_resource(described)
            state.font = self._fonts[key]

    def begin_text(self, _state: _State, _operands: list[Any]) -> None:
        """BT."""
        self._text = self._line = _SAME

    def set_matrix(self, _state: _State, operands: list[Any]) -> None:
        """Tm."""
        if numbers := _numbers(operands, 6):
            self._text = self._line = tuple(numbers)  # type: ignore[assignment]

    def move(self, _state: _State, operands: list[Any]) -> None:
        """Td."""
        if numbers := _numbers(operands, 2):
            self._text = self._line = _times((1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1]), self._line)

    def move_and_lead(self, state: _State, operands: list[Any]) -> None:
        """TD."""
        if numbers := _numbers(operands, 2):
            state.leading = -numbers[1]
            self.move(state, operands)

    def next_line(self, state: _State, _operands: list[Any]) -> None:
        """T*."""
        self._text = self._line = _times((1.0, 0.0, 0.0, 1.0, 0.0, -state.leading), self._line)

    def show(self, state: _State, operands: list[Any]) -> None:
        """Tj."""
        if operands and isinstance(operands[0], bytes | str):
            self._show(state, operands[0])

    def show_spaced(self, state: _State, operands: list[Any]) -> None:
        """TJ."""
        pieces = operands[0] if operands and isinstance(operands[0], ArrayObject) else []
        for piece in pieces:
            if isinstance(piece, bytes | str):
                self._show(state, piece)
            elif isinstance(piece, int | float):
                self._advance(-float(piece) / 1000 * state.size * state.scale / 100)

    def next_and_show(self, state: _State, operands: list[Any]) -> None:
        """Apostrophe."""
        self.next_line(state, [])
        self.show(state, operands)

    def set_next_and_show(self, state: _State, operands: list[Any]) -> None:
        """Quotation mark."""
        if len(operands) == 3 and (numbers := _numbers(operands[:2], 2)):
            state.words, state.characters = numbers
            self.next_and_show(state, operands[2:])

    def _advance(self, width: float) -> None:
        self._text = _times((1.0, 0.0, 0.0, 1.0, width, 0.0), self._text)

    def _show(self, state: _State, value: bytes | str) -> None:
        if state.font is None:
            return
        matrix = _times(self._text, state.matrix)
        shown = TextStateParams(
            value, state.font, state.size, state.characters, state.words, state.scale, state.leading, state.rise,
            list(matrix),
        )  # fmt: skip
        if any(self._marks):
            pass
        elif abs(matrix[1]) > 0.1 * abs(matrix[0]) or matrix[0] <= 0:
            self._drawn.turned += len(shown.text.strip())
        elif shown.text:
            self._drawn.runs.append(_run(shown, matrix))
        self._advance(shown.word_tx(value))

    def mark(self, _state: _State, operands: list[Any]) -> None:
        """BDC and BMC."""
        about = operands[1] if len(operands) > 1 else None
        paging = isinstance(about, Mapping) and about.get("/Type") == "/Pagination"
        self._marks.append(bool(operands) and operands[0] == "/Artifact" and paging)

    def unmark(self, _state: _State, _operands: list[Any]) -> None:
        """EMC."""
        if self._marks:
            self._marks.pop()

    def change_matrix(self, state: _State, operands: list[Any]) -> None:
        """Cm."""
        if numbers := _numbers(operands, 6):
            state.matrix = _times(tuple(numbers), state.matrix)  # type: ignore[arg-type]

    def _at(self, state: _State, x: float, y: float) -> tuple[float, float]:
        *_, across, up = _times((1.0, 0.0, 0.0, 1.0, x, y), state.matrix)
        return across, up

    def begin_path(self, state: _State, operands: list[Any]) -> None:
        """Operator m."""
        if numbers := _numbers(operands, 2):
            self._point = self._begun = self._at(state, *numbers)

    def line_to(self, state: _State, operands: list[Any]) -> None:
        """Operator l."""
        if numbers := _numbers(operands, 2):
            before, self._point = self._point, self._at(state, *numbers)
            self._add(*before, *self._point)

    def close_path(self, _state: _State, _operands: list[Any]) -> None:
        """Operator h."""
        self._add(*self._point, *self._begun)
        self._point = self._begun

    def rectangle(self, state: _State, operands: list[Any]) -> None:
        """Operator re."""
        if numbers := _numbers(operands, 4):
            x, y, wide, high = numbers
            (left, low), (right, top) = self._at(state, x, y), self._at(state, x + wide, y + high)
            left, right, low, top = min(left, right), max(left, right), min(low, top), max(low, top)
            if right - left < _THIN < top - low:
                self._add((left + right) / 2, low, (left + right) / 2, top)
            elif top - low < _THIN < right - left:
                self._add(left, (low + top) / 2, right, (low + top) / 2)
            else:
                for corners in ((left, low, right, low), (left, top, right, top), (left, low, left, top)):
                    self._add(*corners)
                self._add(right, low, right, top)

    def _add(self, x: float, y: float, across: float, up: float) -> None:
        if abs(x - across) <= _LEANING and abs(y - up) > _THIN:
            self._path.append(Rule(x, min(y, up), x, max(y, up)))
        elif abs(y - up) <= _LEANING and abs(x - across) > _THIN:
            self._path.append(Rule(min(x, across), y, max(x, across), y))

    def paint(self, _state: _State, _operands: list[Any]) -> None:
        """Any operator that draws the path: edges of filled areas count as lines, as they do for the eye."""
        if len(self._drawn.rules) < MOST_RULES:
            self._drawn.rules += self._path
        self._path = []

    def drop(self, _state: _State, _operands: list[Any]) -> None:
        """Operator n."""
        self._path = []


def _run(shown: TextStateParams, matrix: Matrix) -> Run:
    """Return a piece of text as far as one sees it: spaces at its ends take room and show nothing."""
    text = shown.text.strip(" ")
    space = shown.space_tx * matrix[0]
    left = shown.tx + space * (len(shown.text) - len(shown.text.lstrip(" "))) * bool(text)
    right = shown.displaced_tx - space * (len(shown.text) - len(shown.text.rstrip(" "))) * bool(text)
    return Run(text or shown.text, left, max(left, right), matrix[5], shown.font_height)


def _setter(name: str) -> Any:  # noqa: ANN401 - a function of the table below
    def change(_drawing: _Drawing, state: _State, operands: list[Any]) -> None:
        if numbers := _numbers(operands, 1):
            setattr(state, name, numbers[0])

    return change


_TEXT: Mapping[bytes, Any] = {
    b"BT": _Drawing.begin_text, b"Tm": _Drawing.set_matrix, b"Td": _Drawing.move, b"TD": _Drawing.move_and_lead,
    b"T*": _Drawing.next_line, b"Tj": _Drawing.show, b"TJ": _Drawing.show_spaced, b"'": _Drawing.next_and_show,
    b'"': _Drawing.set_next_and_show, b"BDC": _Drawing.mark, b"BMC": _Drawing.mark, b"EMC": _Drawing.unmark,
    b"Tc": _setter("characters"), b"Tw": _setter("words"), b"Tz": _setter("scale"), b"TL": _setter("leading"),
    b"Ts": _setter("rise"),
}  # fmt: skip
_PATHS: Mapping[bytes, Any] = {
    b"cm": _Drawing.change_matrix, b"m": _Drawing.begin_path, b"l": _Drawing.line_to, b"h": _Drawing.close_path,
    b"re": _Drawing.rectangle, b"n": _Drawing.drop, **dict.fromkeys(
        (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), _Drawing.paint
    ),
}  # fmt: skip

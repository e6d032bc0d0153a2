"""What no extracted text may hold: halves of characters, zeros, marks of control and spaces at the ends of lines."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HALVES = re.compile("[\ud800-\udfff]")
_BLANKS = " \t\u00a0"
_EMPTY_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Return `text` as it may be stored and shown: whole characters, line feeds, at most one empty line in a row."""
    if _HALVES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\u2028", "\n")
    lines = (line.strip(_BLANKS) for line in _CONTROL.sub("", text).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()

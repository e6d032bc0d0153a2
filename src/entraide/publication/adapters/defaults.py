"""The texts of pages about a register that come with the program, and the figures of the reader that they tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from entraide.kernel.languages import fallbacks_of
from entraide.kernel.yaml_text import parse_yaml
from entraide.publication.domain.about import AboutPage

FOLDER = files("entraide.publication") / "vocabulary"


@dataclass(frozen=True, slots=True)
class ReaderFigures:
    """What the reader reached on reports that it had never seen, and on which day that was measured.

    `numbers` are by name, as docs/figures.md has them: texts, mean F1, pooled F1, recall, extras per text.
    """

    measured_on: date
    numbers: Mapping[str, str]


@cache
def load_figures() -> ReaderFigures:
    """Return the figures of the reader at first contact."""
    read = parse_yaml((FOLDER / "figures.yaml").read_text(encoding="utf-8"))
    return ReaderFigures(read["measured_on"], {name: str(value) for name, value in read["first_contact"].items()})


@cache
def load_default(page: AboutPage, language: str) -> str:
    """Return the text of a page in a language, or in the one that it falls back to, with names in braces to fill in.

    Raises `RuntimeError` for a page that the program does not bring.
    """
    for code in fallbacks_of(language):
        file = FOLDER / "about" / f"{page}.{code}.txt"
        if file.is_file():
            return file.read_text(encoding="utf-8").strip("\n")
    raise RuntimeError(f"the text of the page {page} is missing")

"""Any text: the reader never raises, its passages are true, and its cost grows with the length alone."""

import gc
import re
import sys
import time
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.pathologies import PATHOLOGIES
from entraide.directory.api import load_portfolios
from entraide.kernel.languages import READ
from entraide.reader.domain import cleaning, dates, ordinals, places
from entraide.reader.domain.reading import read_text
from tests.fuzz.fuzz_reader import FOUND, text_of, vocabulary_words
from tests.fuzz.laws import check_text

READER = cleaning.__package__
CHARACTERS = st.characters(exclude_categories=())  # lone surrogates and NUL too


@cache
def words():
    return load_portfolios()


@given(st.text(CHARACTERS, max_size=400))
@example("date 2023-21 Le ministre")
@example("Ils ont signé le 29 février le plan 2021.")
@settings(max_examples=60)
def test_any_characters(text):
    """Characters of every kind in any order break no law."""
    check_text(text, words())


@given(st.data())
@settings(max_examples=60)
def test_any_words_of_the_vocabulary(data):
    """The reader's own words in an order that no language has break no law."""
    pieces = data.draw(st.lists(st.sampled_from(vocabulary_words()), max_size=120))
    check_text("".join(pieces), words())


@given(st.sampled_from(sorted(PATHOLOGIES)), st.integers(0, 300), st.sampled_from(sorted(PATHOLOGIES)))
@settings(max_examples=40)
def test_pathologies_joined(first, size, second):
    """One odd text after another breaks no law, wherever the first is cut."""
    check_text(PATHOLOGIES[first](size) + PATHOLOGIES[second](300), words())


@pytest.mark.parametrize("name", PATHOLOGIES)
def test_a_pathology_breaks_no_law(name):
    """Each odd text is read, and its passages are true."""
    check_text(PATHOLOGIES[name](2000), words())


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.bin")), ids=lambda path: path.stem)
def test_what_the_fuzzer_found_stays_mended(path):
    """A text that once broke a law is read."""
    check_text(text_of(path.read_bytes()), words())


def _instructions(text: str) -> int:
    """How many calls, of Python and of C, one reading makes: work counted without a clock."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_text(text, name="any")
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("name", PATHOLOGIES)
def test_twice_the_text_is_twice_the_work(name):
    """The calls that a reading makes grow no faster than the text."""
    make = PATHOLOGIES[name]
    read_text(make(100), name="any")
    small, large = _instructions(make(6000)), _instructions(make(12000))
    assert large <= 2.6 * small + 3000, f"{small} calls, then {large}"


def _patterns() -> dict[str, "re.Pattern[str] | regex.Pattern[str]"]:
    """Every compiled pattern of the reader, those of its modules and those that a language's grammar makes."""
    found: dict[str, re.Pattern[str] | regex.Pattern[str]] = {}

    def take(name: str, value: object) -> None:
        if isinstance(value, re.Pattern | regex.Pattern):
            found[name] = value
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                take(f"{name}.{number}", item)

    modules = [module for name, module in sys.modules.items() if name.startswith(f"{READER}.")]
    for module in modules:
        assert isinstance(module, ModuleType)
        for name, value in vars(module).items():
            take(f"{module.__name__.removeprefix(f'{READER}.')}:{name}", value)
    for language in READ:
        grammar = dates._grammar(language)
        for name in ("openings", "dated", "loose", "before"):
            take(f"dates:{name}.{language}", getattr(grammar, name))
        take(f"ordinals:{language}", ordinals._patterns(language))
        take(f"places:{language}", places._pattern(language))
    return found


PATTERNS = _patterns()
UNITS = (
    " ", "a", "A", "é", "1", "1 ", "3, ", "a ", "A ", "Aa ", ", ", ",", ".", "-", " - ", "'", "l'", "(", "( ", "et ",
    " et", "and ", "de ", "de la ", "M.", "\t", "\r", "\n", "_", "e\u0301", "du 3 au ", "7e ", "XIV ", "mai ", "lundi ",
    "ngày 3/5 ", "à A ", "in A ", "A'", "A-", "A.", "٣", "«", "(a) ",
)  # fmt: skip
FRAMES = (("", "!"), ("3", "x"), ("à A", "x"), (" et", "x"), ("A (", "x"), ("2021, signée", "1"))
SHORT, LONG = 1000, 7000
BOUND = 0.12


def _is_only_matched(name: str) -> bool:
    """Whether the pattern is only ever tried at one place that something else found: its cost is one attempt's."""
    module, _, pattern = name.partition(":")
    text = Path(sys.modules[f"{READER}.{module}"].__file__ or "").read_text(encoding="utf-8")
    return set(re.findall(rf"\b{pattern}\.(\w+)\(", text)) == {"match"}


MATCHED = frozenset(filter(_is_only_matched, PATTERNS))


def _cost(name: str, text: str) -> float:
    pattern, least = PATTERNS[name], 10 * BOUND
    for _ in range(3):
        start = time.process_time()
        if name in MATCHED:
            pattern.match(text)
        else:
            for _found in pattern.finditer(text):
                pass
        least = min(least, time.process_time() - start)
        if least < BOUND / 8:
            break
    return least


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_goes_back_over_what_it_has_read(name):
    """A pattern that backtracked would take seconds for these 7,000 characters; one that does not takes a moment."""
    gc.collect()
    for unit in UNITS:
        for before, after in FRAMES:
            # The short text first: where it already takes long, the long one would not end.
            for size, bound in ((SHORT, BOUND / 5), (LONG, BOUND)):
                spent = _cost(name, before + unit * (size // len(unit)) + after)
                assert spent < bound, f"{size} of {before!r} {unit!r} {after!r}: {spent:.3f} s"


def test_the_found_texts_are_where_the_fuzzer_keeps_them():
    """The folder of found texts is part of the tests."""
    assert Path(__file__).parents[2] / "fuzz" / "found" == FOUND
    assert list(FOUND.glob("*.bin"))

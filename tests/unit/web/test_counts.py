"""Sentences with a number: nobody reads “1 seconds”, in any language."""

import re

import pytest
from babel import Locale
from django.utils.translation import gettext, ngettext, override

from entraide.access.domain.errors import TooManyRequests
from entraide.cli.output import describe_error
from entraide.kernel.languages import SPOKEN
from entraide.kernel.text import fill
from entraide.programme.domain.errors import TooFewParties
from entraide.requests.domain.completeness import TOO_FEW, TOO_SOON
from entraide.tables.domain.refusals import REFUSALS
from entraide.web.errors import error_text

COUNTS = re.compile(
    r"%\((?:n|count|size|limit|least|most|longest|found|total|burst|messages|pages|added|changed)\)s"
    r"|\{(?:n|count|size|limit|least|most|longest|found|total|seconds|messages|pages|megabytes|kept|added|changed)\}"
)

WITHOUT_A_NOUN = {
    "%(count)s of %(total)s",
    "%(first)s to %(last)s of %(total)s",
    "A count of requests cannot be {count}.",
    "Answered requests are counted by domain of the plan {period}, without a person: {count} so far.",
    "The data has the digest {found}, not {expected}.",
    "The leaves sent for {origin} do not give the root that its author signed at size {size}.",
    "The officer keeps {kept} more; the register now holds {meetings} and {commitments}.",
    "{type} version {version} needs exactly one handler, and has {count}.",
}
FILLED_WITH_COUNTED_TEXTS = {
    "Applied: %(added)s, %(changed)s.",
    "Applied: {added}, {changed}.",
    "The import is applied: {added}, {changed}.",
}
A_LIMIT_OF_THE_PROGRAM_THAT_IS_NEVER_ONE = {
    "A passphrase for a signing key has at least {least} characters.",
    "A token needs a name, at least one scope and a life of 1 to {longest} days.",
    (
        "Meetings on record, meetings announced or due, and ends of plans. An event that covers a whole month or year "
        "means that the day is not known; meetings without a known year, and all but the latest %(most)s, are left out."
    ),
    "More than %(found)s results for “%(query)s”; add a word to narrow them.",
    "The file has more than {limit} characters and cannot itself be the source.",
    "The import has more than {limit} rows.",
    "The import would add or change {count} facts; at most {limit} are applied at once.",
    "The message has {size} bytes; at most {limit} can be sent at once.",
    "One of the answers is longer than {most} characters.",
    "The text has {length} characters; a page may have {most}.",
    "New keys begin {seconds} seconds from now at the earliest.",
    "The text has {count} characters, at most {limit} are kept.",
    "{file}: has {pages} pages; at most {limit} are read.",
    "{file}: holds more than {limit} million characters of text.",
    "{name} is longer than {limit} characters.",
}
A_UNIT_THAT_DOES_NOT_CHANGE = {
    "The file has {megabytes} MB; at most {limit} MB are imported at once.",
    "The file is larger than %(limit)s MB.",
    "What was sent is larger than {limit} MB and was not kept.",
    "{file}: has {megabytes} MB; at most {limit} MB are read.",
    "{file}: the tables have more than {limit} MB.",
    "{file}: unpacks to more than {limit} MB, or into too many parts, and was not unpacked.",
}
REVIEWED = (
    WITHOUT_A_NOUN | FILLED_WITH_COUNTED_TEXTS | A_LIMIT_OF_THE_PROGRAM_THAT_IS_NEVER_ONE | A_UNIT_THAT_DOES_NOT_CHANGE
)


def test_a_sentence_with_a_count_has_a_plural(messages):
    """Each message with the place of a count has two forms in English, or stands above with the reason."""
    single = {text for text, _context in messages if isinstance(text, str) and COUNTS.search(text)}
    assert single - REVIEWED == set()
    assert REVIEWED - single == set()


@pytest.mark.parametrize("language", SPOKEN)
def test_every_count_is_written_in_the_form_of_its_language(language: str, messages):
    """0, 1 and 2 of each counted message take the forms of the language, and every place is filled."""
    counted = [text for text, _context in messages if isinstance(text, tuple)]
    assert len(counted) > 60
    forms = [Locale.parse(language).plural_form(number) for number in (0, 1, 2)]
    with override(language):
        for one, many in counted:
            texts = [ngettext(one, many, number) for number in (0, 1, 2)]
            assert all(texts)
            same = {(a, b) for a in range(3) for b in range(3) if forms[a] == forms[b]}
            assert all(texts[a] == texts[b] for a, b in same), (one, texts)
            if language == "en":
                assert texts == [many, one, many]


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 0, "Wait 0 seconds."),
        ("en", 1, "Wait 1 second."),
        ("en", 2, "Wait 2 seconds."),
        ("fr", 0, "Attendez 0 seconde."),
        ("fr", 1, "Attendez 1 seconde."),
        ("fr", 2, "Attendez 2 secondes."),
        ("vi", 0, "Hãy chờ 0 giây."),
        ("vi", 1, "Hãy chờ 1 giây."),
        ("vi", 2, "Hãy chờ 2 giây."),
    ],
)
def test_an_error_chooses_its_plural(monkeypatch: pytest.MonkeyPatch, language: str, number: int, text: str):
    """On a page and in a terminal, the remedy of an error agrees with its number."""
    error = TooManyRequests(seconds=number)
    monkeypatch.setenv("LC_ALL", language)
    with override(language):
        assert error_text(error).remedy.startswith(text)
        assert text in describe_error(error)


@pytest.mark.parametrize(
    ("number", "message", "remedy"),
    [(1, "1 was given.", "Wait 1 second."), (2, "2 were given.", "Wait 2 seconds."), (0, "0 were given.", "Wait 0")],
)
def test_the_text_of_an_exception_is_english(number: int, message: str, remedy: str):
    """Logs, partners and programs read the right English form, whatever language is spoken."""
    with override("fr"):
        assert str(TooFewParties(count=number)).endswith(message)
        assert TooManyRequests(seconds=number).remedy_text.startswith(remedy)


@pytest.mark.parametrize(
    ("language", "number", "few", "cells"),
    [
        ("en", "1", "needs at least 1 entry.", "The row has 1 cell, the header 3."),
        ("en", "2", "needs at least 2 entries.", "The row has 2 cells, the header 3."),
        ("fr", "1", "exige au moins 1 élément.", "La ligne a 1 cellule, l’en-tête 3."),
        ("fr", "2", "exige au moins 2 éléments.", "La ligne a 2 cellules, l’en-tête 3."),
        ("vi", "1", "cần ít nhất 1 mục.", "Hàng có 1 ô, dòng tiêu đề có 3."),
    ],
)
def test_a_kept_message_finds_its_singular_again(language: str, number: str, few: str, cells: str):
    """Findings and refusals are kept as message and params, numbers as digits; reading them chooses the plural."""
    row = next(message for message, _remedy in REFUSALS.values() if message.startswith("The row has"))
    with override(language):
        kept = str(TOO_FEW)
        assert fill(kept, {"label": "x", "limit": number}, gettext, ngettext).endswith(few)
        assert fill(row, {"count": number, "expected": "3"}, gettext, ngettext) == cells


def test_what_is_no_number_is_several():
    """A number with thousands, and a word where a number was expected, take the plural and do not stop anybody."""
    assert fill(TOO_SOON, {"label": "x", "limit": "1,000"}).endswith("1,000 days from now.")
    assert fill(TOO_SOON, {"label": "x", "limit": "some"}).endswith("some days from now.")
    assert fill("", {}) == ""

"""One communiqué as text, as a page with all that surrounds it, as PDF and as DOCX: the same proposals."""

from collections.abc import Iterator
from typing import Any

import pytest

from entraide.communiques.api import (
    list_samples,
    read_sample,
)
from entraide.documents.adapters.files import FileReader
from entraide.reader.api import (
    Reading,
    read_text,
    reading_to_json,
)
from tests.factories import documents

KINDS = ("meetings", "instruments", "officials", "commitments", "parties", "references")
TITLES = {"fr": "Rencontre entre les deux ministères", "en": "Ministries meet", "vi": "Hai bộ làm việc"}
PUBLISHED = '<meta property="article:published_time" content="2025-02-01T08:00:00+07:00">'


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    """Return one reader for all files."""
    with FileReader() as reader:
        yield reader


def proposed(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """Return what was read, without the offsets, which differ with the texts around."""
    values = reading_to_json(reading)
    return {
        kind: [{name: value for name, value in item.items() if name != "evidence"} for item in values[kind]]
        for kind in KINDS
    }


def check_evidence(reading: Reading, original: str) -> int:
    """Check that each field's passage is the quoted one in both texts, and return how many there are."""
    count = 0
    for kind in KINDS:
        for item in getattr(reading, kind):
            for evidence in item.evidence.values():
                assert original[evidence.start : evidence.end] == evidence.quote
                assert 0 <= evidence.clean_start < evidence.clean_end <= len(reading.clean_text)
                assert evidence.basis
                assert evidence.reason
                count += 1
    return count


@pytest.mark.parametrize("sample", [sample.name for sample in list_samples()][::6])
def test_every_format_gives_the_proposals_of_the_text(reader: FileReader, sample: str) -> None:
    """Nothing is lost, added or read differently because of the file; offsets count in the text of each file."""
    language = sample[:2]
    title, paragraphs = TITLES[language], [line for line in read_sample(sample).split("\n") if line.strip()]
    text = "\n".join([title, *paragraphs])
    plain = read_text(text, name=sample)
    assert check_evidence(plain, text) > 5
    dated = read_text(f"date 2025-02-01\n{text}", name=sample)
    for data, expected in (
        (text.encode(), plain),
        (documents.page(title, paragraphs).encode(), plain),
        (documents.page(title, paragraphs, head=PUBLISHED).encode(), dated),
        (documents.pdf(title, paragraphs, language=language), plain),
        (documents.word(title, paragraphs), plain),
    ):
        file = reader.take(data, name=sample)
        reading = read_text(file.text, name=sample)
        assert proposed(reading) == proposed(expected), file.media_type
        assert check_evidence(reading, file.text) == check_evidence(expected, expected_text(expected, text))


def expected_text(reading: Reading, text: str) -> str:
    """Return the original text of `reading`: with the date that the page states, where it has one."""
    return f"date 2025-02-01\n{text}" if reading.date and reading.date.value == "2025-02-01" else text

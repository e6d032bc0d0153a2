"""What holds for the reading of any text; each law raises `AssertionError` with the words that say which was broken."""

import json
from typing import Any

from entraide.communiques.domain.proposals import derive_proposals
from entraide.directory.domain.portfolios import Portfolios
from entraide.reader.domain.model import Reading
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json

_ITEMS = ("meetings", "instruments", "officials", "commitments", "parties", "references")
_BASES = {"stated", "header", "weekday", "inferred"}


def check_text(text: str, words: Portfolios) -> Reading:
    """Read `text` and hold the reading to every law; returns it."""
    reading = read_text(text, name="any")
    values = reading_to_json(reading)
    assert json.loads(json.dumps(values, allow_nan=False)) == values, "the reading is plain JSON"
    assert reading_to_json(read_text(text, name="any")) == values, "the same text is read the same way twice"
    for kind in _ITEMS:
        for item in values[kind]:
            for field, evidence in item["evidence"].items():
                check_evidence(text, reading.clean_text, f"{kind}.{field}", evidence)
    for draft in derive_proposals(reading, words):
        json.dumps([draft.key, draft.kind, draft.fields], allow_nan=False)
    return reading


def check_evidence(text: str, clean: str, field: str, evidence: dict[str, Any]) -> None:
    """Hold one passage to the law: it lies within both texts, and it is what is quoted."""
    start, end = evidence["start"], evidence["end"]
    assert 0 <= start <= end <= len(text), f"{field}: {start}..{end} lies outside a text of {len(text)}"
    assert text[start:end] == evidence["quote"], f"{field}: the quote is not what stands there"
    low, high = evidence["clean_start"], evidence["clean_end"]
    assert 0 <= low <= high <= len(clean), f"{field}: {low}..{high} lies outside a cleaned text of {len(clean)}"
    assert evidence["basis"] in _BASES, f"{field}: {evidence['basis']} is no basis"
    assert evidence["reason"], f"{field}: says no reason"

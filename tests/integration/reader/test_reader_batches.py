"""Every batch of our own annotated texts: what is reached now keeps above a floor, and its first figure is kept.

Weights are fitted on these texts, so the floors say only that nothing broke; what a new text can expect is the first
figure of the latest batches in `batches.yaml`, and `python -m tools.reader_fit leave-out`.
"""

from functools import cache
from typing import Any

import pytest
import yaml

from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from tools.reader_fit.leaving_out import load_score, score_texts
from tools.reader_fit.texts import READER_TESTS, Annotated, load_texts

SCORE = load_score()
BATCHES: dict[str, dict[str, Any]] = yaml.safe_load((READER_TESTS / "batches.yaml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(SCORE is None, reason="no folder shared/communiques with score.py beside the project")


@cache
def texts() -> dict[str, list[Annotated]]:
    """The annotated texts by batch."""
    found: dict[str, list[Annotated]] = {}
    for text in load_texts():
        found.setdefault(text.batch, []).append(text)
    return found


def test_every_batch_of_texts_has_its_first_figure() -> None:
    """No batch comes without what was reached when it was read for the first time."""
    assert set(texts()) == set(BATCHES)


@pytest.mark.parametrize("batch", sorted(BATCHES))
def test_a_batch_is_read_no_worse_than_it_was(batch: str) -> None:
    """Mean F1 over the fields with ten values or more stays above the batch's floor."""
    assert SCORE is not None
    read = {text.name: reading_to_json(read_text(text.text, name=text.name)) for text in texts()[batch]}
    result = score_texts(SCORE, texts()[batch], read)
    assert result["mean_f1"] >= BATCHES[batch]["floor"], result["fields"]

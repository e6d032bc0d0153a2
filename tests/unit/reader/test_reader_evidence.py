"""Behind every field that is proposed stands a passage, in the cleaned and in the original text."""

import pytest

from entraide.communiques.api import (
    list_samples,
    read_sample,
)
from entraide.reader.api import (
    read_text,
    reading_to_json,
)

KINDS = ("meetings", "instruments", "officials", "commitments", "parties", "references")
# The basis of a date is said in the evidence of the date itself.
WITHOUT = {"evidence", "date_basis"}


@pytest.mark.parametrize("name", [sample.name for sample in list_samples()])
def test_every_field_has_its_passage_in_both_texts(name: str) -> None:
    """Each field with a value has offsets, a quote that is the original's, a basis and a reason."""
    text = f"\ufeff{read_sample(name)}".replace("\n", "\r\n").replace("a", "a\u200b", 3)
    reading = read_text(text, name=name)
    values = reading_to_json(reading)
    for kind in KINDS:
        for item in values[kind]:
            for field, value in item.items():
                if field in WITHOUT or value in (None, "", []):
                    continue
                evidence = item["evidence"][field]
                assert evidence["quote"] == text[evidence["start"] : evidence["end"]]
                assert evidence["quote"].strip()
                assert reading.clean_text[evidence["clean_start"] : evidence["clean_end"]].strip()
                assert evidence["basis"] in {"stated", "header", "weekday", "inferred"}
                assert evidence["reason"]

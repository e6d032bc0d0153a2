"""The sample communiqués that come with the program."""

from collections import Counter
from importlib.resources import files

import pytest

from entraide.communiques.adapters.samples import list_samples, read_sample
from entraide.communiques.domain.errors import NoSuchSample
from entraide.communiques.domain.proposals import derive_proposals
from entraide.communiques.domain.reader.language import detect_language
from entraide.communiques.domain.reader.reading import read_text
from entraide.directory.api import load_portfolios


def test_samples_are_enough_and_in_three_languages() -> None:
    """At least fourteen texts, three or more in English and in Vietnamese, each file listed."""
    languages = Counter(sample.language for sample in list_samples())
    assert sum(languages.values()) >= 14
    assert min(languages["en"], languages["vi"], languages["fr"]) >= 3
    texts = [file.name for file in files("entraide.communiques").joinpath("samples").iterdir()]
    assert {f"{sample.name}.txt" for sample in list_samples()} == {name for name in texts if name.endswith(".txt")}


@pytest.mark.parametrize("sample", list_samples(), ids=lambda sample: sample.name)
def test_a_sample_is_read_in_its_language(sample) -> None:
    """The reader recognises the language and finds something to propose, with spans inside the text."""
    text = read_sample(sample.name)
    assert detect_language(text) == sample.language
    drafts = derive_proposals(read_text(text, name=sample.name), load_portfolios())
    assert drafts
    assert len({draft.key for draft in drafts}) == len(drafts)
    for draft in drafts:
        for item in draft.evidence.values():
            assert item.quote == text[item.start : item.end]


def test_an_unknown_sample_is_not_found() -> None:
    """A name outside the list opens no file."""
    with pytest.raises(NoSuchSample):
        read_sample("../api")

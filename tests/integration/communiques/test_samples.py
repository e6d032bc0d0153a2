"""The sample communiqués that come with the program."""

import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files

import pytest

from bench.communiques import find_communiques
from entraide.communiques.adapters.samples import list_samples, read_sample
from entraide.communiques.domain.errors import NoSuchSample
from entraide.communiques.domain.proposals import derive_proposals
from entraide.directory.api import load_portfolios
from entraide.reader.domain.folding import fold_characters
from entraide.reader.domain.language import detect_language
from entraide.reader.domain.model import Reading
from entraide.reader.domain.reading import read_text

RUN = 15
"""So many words in a row are no name, post or title of a plan any more, which two texts of one event share."""
SHORT = 8
"""A sentence of fewer words is anyone's."""
COMMUNIQUES = find_communiques(None)


@cache
def readings() -> dict[str, Reading]:
    """Every sample as our reader reads it."""
    return {sample.name: read_text(read_sample(sample.name), name=sample.name) for sample in list_samples()}


def year_of(reading: Reading) -> int | None:
    """The year of what a sample tells of: its first meeting's or instrument's, else its header's."""
    dates = [item.date for item in (*reading.meetings, *reading.instruments) if item.date] + [reading.date]
    found = [int(date.value[:4]) for date in dates if date and date.value[:4].isdigit()]
    return found[0] if found else None


def test_samples_are_enough_and_in_three_languages() -> None:
    """Forty texts and more, ten or more in each language, each file listed."""
    languages = Counter(sample.language for sample in list_samples())
    assert sum(languages.values()) >= 40
    assert min(languages["en"], languages["vi"], languages["fr"]) >= 10
    texts = [file.name for file in files("entraide.communiques").joinpath("samples").iterdir()]
    assert {f"{sample.name}.txt" for sample in list_samples()} == {name for name in texts if name.endswith(".txt")}


def test_samples_spread_over_the_years() -> None:
    """At least thirty texts tell of 2010 to 2025, and hardly a year of them is empty."""
    years = Counter(year for reading in readings().values() if (year := year_of(reading)) and 2010 <= year <= 2025)
    assert sum(years.values()) >= 30
    assert len(years) >= 12


def test_samples_are_of_many_pairs_of_states_and_of_more_than_two() -> None:
    """Seven pairs of States and more, and mechanisms of three and of four."""
    parties = {frozenset(party.state for party in reading.parties) for reading in readings().values()}
    assert len([states for states in parties if len(states) == 2]) >= 7
    assert {"KH", "LA", "VN"} in parties
    assert {"CN", "LA", "MM", "TH"} in parties


def test_pairs_have_series_at_several_levels_with_gaps_and_announced_meetings() -> None:
    """Two pairs run series at two levels or more; numbers miss between known ones; next ones are told."""
    levels, numbers = defaultdict(set), defaultdict(set)
    announced = 0
    for reading in readings().values():
        states = frozenset(party.state for party in reading.parties)
        announced += any(item.when == "later" for item in reading.references)
        for meeting in reading.meetings:
            levels[states].add(meeting.level)
            if meeting.ordinal:
                numbers[states, meeting.level].add(meeting.ordinal)
    assert sum(len(found - {"", None}) >= 2 for found in levels.values()) >= 2
    assert {6, 7} <= numbers[frozenset({"IN", "BD"}), "minister"]
    assert {51, 53, 55} == numbers[frozenset({"IN", "BD"}), "unit"]
    assert {4, 6, 7, 8} == numbers[frozenset({"VN", "CN"}), "minister"]
    assert announced >= 4


def test_samples_have_names_in_their_own_scripts_and_disagree_in_places() -> None:
    """Chinese and Lao stand in texts; what texts say differently is told, and whence it is known."""
    texts = "".join(read_sample(sample.name) for sample in list_samples())
    assert re.search(r"[\u4e00-\u9fff]{3}", texts)
    assert re.search(r"[\u0e80-\u0eff]{5}", texts)
    assert all(sample.known_from and sample.publisher for sample in list_samples())
    assert sum(bool(sample.differs) for sample in list_samples()) >= 2
    assert {sample.kind.value for sample in list_samples()} == {"press", "official_release"}


@pytest.mark.skipif(COMMUNIQUES is None, reason="no folder shared/communiques beside the project to compare with")
@pytest.mark.parametrize("sample", list_samples(), ids=lambda sample: sample.name)
def test_a_sample_copies_no_sentence_of_the_real_articles(sample) -> None:
    """No run of words of a sample stands in a real article, names of ministries counted as one word, nor a sentence."""
    articles = real_articles()
    assert articles
    assert not any(runs_of(words_of(read_sample(sample.name))) & runs for _text, runs in articles)
    flat = [text for text, _runs in articles]
    for sentence in re.split(r"(?<=[.!?])\s+", read_sample(sample.name)):
        words = words_of(sentence)
        assert len(words) < SHORT or not any(" ".join(words) in article for article in flat), sentence


@cache
def real_articles() -> list[tuple[str, set[tuple[str, ...]]]]:
    """The folded words of each real article, and their runs."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(COMMUNIQUES.glob("seed-*.txt"))] if COMMUNIQUES else []
    return [(" ".join(words), runs_of(words)) for words in map(words_of, texts)]


def words_of(text: str) -> list[str]:
    """The folded words of a text, each ministry as one word whatever its State."""
    folded = " ".join(re.findall(r"\w+", fold_characters(text)))
    return re.sub(r"ministere (\w+ )?de la securite publique( du \w+| de chine)?", "ministere", folded).split()


def runs_of(words: list[str]) -> set[tuple[str, ...]]:
    """The runs of `RUN` words."""
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("sample", list_samples(), ids=lambda sample: sample.name)
def test_a_sample_is_read_in_its_language(sample) -> None:
    """The reader recognises the language and finds something to propose, with spans inside the text."""
    text = read_sample(sample.name)
    assert detect_language(text) == sample.language
    drafts = derive_proposals(readings()[sample.name], load_portfolios())
    assert drafts
    assert len({draft.key for draft in drafts}) == len(drafts)
    for draft in drafts:
        for item in draft.evidence.values():
            assert item.quote == text[item.start : item.end]


def test_an_unknown_sample_is_not_found() -> None:
    """A name outside the list opens no file."""
    with pytest.raises(NoSuchSample):
        read_sample("../api")

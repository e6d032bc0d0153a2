"""What the reader makes of the samples where it is hard; what it misreads stands here as expected to fail.

The wording of a sample is not bent to the reader: whoever teaches the reader one of these takes its mark away.
"""

from collections.abc import Callable

import pytest

from entraide.communiques.adapters.samples import read_sample
from entraide.reader.domain.model import Reading
from entraide.reader.domain.reading import read_text

Check = Callable[[Reading], bool]

HOME_MINISTERS = "The sixth Home Minister Level Talks between India and Bangladesh were held in Dhaka on July 15, 2018."
CYBER = "The third U.S.-China High-Level Joint Dialogue on Cybercrime was held in Washington on December 7, 2016."


def numbers(reading: Reading) -> list[int | None]:
    """The numbers of the meetings read."""
    return [item.ordinal for item in reading.meetings]


def read(name: str) -> Reading:
    """The sample `name`, or a sentence, as read."""
    return read_text(read_sample(name) if " " not in name else name, name="sample")


@pytest.mark.parametrize(
    ("name", "check"),
    [
        pytest.param("en-beijing-2016", lambda r: numbers(r) == [2], id="a dialogue beside the one before it"),
        pytest.param("fr-oeiras-2015", lambda r: numbers(r) == [3], id="a meeting beside an earlier and a next one"),
        pytest.param("vi-bac-kinh-2014", lambda r: r.references[0].ordinal == 5, id="the next one, announced"),
        pytest.param(
            "en-new-delhi-2023", lambda r: {p.state for p in r.parties} == {"IN", "BD"}, id="parties that are forces"
        ),
        pytest.param("fr-pekin-2011", lambda r: len(r.parties) == 4, id="four States, none of them a ministry"),
        pytest.param("fr-paris-2014", lambda r: numbers(r) == [2], id="who gathers counterparts holds a meeting"),
        pytest.param("fr-madrid-2022", lambda r: r.meetings == (), id="an agreement once signed is no meeting"),
        pytest.param(
            "en-beijing-2011",
            lambda r: "created" not in r.instruments[0].title_short,
            id="the end of a title",
        ),
    ],
)
def test_hard_places_are_read(name: str, check: Check) -> None:
    """Numbers belong to the right meeting, and parties are found where no ministry is named."""
    assert check(read(name))


@pytest.mark.xfail(strict=True, reason="the reader does not know this yet")
@pytest.mark.parametrize(
    ("name", "check"),
    [
        pytest.param("vi-da-nang-2024", lambda r: numbers(r) == [1], id="a comma in the name of a conference"),
        pytest.param(
            "en-phnom-penh-2017",
            lambda r: r.meetings[0].level == "vice-minister",
            id="deputy ministers",
        ),
        pytest.param(
            "en-phnom-penh-2017",
            lambda r: [i.date for i in r.instruments if i.kind == "plan" and i.date] == [],
            id="a plan signed in January at talks in February",
        ),
        pytest.param("en-washington-2017", lambda r: numbers(r) == [1], id="the first of another dialogue"),
        pytest.param("vi-dien-bien-2019", lambda r: r.officials == (), id="a province is nobody"),
        pytest.param(HOME_MINISTERS, lambda r: r.meetings[0].series != "", id="talks at a level have a name"),
        pytest.param(CYBER, lambda r: numbers(r) == [3], id="two States between number and dialogue"),
    ],
)
def test_places_that_the_reader_misreads(name: str, check: Check) -> None:
    """What a careful reader would say of these."""
    assert check(read(name))

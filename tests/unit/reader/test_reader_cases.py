"""Communiqués of other pairs of states, in three languages: texts of our own with what a careful reader finds.

The form is that of real press items, with titles, datelines, captions and tails; they are no source of facts. In the
first batch events and persons are invented; in the later ones the officials held their posts, and the events are
modelled on public reports. The texts were written before the rules that read them were mended: `batches.yaml` keeps
what was reached at the first reading. `misses` names what the reader does not find yet.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
KEYS = {
    "meetings": ("ordinal", "date", "place", "co_chairs"),
    "references": ("ordinal", "date"),
    "instruments": ("kind", "status", "date", "period", "signatories"),
    "officials": ("name", "state"),
    "commitments": ("domain", "status"),
    "parties": ("state",),
}
TABLE = [
    pytest.param(
        name,
        part,
        id=f"{name}-{part}",
        marks=[pytest.mark.xfail(strict=True, reason="not read yet")] if part in case.get("misses", ()) else [],
    )
    for name, case in CASES.items()
    for part in KEYS
]


@cache
def read(name: str) -> Mapping[str, Any]:
    """The reading of one case; each part of it is a test."""
    return reading_to_json(read_text(CASES[name]["text"], name=name))


def values(found: Mapping[str, Any], part: str) -> list[str]:
    """The items of one part as comparable rows; the order of a text does not count."""
    return sorted(repr([item.get(key) for key in KEYS[part]]) for item in found[part])


def test_the_table_has_every_language() -> None:
    """Twenty texts or more, in French, English and Vietnamese."""
    assert len(CASES) >= 20
    assert {name.split("-")[0] for name in CASES} == {"fr", "en", "vi"}


@pytest.mark.parametrize(("name", "part"), TABLE)
def test_a_communique_is_read_as_a_careful_reader_reads_it(name: str, part: str) -> None:
    """Each part of the reading is what the gold says, no more and no less."""
    assert values(read(name), part) == values(CASES[name]["gold"], part)

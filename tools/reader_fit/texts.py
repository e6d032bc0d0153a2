"""Our annotated texts: communiqués in our own words with what a careful reader finds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

READER_TESTS = Path(__file__).resolve().parents[2] / "tests" / "unit" / "reader"


INVENTED = 0.3


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text, its gold annotation in the form of the shared communiqués, and the States that it is about."""

    name: str
    batch: str
    text: str
    gold: Mapping[str, Any]

    @property
    def weight(self) -> float:
        """How much the text counts: our first cases were made up around what is hard, real reports count more."""
        return INVENTED if self.batch in {"first", "second", "third", "fourth"} else 1.0

    @property
    def states(self) -> frozenset[str]:
        """Codes of the States that take part."""
        return frozenset(str(party["state"]) for party in self.gold.get("parties", ()) if party.get("state"))


def load_texts(*more: Path) -> list[Annotated]:
    """Return our cases and batches, then those of further folders (`ID.txt` beside `gold/ID.json`), by name."""
    return [*_cases(), *(text for folder in [*_batches(), *more] for text in read_folder(folder))]


def load_fitted(*more: Path) -> list[Annotated]:
    """Return the texts that weights are fitted on: all but the batches that `batches.yaml` marks as `held`."""
    batches = yaml.safe_load((READER_TESTS / "batches.yaml").read_text(encoding="utf-8"))
    return [text for text in load_texts(*more) if not batches.get(text.batch, {}).get("held")]


def read_folder(folder: Path) -> Iterator[Annotated]:
    """Yield the texts of one batch: `ID.txt` beside `gold/ID.json`."""
    for path in sorted(folder.glob("*.txt")):
        gold = folder / "gold" / f"{path.stem}.json"
        if gold.is_file():
            text, found = path.read_text(encoding="utf-8"), json.loads(gold.read_text(encoding="utf-8"))
            yield Annotated(path.stem, folder.name, text, found)


def _cases() -> Iterator[Annotated]:
    for path in sorted((READER_TESTS / "cases").glob("*.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield Annotated(path.stem, case.get("batch", "first"), case["text"], case["gold"])


def _batches() -> list[Path]:
    return sorted(path for path in (READER_TESTS / "batches").glob("*") if path.is_dir())

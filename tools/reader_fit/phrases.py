"""Sentences of our own, each for one kind of thing: rows for decisions that whole reports show too rarely."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.reader_fit.texts import Annotated

_HEADS = {
    "en": " date 2023-05-12 The two interior ministers met\n\nTalks on security were held on Friday, 12 May 2023. ",
    "fr": " date 2023-05-12 Les deux ministres de l'Intérieur se rencontrent\n\n"
    "Des entretiens sur la sécurité ont eu lieu vendredi 12 mai 2023. ",
    "vi": " date 2023-05-12 Hai Bộ trưởng hội đàm\n\nNgày 12/5/2023, hai bên đã hội đàm về hợp tác an ninh. ",
}
_MEETING = {"ordinal": None, "date": "2023-05-12", "place": None}


def instrument_phrases() -> Iterator[Annotated]:
    """Yield the sentences about instruments as texts with their gold.

    A sentence that varies a turn of an annotated report bears its name, so that both are left out together.
    """
    path = Path(__file__).with_name("instrument_phrases.yaml")
    for language, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for number, row in enumerate(rows):
            items = [_item(item) for item in row["gold"]]
            gold = {"meetings": [_MEETING], "instruments": items, "references": []}
            name = row.get("like", f"phrase-{language}-{number:03}")
            yield Annotated(name, "phrases", _HEADS[language] + row["text"], gold)


def meeting_phrases() -> Iterator[Annotated]:
    """Yield short reports with several meetings, each as a text with the words of its meetings."""
    path = Path(__file__).with_name("meeting_phrases.yaml")
    for language, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for number, row in enumerate(rows):
            gold = {"meetings": [{"type": words} for words in row["types"]], "instruments": [], "references": []}
            yield Annotated(f"meetings-{language}-{number:03}", "phrases", row["text"], gold)


def _item(item: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, str] = {name: str(item[name]) for name in ("date", "period", "title") if name in item}
    return {"kind": item["kind"], "status": item["status"], "signatories": item.get("by", []), **told}

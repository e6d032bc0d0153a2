"""Which office of a State a name means, whatever its language."""

from functools import cache
from importlib.resources import files

import yaml

from entraide.communiques.domain.reader.folding import fold_characters


def office_of(name: str) -> str:
    """Return the code of the office that `name` means, empty when the list has none."""
    folded = " ".join(fold_characters(name).split())
    return next((code for code, words in _offices().items() if any(word in folded for word in words)), "")


@cache
def _offices() -> dict[str, list[str]]:
    text = files("entraide.communiques").joinpath("vocabulary", "offices.yaml").read_text(encoding="utf-8")
    offices: dict[str, list[str]] = yaml.safe_load(text)["offices"]
    return offices

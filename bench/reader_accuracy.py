"""Accuracy of the reader on real communiqués: precision, recall and F1 per field, and extras per text.

`python -m bench.reader_accuracy [--quick] [--json] [--communiques DIR]`

The texts and their gold annotations lie outside the project (one annotator, two passes); the folder's own `score.py`
measures, with one table for these texts and one for each batch of our own (`tests/unit/reader/cases` and `batches`).
Beside each field of a batch stands what was reached when its texts were read for the first time, before any rule was
mended for them: the figure to expect of a text that nobody has seen. Without the folder the benchmark says so and
exits 0.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from bench.communiques import find_communiques
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from tools.reader_fit.leaving_out import score_texts
from tools.reader_fit.texts import load_texts

OWN = Path(__file__).resolve().parents[1] / "tests" / "unit" / "reader"
LATER = "f"
"""Beginning of the names of the texts that came after the rules were written, and that no rule was mended for."""


def load_score(folder: Path) -> ModuleType:
    """Import the folder's `score.py`."""
    spec = importlib.util.spec_from_file_location("communiques_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise ImportError(folder)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_all(folder: Path) -> dict[str, dict[str, Any]]:
    """Read every text of the folder."""
    return {
        path.stem: reading_to_json(read_text(path.read_text(encoding="utf-8"), name=path.stem))
        for path in sorted(folder.glob("*.txt"))
    }


def measure(folder: Path, *, later: bool = False) -> Mapping[str, Any]:
    """Return what `score.py` says of our readings of the texts that rules were written on, or of the later ones."""
    stems = sorted(path.stem for path in (folder / "gold").glob("*.json"))
    stems = sorted(path.stem for path in (folder / "gold").glob("*.json"))
    names = [stem for stem in stems if stem.startswith(LATER) is later]
    readings = read_all(folder)
    with tempfile.TemporaryDirectory() as gold:
        for name in names:
            Path(gold, f"{name}.json").write_bytes((folder / "gold" / f"{name}.json").read_bytes())
        result: Mapping[str, Any] = load_score(folder).score(Path(gold), {name: readings[name] for name in names})
    return result


def measure_batches(folder: Path) -> dict[str, dict[str, Any]]:
    """Return for each batch of our own texts its note, what it reached unseen, and what `score.py` says now."""
    score = load_score(folder)
    batches: dict[str, dict[str, Any]] = yaml.safe_load((OWN / "batches.yaml").read_text(encoding="utf-8"))
    texts = load_texts()
    measured = {}
    for batch, first in batches.items():
        chosen = [text for text in texts if text.batch == batch]
        read = {text.name: reading_to_json(read_text(text.text, name=text.name)) for text in chosen}
        measured[batch] = {"unseen": first, "now": score_texts(score, chosen, read)}
    return measured


def print_table(result: Mapping[str, Any], unseen: Mapping[str, float] | None = None) -> None:
    """Print one line per field, the extras and the mean; `unseen` are F1 of the first reading."""
    for name, row in result["fields"].items():
        scores = f"P {row['p']:.2f}  R {row['r']:.2f}  F1 {row['f1']:.2f}"
        first = f"   unseen F1 {unseen[name]:.2f}" if unseen and name in unseen else ""
        print(f"{name:28} {scores}   gold {row['gold']:4} got {row['got']:4}{first}")
    print("extras per text", result["extras_per_text"])
    print(f"mean F1 {result['mean_f1']:.3f} over {result['texts']} texts")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Accuracy of the reader, per field.")
    parser.add_argument("--quick", action="store_true", help="the same: this benchmark takes a second")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--communiques", type=Path)
    args = parser.parse_args()
    folder = find_communiques(args.communiques)
    if folder is None:
        print("reader_accuracy: SKIPPED, no folder shared/communiques beside the project", file=sys.stderr)
        if args.json:
            print(json.dumps({"benchmark": "reader_accuracy", "skipped": True}))
        return 0
    result, later, batches = measure(folder), measure(folder, later=True), measure_batches(folder)
    if args.json:
        found = {"benchmark": "reader_accuracy", **result, "later": later, "batches": batches}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    print("communiqués beside the project (developed on, so partly fitted)")
    print_table(result)
    print("\nlater communiqués beside the project (no rule was mended for them)")
    print_table(later)
    for batch, both in batches.items():
        unseen = both["unseen"]
        reached = f"mean F1 {unseen['mean_f1']:.3f}" if "mean_f1" in unseen else "see the note"
        print(f"\nour own texts, batch {batch}: {unseen['note']}")
        print(f"at the first reading, unseen: {reached}")
        print_table(both["now"], unseen.get("f1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Accuracy of the reader on real communiqués: precision, recall and F1 per field, and extras per text.

`python -m bench.reader_accuracy [--quick] [--json] [--communiques DIR]`

The texts and their gold annotations lie outside the project (one annotator, two passes); the folder's own `score.py`
measures. Without the folder the benchmark says so and exits 0.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from entraide.communiques.domain.reader.reading import read_text
from entraide.communiques.domain.reader.serialising import reading_to_json

COMMUNIQUES = Path(__file__).resolve().parents[2] / "shared" / "communiques"


def find_communiques(given: Path | None) -> Path | None:
    """Return the folder with texts, gold and `score.py`, or None."""
    candidates = (
        [given] if given else [COMMUNIQUES, *(p / "shared" / "communiques" for p in Path(__file__).resolve().parents)]
    )
    return next(
        (folder for folder in candidates if (folder / "score.py").is_file() and (folder / "gold").is_dir()), None
    )


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


def measure(folder: Path) -> Mapping[str, Any]:
    """Return what `score.py` says of our readings."""
    result: Mapping[str, Any] = load_score(folder).score(folder / "gold", read_all(folder))
    return result


def main() -> int:
    """Print the table."""
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
    result = measure(folder)
    if args.json:
        print(json.dumps({"benchmark": "reader_accuracy", **result}, ensure_ascii=False, indent=1))
        return 0
    for name, row in result["fields"].items():
        scores = f"P {row['p']:.2f}  R {row['r']:.2f}  F1 {row['f1']:.2f}"
        print(f"{name:28} {scores}   gold {row['gold']:4} got {row['got']:4}")
    print("extras per text", result["extras_per_text"])
    print(f"mean F1 {result['mean_f1']:.3f} over {result['texts']} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())

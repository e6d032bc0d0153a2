"""Accuracy of the reader on plans and minutes as documents: clauses found, and the fields of each.

`python -m bench.plan_reading [--quick] [--json] [--each] [--plans DIR]`

The documents beside the project were there while the rules were written, so their figures are fitted. Our own, in
`tests/unit/reader/plan_documents`, were made and annotated by somebody who had not seen the rules: beside what is
reached now stands what was reached when they were read for the first time, the figure to expect of a document that
nobody has seen. The folder's own `score_plans.py` measures both; without it the benchmark says so and exits 0.
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

from entraide.documents.api import FileReader
from entraide.reader.api import read_source, reading_to_json

PLANS = Path(__file__).resolve().parents[2] / "shared" / "plans"
OWN = Path(__file__).resolve().parents[1] / "tests" / "unit" / "reader" / "plan_documents"


def find_plans(given: Path | None) -> Path | None:
    """Return the folder with documents, gold and `score_plans.py`, or None."""
    above = (parent / "shared" / "plans" for parent in Path(__file__).resolve().parents)
    candidates = [given] if given else [PLANS, *above]
    return next((folder for folder in candidates if (folder / "score_plans.py").is_file()), None)


def load_score(folder: Path) -> ModuleType:
    """Import the folder's `score_plans.py`; raises `ImportError`."""
    spec = importlib.util.spec_from_file_location("score_plans", folder / "score_plans.py")
    if spec is None or spec.loader is None:
        raise ImportError(folder)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_all(folder: Path) -> dict[str, dict[str, Any]]:
    """Read every document of the folder as `entraide read` does."""
    read: dict[str, dict[str, Any]] = {}
    with FileReader() as reader:
        for path in sorted(folder.iterdir()):
            file = reader.read(path)
            report = read_source(file.text, name=path.stem, endpoint=None, domains=(), tree=file.tree)
            read[path.stem] = reading_to_json(report.reading)
    return read


def measure_own(score: ModuleType) -> dict[str, dict[str, Any]]:
    """Return for each batch of our own documents what it reached unseen and what it reaches now."""
    batches: dict[str, dict[str, Any]] = yaml.safe_load((OWN / "batches.yaml").read_text(encoding="utf-8"))
    read = read_all(OWN / "documents")
    measured = {}
    for name, batch in batches.items():
        with tempfile.TemporaryDirectory() as gold:
            for stem in batch["documents"]:
                Path(gold, f"{stem}.json").write_bytes((OWN / "gold" / f"{stem}.json").read_bytes())
            measured[name] = {"unseen": batch, "now": score.score(Path(gold), read)}
    return measured


def print_unseen(batch: Mapping[str, Any]) -> None:
    """Print what a batch reached when it was read for the first time."""
    clauses, fields = batch["clauses"], "  ".join(f"{name} {value:.3f}" for name, value in batch["of_all"].items())
    print(f"at the first reading, unseen: clauses P {clauses['p']:.3f}  R {clauses['r']:.3f}  F1 {clauses['f1']:.3f}")
    print(f"   of all gold values: {fields}   whole clauses {batch['whole']:.3f}")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Accuracy of the reader on plans and minutes.")
    parser.add_argument("--quick", action="store_true", help="the same: this benchmark takes some seconds")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--each", action="store_true", help="a line per document")
    parser.add_argument("--plans", type=Path)
    args = parser.parse_args()
    folder = find_plans(args.plans)
    if folder is None:
        print("plan_reading: SKIPPED, no folder shared/plans beside the project", file=sys.stderr)
        if args.json:
            print(json.dumps({"benchmark": "plan_reading", "skipped": True}))
        return 0
    score = load_score(folder)
    beside, own = score.score(folder / "gold", read_all(folder / "documents")), measure_own(score)
    if args.json:
        print(json.dumps({"benchmark": "plan_reading", "beside": beside, "own": own}, ensure_ascii=False, indent=1))
        return 0
    print("documents beside the project (developed on, so fitted)")
    score.show(beside, args.each)
    for name, both in own.items():
        print(f"\nour own documents, {name} batch: {both['unseen']['note']}")
        print_unseen(both["unseen"])
        print("now (rules were mended on them, so fitted)")
        score.show(both["now"], args.each)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Fit the weights of the reader's scorer on our own annotated texts, and try them on texts that were left out.

`python -m tools.reader_fit update|check|leave-out [--more DIR ...] [--by batch|pair]`

`update` writes `src/entraide/reader/vocabulary/weights.json`; `check` says whether it was made from the present texts,
lexicon and features; `leave-out` fits without one batch (or one pair of States) at a time and scores what was left out
with `score.py` of the shared folder.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tools.reader_fit.collecting import collect, fit_decisions
from tools.reader_fit.decisions import DECISIONS
from tools.reader_fit.fitting import Rows
from tools.reader_fit.leaving_out import leave_out
from tools.reader_fit.texts import load_fitted

WEIGHTS = Path(__file__).resolve().parents[2] / "src" / "entraide" / "reader" / "vocabulary" / "weights.json"


def digest(collected: dict[str, Rows]) -> str:
    """Return the SHA-256 of all rows: it changes with the texts, the lexicon and the features."""
    state = hashlib.sha256()
    for name, data in sorted(collected.items()):
        for row in data.rows:
            state.update(f"{name}|{row.text}|{sorted(row.open)}|{sorted(row.features)}\n".encode())
        for demand in data.demands:
            state.update(f"{name}|{demand.label}|{demand.rows}\n".encode())
    return state.hexdigest()


def fit_all(collected: dict[str, Rows]) -> dict[str, object]:
    """Return the content of the weights file."""
    return {"rows": digest(collected), **fit_decisions(collected, DECISIONS)}


def write(content: dict[str, object]) -> None:
    """Write the weights, a feature to a line."""
    lines = ["{", f'"rows": {json.dumps(content["rows"])},', '"decisions": {']
    decisions: Any = content["decisions"]
    for number, (name, entry) in enumerate(decisions.items()):
        lines.append(f'{json.dumps(name)}: {{"labels": {json.dumps(entry["labels"])}, "weights": {{')
        rows = [
            f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(row)}" for feature, row in entry["weights"].items()
        ]
        lines.append(",\n".join(rows))
        lines.append("}}" + ("," if number + 1 < len(decisions) else ""))
    WEIGHTS.write_text("\n".join([*lines, "}", "}", ""]), encoding="utf-8")


def main() -> int:
    """Do what the first argument says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["update", "check", "leave-out"])
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="folders of further annotated texts")
    parser.add_argument("--by", choices=["batch", "pair"], default="batch")
    args = parser.parse_args()
    texts = load_fitted(*args.more)
    if args.what == "leave-out":
        return leave_out(texts, by=args.by)
    collected = collect(texts)
    if args.what == "check":
        if json.loads(WEIGHTS.read_text(encoding="utf-8"))["rows"] == digest(collected):
            return 0
        print(
            "The reader's weights are not of the present texts and features: python -m tools.reader_fit update",
            file=sys.stderr,
        )
        return 1
    write(fit_all(collected))
    print(f"{WEIGHTS.name}: {len(texts)} texts, {sum(len(rows.rows) for rows in collected.values())} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Leaving out: fit without some texts, read those, score them; what a text that nobody has seen can expect."""

import importlib.util
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from entraide.reader.domain import scoring
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from tools.reader_fit.collecting import collect, fit_decisions
from tools.reader_fit.decisions import DECISIONS
from tools.reader_fit.texts import Annotated

FITTED = frozenset({"first", "second", "third", "fourth", "communiques"})
"""Batches that the words of the lexicon were once collected on: leaving out their weights does not make them unseen."""


def leave_out(texts: Sequence[Annotated], *, by: str) -> int:
    """Print what `score.py` says of all texts, each read with weights that were fitted without its group."""
    module = load_score()
    if module is None:
        print("reader_fit: SKIPPED, no folder shared/communiques beside the project")
        return 0
    got, groups = read_left_out(texts, _groups(texts, by))
    new = [text for name, group in groups.items() if name not in FITTED for text in group]
    for name, group in [*groups.items(), ("all new batches", new)] if new else groups.items():
        result = score_texts(module, group, got)
        print(
            f"{name:16} {len(group):3} texts  mean F1 {result['mean_f1']:.3f}  "
            "pooled {p:.3f} {r:.3f} {f1:.3f}  ".format(**result["pooled"])
            + str(result["extras_per_text"])
        )
    for field, row in result["fields"].items():
        print("{0:28} P {p:.2f}  R {r:.2f}  F1 {f1:.2f}   gold {gold:4} got {got:4}".format(field, **row))
    return 0


def read_left_out(
    texts: Sequence[Annotated], groups: Mapping[str, Sequence[Annotated]]
) -> tuple[dict[str, Any], Mapping[str, Sequence[Annotated]]]:
    """Return the reading of every text by its name, made with weights of the other groups."""
    collected = collect(texts)
    got: dict[str, Any] = {}
    for group in groups.values():
        held = frozenset(text.name for text in group)
        content = fit_decisions(collected, DECISIONS, held)
        with scoring.weights_from(content):
            for text in group:
                got[text.name] = reading_to_json(read_text(text.text, name=text.name))
    return got, groups


def _groups(texts: Sequence[Annotated], by: str) -> dict[str, list[Annotated]]:
    key: Callable[[Annotated], str] = (
        (lambda t: t.batch) if by == "batch" else (lambda t: "-".join(sorted(t.states)[:2]))
    )
    found: dict[str, list[Annotated]] = {}
    for text in texts:
        found.setdefault(key(text), []).append(text)
    return found


def score_texts(module: ModuleType, texts: Iterable[Annotated], got: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `score.py` says of the readings of `texts`."""
    with tempfile.TemporaryDirectory() as folder:
        for text in texts:
            Path(folder, f"{text.name}.json").write_text(json.dumps(text.gold), encoding="utf-8")
        result: dict[str, Any] = module.score(folder, got)
    return result


def load_score() -> ModuleType | None:
    """Return `score.py` of the shared folder beside the project, or None where there is none."""
    for parent in Path(__file__).resolve().parents:
        path = parent / "shared" / "communiques" / "score.py"
        if path.is_file():
            spec = importlib.util.spec_from_file_location("communiques_score", path)
            if spec is None or spec.loader is None:
                raise ImportError(path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    return None

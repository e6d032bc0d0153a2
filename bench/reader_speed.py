"""Speed of the reader: texts per second on one core, median and spread over several runs.

`python -m bench.reader_speed [--quick] [--json] [--communiques DIR]`

Measured in processor time, so that a busy machine does not blur it. The baseline that the ratio is stated against, in
the same run, is one pass of Python's `re` that finds the words of every text and folds them: the least that any
reader in Python does.
"""

import argparse
import json
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.communiques import find_communiques
from entraide.reader.domain.reading import read_text

_TARGET = 300
_GROWTH = "cost_per_character_of_a_text_eight_times_as_long"
_WORD = re.compile(r"\w+")
_OWN = (
    "Hanoï, le 12 mars 2024 - Le ministre de la Justice du pays A et son homologue du pays B ont tenu leur 3e "
    "conférence à Vientiane. Ils ont signé un procès-verbal et sont convenus de renforcer l'échange d'informations.\n"
) * 12


def _baseline(text: str) -> int:
    return sum(len(unicodedata.normalize("NFKD", word.casefold())) for word in _WORD.findall(text))


def _rate(texts: Sequence[str], work: Callable[[str], object], seconds: float) -> float:
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for text in texts:
            work(text)
        done += len(texts)
    return done / spent


def _growth() -> float:
    """How many times longer a text of eight times the length takes, beyond the eight: 1 where reading is linear."""
    part = "Le 3 mai 2022 à Tunis le ministre Ali Ben Salem a signé un accord avec son homologue belge Jan {n} hier.\n"

    def cost(count: int) -> float:
        text = "".join(part.format(n="Al" + "abcdefghij"[i % 10] * (i % 7 + 1)) for i in range(count))
        start = time.process_time()
        read_text(text, name="long")
        return time.process_time() - start

    cost(20)
    return min(cost(1600) for _ in range(3)) / (8 * max(min(cost(200) for _ in range(3)), 0.001))


def main() -> int:
    """Print the figures; exit 1 when the target is missed."""
    parser = argparse.ArgumentParser(description="Texts per second on one core.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--communiques", type=Path)
    args = parser.parse_args()
    folder = find_communiques(args.communiques)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))] if folder else [_OWN] * 8
    runs, seconds = (3, 1.0) if args.quick else (7, 3.0)

    def read(text: str) -> object:
        return read_text(text, name="text")

    for text in texts:
        read(text)
    rates = [_rate(texts, read, seconds) for _ in range(runs)]
    baseline = statistics.median(_rate(texts, _baseline, seconds / 3) for _ in range(runs))
    median = statistics.median(rates)
    figures = {
        "benchmark": "reader_speed",
        "texts": len(texts),
        "real_texts": folder is not None,
        "mean_characters": round(sum(map(len, texts)) / len(texts)),
        "texts_per_second": round(median, 1),
        "spread": [round(min(rates), 1), round(max(rates), 1)],
        "baseline_passes_per_second": round(baseline, 1),
        "baseline_passes_per_reading": round(baseline / median, 1),
        _GROWTH: round(_growth(), 2),
        "target": _TARGET,
        "reached": median >= _TARGET,
    }
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        print(f"{median:.0f} texts/s on one core ({min(rates):.0f} to {max(rates):.0f}); target {_TARGET}")
        print(f"mean length {figures['mean_characters']} characters")
        print(f"a character of a text eight times as long costs {figures[_GROWTH]} times as much")
        print(f"one reading costs {baseline / median:.0f} passes that only find and fold words")
    return 0 if median >= _TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

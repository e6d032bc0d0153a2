"""The reader on texts that nobody should send: seconds for 5 MB of each kind, and what twice the length costs.

`python -m bench.reader_linearity [--quick] [--json] [--only NAME]`

Measured in processor time with the garbage collector paused, so that neither a busy machine nor old objects count.
The ratio is the time of twice the text over the time of the text: 2 where reading is linear, 4 where a part of it
goes back over what it has read for each character. The communiqués are read in 5 MB, the odd texts in 1 MB, and the
seconds are stated for 5 MB; quick: a tenth of each.
"""

import argparse
import gc
import json
import sys
import time

from bench.pathologies import PATHOLOGIES
from entraide.kernel.languages import READ
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.vocabulary import load_vocabulary

_FULL, _ODD = 5_000_000, 1_000_000
_MOST_RATIO = 2.8
_MOST_SECONDS = 120
_MOST_SECONDS_REAL = 20
_REAL = ("samples", "one sentence")


def cost(text: str) -> float:
    """Return the seconds of processor time that reading `text` takes."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        read_text(text, name="pathology")
        return time.process_time() - start
    finally:
        gc.enable()


def growth(name: str, size: int) -> tuple[float, float]:
    """Return the seconds for `size` characters of the pathology, and how many times more twice as many take.

    A ratio that is too high is measured twice more and the least counts: what disturbs a measurement only adds.
    """
    make = PATHOLOGIES[name]
    half, whole = make(size // 2), make(size)
    small, large = cost(half), cost(whole)
    ratio = large / max(small, 0.001)
    for _ in range(2):
        if ratio > _MOST_RATIO:
            small, again = cost(half), cost(whole)
            large, ratio = min(large, again), min(ratio, again / max(small, 0.001))
    return large, ratio


def main() -> int:
    """Print the figures; exit 1 when one of them is missed."""
    parser = argparse.ArgumentParser(description="What very long and very odd texts cost the reader.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=list(PATHOLOGIES))
    args = parser.parse_args()
    for language in READ:
        load_vocabulary(language)
    rows, missed = {}, []
    for name in [args.only] if args.only else PATHOLOGIES:
        size = (_FULL if name in _REAL else _ODD) // (10 if args.quick else 1)
        seconds, ratio = growth(name, size)
        seconds *= _FULL / size
        rows[name] = {"seconds_for_5_mb": round(seconds, 1), "ratio_of_twice_the_length": round(ratio, 2)}
        if ratio > _MOST_RATIO or seconds > (_MOST_SECONDS_REAL if name in _REAL else _MOST_SECONDS):
            missed.append(name)
        if not args.json:
            print(f"{name:30} {seconds:7.1f} s for 5 MB, twice the length costs {ratio:.2f} times", flush=True)
    if args.json:
        figures = {"benchmark": "reader_linearity", "quick": args.quick, "texts": rows, "missed": missed}
        print(json.dumps(figures, indent=1))
    else:
        print("missed: " + ", ".join(missed) if missed else f"every ratio under {_MOST_RATIO}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

# ruff: noqa: T201, PLC0415 (a tool prints; what is fuzzed is imported where it is instrumented)
"""The reader under atheris: `python -m tests.fuzz.fuzz_reader [--seconds 30] [--seed 1] [--keep DIR]`.

Begins with the samples and the short pathologies, mutates them, and holds each reading to `tests.fuzz.laws`. A text
that breaks a law, or takes longer than the limit, is written to `tests/fuzz/found` (the unit tests read all of these
again) and makes the exit code 1. Where atheris is not installed it says so and the exit code is 2.
"""

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOUND = Path(__file__).parent / "found"
_LONGEST = 2400
_SLOWEST_SECONDS = 10
MISSING = 2


def text_of(data: bytes) -> str:
    """Return the text that the fuzzer's bytes mean: the first byte says how the others are taken.

    As UTF-8 in which a wrong byte becomes a lone surrogate, as numbers of words of the vocabulary, or as characters
    of two bytes.
    """
    if not data:
        return ""
    manner, rest = data[0] % 4, data[1:]
    if manner <= 1:
        return rest.decode("utf-8", "surrogateescape")
    if manner == 2:
        words = vocabulary_words()
        return "".join(
            words[int.from_bytes(rest[place : place + 2], "big") % len(words)] for place in range(0, len(rest), 2)
        )
    return rest.decode("utf-16-le", "surrogatepass") if len(rest) % 2 == 0 else rest.decode("latin-1")


_WORDS: list[str] = []


def vocabulary_words() -> list[str]:
    """Return the reader's own words with what stands between words, in a fixed order."""
    if not _WORDS:
        from entraide.kernel.languages import READ
        from entraide.reader.domain.vocabulary import load_vocabulary

        known: set[str] = set()
        for language in READ:
            known.update(_strings(load_vocabulary(language).raw))
        between = [" ", " ", " ", ", ", ". ", "\n", " de la ", " et ", " the ", " (", ") ", " le 3 mai 2021 ", "7e "]
        names = [" Jan Ott ", " Tô Lâm ", " Hanoï ", " Laos ", " Vietnam ", "'", "-", " 12/05/2021 ", " XIVe "]
        _WORDS.extend([*(between + names) * 40, *sorted(known), *sorted(word.capitalize() for word in known)])
    return _WORDS


def _strings(value: object) -> set[str]:
    if isinstance(value, str):
        return {value.replace("*", "")}
    if isinstance(value, dict):
        return set().union(*map(_strings, value), *map(_strings, value.values()))
    return set().union(*map(_strings, value)) if isinstance(value, list) else set()


def _seeds(folder: Path) -> None:
    from bench.pathologies import PATHOLOGIES
    from entraide.communiques.adapters.samples import list_samples, read_sample

    texts = {sample.name: read_sample(sample.name) for sample in list_samples()}
    texts |= {name: make(400) for name, make in PATHOLOGIES.items()}
    for name, text in texts.items():
        data = b"\0" + text.encode("utf-8", "surrogatepass")
        (folder / name.replace(" ", "-").replace("/", "-")).write_bytes(data[:_LONGEST])
    (folder / "words").write_bytes(b"\2" + bytes(range(256)) * 2)
    for path in FOUND.glob("*.bin"):
        (folder / path.name).write_bytes(path.read_bytes())


def _child(folder: Path, arguments: list[str]) -> None:
    """Fuzz in this process; atheris ends it. What breaks a law is written to `folder`."""
    import atheris

    # What is imported here is instrumented; the libraries below are not, for they are not ours.
    with atheris.instrument_imports(include=["entraide.communiques.domain"]):
        from entraide.reader.domain import reading  # noqa: F401
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from entraide.directory.api import load_portfolios
    from tests.fuzz.laws import check_text

    words = load_portfolios()

    def one(data: bytes) -> None:
        try:
            check_text(text_of(data), words)
        except Exception:
            # Written here: the fuzzer itself forgets an input of the seeds.
            (folder / f"crash-{hashlib.sha256(data).hexdigest()}").write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> int:
    """Fuzz for the time given; 0 when every law held, 1 when one was broken, 2 without atheris."""
    parser = argparse.ArgumentParser(description="Fuzz the reader.")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the corpus, to go on another time")
    parser.add_argument("--child", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child is not None:
        _child(Path(args.child[0]), args.child[1:])
        return 0
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed (it has no build for this Python or system): the reader is not fuzzed.")
        return MISSING
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        corpus, seeds = args.keep or Path(temporary) / "corpus", Path(temporary) / "seeds"
        corpus.mkdir(parents=True, exist_ok=True)
        seeds.mkdir()
        _seeds(seeds)
        options = [
            f"-max_total_time={args.seconds}",
            f"-seed={args.seed}",
            f"-max_len={_LONGEST}",
            f"-timeout={_SLOWEST_SECONDS}",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
            f"-artifact_prefix={temporary}/unit-",
            str(corpus),
            str(seeds),
        ]
        child = [sys.executable, "-m", "tests.fuzz.fuzz_reader", "--child", temporary, *options]
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            child, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        broken = [path for kind in ("crash-*", "unit-timeout-*", "unit-oom-*") for path in Path(temporary).glob(kind)]
        for path in broken:
            kept = FOUND / f"{path.name[:30]}.bin"
            kept.write_bytes(path.read_bytes())
            print(f"kept as {kept}: {text_of(kept.read_bytes())[:300]!r}")
    told = [line for line in done.stdout.splitlines() if line.startswith("stat::number_of_executed")]
    print(told[0].replace("stat::number_of_executed_units:", "texts read:") if told else done.stdout[-3000:])
    if done.returncode or broken:
        print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("#"))[-3000:])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

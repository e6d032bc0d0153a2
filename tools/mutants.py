"""Mutation testing: does a test fail when a line of the innermost rules is wrong?

mutmut changes the functions of the packages that `only_mutate` in pyproject.toml names, one small change at a time,
and runs the unit tests that reach the changed function. A mutant that no test notices survives. Each survivor is
killed by a test, or explained in tests/mutants.yaml: why it is the same program, or why the difference is harmless.
mutmut changes the bodies of functions; properties, decorated functions and constants of a module it leaves alone.

Everything happens in a copy below the folder for temporary files, so that a run that is stopped leaves the tree clean.
The exit status is 1 when a survivor is not explained, when an explained one is gone, or when the time was not enough.
"""

import argparse
import contextlib
import difflib
import fnmatch
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

EXPLAINED = Path("tests/mutants.yaml")
# What mutmut's exit codes of one mutant mean; every other one is a test that failed to run or a crash, and is told.
SURVIVED, NO_TEST, TIMED_OUT = (0,), (33, 5), (24, 36, 152, 255, -24)
KILLED = (1, 3, 2)


class BadExplanation(ValueError):
    """tests/mutants.yaml holds an entry that is not complete, or one twice."""


@dataclass(frozen=True, order=True)
class Mutant:
    """One change of one function, named by its text: it keeps its name when the function moves.

    `package` is the part of the program, `function` its name (`Class.method`), `was` and `now` are the lines that
    differ, each run of blanks as one; `occurrence` tells equal changes of one function apart, from the top.
    """

    package: str
    function: str
    was: str
    now: str
    occurrence: int = 1

    def __str__(self) -> str:
        which = f" (number {self.occurrence})" if self.occurrence > 1 else ""
        return f"{self.package}: {self.function}{which}\n    - {self.was}\n    + {self.now}"


@dataclass(frozen=True)
class Tried:
    """What became of a mutant: `fate` is `killed`, `survived`, `no test` or `not run`; `path` is the file it is in."""

    mutant: Mutant
    path: str
    fate: str


@dataclass(frozen=True)
class Explained:
    """An entry of tests/mutants.yaml: a survivor, the file that it was seen in, and why it may live."""

    mutant: Mutant
    path: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """What a run showed: lines to print, and whether all is well."""

    lines: tuple[str, ...]
    holds: bool


def main() -> None:
    """Run mutmut on a copy of the tree and hold its survivors against the explained ones."""
    packages = list_packages(Path("pyproject.toml").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=f"some of: {', '.join(packages)}")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="mutants tried at a time")
    parser.add_argument("--minutes", type=float, default=90, help="give up after so many minutes")
    asked = parser.parse_args()
    chosen = asked.packages or list(packages)
    if unknown := set(chosen) - set(packages):
        sys.exit(f"Not mutated: {', '.join(sorted(unknown))}. There are: {', '.join(packages)}.")
    explained = parse_explained(EXPLAINED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="entraide-mutants-") as folder:
        copy_tree(Path(folder))
        finished = run_mutmut(Path(folder), [packages[name] for name in chosen], asked.workers, asked.minutes * 60)
        tried = [one for one in read_tried(Path(folder), packages) if one.mutant.package in chosen]
    verdict = derive_verdict(tried, [one for one in explained if one.mutant.package in chosen])
    print("\n".join(verdict.lines))
    if not finished:
        print("mutmut did not come to its end; what is above is not all.")
    sys.exit(not (verdict.holds and finished))


def list_packages(project: str) -> dict[str, str]:
    """Return the mutated packages of the text of a pyproject file: a short name to the pattern of its paths."""
    patterns = tomllib.loads(project)["tool"]["mutmut"]["only_mutate"]
    return {pattern.removeprefix("src/entraide/").removesuffix("/*"): pattern for pattern in patterns}


def copy_tree(folder: Path) -> None:
    """Copy what git keeps or would keep, and the compiled catalogs, to `folder`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    for path in [*map(Path, filter(None, listed)), *Path("src").rglob("*.mo")]:
        if path.is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / path)


def run_mutmut(folder: Path, patterns: Iterable[str], workers: int, seconds: float) -> bool:
    """Run mutmut in `folder` on the packages of `patterns`; return whether it came to its end in time."""
    names = [pattern.removeprefix("src/").replace("/", ".") for pattern in patterns]
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(workers), *names]
    # The copy is what is tested, so nothing may lead to the tree itself.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # Whoever stops this process stops mutmut and the tests that it forked: they are a group of their own.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True) as process:
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def read_tried(folder: Path, packages: Mapping[str, str]) -> Iterator[Tried]:
    """Return what became of each mutant, from the files that mutmut leaves in `folder`."""
    mutants = folder / "mutants"
    seen: Counter[Mutant] = Counter()
    for file in sorted(mutants.rglob("*.meta")):
        path = file.relative_to(mutants).with_suffix("").as_posix()
        package = next((name for name, pattern in packages.items() if fnmatch.fnmatch(path, pattern)), None)
        if package is None:
            continue
        functions = _read_functions(file)
        for key, code in json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            name = key.rpartition(".")[2]
            original = name.partition("__mutmut_")[0] + "__mutmut_orig"
            was, now = find_difference(functions[original], functions[name])
            found = Mutant(package, _function_name(name), was, now)
            seen[found] += 1
            yield Tried(Mutant(package, found.function, was, now, seen[found]), path, _fate(code))


def find_difference(original: Sequence[str], mutated: Sequence[str]) -> tuple[str, str]:
    """Return the lines of two functions that differ, without the `def` line's name, as one line each."""
    changes = [line for line in difflib.ndiff(original, mutated) if line[:2] in {"- ", "+ "}]
    was, now = (
        " ".join(" ".join(line[2:] for line in changes if line.startswith(sign)).split()) for sign in ("- ", "+ ")
    )
    return was, now


def parse_explained(text: str) -> list[Explained]:
    """Return the entries of tests/mutants.yaml; raises `BadExplanation` for one without a reason, or told twice."""
    entries = []
    for entry in yaml.safe_load(text) or []:
        for change in entry["changes"]:
            mutant = Mutant(entry["package"], entry["function"], *_change(change))
            entries.append(Explained(mutant, entry["file"], " ".join(str(entry.get("why") or "").split())))
    twice = [str(mutant) for mutant, count in Counter(one.mutant for one in entries).items() if count > 1]
    bare = [str(one.mutant) for one in entries if len(one.why) < 20]
    if twice or bare:
        raise BadExplanation("\n".join([*(f"twice: {one}" for one in twice), *(f"no reason: {one}" for one in bare)]))
    return entries


def derive_verdict(tried: Sequence[Tried], explained: Sequence[Explained]) -> Verdict:
    """Return the scores per package, the survivors that are not explained, and the explanations that are stale."""
    known = {one.mutant: one for one in explained}
    lives = {one.mutant: one for one in tried if one.fate != "killed"}
    open_ones = [one for mutant, one in sorted(lives.items()) if mutant not in known]
    stale = [one for mutant, one in sorted(known.items()) if mutant not in lives]
    moved = [one for mutant, one in sorted(lives.items()) if mutant in known and known[mutant].path != one.path]
    lines = [*_scores(tried, known)]
    lines += [f"MOVED to {one.path}, say so in {EXPLAINED}: {one.mutant}" for one in moved]
    lines += [f"GONE or killed, take it out of {EXPLAINED}: {one.mutant}" for one in stale]
    lines += [f"{one.fate.upper()}, not explained: {one.path}, {one.mutant}" for one in open_ones]
    return Verdict(tuple(lines), holds=bool(tried) and not open_ones and not stale)


def _scores(tried: Sequence[Tried], known: Mapping[Mutant, Explained]) -> Iterator[str]:
    for package in sorted({one.mutant.package for one in tried}):
        ones = [one for one in tried if one.mutant.package == package]
        killed = sum(one.fate == "killed" for one in ones)
        told = sum(one.fate != "killed" and one.mutant in known for one in ones)
        share = 100 * killed / len(ones)
        yield f"{package}: {len(ones)} mutants, {killed} killed ({share:.1f} %), {told} explained"


def _fate(code: int | None) -> str:
    if code in KILLED or code in TIMED_OUT:
        return "killed"
    if code in SURVIVED:
        return "survived"
    return "no test" if code in NO_TEST else "not run"


def _change(change: Mapping[str, object]) -> tuple[str, str, int]:
    was, now = (" ".join(str(change[key]).split()) for key in ("was", "now"))
    number = change.get("occurrence", 1)
    return was, now, number if isinstance(number, int) else 1


def _function_name(name: str) -> str:
    plain = name.partition("__mutmut_")[0]
    return plain.removeprefix("x_") if plain.startswith("x_") else plain.removeprefix("xǁ").replace("ǁ", ".")


def _read_functions(meta: Path) -> dict[str, list[str]]:
    """Return the functions that mutmut made, each as its lines without the `def` line's own name."""
    lines = meta.with_suffix("").read_text(encoding="utf-8").split("\n")
    spans = json.loads(meta.with_suffix(".spans").read_text(encoding="utf-8"))["spans"]
    return {
        name: [line.replace(f"def {name}(", "def (", 1) for line in lines[first - 1 : last]]
        for name, (first, last) in spans.items()
    }


if __name__ == "__main__":
    main()

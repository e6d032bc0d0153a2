"""House rules that no other tool checks; each has its own test in tests/unit/tools.

- a file has at most 500 lines, a function at most 50, and over all files the median is at most 120 and the 90th
  percentile at most 300;
- a context is entered by its door: other contexts import its `api` or its `domain` only;
- a door holds what others use and nothing else, tests and benchmarks among them;
- no module has a name that says nothing (`utils`, `helpers`, `manager`, `common`);
- no foreign key goes upwards (one that names a class stays in its context, since `door` keeps other models out);
- no translated text is an f-string;
- a public function names the errors that it raises in its docstring (`tools/told_errors.py`).
- languages are listed once, in `kernel/languages.py`;
- a read takes the node first (decision record 2): each public function of a context's selectors.

Exceptions stand in EXCEPTIONS with their reason.
"""

import ast
import re
import statistics
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entraide.kernel.languages import LANGUAGES
from tools.pipes import end_with_the_reader
from tools.told_errors import find_untold, read_bases

LONGEST_FILE = 500
LONGEST_FUNCTION = 50
MEDIAN_FILE = 120
NINETIETH_FILE = 300
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"})
PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def read_contract(identifier: str) -> Mapping[str, Any]:
    """Return a contract of pyproject.toml, where layers and rooms are written down once; raises `StopIteration`."""
    contracts = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["id"] == identifier)


LAYERS: tuple[tuple[str, ...], ...] = tuple(
    tuple(name.strip() for name in layer.split("|")) for layer in reversed(read_contract("contexts")["layers"])
)
"""Contexts from the ground up; those of one layer do not know each other."""
CONTEXTS = frozenset(name.removeprefix("entraide.") for name in read_contract("rooms")["containers"])
"""Contexts that have the rooms of a context, so that others enter them by their door."""
USERS = ("tests", "bench", "tools", "conformance")
"""Folders beside the sources whose files enter contexts by their doors."""
DOORS = frozenset({"api", "domain"})
DOOR = re.compile(r"entraide\.(\w+)\.api")

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("entraide/rest/sources.py", "untold-error"): "the docstring of an operation is its description in the public API",
    ("entraide/cli/demonstration/stage.py", "language-list"): "the languages that a ministry of the story accepts",
}


@dataclass(frozen=True)
class Problem:
    """Where a rule is broken, which, and how."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


def main() -> None:
    """Check the sources below src/ and print every problem."""
    end_with_the_reader()
    root = Path("src")
    sources = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.py"))
    }
    users = [path.read_text(encoding="utf-8") for name in USERS for path in sorted(Path(name).rglob("*.py"))]
    problems = [*find_problems(sources), *check_door_names(sources, users)]
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"{len(problems)} problems")


def find_problems(sources: dict[str, str]) -> list[Problem]:
    """Return the problems of `sources`, a path below src/ to the text of the file."""
    kept = {path: text for path, text in sources.items() if "/migrations/" not in path}
    problems = list(check_sizes(kept))
    trees = {path: ast.parse(text) for path, text in kept.items()}
    bases = read_bases(trees.values())
    for path, tree in trees.items():
        for function, error in find_untold(tree, bases):
            text = f"{function.name} raises {error}, which its docstring does not name"
            problems.append(Problem(path, function.lineno, "untold-error", text))
        for check in CHECKS:
            problems += check(path, tree)
    return [problem for problem in problems if (problem.path, problem.rule) not in EXCEPTIONS]


def check_sizes(sources: dict[str, str]) -> Iterator[Problem]:
    """Files stay short, each and as a whole."""
    lengths = {path: len(text.splitlines()) for path, text in sources.items()}
    for path, length in lengths.items():
        if length > LONGEST_FILE:
            yield Problem(path, length, "file-size", f"{length} lines, at most {LONGEST_FILE}")
    counted = sorted(length for path, length in lengths.items() if not path.endswith("__init__.py"))
    if len(counted) >= 20:
        median, ninetieth = statistics.median(counted), counted[int(len(counted) * 0.9)]
        if median > MEDIAN_FILE:
            yield Problem("src", 0, "median-size", f"the median file has {median} lines, at most {MEDIAN_FILE}")
        if ninetieth > NINETIETH_FILE:
            yield Problem(
                "src", 0, "ninetieth-size", f"the 90th percentile has {ninetieth} lines, at most {NINETIETH_FILE}"
            )


def check_functions(path: str, tree: ast.Module) -> Iterator[Problem]:
    """Functions stay short."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield Problem(
                    path, node.lineno, "function-size", f"{node.name} has {length} lines, at most {LONGEST_FUNCTION}"
                )


def check_names(path: str, tree: ast.Module) -> Iterator[Problem]:  # noqa: ARG001 - all checks share a signature
    """A path says what is in the file."""
    for part in Path(path).with_suffix("").parts:
        if part in EMPTY_NAMES:
            yield Problem(path, 1, "empty-name", f"“{part}” does not say what is in it")


def check_doors(path: str, tree: ast.Module) -> Iterator[Problem]:
    """A context is entered by its api or its domain."""
    own = _context_of(path)
    for node in ast.walk(tree):
        for name in _imported(node):
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "entraide" or parts[1] not in CONTEXTS or parts[1] == own:
                continue
            if parts[2] not in DOORS:
                yield Problem(path, getattr(node, "lineno", 1), "door", f"{name} is not a door of {parts[1]}")


def check_door_names(sources: Mapping[str, str], users: Iterable[str]) -> Iterator[Problem]:
    """A door holds no name that nobody else imports; `users` are the texts of files outside the contexts."""
    wanted: dict[str, set[str]] = {}
    for own, text in [*((_context_of(path), text) for path, text in sources.items()), *(("", text) for text in users)]:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and (found := DOOR.fullmatch(node.module or "")) and found[1] != own:
                wanted.setdefault(found[1], set()).update(alias.name for alias in node.names)
    for path, text in sources.items():
        if path.endswith("/api.py") and (context := _context_of(path)) in CONTEXTS:
            for name in sorted(_door_names(text) - wanted.get(context, set())):
                yield Problem(path, 1, "unused-door", f"nobody else imports {name}")


def _door_names(text: str) -> set[str]:
    """Return the names that `__all__` of a door lists."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and _name_of(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def check_foreign_keys(path: str, tree: ast.Module) -> Iterator[Problem]:
    """A foreign key to another context points downwards."""
    own = _context_of(path)
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call) and _name_of(node.func) in {"ForeignKey", "OneToOneField", "ManyToManyField"}
        ):
            continue
        target = node.args[0] if node.args else next((word.value for word in node.keywords if word.arg == "to"), None)
        if not (isinstance(target, ast.Constant) and isinstance(target.value, str)):
            continue
        context = target.value.split(".")[0] if "." in target.value else own
        if context in CONTEXTS and own in CONTEXTS and _layer(context) > _layer(own):
            yield Problem(path, node.lineno, "foreign-key", f"points upwards to {target.value}")


def check_translated_texts(path: str, tree: ast.Module) -> Iterator[Problem]:
    """A translated text is a constant, so that it can stand in the catalogs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name_of(node.func) in {
            "gettext",
            "gettext_lazy",
            "ngettext",
            "pgettext",
            "N_",
            "NN_",
            "_",
        }:
            for argument in node.args[:2]:
                if isinstance(argument, ast.JoinedStr):
                    yield Problem(
                        path, node.lineno, "translated-text", "an f-string cannot be translated; use named places"
                    )


def check_language_lists(path: str, tree: ast.Module) -> Iterator[Problem]:
    """What is said of each language derives from the one list."""
    codes = {language.code for language in LANGUAGES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
            values = {item.value for item in node.elts if isinstance(item, ast.Constant)}
            if len(values) == len(node.elts) and values <= codes:
                yield Problem(path, node.lineno, "language-list", "derive it from entraide.kernel.languages")


def check_reads(path: str, tree: ast.Module) -> Iterator[Problem]:
    """A read takes the node first, and so reads from no database but the one that is meant."""
    parts = Path(path).with_suffix("").parts
    if len(parts) < 3 or parts[1] not in CONTEXTS or parts[2] != "selectors":
        return
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
            if first is None or first.arg != "node":
                yield Problem(path, node.lineno, "node-first", f"{node.name} is a read and takes no node first")


CHECKS = (
    check_functions,
    check_names,
    check_doors,
    check_foreign_keys,
    check_translated_texts,
    check_language_lists,
    check_reads,
)


def _context_of(path: str) -> str:
    parts = Path(path).parts
    return parts[1] if len(parts) > 2 else ""


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        parts = node.module.split(".")
        return [node.module] if len(parts) > 2 else [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _layer(context: str) -> int:
    return next(index for index, layer in enumerate(LAYERS) if context in layer)


if __name__ == "__main__":
    main()

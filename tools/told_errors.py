"""Whether a public function tells which errors it raises: a check of `tools/house_lint.py`.

A function that raises an error by a statement of its own names it in its docstring, in backticks: the class, or a
class above it. Not told are errors of the program (`AssertionError`, `NotImplementedError`), what is raised again,
what the function catches itself, and how a command ends (`Exit`, `SystemExit`): its docstring is read by users.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping

SILENT = frozenset({"AssertionError", "NotImplementedError", "Exit", "SystemExit"})
# Names that say nothing about what went wrong.
TOO_WIDE = frozenset({"object", "BaseException", "Exception", "EntraideError"})
Bases = Mapping[str, frozenset[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def read_bases(trees: Iterable[ast.Module]) -> dict[str, frozenset[str]]:
    """Return the names of the direct bases of each class of `trees`, and of the errors that Python has."""
    bases = {
        name: frozenset(base.__name__ for base in value.__bases__)
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = frozenset(_name_of(base) for base in node.bases)
    return bases


def find_untold(tree: ast.Module, bases: Bases) -> Iterator[tuple[Function, str]]:
    """Return the public functions and methods of a module that raise an error without naming it, each with its name."""
    for function in _public_functions(tree.body):
        told = set(re.findall(r"`(?:\w+\.)*(\w+)`", ast.get_docstring(function) or ""))
        for error in dict.fromkeys(_raised(function.body, frozenset(), bases)):
            if error not in SILENT and not told & (_line_of(error, bases) - TOO_WIDE):
                yield function, error


def _public_functions(body: Iterable[ast.stmt]) -> Iterator[Function]:
    for node in body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public_functions(node.body)


def _raised(body: Iterable[ast.AST], caught: frozenset[str], bases: Bases) -> Iterator[str]:
    """Return the names of the classes that `body` raises itself, without those that are `caught` around it."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            name = _name_of(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
            # A name in small letters is a variable: an error that came from elsewhere.
            if name[:1].isupper() and not (_line_of(name, bases) | {"Exception", "BaseException"}) & caught:
                yield name
        if isinstance(node, ast.Try):
            inside = caught | {name for handler in node.handlers for name in _caught_by(handler)}
            yield from _raised(node.body, inside, bases)
            yield from _raised([*node.handlers, *node.orelse, *node.finalbody], caught, bases)
        else:
            yield from _raised(ast.iter_child_nodes(node), caught, bases)


def _caught_by(handler: ast.ExceptHandler) -> list[str]:
    if handler.type is None:
        return ["BaseException"]
    return [_name_of(part) for part in (handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type])]


def _line_of(error: str, bases: Bases) -> frozenset[str]:
    """Return a class and all above it, by name."""
    found, open_ones = {error}, [error]
    while open_ones:
        above = bases.get(open_ones.pop(), frozenset()) - found
        found |= above
        open_ones += above
    return frozenset(found)


def _name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")

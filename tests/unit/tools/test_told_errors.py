"""A public function tells which errors it raises."""

import ast

import pytest

from tools.told_errors import find_untold, read_bases

UNTOLD = {
    "an error": """
def f():
    'Do it.'
    raise NotThere
""",
    "an error with values, in a method, deep inside": """
class A:
    async def f(self):
        'Do it; raises `Other`.'
        for x in y:
            if x:
                raise errors.NotThere(x) from x
""",
    "only the root of all errors is told": """
class NotThere(EntraideError): ...
def f():
    'Raises `EntraideError`.'
    raise NotThere
""",
    "an error in place of what was caught": """
def f():
    'Do it.'
    try:
        raise KeyError
    except LookupError:
        raise NotThere
""",
    "an error that is caught elsewhere": """
def f():
    'Do it.'
    try:
        g()
    except NotThere:
        return
    raise NotThere
""",
    "a word that is not in backticks": """
def f():
    'Raises NotThere.'
    raise NotThere
""",
}

TOLD = {
    "an error": """
def f():
    'Do it; raises `NotThere`.'
    raise NotThere
""",
    "an error in a step, with its module": """
def f():
    'Do it, when it is there (`errors.NotThere`).'
    raise NotThere(1)
""",
    "the class above it": """
class Gone(NotThere): ...
def f():
    'Raises `NotThere`.'
    raise Gone
""",
    "what the function catches": """
def f():
    'Do it.'
    try:
        raise KeyError
    except (ValueError, LookupError):
        return
""",
    "what the function catches whatever it is": """
def f():
    'Do it.'
    try:
        raise NotThere
    except:
        return
""",
    "what is raised again": """
def f():
    'Do it.'
    try:
        g()
    except KeyError as error:
        if error:
            raise
        raise error
""",
    "errors of the program and the end of a command": """
def f():
    'Do it.'
    if g():
        raise AssertionError
    if h():
        raise click.exceptions.Exit(2)
    raise NotImplementedError('f')
""",
    "private functions, classes and functions inside others": """
def _f():
    raise NotThere
class _A:
    def f(self):
        raise NotThere
def g():
    'Do it.'
    def h():
        raise NotThere
    return h
""",
}


def untold(source: str) -> list[tuple[str, str]]:
    tree = ast.parse(source)
    return [(function.name, error) for function, error in find_untold(tree, read_bases([tree]))]


@pytest.mark.parametrize("source", UNTOLD.values(), ids=UNTOLD)
def test_an_error_that_is_not_told_is_found(source: str) -> None:
    """What a reader of the docstring would not expect is named with its function."""
    assert untold(source) == [("f", "NotThere")]


@pytest.mark.parametrize("source", TOLD.values(), ids=TOLD)
def test_an_error_that_is_told_or_needs_no_word_passes(source: str) -> None:
    """Told, caught, raised again, private or of the program: nothing is missing."""
    assert untold(source) == []

"""The tree of errors, over everything that Entraide defines."""

import importlib
import pkgutil
import re

import entraide
from entraide.kernel import errors
from entraide.kernel.errors import EntraideError

BRANCHES = {
    errors.BadInput,
    errors.NotAllowed,
    errors.NotFound,
    errors.Conflict,
    errors.Refused,
    errors.VerificationFailed,
    errors.Unavailable,
}


def all_errors() -> list[type[EntraideError]]:
    """Import the whole package and return every concrete error class."""
    for module in pkgutil.walk_packages(entraide.__path__, "entraide."):
        if ".migrations" not in module.name and module.name != "entraide.config.settings":
            importlib.import_module(module.name)
    found, waiting = [], list(EntraideError.__subclasses__())
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error not in BRANCHES:
            found.append(error)
    return found


def test_every_error_has_a_code_a_message_and_a_remedy() -> None:
    """A person never meets an error that does not say what to do, and a program always finds its code."""
    classes = [error for error in all_errors() if not error.__subclasses__() or error.code]
    assert classes
    bad = [
        error.__qualname__
        for error in classes
        if not (re.fullmatch(r"[a-z]+\.[a-z0-9_]+", error.code) and error.message and error.remedy)
    ]
    assert bad == []


def test_codes_are_unique() -> None:
    """A code names one error."""
    codes = [error.code for error in all_errors() if error.code]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_a_code_begins_with_its_context() -> None:
    """The code says which context raised it."""
    strangers = [
        error.code
        for error in all_errors()
        if error.code and error.code.split(".")[0] != error.__module__.split(".")[1]
    ]
    assert strangers == []

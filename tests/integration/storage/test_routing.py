"""A read asks the database of the node that it is given, whichever node is active."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

import entraide
from entraide.kernel.errors import EntraideError
from tests.factories.nodes import make_node

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

NOBODY = UUID(int=1)
OF_FILES = frozenset({"safeguards"})
"""Contexts whose reads are of the node's files, and of no database."""


def reads() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every read that can be asked with the node alone, or with the node and ids."""
    for module in pkgutil.walk_packages(entraide.__path__, "entraide."):
        _, context, room, *_ = [*module.name.split("."), "", ""]
        if room != "selectors" or context in OF_FILES:
            continue
        for name, found in inspect.getmembers(import_module(module.name), inspect.isfunction):
            if found.__module__ == module.name and not name.startswith("_") and ids_of(found) is not None:
                yield f"{module.name}.{name}", found


def ids_of(read: Callable[..., Any]) -> list[UUID] | None:
    """Return an id for each further argument that a read demands, None where it demands anything else."""
    _, *others = inspect.signature(read).parameters.values()
    demanded = [item for item in others if item.default is inspect.Parameter.empty]
    is_id = [UUID in (item.annotation, getattr(item.annotation, "__supertype__", None)) for item in demanded]
    positional = all(item.kind is not inspect.Parameter.KEYWORD_ONLY for item in demanded)
    return [NOBODY] * len(demanded) if all(is_id) and positional else None


@pytest.mark.parametrize("read", [pytest.param(read, id=name) for name, read in reads()])
def test_a_read_asks_its_own_node(read):
    """Asked for Laos while Vietnam's node is active, no query goes to Vietnam's database."""
    vietnam, laos = make_node("default"), make_node("partner")
    with (
        vietnam.active(),
        CaptureQueriesContext(connections["default"]) as here,
        CaptureQueriesContext(connections["partner"]) as there,
        suppress(EntraideError),
    ):
        read(laos, *ids_of(read))
    assert (len(here), len(there) > 0) == (0, True)

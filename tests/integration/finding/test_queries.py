"""What a journalist or a desk officer would type finds first the fact that they mean: forty queries."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from entraide.access.api import Role
from entraide.cli.demonstration.reading import play_reading
from entraide.cli.demonstration.stage import OBSERVATORY, Side
from entraide.cli.demonstration.telling import Teller
from entraide.directory.api import get_organisation, get_post
from entraide.kernel.ids import PostId
from entraide.kernel.node import Node
from entraide.programme.api import list_mechanisms, load_kinds
from entraide.programme.domain.plugs import Plug
from entraide.programme.services.plugs import plug_of
from entraide.search.api import search_documents
from entraide.search.domain.documents import FoundDocument
from entraide.web.register.hits import list_searched
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "queries.yaml"
AT_LEAST = 38
"""Of forty; the first figure, which the table was written for, stands in docs/figures.md."""
FIRST = 5
COLUMNS = {"instrument": "kind", "commitment": "domain", "meeting": "kind"}


def load_queries() -> list[dict[str, Any]]:
    """Return the rows of the table."""
    return list(yaml.safe_load(TABLE.read_text(encoding="utf-8"))["queries"])


def read_samples(node: Node) -> None:
    """Read the samples into the register of `node` as the demonstration does, answers of its officer included."""
    roles = (Role.desk_officer, Role.operator, Role.approver)
    side = Side(OBSERVATORY, node, 0, {role: make_actor(node, *roles) for role in roles})
    teller = Teller(quiet=True)
    with teller.scene("read", ""):
        play_reading(side, teller, None)


def find_first(node: Node, query: str) -> tuple[FoundDocument, ...]:
    """Return what the page of results shows first."""
    return search_documents(node, query, kinds=[kind.name for kind in list_searched()], limit=FIRST).found


def is_meant(node: Node, row: Mapping[str, Any], found: FoundDocument) -> bool:
    """Whether a result is the fact that a row of the table means."""
    return found.kind == row["kind"] and all(
        CHECKS[name](node, found, row[name]) for name in row if name not in ("q", "kind")
    )


def _view(node: Node, found: FoundDocument) -> Any:  # noqa: ANN401 - the view of any kind
    plug: Plug = plug_of(load_kinds().get(found.kind).name)
    assert plug.list is not None
    return plug.list(node, [found.object_id])[0]


def _states(node: Node, found: FoundDocument, wanted: list[str]) -> bool:
    if found.kind == "post":
        post = get_post(node, PostId(found.object_id))
        return [get_organisation(node, post.organisation_id).state] == wanted
    view = _view(node, found)
    mechanism = view.id if found.kind == "mechanism" else view.mechanism_id
    (known,) = list_mechanisms(node, ids=[UUID(str(mechanism))])
    return sorted({party.state for party in known.parties} - {"XX"}) == wanted


CHECKS = {
    "states": _states,
    "is": lambda node, found, code: getattr(_view(node, found), COLUMNS[found.kind]) == code,
    "period": lambda node, found, period: _view(node, found).period == period,
    "day": lambda node, found, day: (
        _view(node, found).date is not None and _view(node, found).date.value.startswith(day)
    ),
    "ordinal": lambda node, found, number: _view(node, found).ordinal == number,
}


def test_what_people_type_finds_what_they_mean_first(node):
    """Of forty queries of journalists and desk officers nearly all find their fact first, and names of States in every
    form find the same.
    """
    read_samples(node)
    missed = []
    for row in load_queries():
        found = find_first(node, row["q"])
        if not found or not is_meant(node, row, found[0]):
            place = next((n for n, item in enumerate(found, 1) if is_meant(node, row, item)), None)
            missed.append(
                f"{row['q']!r}: {place or 'not among the first'}; first {found[0].kind if found else 'nothing'}"
            )
    assert len(load_queries()) - len(missed) >= AT_LEAST, "\n".join(missed)

    assert_same_for_every_form(node)


def assert_same_for_every_form(node: Node) -> None:
    """Vietnam, Viêt Nam, Việt Nam and VN with Laos, Lao PDR and Lào give the same results in the same order."""
    pairs = ["Vietnam Laos", "Viêt Nam Laos", "Việt Nam Lào", "Viet Nam Lao PDR", "VN LA", "vietnam lao", "VNM LAO"]
    results = [find_first(node, f"{pair} 2025") for pair in pairs]
    assert results[0]
    assert all([item.object_id for item in found] == [item.object_id for item in results[0]] for found in results)

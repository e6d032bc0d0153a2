"""A plan as a file, from import to the register: its instrument, and a commitment per clause with time and units."""

from pathlib import Path

import pytest

from entraide.access.api import Actor, Role
from entraide.communiques.api import ProposalKind, import_source, keep_all, list_proposals
from entraide.documents.api import take_bytes
from entraide.kernel.ids import SourceId
from entraide.kernel.node import Node
from entraide.programme import models as register
from entraide.programme.api import SourceKind
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

DOCUMENTS = Path(__file__).parents[2] / "unit" / "reader" / "plan_documents" / "documents"


@pytest.fixture
def node() -> Node:
    return make_node()


@pytest.fixture
def officer(node: Node) -> Actor:
    return make_actor(node, Role.desk_officer)


@pytest.fixture
def source(node: Node, officer: Actor) -> SourceId:
    path = DOCUMENTS / "q06-vi-ke-hoach-bang.pdf"
    file = take_bytes(path.read_bytes(), name=path.name)
    kind = SourceKind.OFFICIAL_RELEASE
    return import_source(node, actor=officer, name=path.stem, text=file.text, file=file, kind=kind)


def test_a_plan_proposes_its_instrument_and_one_commitment_per_clause(node, source):
    """What the plan gives up is not proposed: it is promised no more."""
    found = list_proposals(node, source)
    (instrument,) = [item for item in found if item.kind == ProposalKind.INSTRUMENT]
    assert (instrument.fields["kind"], instrument.fields["date"], instrument.fields["period"]) == (
        "plan", "2026-01-26", "2026",
    )  # fmt: skip
    commitments = [item for item in found if item.kind == ProposalKind.COMMITMENT]
    assert len(commitments) == 14
    patrol = next(item for item in commitments if item.fields["text"].startswith("Tuần tra chung"))
    assert patrol.fields["lead_units"] == ["VN: Công an huyện Kỳ Sơn", "LA: Công an huyện Noọng Hét"]
    assert patrol.fields["instrument"] == instrument.key
    weapons = next(item for item in commitments if item.fields["text"].startswith("Vận động nhân dân"))
    assert weapons.fields["period"] == "2026-09-30"


def test_kept_clauses_are_commitments_of_the_plan_with_time_and_leading_units(node, officer, source):
    keep_all(node, actor=officer, source_id=source, kinds=frozenset({ProposalKind.PARTY, ProposalKind.OFFICIAL}))
    keep_all(node, actor=officer, source_id=source, kinds=frozenset({ProposalKind.INSTRUMENT}))
    keep_all(node, actor=officer, source_id=source, kinds=frozenset({ProposalKind.COMMITMENT}))
    with node.active():
        row = register.Commitment.objects.get(texts__vi__startswith="Vận động nhân dân")
        assert row.instrument is not None
        assert (row.instrument.kind, row.period) == ("plan", "2026-09-30")
        assert row.lead_units == {
            "VN": "Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
            "LA": "Phòng Cảnh sát trật tự",
        }

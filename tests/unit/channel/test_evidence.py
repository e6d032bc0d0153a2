"""Statements of evidence and the steps that follow from them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.channel.domain.errors import BadStatement
from entraide.channel.domain.evidence import (
    Evidence,
    EvidenceKind,
    Fate,
    Statement,
    StatementKind,
    derive_evidences,
    parse_statement,
)

AT = datetime(2025, 1, 12, tzinfo=UTC)
RECEIPT = Statement(
    StatementKind.RECEIPT,
    "vn-mps",
    "la-mops",
    10,
    14,
    AT,
    b"r" * 32,
    {11: (Fate.REJECTED, "test.no"), 12: (Fate.WAITING, "")},
)
LATER = Statement(StatementKind.DELIVERY, "vn-mps", "la-mops", 12, 13, AT + timedelta(hours=1))
OPENED = Statement(
    StatementKind.RETRIEVAL, "vn-mps", "la-mops", 12, 13, AT + timedelta(hours=2), post="Case officer, unit 3"
)


@pytest.mark.parametrize("statement", [RECEIPT, LATER, OPENED])
def test_a_statement_is_read_as_it_was_written(statement):
    """Writing and reading give the same statement."""
    assert parse_statement(statement.to_bytes()) == statement


@pytest.mark.parametrize(
    ("position", "kinds"),
    [
        (9, []),
        (10, [EvidenceKind.RELAY_ACCEPTED, EvidenceKind.DELIVERED]),
        (11, [EvidenceKind.RELAY_ACCEPTED, EvidenceKind.REJECTED]),
        (12, [EvidenceKind.RELAY_ACCEPTED, EvidenceKind.DELIVERED, EvidenceKind.RETRIEVED]),
        (14, []),
    ],
)
def test_the_steps_of_each_message_follow_from_statements_over_ranges(position, kinds):
    """One receipt covers a range with its exceptions; later statements complete what was waiting."""
    steps = derive_evidences(position, [OPENED, LATER, RECEIPT])
    assert [step.kind for step in steps] == kinds


def test_a_step_names_code_and_post():
    """A rejection carries its code, a retrieval the title of the post; both name the node."""
    rejected = derive_evidences(11, [RECEIPT])[-1]
    assert rejected == Evidence(EvidenceKind.REJECTED, AT, "la-mops", "test.no")
    opened = derive_evidences(12, [OPENED])[-1]
    assert (opened.post, opened.by) == ("Case officer, unit 3", "la-mops")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[]", id="no object"),
        pytest.param(RECEIPT.to_bytes().replace(b'"v":1', b'"v":2'), id="another version"),
        pytest.param(RECEIPT.to_bytes().replace(b"receipt", b"receipts"), id="another kind"),
        pytest.param(RECEIPT.to_bytes().replace(b'"n1":14', b'"n1":10'), id="an empty range"),
        pytest.param(RECEIPT.to_bytes().replace(b'"n1":14', b'"n1":12'), id="an exception outside of the range"),
        pytest.param(RECEIPT.to_bytes() + b" ", id="not canonical"),
        pytest.param(RECEIPT.to_bytes().replace(b"waiting", b"lost"), id="an unknown fate"),
    ],
)
def test_a_malformed_statement_is_refused(data):
    """A statement that is malformed in any way gives `BadStatement`."""
    with pytest.raises(BadStatement):
        parse_statement(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_clear_error(data):
    """Bytes that are no statement give `BadStatement`, never another exception."""
    with pytest.raises(BadStatement):
        parse_statement(data)

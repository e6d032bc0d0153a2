"""Entries: the words that are digested."""

import time
from datetime import timedelta, timezone
from uuid import UUID

import pytest

from entraide.journal.domain.entries import EntryFacts, entry_statement, moment_text
from entraide.kernel.canonical import canonical_bytes
from tests.factories.nodes import NOON

SUBJECT = UUID("01890000-0000-7000-8000-000000000001")


def test_statement_is_the_canonical_bytes_of_its_fields():
    """The quick way of writing a statement gives exactly the canonical bytes."""
    for actor in (None, SUBJECT):
        facts = EntryFacts(SUBJECT, 'a"é', SUBJECT, actor, NOON, '{"a":1}')
        expected = {
            "id": SUBJECT.hex,
            "kind": 'a"é',
            "subject": SUBJECT.hex,
            "actor": actor and actor.hex,
            "at": "2025-01-12T12:00:00.000000Z",
            "content": {"a": 1},
        }
        assert entry_statement(facts) == canonical_bytes(expected)


def test_a_moment_is_told_in_utc_whatever_the_zones(monkeypatch: pytest.MonkeyPatch):
    """Neither the zone of the moment nor that of the machine stands in the text."""
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        assert moment_text(NOON.astimezone(timezone(timedelta(hours=-5)))) == "2025-01-12T12:00:00.000000Z"
    finally:
        monkeypatch.undo()
        time.tzset()

"""Entries: the first step of the two-step append."""

from uuid import UUID

import pytest

from entraide.journal.api import append_entry
from entraide.journal.domain.entries import EntryFacts, entry_digest
from entraide.journal.models import Entry
from entraide.kernel.canonical import NotCanonical
from entraide.storage.api import transaction
from tests.factories.nodes import make_node

SUBJECT = UUID("01890000-0000-7000-8000-000000000001")


@pytest.mark.django_db(databases=["default", "partner"])
def test_append_entry_keeps_an_unnumbered_entry_in_the_nodes_own_database():
    """An act's entry lies, unnumbered and with its salted digest, in the database of its node only."""
    one = make_node("partner")
    with transaction(one):
        entry_id = append_entry(one, kind="requests.released", subject=SUBJECT, content={"b": 1, "a": ["é"]})
    row = Entry.objects.using("partner").get(id=entry_id)
    assert (row.log_id, row.index, row.content) == (None, None, '{"a":["é"],"b":1}')
    facts = EntryFacts(row.id, row.kind, row.subject, row.actor, row.at, row.content)
    assert bytes(row.digest) == entry_digest(facts, bytes(row.salt))
    assert not Entry.objects.using("default").exists()


@pytest.mark.django_db
def test_append_entry_is_undone_with_its_act():
    """When the act fails, its entry is gone too."""
    one = make_node()
    with pytest.raises(LookupError), transaction(one):  # noqa: PT012 - the block is the act
        append_entry(one, kind="a.b", subject=SUBJECT, content={})
        raise LookupError
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_append_entry_refuses_what_has_no_canonical_bytes():
    """Content with a float cannot be journaled."""
    one = make_node()
    with pytest.raises(NotCanonical), transaction(one):
        append_entry(one, kind="a.b", subject=SUBJECT, content={"x": 1.5})
    assert not Entry.objects.exists()

"""What an auditor reads of the journal."""

from uuid import UUID

import pytest

from entraide.journal.api import (
    append_entry,
    count_waiting,
    get_entry,
    list_entries,
    list_kinds,
    list_logs,
    sequence_own_log,
)
from entraide.kernel.ids import EntryId
from entraide.storage.api import transaction
from tests.factories.logs import make_keyed_node, make_pair
from tests.factories.nodes import StandingClock

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def test_entries_are_listed_newest_first_page_by_page():
    """Pages join without a gap or a repetition, also among acts of one microsecond; filters narrow them."""
    node = make_keyed_node()
    assert isinstance(node.clock, StandingClock)
    for number in range(25):
        with transaction(node):
            kind = "b.even" if number % 2 == 0 else "a.odd"
            append_entry(node, kind=kind, subject=UUID(int=number % 3), content={"number": number})
        if number % 4 == 0:
            node.clock.advance(seconds=1)
    listed: list[int] = []
    before: EntryId | None = None
    while page := list_entries(node, before=before, limit=7):
        listed += [entry.content["number"] for entry in page]
        before = page[-1].id
    assert listed == list(reversed(range(25)))
    assert [entry.content["number"] for entry in list_entries(node, kind="a.odd", limit=2)] == [23, 21]
    assert all(entry.subject == UUID(int=1) for entry in list_entries(node, subject=UUID(int=1)))
    assert list_entries(node, before=EntryId(UUID(int=404))) == []
    assert list_kinds(node) == ["a.odd", "b.even"]
    assert count_waiting(node) == 25
    sequence_own_log(node)
    assert count_waiting(node) == 0
    assert get_entry(node, list_entries(node)[0].id) == list_entries(node)[0]
    assert get_entry(node, EntryId(UUID(int=404))) is None


def test_logs_say_how_far_they_are_signed_and_witnessed():
    """The own log comes first; a directed log shows the head that its reader cosigned, on both sides."""
    one, two = make_keyed_node(), make_keyed_node("partner")
    sequence_own_log(one)
    pair = make_pair(one, two)
    pair.receipt(pair.send(b"a"))
    pair.send(b"b", b"c")
    with one.active():
        own, written = list_logs(one)
    assert (own.kind, own.size, own.signed_size, own.cosigned_size) == ("own", 0, 0, None)
    assert (written.kind, written.size, written.signed_size, written.cosigned_size) == ("author", 3, 3, 1)
    with two.active():
        (mirror,) = list_logs(two)
    assert (mirror.kind, mirror.size, mirror.root, mirror.cosigned_size) == ("mirror", 3, written.root, 1)

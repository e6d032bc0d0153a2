"""The node's own log: sequencing, triggers and verification."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.db import transaction as database_transaction

from entraide.journal.adapters.statements import list_statements
from entraide.journal.adapters.triggers import drop_triggers, install_triggers
from entraide.journal.api import (
    JournalBroken,
    append_entry,
    check_triggers,
    ensure_own_log,
    examine_logs,
    prove_inclusion,
    sequence_own_log,
    verify_all_logs,
    verify_inclusion,
    verify_log,
)
from entraide.journal.domain.entries import EntryFacts, entry_statement
from entraide.journal.domain.merkle import EMPTY_ROOT
from entraide.journal.models import Checkpoint, Entry, Log
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from entraide.storage.api import transaction
from tests.factories.logs import make_keyed_node, make_pair, signers_of
from tests.factories.nodes import SeededRandomness, StandingClock

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
SUBJECT = UUID(int=5)
PARTNERS = signers_of(make_keyed_node("partner"))


@pytest.fixture
def node() -> Node:
    return make_keyed_node()


def act(node: Node, count: int = 1, **content: object) -> None:
    with transaction(node):
        for number in range(count):
            append_entry(node, kind="test.done", subject=SUBJECT, content={"number": number, **content}, actor=SUBJECT)


def run(statement: str, *values: object) -> int:
    """Run SQL past the product, and say how many rows it reached."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def test_sequencing_numbers_entries_in_the_order_of_the_acts(node: Node):
    """Acts of one microsecond keep their order; numbers have no gap; the head is signed."""
    act(node, 3)
    first = sequence_own_log(node)
    act(node, 300)
    second = sequence_own_log(node)
    assert (first.size, second.size) == (3, 303)
    rows = Entry.objects.order_by("index").values_list("index", "content")
    assert [index for index, _ in rows] == list(range(303))
    assert [content for _, content in rows] == [f'{{"number":{number}}}' for number in [*range(3), *range(300)]]
    assert sequence_own_log(node) == second
    digest = bytes(Entry.objects.get(index=100).digest)
    verify_inclusion(digest, 100, 303, prove_inclusion(ensure_own_log(node), 100, 303), second.root)


def test_sequencing_joins_a_running_transaction_and_is_undone_with_it(node: Node):
    """A transaction that fails leaves neither numbers nor a checkpoint."""
    act(node, 2)
    with pytest.raises(LookupError), transaction(node):  # noqa: PT012 - the block is the act
        sequence_own_log(node)
        raise LookupError
    assert not Checkpoint.objects.exists()
    assert Entry.objects.filter(index__isnull=True).count() == 2
    assert sequence_own_log(node).size == 2


def test_an_empty_log_is_signed_and_verifies(node: Node):
    """A new node's log says that it is empty."""
    assert sequence_own_log(node).size == 0
    assert [log.size for log in verify_all_logs(node)] == [0]


def test_verify_log_of_both_kinds_of_time_stamp(node: Node):
    """Moments with and without microseconds are read back as they were hashed."""
    act(node)
    assert isinstance(node.clock, StandingClock)
    node.clock.at += timedelta(microseconds=120)
    act(node, name="Tô Lâm", actor_note=None)
    verified = verify_all_logs(node)[0]
    assert (verified.origin, verified.size, verified.checkpoints) == ("entraide/own/vn-mps", 2, 1)


FORBIDDEN = [
    "UPDATE journal_entry SET kind = 'x'",
    'UPDATE journal_entry SET "index" = 9 WHERE "index" = 0',
    'UPDATE journal_entry SET "index" = NULL, log_id = NULL',
    "UPDATE journal_entry SET content = '{}' WHERE \"index\" IS NULL",
    "DELETE FROM journal_entry",
    "UPDATE journal_log SET size = 1",
    "UPDATE journal_log SET origin = 'x', size = size + 1",
    "DELETE FROM journal_log",
    "UPDATE journal_tile SET width = 1",
    "UPDATE journal_tile SET hashes = journal_tile.hashes",
    "DELETE FROM journal_tile",
    "UPDATE journal_checkpoint SET note = 'x'",
    "DELETE FROM journal_checkpoint",
    "UPDATE journal_signerkeys SET signer = 'x'",
    "DELETE FROM journal_signerkeys",
    "UPDATE journal_leafrun SET first = 1",
    "DELETE FROM journal_leafrun",
    "UPDATE journal_cosignature SET signer = 'x'",
    "DELETE FROM journal_cosignature",
    "INSERT INTO journal_entry SELECT * FROM journal_entry",
]


@pytest.fixture
def full(node: Node) -> Node:
    """A node with something in every table: its own log, one it writes, one it mirrors, and an entry that waits."""
    act(node, 300)
    sequence_own_log(node)
    act(node, 2)
    sequence_own_log(node)
    other = make_keyed_node("partner")
    out, back = make_pair(node, other), make_pair(other, node)
    for pair in (out, back):
        pair.send(b"a", b"b")
        pair.receipt(pair.send(b"c"))
    act(node)
    return node


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_changes(full: Node, statement: str):
    """Nothing that the journal holds can be changed or removed, except that a waiting entry gets its number."""
    assert check_triggers("default") == []
    with pytest.raises(DatabaseError, match="append-only"), database_transaction.atomic():
        run(statement)
    assert len(verify_all_logs(full, PARTNERS)) == 3


@pytest.mark.parametrize("table", ["entry", "log", "tile", "leafrun", "checkpoint", "cosignature", "signerkeys"])
def test_the_database_refuses_replacing_and_truncating(full: Node, table: str):
    """REPLACE (SQLite) and TRUNCATE (PostgreSQL) go around plain triggers; here they do not."""
    statements = {
        "sqlite": f"REPLACE INTO journal_{table} SELECT * FROM journal_{table}",
        "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_{table} CASCADE",
    }
    with pytest.raises(DatabaseError, match="append-only"), database_transaction.atomic():
        run(statements[connection.vendor])


def test_check_triggers_names_what_is_missing_or_changed():
    """A trigger that was dropped, or replaced by a harmless one, is named until it is installed again."""
    drop_triggers("default")
    missing = check_triggers("default")
    assert {"journal_entry_no_update", "journal_entry_no_delete", "journal_tile_no_update"} <= set(missing)
    install_triggers("default")
    assert check_triggers("default") == []
    if connection.vendor == "sqlite":
        run("DROP TRIGGER journal_entry_no_delete")
        run("CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry BEGIN SELECT 1; END")
    else:
        run("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_delete")
    assert check_triggers("default") == ["journal_entry_no_delete"]


def zeros(column: str, table: str, where: str) -> str:
    """SQL that overwrites the first byte of a binary column."""
    rest = f"substr({column}, 2)"
    first = "X'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    joined = f"CAST({first} || {rest} AS BLOB)" if connection.vendor == "sqlite" else f"{first} || {rest}"
    return f"UPDATE journal_{table} SET {column} = {joined} WHERE {where}"


def forge_run(where: str) -> str:
    """SQL that puts the leaf "x" in place of a run."""
    value = "X'0000000178'" if connection.vendor == "sqlite" else "'\\x0000000178'::bytea"
    return f"UPDATE journal_leafrun SET data = {value} WHERE {where}"


OWN = "(SELECT id FROM journal_log WHERE kind = 'own')"
MIRROR = "(SELECT id FROM journal_log WHERE kind = 'mirror')"
INTRUSIONS: list[tuple[str, Callable[[], str], str]] = [
    ("content changed", lambda: "UPDATE journal_entry SET content = '{}' WHERE \"index\" = 7", "entry 7"),
    ("kind changed", lambda: "UPDATE journal_entry SET kind = 'x' WHERE \"index\" = 7", "entry 7"),
    ("actor removed", lambda: 'UPDATE journal_entry SET actor = NULL WHERE "index" = 7', "entry 7"),
    ("subject changed", lambda: 'UPDATE journal_entry SET subject = id WHERE "index" = 7', "entry 7"),
    ("moment changed", lambda: "UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE \"index\" = 7", "entry 7"),
    ("salt changed", lambda: zeros("salt", "entry", '"index" = 7'), "entry 7"),
    ("digest changed", lambda: zeros("digest", "entry", '"index" = 7'), "entry 7"),
    ("first entry removed", lambda: 'DELETE FROM journal_entry WHERE "index" = 0', "entry 0"),
    ("entry removed", lambda: 'DELETE FROM journal_entry WHERE "index" = 7', "entry 7"),
    ("last entry removed", lambda: 'DELETE FROM journal_entry WHERE "index" = 301', "entry 301"),
    ("entry moved to the end", lambda: 'UPDATE journal_entry SET "index" = 900 WHERE "index" = 7', "entry 7"),
    ("waiting entry changed", lambda: "UPDATE journal_entry SET kind = 'x' WHERE \"index\" IS NULL", "entry 302"),
    ("tile changed", lambda: zeros("hashes", "tile", f'log_id = {OWN} AND level = 0 AND "index" = 1'), "tile 0/1"),
    ("tile removed", lambda: f"DELETE FROM journal_tile WHERE log_id = {OWN} AND level = 1", "tile 1/0"),
    ("head changed", lambda: zeros("root", "log", "kind = 'own'"), "the head"),
    ("head cut back", lambda: "UPDATE journal_log SET size = 300 WHERE kind = 'own'", "beyond the head"),
    ("checkpoint moved", lambda: f"UPDATE journal_checkpoint SET size = 9 WHERE log_id = {OWN} AND size = 300", "at 9"),
    (
        "checkpoint's text changed",
        lambda: f"UPDATE journal_checkpoint SET note = replace(note, 'time 2025', 'time 2024') WHERE log_id = {OWN}",
        "at 300",
    ),
    ("mirrored leaves changed", lambda: forge_run(f"log_id = {MIRROR} AND first = 2"), "tile 0/0"),
    ("mirrored leaves removed", lambda: f"DELETE FROM journal_leafrun WHERE log_id = {MIRROR} AND first = 0", "leaf 0"),
    ("cosignature moved", lambda: "UPDATE journal_cosignature SET signer = 'x'", "cosignature at 3"),
]


@pytest.mark.parametrize(("statement", "place"), [pytest.param(*rest, id=name) for name, *rest in INTRUSIONS])
def test_verification_finds_every_change(full: Node, statement: Callable[[], str], place: str):
    """Whoever owns the database can drop the triggers; what they change is found and named."""
    drop_triggers("default")
    assert run(statement()) >= 1
    with pytest.raises(JournalBroken, match=place):
        verify_all_logs(full, PARTNERS)
    broken = [examination.origin for examination in examine_logs(full, PARTNERS) if examination.error]
    assert len(broken) >= 1


def test_verification_finds_two_entries_that_changed_places(full: Node):
    """Order is part of what the journal proves."""
    drop_triggers("default")
    for before, after in [(7, 900), (8, 7), (900, 8)]:
        run('UPDATE journal_entry SET "index" = %s WHERE "index" = %s', after, before)
    with pytest.raises(JournalBroken, match="tile 0/0"):
        verify_log(full, ensure_own_log(full))


def test_verification_finds_a_history_rewritten_whole(full: Node):
    """Even entries, tiles and head made anew and consistently do not match what was signed."""
    drop_triggers("default")
    log_id = ensure_own_log(full)
    Entry.objects.filter(index=7).delete()
    Entry.objects.update(index=None, log=None)
    Log.objects.get(id=log_id).tiles.all().delete()
    Log.objects.filter(id=log_id).update(size=0, root=EMPTY_ROOT)
    sequence_own_log(full)
    with pytest.raises(JournalBroken, match="the checkpoint at 300"):
        verify_log(full, log_id)


def test_verification_finds_a_head_without_its_checkpoint(full: Node):
    """A head that nobody signed is not a head."""
    log_id = ensure_own_log(full)
    drop_triggers("default")
    Checkpoint.objects.filter(log=log_id, size=302).delete()
    with pytest.raises(JournalBroken, match="no checkpoint signs it"):
        verify_log(full, log_id)


def test_nothing_is_signed_on_top_of_a_changed_past(full: Node):
    """When the frontier was changed, the sequencer stops instead of vouching for it."""
    drop_triggers("default")
    run(zeros("hashes", "tile", f'log_id = {OWN} AND level = 0 AND "index" = 1'))
    with pytest.raises(JournalBroken, match="the head"):
        sequence_own_log(full)
    assert Checkpoint.objects.filter(log=ensure_own_log(full)).count() == 2


def test_verification_finds_a_log_signed_with_other_keys(full: Node):
    """A log that someone signed again with keys of their own is not this node's."""
    other = replace(full, keyring=create_memory_keyring(SeededRandomness("intruder")))
    with pytest.raises(JournalBroken, match="keys of its day"):
        verify_log(other, ensure_own_log(full))


@pytest.mark.parametrize("microseconds", [0, 7, 120_000])
@pytest.mark.parametrize("kind", ["requests.released", 'a"b\\c', "Đồng ý"])
@pytest.mark.parametrize("actor", [None, SUBJECT])
def test_the_database_writes_statements_as_the_domain_does(
    node: Node, microseconds: int, kind: str, actor: UUID | None
):
    """The bytes that verification reads are those that the digest of an entry was made of."""
    assert isinstance(node.clock, StandingClock)
    node.clock.at += timedelta(microseconds=microseconds)
    with transaction(node):
        append_entry(node, kind=kind, subject=SUBJECT, content={"text": "é\n\u2028", "list": [1, None]}, actor=actor)
    sequence_own_log(node)
    row = Entry.objects.get()
    expected = entry_statement(EntryFacts(row.id, row.kind, row.subject, row.actor, row.at, row.content))
    assert [row[1] for rows in list_statements(connection, Log.objects.get()) for row in rows] == [expected]
    assert verify_all_logs(node)[0].size == 1

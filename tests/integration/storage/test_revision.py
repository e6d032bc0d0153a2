"""The revision of what is public changes with each committed change of a public table, and with nothing else."""

from datetime import UTC, datetime
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from entraide.access.api import Role
from entraide.directory.api import ensure_organisation
from entraide.programme.api import Party, ensure_mechanism
from entraide.programme.models import Mechanism
from entraide.storage.adapters.revision import fold_changes
from entraide.storage.api import (
    check_revision,
    get_revision,
    list_watched,
)
from entraide.storage.models import PublicChange
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

NOT_PUBLIC = {
    "directory.organisationkey",
    "directory.authority",
    "directory.partnerkeys",
    "directory.partnernode",
    "plans.plan",
    "plans.clause",
    "plans.clauseversion",
    "plans.planmove",
    "plans.plansignature",
    "plans.planagreement",
    "plans.signatory",
    "plans.movemessage",
    "plans.refusedplan",
    "programme.answeredwarning",
    "programme.commitmentcoverage",
    "programme.commitmentlisting",
    "programme.commitmenttally",
    "communiques.source",
    "communiques.passage",
    "communiques.proposal",
    "communiques.join",
    "communiques.split",
    "communiques.toldapart",
    "communiques.watchedplace",
    "communiques.arrival",
    "tables.tableimport",
    "tables.tablefile",
}
"""Models whose rows show only through a public one: a source is public once it is cited, a join takes a fact away."""


def test_each_model_is_public_or_is_said_not_to_be():
    """Whoever adds a table says whether the public reads it: then its changes change the tags of answers."""
    watched = {name.lower() for name in list_watched()}
    models = {
        model._meta.label_lower
        for label in ("directory", "programme", "plans", "communiques", "tables")
        for model in apps.get_app_config(label).get_models()
    }
    assert models - watched - NOT_PUBLIC == set()


@pytest.mark.django_db
def test_a_public_change_gives_another_revision_and_a_private_one_does_not():
    """An organisation or a mechanism changes it; a new account does not; nor does reading."""
    node = make_node()
    officer = make_actor(node, Role.desk_officer, Role.operator)
    before = get_revision(node)
    make_actor(node)
    assert get_revision(node) == before
    ensure_organisation(node, actor=officer, state="VN", name="Ministry of Tests", language="en")
    between = get_revision(node)
    assert between.changes > before.changes
    ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("LA")])
    assert get_revision(node).changes > between.changes
    assert get_revision(node).tag == get_revision(node).tag
    assert get_revision(node).at is not None


@pytest.mark.django_db
def test_what_is_undone_leaves_the_revision():
    """A change that was rolled back was none."""
    node = make_node()
    officer = make_actor(node, Role.desk_officer)
    before = get_revision(node)
    with transaction.atomic():
        ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("LA")])
        transaction.set_rollback(True)
    assert get_revision(node) == before


@pytest.mark.django_db
def test_reading_it_is_one_query(node, django_assert_num_queries):
    """The tag of an answer costs one query, whatever the register holds."""
    with django_assert_num_queries(1):
        get_revision(node)


@pytest.mark.django_db
def test_a_missing_trigger_is_found():
    """The doctor names a trigger that is not there."""
    assert check_revision("default") == []
    suffix, place = ("", " ON programme_meeting") if connection.vendor == "postgresql" else ("_insert", "")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER programme_meeting_public{suffix}{place}")
    assert check_revision("default") == [f"programme_meeting_public{suffix}"]


@pytest.mark.django_db(transaction=True)
def test_folding_keeps_what_readers_sum_up():
    """Notes of ended transactions become one row; number and moment stay."""
    node = make_node()
    officer = make_actor(node, Role.desk_officer)
    for state in ("LA", "TH", "CN"):
        ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party(state)])
    before = get_revision(node)
    fold_changes("default")
    assert get_revision(node) == before
    assert PublicChange.objects.count() == 1
    fold_changes("default")
    ensure_mechanism(node, actor=officer, parties=[Party("VN"), Party("KH")])
    assert get_revision(node).changes > before.changes


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_transaction_that_ends_later_is_noticed():
    """The one that began first and commits last changes the revision too, and neither waits for the other."""
    node = make_node()
    begun, ended = Barrier(2, timeout=20), Barrier(2, timeout=20)

    def slow() -> None:
        with transaction.atomic():
            _insert(1)
            begun.wait()
            ended.wait()
        connections.close_all()

    thread = Thread(target=slow)
    thread.start()
    begun.wait()
    _insert(2)
    seen = get_revision(node)
    ended.wait()
    thread.join()
    assert get_revision(node).changes > seen.changes


def _insert(number: int) -> None:
    Mechanism.objects.create(
        id=UUID(int=number),
        level="minister",
        status="active",
        state_key=str(number),
        party_key=str(number),
        created_at=datetime(2025, 1, 1, tzinfo=UTC),
    )

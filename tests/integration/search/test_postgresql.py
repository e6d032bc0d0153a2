"""What only PostgreSQL can show."""

import os
from uuid import UUID

import pytest
from django.db import connection

from entraide.search.adapters.index import build_query
from entraide.search.api import index_document
from entraide.search.domain.asking import ask

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(
        "ENTRAIDE_TEST_DATABASE_URL" not in os.environ, reason="ENTRAIDE_TEST_DATABASE_URL names no PostgreSQL server"
    ),
    pytest.mark.django_db,
]


def test_the_index_is_used():
    """A search reads the GIN index instead of every row."""
    for number in range(300):
        index_document(kind="test.text", object_id=UUID(int=number + 1), text=f"word{number} commun", public=True)
    statement = build_query(connection, ask("word17"), limit=10)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement.sql}", statement.params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "search_vector" in plan


def test_a_long_text_is_cut_before_the_vector_is_too_large():
    """A text of many thousand different characters is indexed as far as PostgreSQL takes it."""
    text = "".join(chr(0x4E00 + number % 20000) for number in range(200_000))
    index_document(kind="test.text", object_id=UUID(int=1), text=text, public=True)

"""Finding documents in the database of each node."""

from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.kernel.node import Node
from entraide.search.api import find_documents, index_document, list_missing_parts, remove_document, search_documents
from entraide.search.models import Document
from tests.factories.nodes import make_node

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

TEXTS = {
    1: "Le général Tô Lâm, ministre de la Sécurité publique, à Đà Nẵng",
    2: "ກະຊວງປ້ອງກັນຄວາມສະຫງົບ ສປປ ລາວ ແລະ ກະຊວງປ້ອງກັນຄວາມສະຫງົບ ຫວຽດນາມ",
    3: "中华人民共和国公安部与越南公安部第八次会议",
    4: "ក្រសួងមហាផ្ទៃកម្ពុជា",
    5: "The 14th conference of the two ministries, held in Vientiane",
}


@pytest.fixture(autouse=True)
def _documents(db):
    for number, text in TEXTS.items():
        index_document(kind="test.text", object_id=UUID(int=number), text=text, public=number != 5)


def found(node: Node, query: str, **options: object) -> list[int]:
    return [document.object_id.int for document in find_documents(node, query, **options)]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        pytest.param("To Lam", [1], id="without accents"),
        pytest.param("Tô Lâm", [1], id="with accents"),
        pytest.param("tô lâm", [1], id="small letters"),
        pytest.param("da nang", [1], id="d for đ"),
        pytest.param("ĐÀ NẴNG", [1], id="capitals"),
        pytest.param("secur publ", [1], id="beginnings of words"),
        pytest.param("secur p", [1], id="a single letter beside a word"),
        pytest.param("p", [], id="a single letter is a whole word"),
        pytest.param("tô hanoi", [], id="every word must be there"),
        pytest.param("ກະຊວງ", [2], id="a Lao word"),
        pytest.param("ລາວ", [2], id="another Lao word"),
        pytest.param("公安", [3], id="a Chinese word"),
        pytest.param("公安部", [3], id="a longer Chinese word"),
        pytest.param("会", [3], id="one Chinese character"),
        pytest.param("公会", [], id="characters that are no neighbours"),
        pytest.param("ក្រសួង", [4], id="a Khmer word"),
        pytest.param("14th", [], id="not public"),
        pytest.param('" OR * NOT (', [], id="signs of the query language"),
        pytest.param("l'ordre AND \"", [], id="quotes"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_find(node, query, numbers):
    """A text is found by any spelling of its words, in any script."""
    assert found(node, query) == numbers


def test_what_is_not_public_is_found_inside_only(node):
    """Officers find what visitors do not; kinds narrow the search."""
    assert found(node, "Vientiane", public_only=False) == [5]
    assert found(node, "Vientiane", public_only=False, kinds=["test.text", "other"]) == [5]
    assert found(node, "Vientiane", public_only=False, kinds=["other"]) == []
    assert found(node, "Vientiane", public_only=False, kinds=[]) == []


def test_indexing_again_replaces_and_removing_forgets(node):
    """An object is found by its present text only, and by none once removed."""
    index_document(kind="test.text", object_id=UUID(int=1), text="Hà Nội", public=True)
    assert (found(node, "To Lam"), found(node, "ha noi")) == ([], [1])
    assert Document.objects.count() == len(TEXTS)
    remove_document(kind="test.text", object_id=UUID(int=1))
    assert found(node, "ha noi") == []


def test_the_better_match_comes_first(node):
    """First the words as they were typed, then a short text before a long one."""
    texts = {
        11: "Lâm and Tô apart",
        12: "other words of a long text " * 30 + "To Lam",
        13: "Tô Lâm",
        14: "a plan, Tô Lâm",
    }
    for number, text in texts.items():
        index_document(kind="rank", object_id=UUID(int=number), text=text, public=True)
    hits = find_documents(node, "to lam", kinds=["rank"])
    assert [hit.object_id.int for hit in hits] == [13, 14, 12, 11]
    assert hits == sorted(hits, key=lambda hit: -hit.rank)
    assert [hit.object_id.int for hit in find_documents(node, "to lam", kinds=["rank"], limit=2)] == [13, 14]


def test_each_node_finds_its_own(node):
    """A search in one node's database finds nothing of the other's."""
    other = make_node("partner")
    assert found(other, "To Lam") == []
    with other.active():
        index_document(kind="test.text", object_id=UUID(int=9), text="Tô Lâm", public=True)
    assert found(other, "To Lam") == [9]
    assert found(node, "To Lam") == [1]


def test_the_index_is_installed_again_when_it_was_lost(node):
    """A lost part is named, and the next migration brings it back with everything that can be found."""
    assert list_missing_parts("default") == []
    with connection.cursor() as cursor:
        lost = "TRIGGER search_index_insert" if connection.vendor == "sqlite" else "INDEX search_vector"
        cursor.execute(f"DROP {lost}")
    assert list_missing_parts("default") == [lost.split()[1]]
    index_document(kind="test.text", object_id=UUID(int=20), text="Savannakhet", public=True)
    call_command("migrate", verbosity=0)
    assert list_missing_parts("default") == []
    assert found(node, "savannakhet") == [20]


@pytest.mark.parametrize(
    "query", ["p", "V", "e", "7", "'", "%", "_", "*", "NEAR", "AND", '"', "p p", "2025", "\0", "đ", "公"]
)
def test_whatever_is_typed_is_searched(query: str) -> None:
    """A letter that is no word, a mark, a word of the database's own language: found or not, never an error."""
    results = search_documents(make_node(), query, kinds=["test.text"])
    assert results.count <= len(TEXTS)


@given(st.text(st.characters(codec="utf-8"), max_size=24))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_stops_the_search(query: str) -> None:
    """Any text may be typed."""
    search_documents(make_node(), query, kinds=["test.text"])

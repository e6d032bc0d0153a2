"""Proposals by sentence, in an order in which everything can be kept."""

import pytest

from entraide.communiques.domain.pages import address_of_page
from entraide.communiques.domain.sentences import Stated, find_sentences

TEXT = """Hanoï, 12 janvier 2025. Les ministres se sont réunis. MM. A. Dupont et B. Martin ont signé le plan.
Ils lutteront contre la drogue."""


def stated(key: str, words: str, **fields: object) -> Stated:
    return Stated(key, key.partition("-")[0], fields, TEXT.index(words))


def sentences(*items: Stated) -> list[tuple[str, tuple[str, ...]]]:
    return [(TEXT[one.start : one.end], one.keys) for one in find_sentences(TEXT, items)]


def test_each_proposal_stands_in_its_sentence():
    """Initials and titles end no sentence; a new line does."""
    found = sentences(stated("instrument-1", "signé"), stated("commitment-1", "drogue"), stated("meeting-1", "réunis"))
    assert found == [
        ("Les ministres se sont réunis.", ("meeting-1",)),
        ("MM. A. Dupont et B. Martin ont signé le plan.", ("instrument-1",)),
        ("Ils lutteront contre la drogue.", ("commitment-1",)),
    ]


def test_what_a_proposal_rests_on_stands_no_later():
    """Parties, people and what is named by link are drawn up to the first sentence that needs them."""
    found = sentences(
        stated("party-1", "drogue", state="FR"),
        stated("official-1", "Dupont", name="A. Dupont"),
        stated("instrument-1", "drogue", meeting="meeting-1"),
        stated("meeting-1", "réunis", parties=["FR", "VN"], people=["A. Dupont"]),
        stated("commitment-1", "signé", instrument="instrument-1"),
    )
    assert found == [
        ("Les ministres se sont réunis.", ("party-1", "official-1", "meeting-1")),
        ("MM. A. Dupont et B. Martin ont signé le plan.", ("instrument-1", "commitment-1")),
    ]


def test_proposals_that_rest_on_each_other_come_to_rest():
    """A circle that people made ends in one sentence."""
    found = sentences(stated("a-1", "réunis", other="b-1"), stated("b-1", "drogue", other="a-1"))
    assert found == [("Les ministres se sont réunis.", ("a-1", "b-1"))]


@pytest.mark.parametrize(
    ("data", "address"),
    [
        (
            b"<!-- saved from url=(0031)https://agency.example/a?b=1&amp;c=2 -->\n<html>",
            "https://agency.example/a?b=1&c=2",
        ),
        (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://agency.example/b\r\n",
            "https://agency.example/b",
        ),
        (b'<head><link rel="canonical" href="https://agency.example/c"></head>', "https://agency.example/c"),
        (b'<head><link href="https://agency.example/d" rel="canonical"></head>', "https://agency.example/d"),
        (b'<meta property="og:url" content="https://agency.example/e">', "https://agency.example/e"),
        (b'<link rel="canonical" href="javascript:alert(1)">', ""),
        (b'<link rel="canonical" href="/f">', ""),
        (b"<p>https://agency.example/g</p>", ""),
    ],
)
def test_a_saved_page_says_where_it_came_from(data, address):
    """As browsers write it into the file, or the page says of itself."""
    assert address_of_page(data) == address

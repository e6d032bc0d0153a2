"""The body that a party or a post is proposed to belong to."""

import pytest

from entraide.communiques.domain.proposals import derive_proposals
from entraide.directory.api import load_portfolios
from entraide.reader.domain.model import Evidence, Official, Party, Reading

WORDS = load_portfolios()
POLICE = "ministère de la Sécurité publique"


def reading(language: str, official: Official | None, *parties: Party, text: str = "") -> Reading:
    return Reading("x", language, "", None, text, (), (), (official,) if official else (), (), parties, ())


@pytest.mark.parametrize(
    ("language", "post", "state", "party", "given"),
    [
        ("fr", "ministre de la Sécurité publique", "VN", POLICE, POLICE),
        ("en", "Deputy Prime Minister and Minister of Public Security", "LA", "", "Ministry of Public Security"),
        ("vi", "Bộ trưởng Bộ Công an", "VN", "Bộ Công an", "Bộ Công an"),
        ("fr", "ministre de la Police", "VN", "Bộ Công an", "Bộ Công an"),
        ("fr", "ministre espagnol de l'Intérieur", "ES", "", "ministère de l’Intérieur"),
        ("fr", "président de la République", "SN", "", "présidence de la République"),
        ("fr", "Premier ministre", "TN", "", "gouvernement"),
        ("fr", "vice-ministre", "RU", "ministère de l'Intérieur", "ministère de l'Intérieur"),
        ("fr", "vice-ministre", "RU", "", ""),
        ("fr", "ministre de la Sécurité d'État", "CN", POLICE, "ministère de la Sécurité d’État"),
        ("fr", "magistrat de liaison", "MA", "ministère de la Justice", ""),
        ("fr", "ministre", "VN", "Parquet populaire suprême", ""),
        ("fr", "Premier ministre", "", "", ""),
    ],
)  # fmt: skip
def test_the_body_of_a_post(language: str, post: str, state: str, party: str, given: str) -> None:
    """The party that the post bears or shares a portfolio with, else the body of the portfolio, else nothing."""
    official = Official("A", post, state, "")
    drafts = derive_proposals(reading(language, official, Party(state or "VN", party)), WORDS)
    assert drafts[1].fields["organisation"] == given


def test_a_body_that_follows_from_the_post_shows_its_passage() -> None:
    """The proposed organisation cites the words of the post, as inferred."""
    text = "Le ministre de l'Intérieur, A, est venu."
    post = Evidence(3, 27, 3, 27, text[3:27], "stated", "a post")
    official = Official("A", "ministre de l'Intérieur", "ES", "", {"post": post})
    (draft,) = derive_proposals(reading("fr", official, text=text), WORDS)
    assert (draft.evidence["organisation"].quote, draft.evidence["organisation"].basis) == (text[3:27], "inferred")


@pytest.mark.parametrize("place", ["", " du Québec"])
def test_a_minister_of_a_province_is_left_to_a_person(place: str) -> None:
    """A minister of a part of the State belongs to no ministry of the State."""
    words = "ministre de la sécurité publique"
    text = f"A, {words}{place}, est venue."
    end = 3 + len(words)
    official = Official("A", words, "CA", "", {"post": Evidence(3, end, 3, end, words, "stated", "a post")})
    (draft,) = derive_proposals(reading("fr", official, text=text), WORDS)
    assert draft.fields["organisation"] == ("" if place else "ministère de la Sécurité publique")


@pytest.mark.parametrize(
    ("language", "state", "name", "proposed"),
    [
        ("fr", "VN", "ministères de la Sécurité publique", "ministère de la Sécurité publique"),
        ("en", "LA", "Ministries of Public Security", "Ministry of Public Security"),
        ("vi", "LA", "Bộ Công an Lào đồng", "Bộ Công an"),
        ("en", "VN", "ministries", ""),
        ("fr", "LA", "Ministère vietnamien de la Sécurité publique", ""),
        ("fr", "VN", "Ministère vietnamien de la Sécurité publique", "Ministère vietnamien de la Sécurité publique"),
        ("fr", "VN", "Agence des archives", "Agence des archives"),
    ],
)
def test_the_body_of_a_party(language: str, state: str, name: str, proposed: str) -> None:
    """A plural becomes the name of one body; what names no body, or another party's, is no organisation."""
    parties = {code: Party(code, name if code == state else "") for code in ("VN", "LA")}
    drafts = derive_proposals(reading(language, None, *parties.values()), WORDS)
    assert next(draft.fields["organisation"] for draft in drafts if draft.fields["state"] == state) == proposed

"""Names of one office in several languages."""

import pytest

from entraide.communiques.adapters.offices import office_of
from entraide.communiques.domain.proposals import derive_proposals
from entraide.communiques.domain.reader.model import Official, Party, Reading


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("ministère de la Sécurité publique", "public_security"),
        ("ministères de la Sécurité publique", "public_security"),
        ("Ministry of Public Security", "public_security"),
        ("Bộ Công an", "public_security"),
        ("ministère de la Sécurité d'État", "state_security"),
        ("Ministry of State Security", "state_security"),
        ("Ministère russe de l'Intérieur", "interior"),
        ("Viện kiểm sát nhân dân tối cao", "prosecution"),
        ("ministries", ""),
        ("", ""),
    ],
)
def test_office_of_a_name(name: str, office: str) -> None:
    """The same office is known in three languages; what the list does not have is no office."""
    assert office_of(name) == office


@pytest.mark.parametrize(
    ("post", "organisation", "given"),
    [
        ("ministre de la Sécurité publique", "ministère de la Sécurité publique", True),
        ("Deputy Prime Minister and Minister of Public Security", "Ministry of Public Security", True),
        ("Bộ trưởng Bộ Công an", "Bộ Công an", True),
        ("ministre de la Sécurité d'État", "ministère de la Sécurité publique", False),
        ("secrétaire général du Parti", "ministère de la Sécurité publique", False),
        ("ministre", "", False),
    ],
)
def test_a_post_is_given_to_the_organisation_it_bears(post: str, organisation: str, given: bool) -> None:  # noqa: FBT001
    """A post that does not bear the party's name is left for a person to place."""
    reading = Reading(
        "x", "fr", "", None, "", (), (), (Official("A", post, "VN", ""),), (), (Party("VN", organisation),), ()
    )
    official = derive_proposals(reading)[1]
    assert official.fields["organisation"] == (organisation if given else "")

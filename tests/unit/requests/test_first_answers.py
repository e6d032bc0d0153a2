"""What a draft need not be asked: each field proposes what it declares, and what is not known stays open."""

from datetime import date

import pytest

from entraide.requests.domain.first_answers import Known, derive_first_answers, parse_first
from tests.factories.forms import released_form

TODAY = date(2025, 1, 12)
KNOWN = {
    Known.POST: "Duty officer",
    Known.SENDING: "a",
    Known.RECEIVING: "b",
    Known.HOURS: "24/7",
    Known.TIME_ZONE: "UTC",
}


def test_a_draft_begins_with_what_the_node_knows_and_the_form_proposes():
    """Who drafts, the two authorities, ordinary answers, the days of erasure and of preservation."""
    assert derive_first_answers(released_form("preservation"), KNOWN, TODAY) == {
        "request_kind": "new",
        "sending_authority": "a",
        "receiving_authority": "b",
        "contact_post": "Duty officer",
        "contact_hours": "24/7",
        "contact_time_zone": "UTC",
        "preserve_until": "2025-04-12",
        "urgency": "routine",
        "confidentiality": "confidential",
        "expires_on": "2026-01-12",
    }


def test_what_is_not_known_is_not_proposed():
    """Where there are several authorities, somebody chooses."""
    assert "sending_authority" not in derive_first_answers(released_form("evidence"), {}, TODAY)


@pytest.mark.parametrize(
    ("asked", "proposed"),
    [
        ({"language": "vi", "handling": "H2", "facts": "x"}, {"language": "vi", "handling": "H2"}),
        ({"handling": "H1"}, {"handling": "H1"}),
        ({}, {}),
    ],
)
def test_an_answer_follows_the_request(asked: dict[str, str], proposed: dict[str, str]):
    """Language and handling code are those of the request, as far as its form asks for them."""
    assert derive_first_answers(released_form("answer"), {}, TODAY, asked) == proposed


@pytest.mark.parametrize("item", [{"known": "the weather"}, {"guess": 1}])
def test_a_proposal_that_is_none_is_an_error(item: dict[str, object]):
    """Only what is listed can be proposed."""
    with pytest.raises((TypeError, ValueError)):
        parse_first(item)

"""What a token's text and terms say."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.access.api import BadToken, Scope, ScopeMissing, TokenTerms
from entraide.access.domain.tokens import format_token, parse_token, verify_terms

NOW = datetime(2026, 1, 12, 9, tzinfo=UTC)


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_a_token_reads_back(token_id, secret):
    """The text of a token gives back its id and its secret."""
    assert parse_token(format_token(token_id, secret)) == (token_id, secret)


@pytest.mark.parametrize("text", ["", "entraide_", "entraide_zz_00", "entraide_" + "0" * 32 + "_xyz"])
def test_what_is_no_token_is_refused(text):
    """A text that is no token gives the same error as a wrong one."""
    with pytest.raises(BadToken):
        parse_token(text)


@pytest.mark.parametrize(
    ("expires", "revoked", "scope", "error"),
    [
        pytest.param(1, None, Scope.read_register, None, id="holds"),
        pytest.param(0, None, Scope.read_register, BadToken, id="expires this moment"),
        pytest.param(1, NOW, Scope.read_register, BadToken, id="revoked"),
        pytest.param(1, None, Scope.read_counts, ScopeMissing, id="another scope"),
    ],
)
def test_a_token_holds_within_its_terms(expires, revoked, scope, error):
    """A token holds before its end, unless revoked, for its scopes."""
    terms = TokenTerms(UUID(int=1), "x", frozenset({Scope.read_register}), NOW + timedelta(days=expires), revoked)
    if error is None:
        verify_terms(terms, scope, NOW)
    else:
        with pytest.raises(error):
            verify_terms(terms, scope, NOW)

"""Keys and signatures as plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.canonical import canonical_bytes, parse_canonical
from entraide.kernel.signing import NotAKey, PublicKeys, Signature


@given(st.binary(), st.binary(), st.binary())
def test_keys_and_signatures_survive_json(first: bytes, second: bytes, third: bytes) -> None:
    """What is written as canonical JSON reads back the same."""
    keys, signature = PublicKeys(first, second, third), Signature(first, second)
    assert PublicKeys.from_json(parse_canonical(canonical_bytes(keys.to_json()))) == keys
    assert Signature.from_json(parse_canonical(canonical_bytes(signature.to_json()))) == signature


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"ed25519": "%", "mldsa44": "", "sealing": ""}, {"ed25519": 1, "mldsa44": "", "sealing": ""}],
)
def test_what_is_no_key_is_refused(value: object) -> None:
    """Bytes from outside that are no key raise an error of the tree, never a crash."""
    with pytest.raises(NotAKey):
        PublicKeys.from_json(value)
    with pytest.raises(NotAKey):
        Signature.from_json(value)

"""Cards, commitments, transcripts and digits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.channel.domain.batch import SUITES
from entraide.channel.domain.errors import BadOrigin, BadPairing
from entraide.channel.domain.pairing import (
    Card,
    check_origin,
    commit_to,
    derive_digits,
    derive_transcript,
    parse_card,
    same_digits,
)
from entraide.kernel.signing import PublicKeys

KEYS = PublicKeys(b"e" * 32, b"m" * 1312, b"s" * 1216)
CARD = Card("vn-mps", "VN", {"vi": "Bộ Công an"}, "https://a.example", KEYS, SUITES)
OTHER = Card("la-mops", "LA", {"en": "M"}, "https://b.example", PublicKeys(b"f" * 32, b"m" * 1312, b"s" * 1216), SUITES)
NONCES = {"initiator_nonce": b"1" * 32, "responder_nonce": b"2" * 32}


def test_a_card_is_read_as_it_was_written():
    """Writing and reading give the same card, with and without a TLS pin."""
    for card in (CARD, replace(CARD, tls_pin="ab" * 32)):
        assert parse_card(card.to_json()) == card


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"name": "Not A Name"},
        {"name": ""},
        {"state": "vn"},
        {"state": "VNM"},
        {"organisation": {}},
        {"organisation": []},
        {"origin": "http://a.example"},
        {"origin": "https://a.example/"},
        {"keys": {"ed25519": "", "mldsa44": "", "sealing": ""}},
        {"keys": None},
        {"suites": "x"},
        {"tls_pin": 5},
        {"tls_pin": "short"},
        {"extra": 1},
    ],
)
def test_a_card_that_no_node_could_have_is_refused(change):
    """A card with a malformed, missing or additional field gives `BadPairing`."""
    with pytest.raises(BadPairing):
        parse_card(CARD.to_json() | change)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "vn-mpx"},
        {"state": "FR"},
        {"organisation": {"vi": "Bộ Công an "}},
        {"origin": "https://c.example"},
        {"keys": replace(KEYS, sealing=b"t" * 1216)},
        {"keys": replace(KEYS, ed25519=b"x" * 32)},
        {"keys": replace(KEYS, mldsa44=b"x" * 1312)},
        {"suites": (*SUITES, "other")},
        {"tls_pin": "ab" * 32},
    ],
)
def test_the_transcript_covers_every_field_of_both_cards(change):
    """Any other key, name, State, organisation, origin, suite or TLS pin gives another transcript and commitment."""
    same = derive_transcript(initiator=CARD, responder=OTHER, **NONCES)
    changed = replace(CARD, **change)
    assert derive_transcript(initiator=changed, responder=OTHER, **NONCES) != same
    assert derive_transcript(initiator=OTHER, responder=changed, **NONCES) != derive_transcript(
        initiator=OTHER, responder=CARD, **NONCES
    )
    assert commit_to(changed, b"1" * 32) != commit_to(CARD, b"1" * 32)


def test_the_transcript_covers_both_nonces_and_the_roles():
    """Another nonce, or the same cards in the other roles, give another transcript."""
    transcripts = {
        derive_transcript(initiator=CARD, responder=OTHER, **NONCES),
        derive_transcript(initiator=OTHER, responder=CARD, **NONCES),
        derive_transcript(initiator=CARD, responder=OTHER, **(NONCES | {"initiator_nonce": b"3" * 32})),
        derive_transcript(initiator=CARD, responder=OTHER, **(NONCES | {"responder_nonce": b"3" * 32})),
    }
    assert len(transcripts) == 4


@pytest.mark.parametrize(
    ("responder", "nonces"),
    [
        pytest.param(replace(OTHER, name="vn-mps"), {}, id="the same name"),
        pytest.param(replace(OTHER, keys=KEYS), {}, id="the same keys"),
        pytest.param(replace(OTHER, suites=("weak",)), {}, id="no suite in common"),
        pytest.param(OTHER, {"initiator_nonce": b"short"}, id="a short nonce"),
    ],
)
def test_some_pairs_cannot_be(responder, nonces):
    """Two nodes of one name or key, without a common suite, or with a bad nonce are not paired."""
    with pytest.raises(BadPairing):
        derive_transcript(initiator=CARD, responder=responder, **(NONCES | nonces))


@given(st.binary(min_size=32, max_size=32))
def test_digits_are_fifteen_in_groups_of_three(transcript):
    """Every transcript gives five groups of three ASCII digits (49.8 bits), and they compare with themselves only."""
    digits = derive_digits(transcript)
    assert [len(group) for group in digits.split(" ")] == [3] * 5
    assert digits.replace(" ", "").isdigit()
    assert digits.isascii()
    assert same_digits(digits, digits.replace(" ", "-"))
    assert same_digits(digits, f"  {digits.replace(' ', '')} ")
    other = ("1" if digits[0] == "0" else "0") + digits[1:]
    assert not same_digits(digits, other)
    assert not same_digits(digits, digits[:-1])
    assert not same_digits(digits, "")


@pytest.mark.parametrize(
    ("origin", "result"),
    [
        ("https://node.example", "https://node.example"),
        (" https://node.example/ ", "https://node.example"),
        ("https://node.example:8443", "https://node.example:8443"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://localhost:1", "http://localhost:1"),
    ],
)
def test_an_origin_is_taken_without_its_slash(origin, result):
    """https origins, and http ones of this machine, are taken."""
    assert check_origin(origin) == result


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "node.example",
        "http://node.example",
        "https://u@node.example",
        "https://node.example/x",
        "ftp://a",
        "https://",
    ],
)
def test_a_bad_origin_is_refused(origin):
    """What is no https origin gives `BadOrigin`."""
    with pytest.raises(BadOrigin):
        check_origin(origin)

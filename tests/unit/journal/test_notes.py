"""Checkpoints and cosignatures as text, byte for byte as docs/protocol/journal.md says."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from entraide.journal.domain.errors import BadCheckpoint
from entraide.journal.domain.notes import (
    LONGEST_NOTE,
    Checkpoint,
    Cosignature,
    SignedCheckpoint,
    directed_origin,
    key_ids,
    own_origin,
    parse_checkpoint,
)
from entraide.kernel.signing import NotAKey, PublicKeys, Signature

AT = datetime(2025, 1, 12, 15, 30, 0, 250, tzinfo=timezone(timedelta(hours=7)))
ROOT = sha256(b"").digest()
CHECKPOINT = Checkpoint("entraide/own/vn-mps", 7, ROOT, AT)
BODY = "entraide/own/vn-mps\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 2025-01-12T08:30:00.000250Z\n"
SIGNED = SignedCheckpoint(CHECKPOINT, "vn-mps", (b"ed25", b"mlds"), Signature(b"e" * 64, b"m" * 2420))
COSIGNATURE = Cosignature("entraide/own/vn-mps", 7, "la-mops", datetime(2025, 1, 12, 9, tzinfo=UTC), SIGNED.signature)
NOT_A_NOTE = "it is not a signed note of this protocol"
OTHER_FORM = "it is not written in the one form of this protocol"


def line(key_id: bytes, part: bytes, name: str = "vn-mps") -> str:
    return f"— {name} {b64encode(key_id + part).decode()}\n"


def note_of_length(length: int) -> str:
    """A note in the right form with exactly so many characters: long names and signatures of any length."""
    names = ("o" * 100, "n" * 50)
    fixed = len(replace(SIGNED, checkpoint=replace(CHECKPOINT, origin=names[0]), signer=names[1]).text)
    more, rest = divmod(length - fixed, 4)
    signature = Signature(b"e" * 64, b"m" * (2420 + 3 * more))
    origin = names[0] + "o" * rest
    return replace(SIGNED, checkpoint=replace(CHECKPOINT, origin=origin), signer=names[1], signature=signature).text


def test_a_checkpoint_is_four_lines_in_utc():
    """Origin, size, root and moment stand one under the other, whatever the zone of the moment."""
    assert CHECKPOINT.body == BODY


def test_a_signed_note_is_the_body_an_empty_line_and_two_signatures():
    """Ed25519 stands before ML-DSA-44, each behind its key id; the note is read back as what it was."""
    assert SIGNED.text == BODY + "\n" + line(b"ed25", b"e" * 64) + line(b"mlds", b"m" * 2420)
    assert parse_checkpoint(SIGNED.text) == replace(SIGNED, checkpoint=replace(CHECKPOINT, at=AT.astimezone(UTC)))
    assert (SIGNED.origin, SIGNED.size, SIGNED.root, SIGNED.at) == ("entraide/own/vn-mps", 7, ROOT, AT)


@pytest.mark.parametrize("size", [0, 1, 10**15, 10**16 - 1])
def test_sizes_of_up_to_sixteen_digits_are_read(size: int):
    """A log may be empty, and may hold ten million times a thousand million leaves."""
    assert parse_checkpoint(replace(SIGNED, checkpoint=replace(CHECKPOINT, size=size)).text).size == size


@pytest.mark.parametrize(
    ("text", "origin", "why"),
    [
        pytest.param("", "?", NOT_A_NOTE, id="nothing"),
        pytest.param(BODY, "?", NOT_A_NOTE, id="no signatures"),
        pytest.param(BODY + line(b"ed25", b"e") + line(b"mlds", b"m"), "?", NOT_A_NOTE, id="no empty line"),
        pytest.param(BODY + "\n" + line(b"ed25", b"e"), "?", NOT_A_NOTE, id="one signature"),
        pytest.param(BODY + "\n" + line(b"ed25", b"e") * 3, "?", NOT_A_NOTE, id="three signatures"),
        pytest.param(SIGNED.text.replace("\n7\n", "\n07\n"), "?", NOT_A_NOTE, id="a size with a zero in front"),
        pytest.param(SIGNED.text.replace("\n7\n", f"\n{10**16}\n"), "?", NOT_A_NOTE, id="a size of 17 digits"),
        pytest.param(SIGNED.text.replace("own/vn", "own vn"), "?", NOT_A_NOTE, id="a blank in the origin"),
        pytest.param(SIGNED.text.replace("own/vn", "own/đn"), "?", NOT_A_NOTE, id="an origin that is not ASCII"),
        pytest.param(SIGNED.text.replace("own/vn-mps", "o" * 247), "?", NOT_A_NOTE, id="an origin of 256 characters"),
        pytest.param(note_of_length(LONGEST_NOTE + 1), "?", NOT_A_NOTE, id="too long"),
        pytest.param(
            SIGNED.text.replace("2025-01-12", "2025-13-12"),
            "entraide/own/vn-mps",
            "a value cannot be read",
            id="month 13",
        ),
        pytest.param(
            SIGNED.text[:-2] + "\n",
            "entraide/own/vn-mps",
            "a value cannot be read",
            id="base64 that ends early",
        ),
        pytest.param(SIGNED.text.replace("SuFU=", "SuFV="), "entraide/own/vn-mps", OTHER_FORM, id="another spelling"),
        pytest.param(SIGNED.text + "\n", "entraide/own/vn-mps", OTHER_FORM, id="an empty line behind it"),
        pytest.param(SIGNED.text + "?", "entraide/own/vn-mps", OTHER_FORM, id="something behind it"),
        pytest.param(
            BODY + "\n" + line(b"ed25", b"e" * 64) + line(b"mlds", b"m" * 2420, "la-mops"),
            "entraide/own/vn-mps",
            OTHER_FORM,
            id="two names",
        ),
    ],
)
def test_a_note_in_another_form_is_refused(text: str, origin: str, why: str):
    """One text has one form; the refusal says what is wrong, and of which log as far as it can be read."""
    with pytest.raises(BadCheckpoint) as raised:
        parse_checkpoint(text)
    assert str(raised.value).startswith(f"The checkpoint of {origin} does not hold: {why}.")


def test_the_longest_note_is_read():
    """The limit itself is allowed."""
    text = note_of_length(LONGEST_NOTE)
    assert len(text) == LONGEST_NOTE
    assert parse_checkpoint(text).text == text


def test_key_ids_name_holder_algorithm_and_key():
    """A key id is the beginning of the digest over name, open type, algorithm and key (C2SP signed-note)."""
    ids = key_ids("vn-mps", PublicKeys(b"E" * 32, b"M" * 1312))
    assert ids == (
        sha256(b"vn-mps\n\xffentraide/ed25519" + b"E" * 32).digest()[:4],
        sha256(b"vn-mps\n\xffentraide/ml-dsa-44" + b"M" * 1312).digest()[:4],
    )


def test_a_cosignature_covers_its_moment_and_the_checkpoint():
    """C2SP's two lines stand before the text of the checkpoint; the moment counts whole seconds."""
    assert COSIGNATURE.message(CHECKPOINT) == b"cosignature/v1\ntime 1736672400\n" + BODY.encode()


def test_a_cosignature_is_read_as_it_was_written():
    """Writing and reading give the same cosignature, under names that are part of the protocol."""
    written = COSIGNATURE.to_json()
    assert written == {
        "origin": "entraide/own/vn-mps",
        "size": 7,
        "signer": "la-mops",
        "time": 1736672400,
        "signature": SIGNED.signature.to_json(),
    }
    assert Cosignature.from_json(written) == COSIGNATURE
    for edge in ({"size": 0}, {"time": 0}, {"time": (1 << 37) - 1}):
        assert Cosignature.from_json(written | edge).to_json() == written | edge


@pytest.mark.parametrize(
    "change",
    [
        {"size": -1},
        {"size": "7"},
        {"time": -1},
        {"time": 1 << 37},
        {"time": None},
        {"origin": 1},
        {"signer": None},
    ],
    ids=repr,
)
def test_a_malformed_cosignature_is_refused(change: dict[str, object]):
    """No negative size, no moment before 1970 or after the year 6000, no other type: nothing is accepted."""
    with pytest.raises(BadCheckpoint) as raised:
        Cosignature.from_json(COSIGNATURE.to_json() | change)
    assert str(raised.value).startswith("The checkpoint of ? does not hold: its cosignature cannot be read.")


def test_a_cosignature_without_a_readable_signature_is_refused():
    """What stands for the signature must be one."""
    with pytest.raises(NotAKey):
        Cosignature.from_json(COSIGNATURE.to_json() | {"signature": "x"})
    with pytest.raises(BadCheckpoint):
        Cosignature.from_json([])


def test_origins_name_their_log():
    """A node's own log and the log from an author to a reader have different names."""
    assert own_origin("vn-mps") == "entraide/own/vn-mps"
    assert directed_origin("vn-mps", "la-mops") == "entraide/directed/vn-mps/la-mops"

"""Replacing keys in a key ring, in memory and on disk."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from entraide.kernel.dated_keys import OVERLAP, KeyHistory, KeysOverlap, KeysRetired
from entraide.kernel.errors import EntraideError
from entraide.keys.api import (
    BadSeal,
    BadSignature,
    KeysDamaged,
    KeysMissing,
    MemoryKeyRing,
    OtherKeys,
    SigningKeyGone,
    create_keyring,
    create_memory_keyring,
    dated_fingerprint,
    key_fingerprint,
    load_keyring,
    seal_secret,
    verify_dated_signature,
)
from entraide.keys.services.rings import SIGNING_GRACE, PrivateKeys, first_generation
from tests.factories.nodes import NOON, SeededRandomness

CHANGE = NOON + timedelta(days=10)
BEFORE, AFTER = CHANGE - timedelta(days=1), CHANGE + timedelta(days=1)
Make = Callable[[Path], MemoryKeyRing]


def on_disk(home: Path) -> MemoryKeyRing:
    return create_keyring(home / "home", SeededRandomness())


RINGS: dict[str, Make] = {"memory": lambda _: create_memory_keyring(SeededRandomness()), "disk": on_disk}


@pytest.fixture(params=RINGS)
def ring(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryKeyRing:
    """A ring whose keys are replaced at `CHANGE`."""
    made = RINGS[request.param](tmp_path)
    made.rotate(SeededRandomness("new"), CHANGE)
    return made


def test_signatures_from_before_and_after_a_rotation_hold(ring: MemoryKeyRing):
    """Each is made, and verified, with the keys of its own day; the days of the keys meet without a gap."""
    first, second = ring.history.generations
    assert (first.valid_from, first.valid_until, second.valid_from, second.valid_until) == (None, CHANGE, CHANGE, None)
    for day, keys in [(BEFORE, first.keys), (CHANGE, second.keys), (AFTER, second.keys)]:
        signature = ring.sign("x", b"m", at=day)
        used = verify_dated_signature(ring.history, "x", b"m", signature, claimed=day, stored_at=AFTER)
        assert used == keys


def test_a_signature_of_another_day_is_named(ring: MemoryKeyRing):
    """An ended key signs nothing dated after its end, and dates nothing back after its overlap."""
    old = ring.sign("x", b"m", at=BEFORE)
    cases: list[tuple[dict[str, object], type[EntraideError]]] = [
        ({"claimed": AFTER, "stored_at": AFTER}, OtherKeys),
        ({"claimed": BEFORE, "stored_at": CHANGE + OVERLAP}, KeysRetired),
    ]
    for days, error in cases:
        with pytest.raises(error):
            verify_dated_signature(ring.history, "x", b"m", old, **days)
    with pytest.raises(BadSignature):
        verify_dated_signature(ring.history, "x", b"other", old, claimed=BEFORE, stored_at=AFTER)


def test_a_signature_dated_by_its_day_holds_with_either_key_of_that_day(ring: MemoryKeyRing):
    """On the day of the change both keys have signed."""
    midnight = CHANGE.replace(hour=0)
    for moment in (midnight, CHANGE):
        signature = ring.sign("x", b"m", at=moment)
        used = verify_dated_signature(
            ring.history, "x", b"m", signature, claimed=midnight, until=midnight + timedelta(hours=23), stored_at=AFTER
        )
        assert used == ring.history.at(moment)


def test_what_was_sealed_to_an_ended_key_opens_while_it_overlaps(ring: MemoryKeyRing):
    """The old sealing key is destroyed when nothing sealed to it is accepted any more, the signing key at once."""
    old, new = (dated.keys for dated in ring.history.generations)
    sealed = {keys: seal_secret(keys, b"s" * 32, b"info") for keys in (old, new)}
    assert ring.forget(CHANGE) == 0
    assert ring.forget(CHANGE + timedelta(days=1)) == 1
    with pytest.raises(SigningKeyGone):
        ring.sign("x", b"m", at=BEFORE)
    for keys, data in sealed.items():
        assert ring.open_secret(data, b"info", sealed_to=keys.sealing) == b"s" * 32
    assert ring.forget(CHANGE + OVERLAP) == 1
    with pytest.raises(BadSeal):
        ring.open_secret(sealed[old], b"info", sealed_to=old.sealing)
    assert ring.open_secret(sealed[new], b"info", sealed_to=new.sealing) == b"s" * 32
    assert ring.forget(CHANGE + 2 * OVERLAP) == 0


def test_a_ring_whose_file_is_gone_says_which(tmp_path: Path):
    """A ring that is in use signs nothing when its file was taken away."""
    ring = create_keyring(tmp_path, SeededRandomness())
    (tmp_path / "keys/node.keys").unlink()
    with pytest.raises(KeysMissing) as raised:
        ring.sign("x", b"m", at=BEFORE)
    assert str(raised.value) == f"The key file {tmp_path}/keys/node.keys is missing."


def test_the_middle_one_of_three_keys_of_a_day_holds(ring: MemoryKeyRing):
    """Where keys were replaced twice in a day, a signature dated by that day holds with each of the three."""
    midnight, second = CHANGE.replace(hour=0), CHANGE + timedelta(hours=1)
    ring.rotate(SeededRandomness("third"), second)
    for moment in (midnight, CHANGE, second):
        signature = ring.sign("x", b"m", at=moment)
        used = verify_dated_signature(
            ring.history, "x", b"m", signature, claimed=midnight, until=midnight + timedelta(hours=23), stored_at=AFTER
        )
        assert used == ring.history.at(moment)


def test_refusals_name_the_moment(ring: MemoryKeyRing):
    """A key that is gone, and one of another day, are told with the day that was asked for."""
    old = ring.sign("x", b"m", at=BEFORE)
    with pytest.raises(OtherKeys, match="not with those of 2025-01-23"):
        verify_dated_signature(ring.history, "x", b"m", old, claimed=AFTER, stored_at=AFTER)
    ring.forget(AFTER)
    with pytest.raises(SigningKeyGone, match=re.escape("signed at 2025-01-21T12:00:00+00:00 has ended")):
        ring.sign("x", b"m", at=BEFORE)


@pytest.mark.parametrize(
    ("at", "left"),
    [
        pytest.param(CHANGE + SIGNING_GRACE - timedelta(microseconds=1), "ed25519 mldsa44 mlkem768 x25519", id="grace"),
        pytest.param(CHANGE + SIGNING_GRACE, "mlkem768 x25519", id="the end of signing"),
        pytest.param(CHANGE + OVERLAP - timedelta(microseconds=1), "mlkem768 x25519", id="overlap"),
        pytest.param(CHANGE + OVERLAP, "", id="the end of all"),
    ],
)
def test_both_halves_of_an_ended_key_are_destroyed(ring: MemoryKeyRing, at: datetime, left: str):
    """Neither algorithm's half outlives the other: a signing key goes at the end of its grace, a sealing key later."""
    ring.forget(at)
    first, second = (generation.private for generation in ring._generations)
    assert [field.name for field in fields(first) if getattr(first, field.name)] == left.split()
    assert all(getattr(second, field.name) for field in fields(second))


def test_keys_follow_one_another(ring: MemoryKeyRing):
    """A ring refuses keys that would begin before those it has, and stays as it was."""
    before = ring.history
    with pytest.raises(KeysOverlap):
        ring.rotate(SeededRandomness("third"), CHANGE)
    assert ring.history == before


def test_a_rotated_ring_comes_back_from_disk(tmp_path: Path):
    """All generations are kept with their days, no private byte in the open, in a file that only its owner reads."""
    ring = create_keyring(tmp_path, SeededRandomness())
    ring.rotate(SeededRandomness("new"), CHANGE, revoke=True)
    ring.forget(AFTER)
    loaded = load_keyring(tmp_path)
    assert loaded.history == ring.history
    assert loaded.history.generations[0].revoked_at == CHANGE
    with pytest.raises(SigningKeyGone):
        loaded.sign("x", b"m", at=BEFORE)
    verify_dated_signature(ring.history, "x", b"m", loaded.sign("x", b"m", at=AFTER), claimed=AFTER, stored_at=AFTER)
    files = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert files == {"root.key": 0o600, "node.keys": 0o600}
    table = json.loads((tmp_path / "keys/node.keys").read_text())
    assert KeyHistory.from_json(table["public"]) == ring.history


def test_a_ring_that_another_process_rotated_knows_the_new_keys(tmp_path: Path):
    """Each ring of one home looks before it uses a key; none writes over what the other wrote."""
    one = create_keyring(tmp_path, SeededRandomness())
    other = load_keyring(tmp_path)
    assert other.history == one.history
    new = one.rotate(SeededRandomness("new"), CHANGE)
    assert other.history.at(AFTER) == new
    signature = other.sign("x", b"m", at=AFTER)
    verify_dated_signature(one.history, "x", b"m", signature, claimed=AFTER, stored_at=AFTER)
    third = other.rotate(SeededRandomness("third"), AFTER)
    assert [dated.keys for dated in one.history.generations[1:]] == [new, third]


def test_rings_that_rotate_at_once_lose_no_keys(tmp_path: Path):
    """Eight rings of one home replace keys side by side: every pair of keys that was handed out is in the history."""
    create_keyring(tmp_path, SeededRandomness())
    made: list[object] = []
    refused: list[object] = []

    def rotate(number: int) -> None:
        try:
            made.append(load_keyring(tmp_path).rotate(SeededRandomness(str(number)), CHANGE + timedelta(days=number)))
        except KeysOverlap as error:
            refused.append(error)

    threads = [threading.Thread(target=rotate, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) + len(refused) == 8
    history = load_keyring(tmp_path).history
    assert {dated.keys for dated in history.generations[1:]} == set(made)


def test_days_of_keys_cannot_be_changed_in_the_file(tmp_path: Path):
    """Whoever lacks the root key cannot make an ended key valid again."""
    create_keyring(tmp_path, SeededRandomness()).rotate(SeededRandomness("new"), CHANGE)
    path = tmp_path / "keys/node.keys"
    path.write_text(path.read_text().replace(CHANGE.strftime("%Y-%m-%d"), "2031-01-01"))
    with pytest.raises(KeysDamaged, match="public keys"):
        load_keyring(tmp_path)


def test_a_dated_fingerprint_names_key_and_days(ring: MemoryKeyRing):
    """The line that the stand-alone verifier takes: fingerprint, then from when until when."""
    first, second = ring.history.generations
    assert dated_fingerprint(first) == f"{key_fingerprint(first.keys)} ../2025-01-22T12:00:00.000000Z"
    assert dated_fingerprint(second) == f"{key_fingerprint(second.keys)} 2025-01-22T12:00:00.000000Z/.."


@pytest.mark.parametrize("half", ["ed25519", "mldsa44"])
def test_half_a_signing_key_signs_nothing(half):
    """Both algorithms sign, or none: a ring of which one half is gone says that its signing key is."""
    private = PrivateKeys.draw(SeededRandomness())
    whole = first_generation(private)
    ring = MemoryKeyRing(b"r" * 32, [replace(whole, private=replace(private, **{half: b""}))], SeededRandomness())
    with pytest.raises(SigningKeyGone):
        ring.sign("test/v1", b"text", at=NOON)


@pytest.mark.parametrize("half", ["mlkem768", "x25519"])
def test_half_a_sealing_key_opens_nothing(half):
    """A seal needs both halves to be opened."""
    private = PrivateKeys.draw(SeededRandomness())
    whole = first_generation(private)
    ring = MemoryKeyRing(b"r" * 32, [replace(whole, private=replace(private, **{half: b""}))], SeededRandomness())
    with pytest.raises(BadSeal):
        ring.open_secret(b"sealed", b"info", sealed_to=whole.dated.keys.sealing)


@pytest.mark.parametrize("half", ["ed25519", "mldsa44", "mlkem768", "x25519"])
def test_a_private_key_of_the_wrong_length_is_no_key(half):
    """Each of the four is held to its length; an empty one was destroyed."""
    private = PrivateKeys.draw(SeededRandomness())
    with pytest.raises(ValueError, match=r"^a private key has the wrong length$"):
        replace(private, **{half: b"k" * 31})
    assert getattr(replace(private, **{half: b""}), half) == b""

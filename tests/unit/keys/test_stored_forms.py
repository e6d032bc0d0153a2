"""What keys write and sign, byte for byte, against other implementations of the standards; and what refusals say.

Whoever reads an old backup, or checks a signature with another program, needs exactly these bytes.
"""

import hashlib
import hmac
import json
import tempfile
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from entraide.kernel.errors import EntraideError
from entraide.kernel.signing import NotAKey, PublicKeys, Signature
from entraide.keys.api import (
    BadSignature,
    KeysDamaged,
    KeysExist,
    KeysMissing,
    KeysTooOpen,
    KeysUnreadable,
    WeakPassphrase,
    create_keyring,
    create_memory_keyring,
    create_signatory_key,
    decrypt,
    derive_key,
    derive_message_key,
    encrypt,
    key_fingerprint,
    load_keyring,
    seal_secret,
    sign_as_signatory,
    verify_signature,
)
from entraide.keys.domain.framing import signed_bytes
from entraide.keys.services.signatures import Signer
from tests.factories.nodes import SeededRandomness

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PASSPHRASE = "bốn từ nhé ạ"  # exactly twelve characters
SIGNER = Signer.from_seeds(b"e" * 32, b"m" * 32)
SIGNATURE = SIGNER.sign("plan", b"text")


def expand(secret: bytes, info: bytes) -> bytes:
    """HKDF-Expand of RFC 5869, section 2.3, for one block of SHA-256."""
    return hmac.new(secret, info + b"\x01", hashlib.sha256).digest()


def test_what_is_signed_is_suite_label_and_message():
    """The suite ends with a zero, the label stands behind its length in two bytes."""
    assert signed_bytes("plan", b"text") == b"entraide/ed25519+ml-dsa-44/v1\x00\x00\x04plantext"


@pytest.mark.parametrize("length", [1, 255])
def test_a_label_may_have_up_to_255_characters(length: int):
    """The limits themselves are allowed."""
    assert signed_bytes("x" * length, b"").endswith(b"x" * length)


@pytest.mark.parametrize("label", ["", "x" * 256], ids=["none", "256"])
def test_a_label_of_another_length_is_refused(label: str):
    """Labels are constants of the program, so a bad one is an error of the program."""
    with pytest.raises(ValueError, match=r"^a label has 1 to 255 ASCII characters$"):
        signed_bytes(label, b"")


def test_a_label_is_ascii():
    """A label that is not ASCII signs nothing."""
    with pytest.raises(ValueError, match="ascii"):
        signed_bytes("kế hoạch", b"")


def test_a_fingerprint_is_the_beginning_of_a_digest_over_all_keys_with_their_lengths():
    """Label, then each key behind its length in four bytes; 160 bits in ten groups."""
    keys = PublicKeys(b"E" * 32, b"M" * 1312, b"S" * 1216)
    parts = b"".join(len(part).to_bytes(4, "big") + part for part in (keys.ed25519, keys.mldsa44, keys.sealing))
    digest = hashlib.sha256(b"entraide/fingerprint/v1\x00" + parts).hexdigest()
    assert key_fingerprint(keys).replace(" ", "") == digest[:40]
    assert key_fingerprint(keys) == " ".join(digest[start : start + 4] for start in range(0, 40, 4))


def test_keys_are_derived_as_the_rfc_says():
    """HKDF-Expand with SHA-256; the key of a message is bound to its purpose and its position in eight bytes."""
    secret = b"s" * 32
    assert derive_key(secret, b"purpose") == expand(secret, b"purpose")
    assert derive_message_key(secret, 258) == expand(
        secret, b"entraide/message-key/v1\x00" + b"\x00\x00\x00\x00\x00\x00\x01\x02"
    )


def test_encrypted_data_begins_with_its_nonce():
    """Twelve drawn bytes stand in front, sixteen bytes of tag behind."""
    data = encrypt(b"k" * 32, b"", b"", SeededRandomness())
    assert data[:12] == SeededRandomness().draw(12)
    assert len(data) == 12 + 16
    assert decrypt(b"k" * 32, data, b"") == b""


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_encrypts_nothing(length: int):
    """AES-256 has keys of 32 bytes; a shorter one is never taken for AES-128."""
    with pytest.raises(ValueError, match=r"^a key has 32 bytes$"):
        encrypt(b"k" * length, b"text", b"", SeededRandomness())


def test_records_are_wrapped_under_a_key_of_their_own():
    """The key is derived from the root key for records; with it alone a backup's records open."""
    ring = create_memory_keyring(SeededRandomness("one"))
    root = SeededRandomness("one").draw(32)
    wrapped = ring.wrap(b"k" * 32, "request 1")
    assert decrypt(expand(root, b"entraide/root/records/v1"), wrapped, b"request 1") == b"k" * 32
    assert ring.unwrap(wrapped, "request 1") == b"k" * 32


def test_a_locked_signing_key_opens_with_scrypt_of_the_standard_library():
    """Version 1, N = 2**15, r = 8, p = 3 and a salt of sixteen bytes stand in front and are bound by the encryption."""
    random = SeededRandomness()
    salt, ed25519, mldsa44 = random.draw(16), random.draw(32), random.draw(32)
    key = create_signatory_key(PASSPHRASE, SeededRandomness())
    header = key.locked[:20]
    assert header == bytes([1, 15, 8, 3]) + salt
    text = unicodedata.normalize("NFKC", PASSPHRASE).encode()
    stretched = hashlib.scrypt(text, salt=salt, n=2**15, r=8, p=3, maxmem=2**26, dklen=32)
    assert decrypt(stretched, key.locked[20:], header) == ed25519 + mldsa44
    assert key.public == Signer.from_seeds(ed25519, mldsa44).public()
    verify_signature(key.public, "plan", b"text", sign_as_signatory(key.locked, PASSPHRASE, "plan", b"text"))


def test_a_passphrase_has_twelve_characters():
    """Eleven are too few, and the refusal says how many are needed."""
    with pytest.raises(WeakPassphrase, match=r"^A passphrase for a signing key has at least 12 characters\.$"):
        create_signatory_key(PASSPHRASE[:-1], SeededRandomness())


@pytest.mark.parametrize(
    ("public", "message", "signature", "why"),
    [
        pytest.param(
            PublicKeys(b"", SIGNER.public().mldsa44),
            b"text",
            SIGNATURE,
            "a public key has the wrong length",
            id="no key",
        ),
        pytest.param(
            SIGNER.public(), b"text", replace(SIGNATURE, ed25519=b""), "a part of it has the wrong length", id="no half"
        ),
        pytest.param(
            SIGNER.public(), b"text", replace(SIGNATURE, mldsa44=b""), "a part of it has the wrong length", id="half"
        ),
        pytest.param(SIGNER.public(), b"other", SIGNATURE, "Ed25519 rejects it", id="another message"),
        pytest.param(
            SIGNER.public(),
            b"text",
            Signature(SIGNATURE.ed25519, SIGNER.sign("plan", b"other").mldsa44),
            "ML-DSA-44 rejects it",
            id="the second half is of another message",
        ),
    ],
)
def test_a_refused_signature_says_why(public: PublicKeys, message: bytes, signature: Signature, why: str):
    """Which half, or which length, is wrong is told in full."""
    with pytest.raises(BadSignature) as raised:
        verify_signature(public, "plan", message, signature)
    assert str(raised.value) == f"The signature does not hold: {why}."


@pytest.mark.parametrize("sealing", [b"", b"\xff" * 1216], ids=["none", "not a key"])
def test_a_recipient_without_a_sealing_key_is_told(sealing: bytes):
    """The refusal says which key cannot be read."""
    with pytest.raises(NotAKey, match=r"^The sealing key cannot be read\.$"):
        seal_secret(PublicKeys(b"", b"", sealing), b"s", b"")


def test_a_sealed_secret_opens_with_new_keys(tmp_path: Path):
    """A ring that was just made, and the same ring read from its files, open what was sealed to it."""
    made = create_keyring(tmp_path, SeededRandomness())
    sealed_to = made.history.at(NOW)
    sealed = seal_secret(sealed_to, b"secret", b"info")
    for ring in (made, load_keyring(tmp_path)):
        assert ring.open_secret(sealed, b"info", sealed_to=sealed_to.sealing) == b"secret"


def test_a_ring_knows_its_folder_and_is_made_where_nothing_was(tmp_path: Path):
    """All folders above are made; the ring says where it lies, when it is made and when it is read."""
    home = tmp_path / "new" / "home"
    folder = home / "keys"
    assert create_keyring(home, SeededRandomness()).folder == folder
    assert load_keyring(home).folder == folder
    with pytest.raises(KeysExist) as raised:
        create_keyring(home, SeededRandomness())
    assert str(raised.value) == f"There are keys in {folder} already."


def test_the_root_key_has_32_bytes(tmp_path: Path):
    """`root.key` holds the drawn bytes in base64 and nothing else, so that it can be shared among holders."""
    create_keyring(tmp_path, SeededRandomness())
    table = json.loads((tmp_path / "keys/root.key").read_text())
    assert set(table) == {"format", "root"}
    assert table["root"] == b64encode(SeededRandomness().draw(32)).decode()


def test_keys_are_drafted_in_their_own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No private byte passes through a folder for temporary files, so a machine without one makes keys too."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    create_keyring(tmp_path / "home", SeededRandomness())


@dataclass
class RivalRandomness(SeededRandomness):
    """While it draws, another process makes keys in the same home."""

    home: Path = field(default_factory=Path)

    def draw(self, size: int) -> bytes:
        if not (self.home / "keys").exists():
            create_keyring(self.home, SeededRandomness("rival"))
        return super().draw(size)


def test_of_two_processes_one_makes_the_keys(tmp_path: Path):
    """Who comes second fails and changes nothing; its draft lies hidden in the home."""
    with pytest.raises(OSError, match="not empty"):
        create_keyring(tmp_path, RivalRandomness(home=tmp_path))
    rival = create_memory_keyring(SeededRandomness("rival"))
    assert load_keyring(tmp_path).history.at(NOW) == rival.history.at(NOW)
    others = [path.name for path in tmp_path.iterdir() if path.name != "keys"]
    assert [name[:6] for name in others] == [".keys-"]


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda keys: (keys / name).write_text(text)


def _replace_by_folder(keys: Path) -> None:
    (keys / "root.key").unlink()
    (keys / "root.key").mkdir(mode=0o700)


def _stray_character(keys: Path) -> None:
    text = (keys / "root.key").read_text()
    (keys / "root.key").write_text(text.replace('"root":"', '"root":"!'))


def _number_for_root(keys: Path) -> None:
    (keys / "root.key").write_text('{"format":"entraide keys 2","root":1}')


def _other_root(keys: Path) -> None:
    create_keyring(keys.parent / "other", SeededRandomness("other"))
    (keys / "root.key").write_bytes((keys.parent / "other/keys/root.key").read_bytes())


@pytest.mark.parametrize(
    ("damage", "error", "says"),
    [
        pytest.param(
            _write("node.keys", "[]"),
            KeysDamaged,
            "{keys}/node.keys is damaged: it does not say “entraide keys 2”",
            id="list",
        ),
        pytest.param(
            _write("root.key", '{"format":"entraide keys 3"}'),
            KeysDamaged,
            "{keys}/root.key is damaged: it does not say “entraide keys 2”",
            id="another format",
        ),
        pytest.param(
            _write("root.key", "{"),
            KeysDamaged,
            "{keys}/root.key is damaged: it is not in the format of a key file",
            id="cut",
        ),
        pytest.param(
            _replace_by_folder, KeysUnreadable, "{keys}/root.key cannot be read: Is a directory", id="a folder"
        ),
        pytest.param(
            _other_root, KeysDamaged, "{keys}/node.keys is damaged: root.key does not open it", id="another root"
        ),
    ],
)
def test_a_refused_key_ring_says_which_file_and_why(
    tmp_path: Path, damage: Callable[[Path], object], error: type[EntraideError], says: str
):
    """File and reason stand in the error in full."""
    create_keyring(tmp_path, SeededRandomness())
    damage(tmp_path / "keys")
    with pytest.raises(error) as raised:
        load_keyring(tmp_path)
    assert str(raised.value) == f"The key file {says.format(keys=tmp_path / 'keys')}."


@pytest.mark.parametrize("damage", [_stray_character, _number_for_root])
def test_a_root_key_in_another_spelling_is_damaged(tmp_path: Path, damage: Callable[[Path], object]):
    """A character that base64 does not have, or no text at all, is never passed over."""
    create_keyring(tmp_path, SeededRandomness())
    damage(tmp_path / "keys")
    with pytest.raises(KeysDamaged) as raised:
        load_keyring(tmp_path)
    assert str(raised.value) == f"The key file {tmp_path}/keys/root.key is damaged: it holds no key."


def test_keys_that_do_not_belong_together_are_named(tmp_path: Path):
    """Public keys that were exchanged in the file are found."""
    create_keyring(tmp_path, SeededRandomness())
    path = tmp_path / "keys/node.keys"
    text = path.read_text()
    first, second = (
        create_memory_keyring(SeededRandomness()).history.at(NOW),
        create_memory_keyring(SeededRandomness("x")).history.at(NOW),
    )
    path.write_text(text.replace(first.to_json()["ed25519"], second.to_json()["ed25519"]))
    with pytest.raises(KeysDamaged) as raised:
        load_keyring(tmp_path)
    assert str(raised.value) == f"The key file {path} is damaged: its public keys are not those of its private keys."


@pytest.mark.parametrize(
    ("name", "mode", "wanted"), [("", 0o750, "700"), ("/root.key", 0o604, "600"), ("/node.keys", 0o660, "600")]
)
def test_open_permissions_are_told_with_the_command_that_closes_them(tmp_path: Path, name: str, mode: int, wanted: str):
    """Folder and files have their own permissions; the remedy can be copied."""
    create_keyring(tmp_path, SeededRandomness())
    path = Path(f"{tmp_path / 'keys'}{name}")
    path.chmod(mode)
    with pytest.raises(KeysTooOpen) as raised:
        load_keyring(tmp_path)
    assert str(raised.value) == f"{path} has permissions {mode:04o}: others on this machine could use the keys."
    assert raised.value.remedy_text == f"Run: chmod {wanted} {path}. If others had access, replace the keys."


def test_a_home_that_is_no_folder_is_told(tmp_path: Path):
    """Where the system says why, its words stand in the error."""
    (tmp_path / "home").write_text("")
    with pytest.raises(KeysUnreadable) as raised:
        load_keyring(tmp_path / "home")
    assert str(raised.value) == f"The key file {tmp_path}/home/keys cannot be read: Not a directory."
    with pytest.raises(KeysMissing) as missing:
        load_keyring(tmp_path / "nowhere")
    assert str(missing.value) == f"The key file {tmp_path}/nowhere/keys is missing."

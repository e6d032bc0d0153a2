"""Key rings on disk and signatories' locked keys."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from entraide.kernel.errors import EntraideError
from entraide.keys.api import (
    KeysDamaged,
    KeysExist,
    KeysMissing,
    KeysTooOpen,
    KeysUnreadable,
    SignatoryKeyDamaged,
    WeakPassphrase,
    WrongPassphrase,
    create_keyring,
    create_signatory_key,
    load_keyring,
    sign_as_signatory,
    verify_signature,
)
from tests.factories.nodes import NOON, SeededRandomness

PASSPHRASE = "bốn từ không liên quan"


def test_created_keyring_loads_as_the_same_keys(tmp_path: Path):
    """What was created comes back, in files that only their owner reads, without private bytes in the open."""
    created = create_keyring(tmp_path / "home", SeededRandomness())
    loaded = load_keyring(tmp_path / "home")
    assert loaded.history == created.history
    verify_signature(created.history.at(NOON), "x", b"m", loaded.sign("x", b"m", at=NOON))
    assert loaded.unwrap(created.wrap(b"k", "p"), "p") == b"k"
    folder = tmp_path / "home" / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "root.key": 0o600,
        "node.keys": 0o600,
    }
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["keys"]


def test_create_keyring_never_overwrites(tmp_path: Path):
    """Keys that exist stay."""
    create_keyring(tmp_path, SeededRandomness())
    with pytest.raises(KeysExist):
        create_keyring(tmp_path, SeededRandomness("other"))


def _other_root(folder: Path) -> None:
    create_keyring(folder.parent / "other", SeededRandomness("other"))
    (folder / "root.key").write_bytes((folder.parent / "other/keys/root.key").read_bytes())


def _other_public(folder: Path) -> None:
    path = folder / "node.keys"
    text = path.read_text()
    key = json.loads(text)["public"][0]["keys"]["ed25519"]
    path.write_text(text.replace(key, "A" * 43 + "="))


def _directory(folder: Path) -> None:
    (folder / "root.key").unlink()
    (folder / "root.key").mkdir(mode=0o700)


@pytest.mark.parametrize(
    ("damage", "error", "names"),
    [
        pytest.param(lambda keys: keys.rename(keys.with_name("gone")), KeysMissing, "keys", id="no folder"),
        pytest.param(lambda keys: (keys / "root.key").unlink(), KeysMissing, "root.key", id="no root key"),
        pytest.param(lambda keys: (keys / "node.keys").unlink(), KeysMissing, "node.keys", id="no node keys"),
        pytest.param(lambda keys: keys.chmod(0o755), KeysTooOpen, "0755", id="open folder"),
        pytest.param(lambda keys: (keys / "root.key").chmod(0o640), KeysTooOpen, "0640", id="open file"),
        pytest.param(_directory, KeysUnreadable, "root.key", id="unreadable"),
        pytest.param(lambda keys: (keys / "root.key").write_bytes(b"\x00" * 32), KeysDamaged, "root.key", id="bytes"),
        pytest.param(lambda keys: (keys / "node.keys").write_bytes(b"{}"), KeysDamaged, "node.keys", id="empty table"),
        pytest.param(_other_root, KeysDamaged, "does not open", id="another node's root key"),
        pytest.param(_other_public, KeysDamaged, "public keys", id="changed public key"),
    ],
)
def test_load_keyring_says_what_is_wrong(
    tmp_path: Path, damage: Callable[[Path], object], error: type[EntraideError], names: str
):
    """Every way a key ring can be unusable has its own error that names the file and a remedy."""
    create_keyring(tmp_path, SeededRandomness())
    damage(tmp_path / "keys")
    with pytest.raises(error, match=names) as raised:
        load_keyring(tmp_path)
    assert raised.value.remedy_text


def test_signatory_key_signs_with_its_passphrase_only():
    """The passphrase opens the key however it is composed; another one, a damaged key or a weak one is refused."""
    key = create_signatory_key(PASSPHRASE, SeededRandomness())
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    signature = sign_as_signatory(key.locked, decomposed, "plan.signature", b"text")
    verify_signature(key.public, "plan.signature", b"text", signature)
    assert key.public.sealing == b""
    with pytest.raises(WrongPassphrase):
        sign_as_signatory(key.locked, "another passphrase", "plan.signature", b"text")
    for locked in (b"", key.locked[:-1], b"\x02" + key.locked[1:]):
        with pytest.raises(SignatoryKeyDamaged):
            sign_as_signatory(locked, PASSPHRASE, "plan.signature", b"text")
    with pytest.raises(WeakPassphrase):
        create_signatory_key("short", SeededRandomness())

"""The journal's part of the protocol, against its vectors and a verifier that knows nothing of Entraide."""

import ast
import importlib.util
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from entraide.journal.api import (
    append_entry,
    directed_origin,
    ensure_own_log,
    export_bundle,
    list_leaves,
    prove_inclusion,
    sequence_own_log,
    verify_consistency,
    verify_inclusion,
)
from entraide.journal.domain.notes import BUNDLE_FORMAT
from entraide.journal.models import Checkpoint, Log
from entraide.kernel.canonical import canonical_bytes, parse_canonical
from entraide.kernel.ids import LogId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys, Signature
from entraide.keys.api import create_memory_keyring, dated_fingerprint, key_fingerprint, verify_signature
from entraide.storage.api import transaction
from tests.factories.logs import make_keyed_node, make_pair
from tests.simulators.pair import SimulatedPair
from tools import protocol_vectors
from tools.protocol_vectors import FOLDER, Kept, Stream, make_vectors

VERIFIER = Path(__file__).parent.parent.parent / "conformance/verify_entraide.py"


def load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_entraide", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_vectors_are_what_the_program_computes():
    """Every vector file is exactly what the fixed seed gives, with the randomized parts taken up and verified."""
    kept = Kept(load("randomized"))
    for name, content in make_vectors(kept).items():
        assert load(name) == json.loads(json.dumps(content)), name
    assert kept.used == kept.table


def test_check_says_which_file_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    """A vector that was edited is named; without --check it is written again."""
    monkeypatch.setattr(protocol_vectors, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["protocol_vectors"])
    assert protocol_vectors.main() == 0
    monkeypatch.setattr(sys, "argv", ["protocol_vectors", "--check"])
    assert protocol_vectors.main() == 0
    (tmp_path / "merkle.json").write_text("{}")
    assert protocol_vectors.main() == 1
    assert "merkle.json" in capsys.readouterr().out


def test_vectors_hold_under_the_public_functions():
    """What the vectors claim is true by the functions that other contexts use."""
    merkle, keys = load("merkle"), load("keys")
    roots = {item["size"]: b64decode(item["root"]) for item in merkle["roots"]}
    for item in merkle["inclusion"]:
        if item["size"] in roots:
            proof = [b64decode(part) for part in item["proof"]]
            verify_inclusion(str(item["index"]).encode(), item["index"], item["size"], proof, roots[item["size"]])
    for item in merkle["consistency"]:
        first, second = item["first"], item["second"]
        if first in roots and second in roots:
            proof = [b64decode(part) for part in item["proof"]]
            verify_consistency(first, roots[first], second, roots[second], proof)
    public = PublicKeys.from_json(keys["author"])
    assert key_fingerprint(public) == keys["author"]["fingerprint"]
    signed = keys["signature"]
    verify_signature(public, signed["label"], signed["message"].encode(), Signature.from_json(signed["signature"]))
    reader = create_memory_keyring(Stream("entraide vectors reader"))
    seal, to = keys["seal"], PublicKeys.from_json(keys["reader"])
    opened = reader.open_secret(b64decode(seal["sealed"]), seal["info"].encode(), sealed_to=to.sealing)
    assert opened == b64decode(seal["secret"])
    for item in load("digests")["canonical"]:
        assert canonical_bytes(item["value"]).decode() == item["bytes"]
        assert parse_canonical(item["bytes"].encode()) == item["value"]


def test_the_verifier_is_short_and_needs_cryptography_alone():
    """A court's expert can read it in one sitting: under 200 lines, the standard library and one package."""
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 200
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    assert {name for name in imported if name not in sys.stdlib_module_names} == {"cryptography"}


@pytest.mark.parametrize(
    ("name", "options", "code", "says"),
    [
        ("bundle-own", [], 0, "HOLDS, KEYS NOT COMPARED"),
        ("bundle-own", ["--author", "author"], 0, "HOLDS\n"),
        ("bundle-directed", [], 0, "HOLDS, KEYS NOT COMPARED"),
        ("bundle-directed", ["--author", "author"], 0, "HOLDS, KEYS NOT COMPARED"),
        ("bundle-directed", ["--author", "author", "--reader", "reader"], 0, "HOLDS\n"),
        ("bundle-directed", ["--author", "author", "--reader", "reader"], 0, "as expected"),
        ("bundle-directed", ["--author", "reader"], 1, "DOES NOT HOLD: the keys of author vn-mps"),
        ("bundle-directed", ["--reader", "author"], 1, "DOES NOT HOLD: the keys of reader la-mops"),
        ("bundle-directed", ["--author", "reader", "--author", "author"], 0, "as expected"),
        ("bundle-directed", ["--author", "author ../2025-01-12"], 1, "not the expected ones of 2025-01-12T08:30"),
        ("bundle-directed", ["--author", "author ../2025-01-12", "--author", "author 2025-01-12/.."], 0, "as expected"),
        ("bundle-directed", ["--reader", "reader 2025-01-13/.."], 1, "DOES NOT HOLD: the keys of reader la-mops"),
        ("bundle-own", ["--reader", "reader"], 1, "no reader has cosigned"),
        ("merkle", [], 1, "this is not an"),
        ("missing", [], 2, "cannot be read"),
    ],
)
def test_the_verifier_as_a_command(name: str, options: list[str], code: int, says: str):
    """Run alone, in isolated mode, it says plainly what holds, and its exit code says it to programs."""
    keys = load("keys")
    words = [
        item
        if item.startswith("--")
        else " ".join(keys[word]["fingerprint"] if word in keys else word for word in item.split())
        for item in options
    ]
    command = [sys.executable, "-I", str(VERIFIER), str(FOLDER / f"{name}.json"), *words]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
    assert run.returncode == code, run.stderr
    assert says in run.stdout + run.stderr


def test_the_verifier_says_which_package_it_lacks(tmp_path: Path):
    """With an older cryptography, which has no ML-DSA, one line tells what to install, and no step is half done."""
    old = tmp_path / "cryptography" / "hazmat" / "primitives" / "asymmetric"
    old.mkdir(parents=True)
    for folder in (tmp_path / "cryptography", old.parent.parent, old.parent, old):
        (folder / "__init__.py").write_text("")
    (tmp_path / "cryptography" / "exceptions.py").write_text("class InvalidSignature(Exception): pass\n")
    (old / "ed25519.py").write_text("class Ed25519PublicKey: pass\n")
    command = [sys.executable, str(VERIFIER), str(FOLDER / "bundle-own.json")]
    environment = {"PYTHONPATH": str(tmp_path)}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603 - our own
    assert (run.returncode, "48 or newer" in run.stdout, run.stderr) == (3, True, "")


def flip(value: str) -> str:
    data = b64decode(value)
    return b64encode(bytes([data[0] ^ 1]) + data[1:]).decode()


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "leaf": lambda b: b.update(leaf=flip(b["leaf"])),
    "index": lambda b: b.update(index=b["index"] + 1),
    "index below zero": lambda b: b.update(index=-1),
    "proof": lambda b: b["proof"].__setitem__(0, flip(b["proof"][0])),
    "proof too long": lambda b: b["proof"].append(b["proof"][0]),
    "proof too short": lambda b: b["proof"].pop(),
    "other log": lambda b: b.update(origin="entraide/own/la-mops"),
    "other author": lambda b: b.update(author="la-mops"),
    "other keys": lambda b: b.update(keys=load("keys")["reader"]),
    "half of other keys": lambda b: b["keys"].update(mldsa44=load("keys")["reader"]["mldsa44"]),
    "size in the checkpoint": lambda b: b.update(checkpoint=b["checkpoint"].replace("\n300\n", "\n301\n")),
    "time in the checkpoint": lambda b: b.update(checkpoint=b["checkpoint"].replace("2025", "2024")),
    "line after the checkpoint": lambda b: b.update(checkpoint=b["checkpoint"] + "more\n"),
    "one signature only": lambda b: b.update(checkpoint=b["checkpoint"][: b["checkpoint"].rindex("— ")]),
    "cosignature's time": lambda b: b["cosignature"].update(time=b["cosignature"]["time"] + 1),
    "cosignature's half": lambda b: b["cosignature"]["signature"].update(
        mldsa44=flip(b["cosignature"]["signature"]["mldsa44"])
    ),
    "cosigned by another": lambda b: b["cosignature"].update(signer="vn-mps"),
    "format": lambda b: b.update(format="other"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_verifier_finds_every_change(change: str):
    """Whatever is changed in a bundle, the verifier refuses it."""
    module, bundle = verifier(), load("bundle-directed")
    module.verify_bundle(bundle)
    CHANGES[change](bundle)
    with pytest.raises(module.Failed):
        module.verify_bundle(bundle)


@pytest.mark.parametrize("part", ["statement", "salt", "label"])
def test_the_verifier_finds_a_changed_opening(part: str):
    """A statement, salt or label that the leaf was not made of is refused."""
    module, bundle = verifier(), load("bundle-own")
    module.verify_bundle(bundle)
    opened = bundle["opened"]
    opened[part] = flip(opened[part]) if part == "salt" else opened[part].replace("e", "a", 1)
    with pytest.raises(module.Failed):
        module.verify_bundle(bundle)


@pytest.mark.django_db(databases=["default", "partner"])
def test_the_verifier_accepts_what_two_nodes_export():
    """An act of a node, and a leaf on both sides of a directed log, are proven to someone who has neither node."""
    module = verifier()
    one, two = make_keyed_node(), make_keyed_node("partner")
    with transaction(one):
        append_entry(one, kind="requests.released", subject=UUID(int=5), content={"form": "preservation"})
    sequence_own_log(one)
    own = export_bundle(one, ensure_own_log(one), 0)
    assert canonical_bytes(own)
    assert "preservation" in "".join(module.verify_bundle(own, author=[key_fingerprint(one.public_keys)]))
    pair = make_pair(one, two)
    pair.receipt(pair.send(*[bytes([number]) for number in range(20)]))
    pair.send(b"later")
    for node, log_id in [(one, pair.written), (two, pair.mirrored)]:
        module.verify_bundle(
            export_bundle(node, log_id, 17),
            author=[key_fingerprint(one.public_keys)],
            reader=[key_fingerprint(two.public_keys)],
        )
    assert "cosignature" not in export_bundle(one, pair.written, 20)


@pytest.mark.django_db(databases=["default", "partner"])
def test_the_verifier_takes_keys_with_their_days(pair: SimulatedPair):
    """Leaves from before and after a rotation are proven to who knows all keys with their days, and only so."""
    module, (a, b) = verifier(), (pair.a.node, pair.b.node)
    pair.submit()
    pair.deliver()
    pair.rotate(pair.a)
    pair.rotate(pair.b)
    pair.submit()
    pair.deliver()
    author, reader = ([dated_fingerprint(dated) for dated in node.keyring.history.generations] for node in (a, b))
    origin = directed_origin(a.settings.name, b.settings.name)
    for node in (a, b):
        with node.active():
            log = Log.objects.get(origin=origin)
            bundle = export_bundle(node, LogId(log.id), log.size - 1)
            first = Checkpoint.objects.filter(log=log, cosignatures__isnull=False).order_by("size").first()
        said = "".join(module.verify_bundle(bundle, author=author, reader=reader))
        assert said.count("as expected") == 2
        assert key_fingerprint(a.public_keys) in said
        for expected in ([author[0]], [author[1].replace("Z/", "Z/2020")], [reader[1]]):
            with pytest.raises(module.Failed):
                module.verify_bundle(bundle, author=expected)
        old = early_bundle(node, first)
        assert "as expected" in "".join(module.verify_bundle(old, author=author))
        with pytest.raises(module.Failed):
            module.verify_bundle(old, author=author[1:])


def early_bundle(node: Node, head: Checkpoint) -> dict[str, Any]:
    """A bundle that was exported before there was a later head: leaf 0 under `head`."""
    with node.active():
        log_id = LogId(head.log_id)
        return {
            "format": BUNDLE_FORMAT,
            "origin": head.log.origin,
            "index": 0,
            "leaf": b64encode(list_leaves(log_id, 0, 1)[0]).decode(),
            "proof": [b64encode(item).decode() for item in prove_inclusion(log_id, 0, head.size)],
            "checkpoint": head.note,
            "author": head.log.author,
            "keys": head.keys.keys,
        }

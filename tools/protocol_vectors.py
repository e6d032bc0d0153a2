"""Test vectors of the protocol: `python -m tools.protocol_vectors [--check]`.

Everything follows from a fixed seed, so that another implementation can compute the same bytes. Two things draw their
own randomness in any implementation: ML-DSA-44 hedges its signatures and HPKE its encapsulation. They are made once,
kept in `randomized.json`, verified on every run and taken up from there.
"""

import argparse
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256, shake_256
from json import dumps, loads
from pathlib import Path
from typing import Any
from uuid import UUID

from entraide.directory.domain.parties import Party
from entraide.journal.domain.entries import ENTRY_LABEL, EntryFacts, entry_statement
from entraide.journal.domain.merkle import (
    Fold,
    fold_range,
    leaf_hash,
    plan_consistency,
    plan_inclusion,
    tree_root,
)
from entraide.journal.domain.notes import (
    BUNDLE_FORMAT,
    CHECKPOINT_LABEL,
    COSIGNATURE_LABEL,
    Checkpoint,
    Cosignature,
    SignedCheckpoint,
    directed_origin,
    key_ids,
    own_origin,
)
from entraide.journal.domain.tiles import extend_tiles, read_from
from entraide.kernel.canonical import canonical_bytes, salted_digest
from entraide.kernel.ids import PartyId
from entraide.kernel.signing import Signature
from entraide.keys.api import (
    BadSignature,
    MemoryKeyRing,
    create_memory_keyring,
    decrypt,
    derive_message_key,
    encrypt,
    key_fingerprint,
    seal_secret,
    verify_signature,
)
from entraide.keys.domain.framing import signed_bytes
from entraide.plans.domain.paper import PaperAct, PaperFact, paper_bytes, paper_statement
from entraide.plans.domain.plan_text import (
    ATTESTATION_LABEL,
    PAPER_LABEL,
    SIGNATURE_LABEL,
    ClauseText,
    PlanText,
    attestation_statement,
    plan_bytes,
    plan_digest,
    signature_statement,
)
from tools.protocol_examples import list_example_documents, list_example_messages, wrap_example

FOLDER = Path(__file__).parent.parent / "docs/protocol/vectors"
AT = datetime(2025, 1, 12, 8, 30, tzinfo=UTC)
Json = dict[str, Any]


class Stream:
    """Bytes of a seed: SHAKE-256 of the seed and a counter (8 bytes)."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.drawn = 0

    def draw(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        self.drawn += 1
        return shake_256(self.seed.encode() + self.drawn.to_bytes(8)).digest(size)


class Kept:
    """What was randomized once; `used` is what this run takes up again."""

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table
        self.used: dict[str, str] = {}

    def take(self, name: str, holds: Callable[[bytes], bool], make: Callable[[], bytes]) -> bytes:
        """Return the kept bytes `name` if they hold, else new ones."""
        value = b64decode(self.table[name]) if name in self.table else b""
        if not value or not holds(value):
            value = make()
        self.used[name] = text(value)
        return value


def sign(kept: Kept, ring: MemoryKeyRing, label: str, message: bytes) -> Signature:
    """Return a signature whose ML-DSA-44 half is the one kept."""
    fresh = ring.sign(label, message, at=AT)

    def holds(half: bytes) -> bool:
        try:
            verify_signature(ring.history.at(AT), label, message, replace(fresh, mldsa44=half))
        except BadSignature:
            return False
        return True

    name = "mldsa44 " + sha256(signed_bytes(label, message)).hexdigest()
    return replace(fresh, mldsa44=kept.take(name, holds, lambda: fresh.mldsa44))


def make_vectors(kept: Kept) -> dict[str, Json]:
    """Return every vector file by name."""
    author = create_memory_keyring(Stream("entraide vectors author"))
    reader = create_memory_keyring(Stream("entraide vectors reader"))
    return {
        "digests": make_digests(),
        "keys": make_keys(kept, author, reader),
        "merkle": make_merkle(),
        "bundle-own": make_own_bundle(kept, author),
        "bundle-directed": make_directed_bundle(kept, author, reader),
        "messages": make_messages(kept, author),
        "plan": make_plan(kept, author, reader),
    }


def make_digests() -> Json:
    """Canonical bytes, salted digests, and the statement and leaf of an entry."""
    values = [{}, {"b": 1, "a": [True, None, "é"]}, {"text": 'a"\\\n', "z": -(2**53) + 1}]
    salt = bytes(range(32))
    facts = EntryFacts(UUID(int=1), "requests.released", UUID(int=2), UUID(int=3), AT, '{"form":"preservation"}')
    statement = entry_statement(facts)
    return {
        "canonical": [{"value": value, "bytes": canonical_bytes(value).decode()} for value in values],
        "salted": [
            {"label": "test/v1", "salt": text(salt), "bytes": data, "digest": salted(data, salt)}
            for data in ("", "{}", '{"a":1}')
        ],
        "entry": {
            "label": ENTRY_LABEL,
            "salt": text(salt),
            "statement": statement.decode(),
            "leaf": text(salted_digest(ENTRY_LABEL, salt, statement)),
        },
    }


def make_keys(kept: Kept, author: MemoryKeyRing, reader: MemoryKeyRing) -> Json:
    """Public keys and fingerprints, a labelled signature, a seal, and message keys with one ciphertext."""
    seeds = Stream("entraide vectors reader")
    seeds.draw(32)
    private = {
        "ed25519": seeds.draw(32),
        "mldsa44": seeds.draw(32),
        "mlkem768": seeds.draw(64),
        "x25519": seeds.draw(32),
    }
    secret, info, by, to = bytes(range(100, 132)), b"entraide vectors", author.history.at(AT), reader.history.at(AT)
    sealed = kept.take(
        "seal",
        lambda data: reader.open_secret(data, info, sealed_to=to.sealing) == secret,
        lambda: seal_secret(to, secret, info),
    )
    key = derive_message_key(secret, 7)
    ciphertext = encrypt(key, b"a message", b"aad", Stream("entraide vectors nonce"))
    return {
        "author": by.to_json() | {"fingerprint": key_fingerprint(by)},
        "reader": to.to_json() | {"fingerprint": key_fingerprint(to)},
        "reader_private_seeds": {name: text(value) for name, value in private.items()},
        "signature": {
            "label": "test/v1",
            "message": "a message",
            "signed_bytes": text(signed_bytes("test/v1", b"a message")),
            "by": "author",
            "signature": sign(kept, author, "test/v1", b"a message").to_json(),
        },
        "seal": {"secret": text(secret), "info": info.decode(), "to": "reader", "sealed": text(sealed)},
        "message": {
            "secret": text(secret),
            "position": 7,
            "key": text(key),
            "aad": "aad",
            "ciphertext": text(ciphertext),
            "plaintext": decrypt(key, ciphertext, b"aad").decode(),
        },
    }


def make_merkle() -> Json:
    """Roots, proofs and tiles of the tree whose leaf n is the text of n."""
    hashes = [leaf_hash(str(number).encode()) for number in range(600)]
    tiles = extend_tiles(0, {}, hashes)
    read = read_from(tiles)

    def folded(folds: list[Fold]) -> list[str]:
        return [text(fold_range(fold, read)) for fold in folds]

    sizes = (0, 1, 2, 3, 7, 8, 255, 256, 257, 600)
    inclusion = ((0, 1), (0, 8), (5, 7), (6, 7), (255, 257), (256, 257), (300, 600))
    consistency = ((0, 8), (1, 2), (3, 7), (4, 7), (6, 8), (256, 600), (257, 600), (8, 8))
    return {
        "leaf": "leaf n is the decimal text of n",
        "roots": [{"size": size, "root": text(tree_root(hashes[:size]))} for size in sizes],
        "inclusion": [{"index": i, "size": n, "proof": folded(plan_inclusion(i, n))} for i, n in inclusion],
        "consistency": [{"first": m, "second": n, "proof": folded(plan_consistency(m, n))} for m, n in consistency],
        "tiles": [
            {"level": place.level, "number": place.number, "width": len(data) // 32, "sha256": sha256(data).hexdigest()}
            for place, data in sorted(tiles.items())
        ],
    }


def make_own_bundle(kept: Kept, author: MemoryKeyRing) -> Json:
    """A bundle of an entry of a node's own log."""
    salts = Stream("entraide vectors salts")
    statements, leaves = [], []
    for number in range(10):
        facts = EntryFacts(UUID(int=number), "test.done", UUID(int=99), None, AT, f'{{"number":{number}}}')
        salt = salts.draw(32)
        statements.append((salt, entry_statement(facts)))
        leaves.append(salted_digest(ENTRY_LABEL, salt, statements[-1][1]))
    salt, statement = statements[4]
    opened = {"label": ENTRY_LABEL, "salt": text(salt), "statement": statement.decode()}
    return make_bundle(kept, author, own_origin("vn-mps"), leaves, 4)[0] | {"opened": opened}


def make_directed_bundle(kept: Kept, author: MemoryKeyRing, reader: MemoryKeyRing) -> Json:
    """A bundle of a leaf of a directed log that its reader cosigned."""
    leaves = [sha256(str(number).encode()).digest() for number in range(300)]
    bundle, signed = make_bundle(kept, author, directed_origin("vn-mps", "la-mops"), leaves, 256)
    draft = Cosignature(signed.origin, signed.size, "la-mops", AT, Signature(b"", b""))
    signature = sign(kept, reader, COSIGNATURE_LABEL, draft.message(signed.checkpoint))
    return bundle | {
        "cosignature": replace(draft, signature=signature).to_json(),
        "reader_keys": reader.history.at(AT).to_json(),
    }


def make_bundle(
    kept: Kept, author: MemoryKeyRing, origin: str, leaves: list[bytes], index: int
) -> tuple[Json, SignedCheckpoint]:
    """Return the bundle of a leaf, and the checkpoint that it stands under."""
    tiles = extend_tiles(0, {}, [leaf_hash(leaf) for leaf in leaves])
    checkpoint = Checkpoint(origin, len(leaves), tree_root([leaf_hash(leaf) for leaf in leaves]), AT)
    signature = sign(kept, author, CHECKPOINT_LABEL, checkpoint.body.encode())
    signed = SignedCheckpoint(checkpoint, "vn-mps", key_ids("vn-mps", author.history.at(AT)), signature)
    proof = [fold_range(fold, read_from(tiles)) for fold in plan_inclusion(index, len(leaves))]
    bundle = {
        "format": BUNDLE_FORMAT,
        "origin": origin,
        "index": index,
        "leaf": text(leaves[index]),
        "proof": [text(item) for item in proof],
        "checkpoint": signed.text,
        "author": "vn-mps",
        "keys": author.history.at(AT).to_json(),
    }
    return bundle, signed


def make_messages(kept: Kept, author: MemoryKeyRing) -> Json:
    """One message of each type in its envelope, and one of each other document, in their canonical bytes."""
    public = author.history.at(AT)

    def signed(label: str, message: bytes) -> Signature:
        return sign(kept, author, label, message)

    leaf = sha256(b"0").digest()
    _, head = make_bundle(kept, author, own_origin("vn-mps"), [leaf], 0)
    return {
        "messages": [wrap_example(message) for message in list_example_messages(head.text, public, signed)],
        "documents": [
            {"document": type(document).__name__, "bytes": document.to_bytes().decode()}
            for document in list_example_documents(public, signed, head.text)
        ],
    }


PAPER_PARTY = PartyId("vn-mps/01945a62-b570-7c38-b77e-a6375b8e4cdd")


def make_plan_text() -> PlanText:
    """The text of a plan of two ministries of one State, one of another, and one party on paper."""
    ministry = {"fr": "Ministère de la Sécurité publique"}
    drugs = {"fr": "Les parties luttent ensemble contre la drogue.", "vi": "Các bên phối hợp phòng, chống ma túy."}
    units = {"la-mops": "Département de la police", "vn-mps": "C04", "vn-moj": "Département de droit international"}
    training = {"fr": "Un stage commun par semestre."}
    return PlanText(
        id=UUID("01945a62-ada0-747c-8f61-37f830e20a4e"),
        period="2026",
        titles={"fr": "Plan de coopération 2026", "vi": "Kế hoạch hợp tác năm 2026"},
        parties=(
            Party(PartyId("vn-mps"), "VN", "vn-mps", ministry | {"vi": "Bộ Công an"}),
            Party(PartyId("vn-moj"), "VN", "vn-moj", {"fr": "Ministère de la Justice", "vi": "Bộ Tư pháp"}),
            Party(PartyId("la-mops"), "LA", "la-mops", ministry),
            Party(PAPER_PARTY, "XX", "vn-mps", {"en": "Secretariat of States"}),
        ),
        authentic=("fr", "vi"),
        clauses=(
            ClauseText(UUID("01945a62-b570-7c38-b77e-a6375b8e4cdb"), "drugs", drugs, units),
            ClauseText(UUID("01945a62-b570-7c38-b77e-a6375b8e4cdc"), "training", training),
        ),
    )


def make_plan(kept: Kept, signatory: MemoryKeyRing, node: MemoryKeyRing) -> Json:
    """A plan's text and what is signed of it: by `vn-mps`, attested by its node, and what that node seals of paper."""
    plan = make_plan_text()
    digest = plan_digest(plan)
    signed = signature_statement(plan.id, digest, "vn-mps", "Minister of Public Security", "2026-01-12")
    recorded = paper_statement(
        PaperAct.SIGNATURE,
        PaperFact("Secretary-General", "2026-01-14", sha256(b"a scan").hexdigest()),
        plan_id=plan.id,
        digest=digest,
        party=PAPER_PARTY,
        recorded_by="Registrar",
        recorded_on="2026-01-20",
    )
    key, seal = signatory.history.at(AT), node.history.at(AT)
    attested = attestation_statement(signed, key, "vn-mps")
    return {
        "plan": loads(plan_bytes(plan)),
        "digest": digest,
        "signature": {
            "label": SIGNATURE_LABEL,
            "statement": signed.to_json(),
            "public_keys": key.to_json(),
            "signature": sign(kept, signatory, SIGNATURE_LABEL, signed.to_bytes()).to_json(),
            "attestation_label": ATTESTATION_LABEL,
            "attestation": sign(kept, node, ATTESTATION_LABEL, attested).to_json(),
        },
        "on_paper": {
            "label": PAPER_LABEL,
            "statement": recorded.to_json(),
            "attestation": sign(kept, node, PAPER_LABEL, paper_bytes(recorded, "vn-mps")).to_json(),
        },
        "node_keys": seal.to_json(),
    }


def text(value: bytes) -> str:
    """Return base64 text."""
    return b64encode(value).decode("ascii")


def salted(data: str, salt: bytes) -> str:
    """Return the salted digest of a text under the label `test/v1`, in base64."""
    return text(salted_digest("test/v1", salt, data.encode()))


def main() -> int:
    """Write the vectors, or with `--check` say which files differ from what the program computes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 when a file differs")
    check = parser.parse_args().check
    randomized = FOLDER / "randomized.json"
    kept = Kept(loads(randomized.read_text()) if randomized.exists() else {})
    files = make_vectors(kept) | {"randomized": kept.used}
    stale = []
    for name, content in files.items():
        path, data = FOLDER / f"{name}.json", dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != data:
            stale.append(path.name)
            if not check:
                FOLDER.mkdir(parents=True, exist_ok=True)
                path.write_text(data, encoding="utf-8")
    print(
        f"{len(files)} files, {len(stale)} {'differ' if check else 'written'}{': ' if stale else ''}{', '.join(stale)}"
    )
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())

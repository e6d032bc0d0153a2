"""Verify a proof from an Entraide journal without Entraide: this file and the package `cryptography` are all it takes.

    python verify_entraide.py BUNDLE.json [--author "4f2a 91c0 ... FROM/UNTIL"]... [--reader "..."]...

A bundle shows one leaf of a log and nothing of the others (docs/protocol/journal.md). The steps:

1. The bundle and its checkpoint are in the one form of the protocol, and the checkpoint is of the bundle's log.
2. The author's Ed25519 and ML-DSA-44 signatures both hold over the checkpoint (or the reader's, over its cosignature).
3. The leaf, its number and the proof lead to the root that the author signed.
4. If the leaf was opened: the salted digest of the statement is the leaf.
5. If the reader cosigned: its two signatures hold over the same checkpoint.
6. If fingerprints are given: the keys are one of those, and signed within its days, if it has any (`..` is open).
   Without them anybody may have signed, and the last line says HOLDS, KEYS NOT COMPARED: compare the fingerprints that
   are printed with those the ministries published (/data/verify/ of each) or exchanged.

Exit code 0: all holds, as far as the last line says. 1: something does not. 2: it cannot be read. 3: a package lacks.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
except ImportError:
    print("This needs the package cryptography, 48 or newer: python -m pip install --upgrade cryptography")
    sys.exit(3)

FORMAT = "entraide journal bundle 1"
SUITE = b"entraide/ed25519+ml-dsa-44/v1\x00"
TYPES = {"ed25519": "entraide/ed25519", "mldsa44": "entraide/ml-dsa-44"}
TIME = r"time \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\n"
BODY = re.compile(r"([!-~]{1,255})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n" + TIME, re.ASCII)
LINE = re.compile(r"— ([!-*,-~]{1,100}) ([A-Za-z0-9+/]+={0,2})\n", re.ASCII)


class Failed(Exception):
    """A step of the verification failed; the text says why."""


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 of `data`."""
    return hashlib.sha256(data).digest()


def decode(text: str) -> bytes:
    """Return the bytes of base64 text; raises `ValueError`."""
    return base64.b64decode(text, validate=True)


def verify_signatures(keys: dict[str, str], label: str, message: bytes, signature: list[bytes]) -> None:
    """Step 2: both signatures over suite, label (with its length in 2 bytes) and message."""
    data = SUITE + len(label).to_bytes(2, "big") + label.encode() + message
    try:
        Ed25519PublicKey.from_public_bytes(decode(keys["ed25519"])).verify(signature[0], data)
        MLDSA44PublicKey.from_public_bytes(decode(keys["mldsa44"])).verify(signature[1], data)
    except InvalidSignature as error:
        raise Failed(f"the signature under {label} does not hold") from error


def parse_checkpoint(note: str) -> tuple[str, str, int, bytes, str, list[bytes], list[bytes]]:
    """Step 1: return (body, origin, size, root, signer, key ids, signatures) of a signed note with two signatures."""
    body, _, rest = note.partition("\n\n")
    body += "\n"
    match, lines = BODY.fullmatch(body), LINE.findall(rest)
    if not match or len(lines) != 2 or lines[0][0] != lines[1][0]:
        raise Failed("the checkpoint is not a signed note of this protocol")
    if note != f"{body}\n" + "".join(f"— {name} {data}\n" for name, data in lines):
        raise Failed("the checkpoint holds more than its two signatures")
    parts = [decode(data) for _, data in lines]
    ids, signatures = [part[:4] for part in parts], [part[4:] for part in parts]
    return body, match[1], int(match[2]), decode(match[3]), lines[0][0], ids, signatures


def root_from_proof(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Step 3: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size or any(len(item) != 32 for item in proof):
        raise Failed("the proof is not one of this tree")
    place, last, result = index, size - 1, sha256(b"\x00" + leaf)
    for item in proof:
        if last == 0:
            raise Failed("the proof is too long")
        if place % 2 or place == last:
            result = sha256(b"\x01" + item + result)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            result = sha256(b"\x01" + result + item)
        place, last = place >> 1, last >> 1
    if last:
        raise Failed("the proof is too short")
    return result


def salted_digest(label: str, salt: bytes, statement: bytes) -> bytes:
    """Step 4: SHA-256 over the label (with its length in 2 bytes), the salt (32 bytes) and the statement."""
    if len(salt) != 32:
        raise Failed("the salt does not have 32 bytes")
    return sha256(len(label).to_bytes(2, "big") + label.encode("ascii") + salt + statement)


def fingerprint(keys: dict[str, str]) -> str:
    """Step 6: 160 bits of SHA-256 over the three keys, each behind its length in 4 bytes."""
    data = b"entraide/fingerprint/v1\x00"
    for name in ("ed25519", "mldsa44", "sealing"):
        part = decode(keys[name])
        data += len(part).to_bytes(4, "big") + part
    text = sha256(data).hex()[:40]
    return " ".join(text[start : start + 4] for start in range(0, 40, 4))


def key_id(name: str, kind: str, key: bytes) -> bytes:
    """Return the id of a key in a signed note."""
    return sha256(name.encode() + b"\n\xff" + kind.encode() + key)[:4]


def verify_bundle(bundle: dict[str, Any], author: Sequence[str] = (), reader: Sequence[str] = ()) -> list[str]:
    """Verify all steps; return what holds, as lines for people. Raises `Failed`."""
    if bundle.get("format") != FORMAT:
        raise Failed(f"this is not an “{FORMAT}”")
    body, origin, size, root, signer, ids, signatures = parse_checkpoint(bundle["checkpoint"])
    keys, leaf, index = bundle["keys"], decode(bundle["leaf"]), bundle["index"]
    if origin != bundle["origin"] or signer != bundle["author"] or origin.split("/")[2:3] != [signer]:
        raise Failed("the checkpoint is of another log or author")
    if ids != [key_id(signer, kind, decode(keys[name])) for name, kind in TYPES.items()]:
        raise Failed("the checkpoint was signed with other keys")
    verify_signatures(keys, "journal.checkpoint/v1", body.encode(), signatures)
    if root_from_proof(leaf, index, size, [decode(item) for item in bundle["proof"]]) != root:
        raise Failed("the leaf is not in the log that was signed")
    lines = [f"{signer} signed {origin} with {size} leaves.", f"Leaf {index} is one of them: {leaf.hex()}."]
    opened = bundle.get("opened")
    if opened is not None:
        if salted_digest(opened["label"], decode(opened["salt"]), opened["statement"].encode()) != leaf:
            raise Failed("the statement is not what the leaf was made of")
        lines.append(f"It was made of: {opened['statement']}")
    check_key(keys, author, f"author {signer}", body.split("time ")[-1].strip(), lines)
    if "cosignature" in bundle:
        verify_cosignature(bundle, body, origin, size)
        who, at = bundle["cosignature"]["signer"], datetime.fromtimestamp(bundle["cosignature"]["time"], UTC)
        lines.append(f"{who} holds the same leaves and signed that.")
        check_key(bundle["reader_keys"], reader, f"reader {who}", f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", lines)
    elif reader:
        raise Failed("no reader has cosigned this head")
    return lines


def verify_cosignature(bundle: dict[str, Any], body: str, origin: str, size: int) -> None:
    """Step 5."""
    given = bundle["cosignature"]
    if (given["origin"], given["size"], given["signer"]) != (origin, size, origin.rsplit("/", maxsplit=1)[-1]):
        raise Failed("the cosignature is for another checkpoint or by another reader")
    message = f"cosignature/v1\ntime {given['time']}\n{body}".encode()
    signature = [decode(given["signature"][name]) for name in ("ed25519", "mldsa44")]
    verify_signatures(bundle["reader_keys"], "journal.cosignature/v1", message, signature)


def check_key(keys: dict[str, str], expected: Sequence[str], who: str, at: str, lines: list[str]) -> None:
    """Step 6; each expected item is a fingerprint, perhaps with its days, which are compared as text."""
    found, fits = fingerprint(keys), not expected
    for item in expected:
        *groups, first, last = item.replace("/", " ").split() if "/" in item else [*item.split(), "..", ".."]
        same = "".join(groups).lower() == found.replace(" ", "")
        fits |= same and (first == ".." or first <= at) and (last == ".." or at < last)
    if not fits:
        raise Failed(f"the keys of {who} are not the expected ones of {at}: {found}")
    lines.append(f"Keys of {who} on {at[:10]}: {found}" + (" (as expected)" if expected else " (compare it)"))


def main() -> int:
    """Verify the bundle that the command line names."""
    parser = argparse.ArgumentParser(description="Verify one leaf of an Entraide journal.")
    parser.add_argument("bundle", type=Path)
    for name in ("--author", "--reader"):
        parser.add_argument(name, action="append", default=[], help="an expected fingerprint with its days; repeatable")
    given = parser.parse_args()
    try:
        bundle = json.loads(given.bundle.read_bytes())
        print("\n".join(verify_bundle(bundle, given.author, given.reader)))
    except Failed as error:
        print(f"DOES NOT HOLD: {error}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"The bundle cannot be read: {type(error).__name__} {error}", file=sys.stderr)
        return 2
    print("HOLDS" if given.author and (given.reader or "cosignature" not in bundle) else "HOLDS, KEYS NOT COMPARED")
    return 0


if __name__ == "__main__":
    sys.exit(main())

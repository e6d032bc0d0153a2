"""Runs of leaves: leaves that were appended together, each behind its length in 4 bytes."""

from collections.abc import Sequence

LONGEST_LEAF = 65_536


def pack_leaves(leaves: Sequence[bytes]) -> bytes:
    """Return `leaves` in one run; raises `ValueError` for a leaf above 64 KiB (a leaf names content)."""
    if any(len(leaf) > LONGEST_LEAF for leaf in leaves):
        raise ValueError("a leaf has at most 65,536 bytes")
    return b"".join(len(leaf).to_bytes(4) + leaf for leaf in leaves)


def unpack_leaves(data: bytes) -> list[bytes]:
    """Undo `pack_leaves`; raises `ValueError` when `data` does not end with a leaf."""
    leaves, place = [], 0
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        leaf = data[place + 4 : place + 4 + size]
        place += 4 + size
        leaves.append(leaf)
    if place != len(data):
        raise ValueError("the run is cut short")
    return leaves

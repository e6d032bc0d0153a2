"""Merkle trees of RFC 6962, section 2.1 (the same as RFC 9162, section 2.1): hashes, proofs and their verification.

A tree is addressed by nodes: `Node(level, number)` is the root of the complete subtree over the leaves
`number * 2**level` to `(number + 1) * 2**level - 1`. Proofs are planned as lists of such nodes, so that whoever stores
them in tiles reads every tile once.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from entraide.journal.domain.errors import BadProof
from entraide.kernel.text import N_

EMPTY_ROOT = sha256(b"").digest()
HASH_SIZE = 32


class Node(NamedTuple):
    """A complete subtree: `level` 0 is a leaf's hash."""

    level: int
    number: int


ReadNode = Callable[[Node], bytes]
# The nodes, from left to right, whose fold is the hash of a range of leaves.
Fold = tuple[Node, ...]


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00, leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01, left, right)."""
    return sha256(b"\x01" + left + right).digest()


def tree_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the leaf hashes `hashes`, in one pass per level.

    Pairing from the left and carrying an odd last node upwards gives the tree of RFC 6962: its left side is always the
    largest complete one.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        odd = level.pop() if len(level) % 2 else None
        pairs = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
        if odd is not None:
            level.append(odd)
    return level[0]


def plan_range(start: int, end: int) -> Fold:
    """Return the complete subtrees that cover the leaves `start` to `end - 1`.

    `start` must be aligned as every range in RFC 6962's recursion is: to the power of two that spans the range.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return tuple(nodes)


def plan_inclusion(index: int, size: int) -> list[Fold]:
    """Return the ranges of the inclusion proof of leaf `index` in the tree of `size` leaves (section 2.1.1).

    Raises `ValueError` unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError("the index lies outside the tree")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            path.append(plan_range(middle, end))
            end = middle
        else:
            path.append(plan_range(start, middle))
            start = middle
    return path[::-1]


def plan_consistency(first: int, second: int) -> list[Fold]:
    """Return the ranges of the proof that the tree of `first` leaves begins that of `second` (section 2.1.2).

    Raises `ValueError` unless 0 <= first <= second. Nothing proves itself: the proof from 0 or to itself is empty.
    """
    if not 0 <= first <= second:
        raise ValueError("the first tree is larger than the second")
    if first in {0, second}:
        return []
    start, end, whole, path = 0, second, True, []
    while first < end:
        middle = start + _left_size(end - start)
        if first <= middle:
            path.append(plan_range(middle, end))
            end = middle
        else:
            path.append(plan_range(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(plan_range(start, end))
    return path[::-1]


def fold_range(nodes: Fold, read: ReadNode) -> bytes:
    """Return the hash of the range that `nodes` cover; an empty range gives the root of the empty tree."""
    if not nodes:
        return EMPTY_ROOT
    result = read(nodes[-1])
    for node in reversed(nodes[:-1]):
        result = node_hash(read(node), result)
    return result


def _climb(what: str, place: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash of a proof, and whether it stands to the left of what leads up from `place` (of `last`).

    Raises `BadProof` when there are too many hashes or too few.
    """
    for item in proof:
        if last == 0:
            raise BadProof(what=what, why=N_("it is too long"))
        on_the_left = bool(place % 2) or place == last
        yield item, on_the_left
        while on_the_left and place % 2 == 0 and place:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise BadProof(what=what, why=N_("it is too short"))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Verify that `leaf` (its bytes, not its hash) stands at `index` in the tree of `size` leaves with `root`.

    RFC 9162, section 2.1.3.2. Raises `BadProof`:

    1. The index lies in the tree.
    2. Each hash of the proof has 32 bytes and there are neither too few nor too many.
    3. Leaf and proof give the root.
    """
    if not 0 <= index < size:
        raise BadProof(what="inclusion", why=N_("the index lies outside the tree"))
    if any(len(item) != HASH_SIZE for item in proof):
        raise BadProof(what="inclusion", why=N_("a hash has the wrong length"))
    result = leaf_hash(leaf)
    for item, on_the_left in _climb("inclusion", index, size - 1, proof):
        result = node_hash(item, result) if on_the_left else node_hash(result, item)
    if result != root:
        raise BadProof(what="inclusion", why=N_("it does not lead to the root"))


def verify_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> None:
    """Verify that the tree of `first` leaves with `first_root` begins that of `second` leaves with `second_root`.

    RFC 9162, section 2.1.4.2. Raises `BadProof`:

    1. The first tree is not larger; nothing is proven about nothing, so the proof from 0 or to itself is empty.
    2. Each hash has 32 bytes and there are neither too few nor too many.
    3. The proof gives the first root.
    4. The proof gives the second root.
    """
    if not 0 <= first <= second:
        raise BadProof(what="consistency", why=N_("the first tree is larger than the second"))
    if any(len(item) != HASH_SIZE for item in proof):
        raise BadProof(what="consistency", why=N_("a hash has the wrong length"))
    if first in {0, second}:
        expected = EMPTY_ROOT if first == 0 else second_root
        if proof or first_root != expected:
            raise BadProof(what="consistency", why=N_("it does not lead to the first root"))
        return
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        raise BadProof(what="consistency", why=N_("it is too short"))
    _walk_consistency(first, first_root, second, second_root, path)


def _walk_consistency(first: int, first_root: bytes, second: int, second_root: bytes, path: list[bytes]) -> None:
    place, last = first - 1, second - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for item, on_the_left in _climb("consistency", place, last, path[1:]):
        if on_the_left:
            old, new = node_hash(item, old), node_hash(item, new)
        else:
            new = node_hash(new, item)
    if old != first_root:
        raise BadProof(what="consistency", why=N_("it does not lead to the first root"))
    if new != second_root:
        raise BadProof(what="consistency", why=N_("it does not lead to the second root"))


def _left_size(size: int) -> int:
    """Return the largest power of two below `size` (2 or more)."""
    return 1 << (size - 1).bit_length() - 1

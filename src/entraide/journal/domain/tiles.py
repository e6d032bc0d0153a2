"""Tiles: the tree kept in rows of up to 256 hashes, as C2SP's tlog-tiles lays it out.

The tile (level L, number N) holds the nodes of tree level 8 L from number 256 N on. Of a full tile follow all nodes of
the eight levels above it; so a tree of a million leaves is three levels of tiles, and a proof reads a handful.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from entraide.journal.domain.merkle import HASH_SIZE, Fold, Node, fold_range, plan_range, tree_root

WIDTH = 256
HEIGHT = 8
FULL = WIDTH * HASH_SIZE


class Place(NamedTuple):
    """Where a tile lies."""

    level: int
    number: int


def place_of(node: Node) -> Place:
    """Return the tile that `node` is computed from."""
    level, above = divmod(node.level, HEIGHT)
    return Place(level, node.number >> (HEIGHT - above))


def places_of(folds: Iterable[Fold]) -> set[Place]:
    """Return the tiles that the nodes of `folds` are computed from."""
    return {place_of(node) for fold in folds for node in fold}


def read_from(tiles: Mapping[Place, bytes]) -> Callable[[Node], bytes]:
    """Return a reader of nodes over `tiles`; it raises `LookupError` for a node that they do not hold."""

    def read(node: Node) -> bytes:
        level, above = divmod(node.level, HEIGHT)
        index, offset = divmod(node.number << above, WIDTH)
        start = offset * HASH_SIZE
        part = tiles[Place(level, index)][start : start + (HASH_SIZE << above)]
        if len(part) != HASH_SIZE << above:
            raise LookupError(f"tile {level}/{index} does not hold node {node}")
        return part if above == 0 else _part_root(part)

    return read


@lru_cache(maxsize=4096)
def _part_root(part: bytes) -> bytes:
    """Return the root of a complete part of a tile; the upper tiles of a log take part in all of its proofs."""
    return tree_root(split_hashes(part))


def edge_places(size: int) -> list[Place]:
    """Return the tiles that still grow in a tree of `size` leaves: the last one of each level, unless it is full."""
    places, level, count = [], 0, size
    while count:
        if count % WIDTH:
            places.append(Place(level, count // WIDTH))
        level, count = level + 1, count // WIDTH
    return places


def extend_tiles(size: int, edge: Mapping[Place, bytes], hashes: Sequence[bytes]) -> dict[Place, bytes]:
    """Return the tiles that change when `hashes` (of leaves) are appended to a tree of `size` leaves.

    `edge` holds the tiles of `edge_places(size)`. The result holds each changed or new tile whole.
    """
    changed: dict[Place, bytes] = {}
    level, new = 0, list(hashes)
    while new:
        index, width = divmod(size >> (HEIGHT * level), WIDTH)
        data = (edge[Place(level, index)] if width else b"") + b"".join(new)
        new = []
        for start in range(0, len(data), FULL):
            tile = data[start : start + FULL]
            changed[Place(level, index)] = tile
            if len(tile) == FULL:
                new.append(tree_root(split_hashes(tile)))
            index += 1
        level += 1
    return changed


def root_from(tiles: Mapping[Place, bytes], size: int) -> bytes:
    """Return the root of the tree of `size` leaves from tiles that hold at least its right edge."""
    return fold_range(plan_range(0, size), read_from(tiles))


def split_hashes(data: bytes) -> list[bytes]:
    """Return the hashes that lie side by side in `data`."""
    return [data[start : start + HASH_SIZE] for start in range(0, len(data), HASH_SIZE)]

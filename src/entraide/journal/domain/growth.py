"""Growing a log's tree, and taking an author's leaves into a mirror of it: values in, values out.

Whoever stores a log loads its `Tree`, decides here, and stores the `Growth`, under one lock of the log's row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entraide.journal.domain.errors import BadCheckpoint, JournalBroken, LeavesMismatch, LogForked, LogGap
from entraide.journal.domain.merkle import HASH_SIZE, leaf_hash
from entraide.journal.domain.notes import SignedCheckpoint
from entraide.journal.domain.tiles import HEIGHT, WIDTH, Place, edge_places, extend_tiles, root_from
from entraide.kernel.text import N_


@dataclass(frozen=True, slots=True)
class Tree:
    """A log's head, and `edge`, the tiles that still grow (those of `edge_places`)."""

    origin: str
    size: int
    root: bytes
    edge: Mapping[Place, bytes]


@dataclass(frozen=True, slots=True)
class Growth:
    """What is stored when leaves were appended: the new leaves from number `first` on, each changed or new tile whole,
    and the new head.
    """

    first: int
    leaves: tuple[bytes, ...]
    tiles: Mapping[Place, bytes]
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Mirror:
    """What this node holds of a log that it reads. `earlier` is the mirror's own root at the size of a checkpoint that
    ends within it; None when the checkpoint ends beyond it.
    """

    tree: Tree
    earlier: bytes | None = None


def require_sound(tree: Tree) -> None:
    """Raise `JournalBroken` when the edge is not that of the head: nothing is signed on top of a changed past."""
    for place in edge_places(tree.size):
        width = (tree.size >> HEIGHT * place.level) % WIDTH
        if len(tree.edge.get(place, b"")) != width * HASH_SIZE:
            where = f"tile {place.level}/{place.number}"
            raise JournalBroken(origin=tree.origin, place=where, why=N_("it is incomplete"))
    if root_from(tree.edge, tree.size) != tree.root:
        raise JournalBroken(origin=tree.origin, place="the head", why=N_("its root is not that of the tiles"))


def grow_tree(tree: Tree, leaves: Sequence[bytes]) -> Growth:
    """Return the growth of `tree` by `leaves`; raises `JournalBroken`."""
    if not leaves:
        return Growth(tree.size, (), {}, tree.size, tree.root)
    require_sound(tree)
    tiles = extend_tiles(tree.size, tree.edge, [leaf_hash(leaf) for leaf in leaves])
    size = tree.size + len(leaves)
    return Growth(tree.size, tuple(leaves), tiles, size, root_from({**tree.edge, **tiles}, size))


def extend_mirror(mirror: Mirror, n0: int, leaves: Sequence[bytes], checkpoint: SignedCheckpoint) -> Growth:
    """Return how the mirror grows by the author's `leaves` from number `n0`; what is there already is not taken twice.

    `checkpoint` is verified already (`verify_checkpoint`).

    1. The checkpoint ends where the leaves end (`BadCheckpoint`).
    2. No leaves are missing before them (`LogGap`).
    3. Where the checkpoint ends within the mirror, its root is the mirror's: else the author, who signed both, has two
       histories (`LogForked`).
    4. Otherwise the mirror with the new leaves gives the root that the author signed (`LeavesMismatch`).
    """
    tree = mirror.tree
    if checkpoint.size != n0 + len(leaves) or n0 < 0:
        raise BadCheckpoint(origin=tree.origin, why=N_("it does not end where the leaves end"))
    if n0 > tree.size:
        raise LogGap(origin=tree.origin, first=n0, size=tree.size)
    if checkpoint.size <= tree.size and mirror.earlier != checkpoint.root:
        raise LogForked(origin=tree.origin, index=checkpoint.size)
    growth = grow_tree(tree, leaves[tree.size - n0 :])
    # A bad root beyond the mirror convicts nobody: leaves may have been changed on their way. Two different signed
    # roots of one size do, and `compare_head` asks for them.
    if growth.leaves and growth.root != checkpoint.root:
        raise LeavesMismatch(origin=tree.origin, size=checkpoint.size)
    return growth

"""Growing a log and taking an author's leaves into a mirror: values in, values or a named refusal out."""

from dataclasses import replace

import pytest

from entraide.journal.domain.errors import BadCheckpoint, JournalBroken, LeavesMismatch, LogForked, LogGap
from entraide.journal.domain.growth import Growth, extend_mirror, grow_tree, require_sound
from entraide.journal.domain.merkle import leaf_hash, tree_root
from entraide.journal.domain.notes import directed_origin
from entraide.journal.domain.tiles import Place
from entraide.kernel.errors import EntraideError
from tests.factories.batches import AUTHOR, READER, head_over, leaves_of, mirror_of

ORIGIN = directed_origin(AUTHOR, READER)
FOUR = mirror_of(leaves_of(4), 4)


def test_growth_names_what_is_new_and_the_head_that_it_leads_to():
    """First number, leaves, the changed tile whole, size and root are what is stored."""
    growth = grow_tree(FOUR.tree, leaves_of(6)[4:])
    hashes = [leaf_hash(leaf) for leaf in leaves_of(6)]
    assert growth == Growth(4, tuple(leaves_of(6)[4:]), {Place(0, 0): b"".join(hashes)}, 6, tree_root(hashes))


def test_a_tree_without_new_leaves_stays_as_it_is():
    """Nothing is stored, and the head is the old one."""
    assert grow_tree(FOUR.tree, []) == Growth(4, (), {}, 4, FOUR.tree.root)


@pytest.mark.parametrize("size", [4, 256, 257, 520])
def test_a_sound_tree_of_any_size_passes(size):
    """Tiles that are full, new or in part are each as wide as the head says."""
    require_sound(mirror_of(leaves_of(size), size).tree)


SHORT = replace(FOUR.tree, edge={Place(0, 0): b"x" * 32})
WIDE = mirror_of(leaves_of(257), 257).tree
OTHER_ROOT = replace(FOUR.tree, root=b"r" * 32)
BROKEN = {
    "a tile that lost leaves": (SHORT, {"place": "tile 0/0", "why": "it is incomplete"}),
    "a tile that is gone": (replace(FOUR.tree, edge={}), {"place": "tile 0/0", "why": "it is incomplete"}),
    "an upper tile that is gone": (
        replace(WIDE, edge={place: tile for place, tile in WIDE.edge.items() if place.level == 0}),
        {"place": "tile 1/0", "why": "it is incomplete"},
    ),
    "a root of another history": (OTHER_ROOT, {"place": "the head", "why": "its root is not that of the tiles"}),
}


@pytest.mark.parametrize(("tree", "said"), BROKEN.values(), ids=BROKEN)
def test_nothing_is_appended_to_a_changed_past(tree, said):
    """The refusal names the log, the place and what is wrong with it."""
    with pytest.raises(JournalBroken) as refused:
        grow_tree(tree, [b"l" * 32])
    assert refused.value.params == {"origin": ORIGIN, **said}


OTHERS = [b"x" * 32, *leaves_of(4)[1:]]
REFUSED = {
    "a head that ends before the leaves": (
        (FOUR, 0, leaves_of(4), head_over(leaves_of(3))),
        BadCheckpoint,
        {"why": "it does not end where the leaves end"},
    ),
    "leaves before the first": (
        (FOUR, -1, leaves_of(4), head_over(leaves_of(3))),
        BadCheckpoint,
        {"why": "it does not end where the leaves end"},
    ),
    "leaves missing before them": (
        (FOUR, 5, leaves_of(6)[5:], head_over(leaves_of(6))),
        LogGap,
        {"first": 5, "size": 4},
    ),
    "another history of one size": ((FOUR, 0, OTHERS, head_over(OTHERS)), LogForked, {"index": 4}),
    "leaves that do not lead to the head": (
        (FOUR, 4, [b"y" * 32], head_over(leaves_of(5))),
        LeavesMismatch,
        {"size": 5},
    ),
}


@pytest.mark.parametrize(("arrival", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_leaves_that_do_not_continue_the_mirror_are_refused_by_name(arrival, error, said):
    """The refusal names the log, and the numbers that a person needs to compare both copies."""
    with pytest.raises(EntraideError) as refused:
        extend_mirror(*arrival)
    assert (type(refused.value), refused.value.params) == (error, {"origin": ORIGIN, **said})

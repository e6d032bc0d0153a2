"""Laws of the tree: every proof verifies, any change is found, tiles hold the tree of RFC 6962."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.journal.domain.errors import BadProof
from entraide.journal.domain.leaves import pack_leaves, unpack_leaves
from entraide.journal.domain.merkle import (
    EMPTY_ROOT,
    Node,
    fold_range,
    leaf_hash,
    plan_consistency,
    plan_inclusion,
    plan_range,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from entraide.journal.domain.tiles import Place, edge_places, extend_tiles, place_of, places_of, read_from, root_from

LEAVES = [str(number).encode() for number in range(70_000)]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
TILES = extend_tiles(0, {}, HASHES)
SIZES = st.one_of(st.integers(1, 40), st.sampled_from([255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000]))


def naive_root(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\x01" + naive_root(hashes[:k]) + naive_root(hashes[k:])).digest()


@cache
def root_of(size: int) -> bytes:
    """The root over the first `size` leaves, worked out once for each size."""
    return tree_root(HASHES[:size])


def inclusion(index: int, size: int) -> list[bytes]:
    return [fold_range(fold, read_from(TILES)) for fold in plan_inclusion(index, size)]


def consistency(first: int, second: int) -> list[bytes]:
    return [fold_range(fold, read_from(TILES)) for fold in plan_consistency(first, second)]


@given(size=st.integers(0, 600))
def test_root_is_that_of_the_rfc(size: int):
    """The quick root and the root from tiles are the recursive one."""
    expected = naive_root(HASHES[:size])
    assert tree_root(HASHES[:size]) == expected
    assert root_from(TILES, size) == expected


def test_known_roots():
    """The roots of the well-known eight test leaves of Certificate Transparency."""
    leaves = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
    leaves.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    for size, root in roots.items():
        assert tree_root([leaf_hash(leaf) for leaf in leaves[:size]]).hex() == root


@given(steps=st.lists(st.integers(1, 700), min_size=1, max_size=6))
def test_tiles_grow_the_same_whatever_the_steps(steps: list[int]):
    """Appending in any steps, with the growing edge alone in hand, gives the tiles of appending at once."""
    tiles: dict[Place, bytes] = {}
    size = 0
    for step in steps:
        edge = {place: tiles[place] for place in edge_places(size)}
        tiles |= extend_tiles(size, edge, HASHES[size : size + step])
        size += step
    assert tiles == extend_tiles(0, {}, HASHES[:size])
    assert root_from({place: tiles[place] for place in tiles}, size) == tree_root(HASHES[:size])


@given(data=st.data(), size=SIZES)
def test_every_inclusion_proof_verifies_and_any_change_fails(data: st.DataObject, size: int):
    """The proof holds for its leaf, place, size and root, and for nothing that differs."""
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion(index, size), root_of(size)
    verify_inclusion(LEAVES[index], index, size, proof, root)
    wrong = [
        (LEAVES[index] + b".", index, size, proof, root),
        (LEAVES[index], index + 1, size, proof, root),
        (LEAVES[index], index, size, [*proof, root], root),
        (LEAVES[index], -1, size, proof, root),
        (LEAVES[index], index, size, proof, bytes([root[0] ^ 1]) + root[1:]),
        (LEAVES[index], index, size, proof, b""),
    ]
    if proof:
        place = data.draw(st.integers(0, 32 * len(proof) - 1))
        flat = bytearray(b"".join(proof))
        flat[place] ^= data.draw(st.integers(1, 255))
        changed = [bytes(flat[start : start + 32]) for start in range(0, len(flat), 32)]
        wrong += [
            (LEAVES[index], index, size, changed, root),
            (LEAVES[index], index, size, proof[:-1], root),
            (LEAVES[index], index, size, [*proof[:-1], proof[-1][:31]], root),
        ]
    for case in wrong:
        with pytest.raises(BadProof):
            verify_inclusion(*case)


@given(data=st.data(), second=SIZES)
def test_every_consistency_proof_verifies_and_any_change_fails(data: st.DataObject, second: int):
    """The proof holds for its two trees, and for nothing that differs."""
    first = data.draw(st.integers(0, second))
    proof = consistency(first, second)
    roots = root_of(first), root_of(second)
    verify_consistency(first, roots[0], second, roots[1], proof)
    other = bytes(32)
    wrong = [
        (first, other, second, roots[1], proof),
        (first, roots[0], second, roots[1], [*proof, other]),
        (second + 1, roots[0], second, roots[1], proof),
        (-1, roots[0], second, roots[1], proof),
    ]
    if proof:
        wrong += [
            (first, roots[0], second, other, proof),
            (first, roots[0], second, roots[1], proof[:-1]),
            (first, roots[0], second, roots[1], [*proof[:-1], b"short"]),
        ]
        place = data.draw(st.integers(0, 32 * len(proof) - 1))
        flat = bytearray(b"".join(proof))
        flat[place] ^= data.draw(st.integers(1, 255))
        changed = [bytes(flat[start : start + 32]) for start in range(0, len(flat), 32)]
        wrong.append((first, roots[0], second, roots[1], changed))
    for case in wrong:
        with pytest.raises(BadProof):
            verify_consistency(*case)


def refused(what: str, why: str, verify: Callable[..., None], *case: object) -> None:
    with pytest.raises(BadProof) as raised:
        verify(*case)
    assert str(raised.value) == f"The {what} proof does not hold: {why}."


@pytest.mark.parametrize(
    ("index", "change", "why"),
    [
        pytest.param(-1, lambda proof: proof, "the index lies outside the tree", id="below"),
        pytest.param(5, lambda proof: proof, "the index lies outside the tree", id="above"),
        pytest.param(2, lambda proof: [*proof[:-1], proof[-1] + b"x"], "a hash has the wrong length", id="length"),
        pytest.param(2, lambda proof: [*proof, bytes(32)], "it is too long", id="one more"),
        pytest.param(2, lambda proof: proof[:-1], "it is too short", id="one less"),
        pytest.param(2, lambda proof: [bytes(32), *proof[1:]], "it does not lead to the root", id="another"),
    ],
)
def test_a_refused_inclusion_proof_says_why(index: int, change: Callable[[list[bytes]], list[bytes]], why: str):
    """Each way in which a proof of inclusion can be wrong has its own words."""
    proof = change(inclusion(2, 5))
    refused("inclusion", why, verify_inclusion, LEAVES[2], index, 5, proof, tree_root(HASHES[:5]))


@pytest.mark.parametrize(
    ("first", "second", "change", "why"),
    [
        pytest.param(-1, 7, {}, "the first tree is larger than the second", id="below nothing"),
        pytest.param(7, 6, {}, "the first tree is larger than the second", id="backwards"),
        pytest.param(3, 7, {"proof": [b"x"]}, "a hash has the wrong length", id="length"),
        pytest.param(0, 7, {"proof": [bytes(32)]}, "it does not lead to the first root", id="nothing with a proof"),
        pytest.param(0, 7, {"old": bytes(32)}, "it does not lead to the first root", id="another nothing"),
        pytest.param(7, 7, {"proof": [bytes(32)]}, "it does not lead to the first root", id="itself with a proof"),
        pytest.param(7, 7, {"old": bytes(32)}, "it does not lead to the first root", id="not itself"),
        pytest.param(3, 7, {"proof": []}, "it is too short", id="no proof"),
        pytest.param(4, 7, {"proof": []}, "it is too short", id="no proof of a complete tree"),
        pytest.param(3, 7, {"proof": consistency(3, 7)[:-1]}, "it is too short", id="one less"),
        pytest.param(3, 7, {"proof": [*consistency(3, 7), bytes(32)]}, "it is too long", id="one more"),
        pytest.param(3, 7, {"old": bytes(32)}, "it does not lead to the first root", id="another first root"),
        pytest.param(3, 7, {"new": bytes(32)}, "it does not lead to the second root", id="another second root"),
    ],
)
def test_a_refused_consistency_proof_says_why(first: int, second: int, change: dict[str, Any], why: str):
    """Each way in which a proof of consistency can be wrong has its own words."""
    old = change.get("old", tree_root(HASHES[: max(first, 0)]))
    new = change.get("new", tree_root(HASHES[:second]))
    proof = change.get("proof", consistency(first, second) if 0 <= first <= second else [])
    refused("consistency", why, verify_consistency, first, old, second, new, proof)


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (lambda: plan_inclusion(-1, 5), "the index lies outside the tree"),
        (lambda: plan_inclusion(5, 5), "the index lies outside the tree"),
        (lambda: plan_consistency(-1, 5), "the first tree is larger than the second"),
        (lambda: plan_consistency(6, 5), "the first tree is larger than the second"),
    ],
)
def test_a_proof_that_cannot_be_is_not_planned(plan: Callable[[], object], says: str):
    """Asking for a proof outside of the tree is an error of the program."""
    with pytest.raises(ValueError, match=f"^{says}$"):
        plan()


def test_nothing_is_planned_where_nothing_has_to_be_proven():
    """The proof from nothing, and to the same tree, is empty."""
    assert plan_consistency(0, 5) == plan_consistency(5, 5) == plan_consistency(0, 0) == []


def test_a_range_of_no_leaves_is_the_empty_tree():
    """No node is read for a range without leaves."""
    assert plan_range(0, 0) == ()
    assert fold_range((), read_from({})) == EMPTY_ROOT


def test_every_proof_of_a_small_tree_verifies():
    """All leaves and all beginnings of all trees of up to 33 leaves, none left to chance."""
    roots = [tree_root(HASHES[:size]) for size in range(34)]
    for size in range(1, 34):
        for other in range(size):
            verify_inclusion(LEAVES[other], other, size, inclusion(other, size), roots[size])
            verify_consistency(other, roots[other], size, roots[size], consistency(other, size))


def test_a_proof_of_a_large_tree_reads_few_tiles():
    """Whatever the leaf, a proof in a million leaves needs at most six tiles."""
    for index in (0, 1, 255, 256, 499_999, 999_998, 999_999):
        assert len(places_of(plan_inclusion(index, 1_000_000))) <= 6


def test_the_empty_tree():
    """No leaves: the hash of nothing, no proofs of inclusion, and everything continues it."""
    assert root_from({}, 0) == EMPTY_ROOT == tree_root([])
    with pytest.raises(BadProof):
        verify_inclusion(b"", 0, 0, [], EMPTY_ROOT)
    verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    for plan in (lambda: plan_inclusion(0, 0), lambda: plan_consistency(2, 1)):
        with pytest.raises(ValueError, match="tree"):
            plan()


@given(leaves=st.lists(st.binary(max_size=40), max_size=10))
def test_runs_of_leaves_round_trip(leaves: list[bytes]):
    """Packed leaves come back; a run that is cut short is refused."""
    packed = pack_leaves(leaves)
    assert unpack_leaves(packed) == leaves
    if leaves:
        with pytest.raises(ValueError, match=r"^the run is cut short$"):
            unpack_leaves(packed[:-1])


def test_a_leaf_has_at_most_64_kib():
    """The limit itself is allowed, one byte more is refused."""
    longest = [b"", b"x" * 65_536]
    assert unpack_leaves(pack_leaves(longest)) == longest
    with pytest.raises(ValueError, match=r"^a leaf has at most 65,536 bytes$"):
        pack_leaves([*longest, b"x" * 65_537])


@pytest.mark.parametrize(
    ("node", "place"),
    [
        (Node(0, 0), Place(0, 0)),
        (Node(0, 255), Place(0, 0)),
        (Node(0, 256), Place(0, 1)),
        (Node(7, 3), Place(0, 1)),
        (Node(8, 255), Place(1, 0)),
        (Node(9, 128), Place(1, 1)),
        (Node(16, 0), Place(2, 0)),
    ],
)
def test_a_node_lies_in_the_tile_of_its_eight_levels(node: Node, place: Place):
    """Eight levels of the tree share a tile, 256 hashes wide."""
    assert place_of(node) == place


@pytest.mark.parametrize(
    ("size", "places"),
    [
        (0, []),
        (1, [Place(0, 0)]),
        (256, [Place(1, 0)]),
        (257, [Place(0, 1), Place(1, 0)]),
        (65_536, [Place(2, 0)]),
        (65_537, [Place(0, 256), Place(2, 0)]),
        (66_000, [Place(0, 257), Place(1, 1), Place(2, 0)]),
    ],
)
def test_only_tiles_that_are_not_full_still_grow(size: int, places: list[Place]):
    """One tile per level grows, and none where the last one is full."""
    assert edge_places(size) == places


def test_full_tiles_give_the_level_above():
    """65,536 leaves are 256 full tiles, one full tile above them, and one hash above that: the root."""
    tiles = extend_tiles(0, {}, HASHES[:65_536])
    assert set(tiles) == {*(Place(0, number) for number in range(256)), Place(1, 0), Place(2, 0)}
    assert tiles[Place(2, 0)] == tree_root(HASHES[:65_536])
    assert len(tiles[Place(1, 0)]) == 256 * 32


def test_a_node_that_the_tiles_do_not_hold_is_named():
    """A reader of nodes never takes a part for the whole."""
    with pytest.raises(LookupError, match=r"^tile 0/273 does not hold node Node\(level=4, number=4375\)$"):
        read_from(TILES)(Node(4, 4375))

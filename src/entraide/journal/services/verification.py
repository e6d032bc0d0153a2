"""Verifying logs at rest: everything is computed again from the entries, whatever the triggers say.

It takes no lock, so acts go on meanwhile; what is appended after the start is left for the next time. Each signature
is held against the keys of its day: the node's own from its key ring, the partners' as the caller knows them, by the
name of their node (`Signers`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType

from django.db import connections

from entraide.journal.adapters.statements import list_statements
from entraide.journal.adapters.trees import get_log
from entraide.journal.domain.entries import ENTRY_LABEL
from entraide.journal.domain.errors import JournalBroken
from entraide.journal.domain.heads import verify_checkpoint, verify_cosignature
from entraide.journal.domain.leaves import unpack_leaves
from entraide.journal.domain.merkle import EMPTY_ROOT, fold_range, leaf_hash, plan_range
from entraide.journal.domain.notes import Cosignature, parse_checkpoint
from entraide.journal.domain.tiles import Place, edge_places, extend_tiles, read_from
from entraide.journal.models import Checkpoint, Entry, LeafRun, Log, Tile
from entraide.journal.models import Cosignature as CosignatureRow
from entraide.journal.services.sequencer import ensure_own_log, sequence_own_log
from entraide.kernel.dated_keys import KeyHistory, KeysRetired, NoKeysThen
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import LogId
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_

Signers = Mapping[str, KeyHistory]
NOBODY: Signers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    """A log that verified: its head, and how many checkpoints and cosignatures hold."""

    origin: str
    size: int
    root: bytes
    checkpoints: int
    cosignatures: int = 0


@dataclass(frozen=True, slots=True)
class Examination:
    """What verifying one log gave: `verified`, or the `error` that names the first bad place."""

    origin: str
    verified: VerifiedLog | None
    error: JournalBroken | None


def verify_log(node: Node, log_id: LogId, signers: Signers = NOBODY) -> VerifiedLog:
    """Verify one log of `node` from its entries up; raises `JournalBroken` naming the first bad place, or `NoSuchLog`.

    1. Entries (or leaves) carry the numbers 0, 1, 2, ... without a gap, and each entry's digest is that of its fields.
    2. The tiles are those of these leaves, none missing, none too many.
    3. The root of the head is that of these leaves, and nothing is numbered beyond the head.
    4. Each checkpoint is kept as it was signed, its root is that of the first leaves, and both signatures hold under
       the author's keys of that day; the head of an own log or mirror has one.
    5. Each cosignature holds under the reader's keys of its day.

    What it can't find alone: a log cut back whole, with its last checkpoints, by whoever owns the database. The
    partner's mirror and cosignatures show that (`compare_head`). A checkpoint that was removed below a later one loses
    nothing: the later one signs the same leaves.
    """
    with node.active():
        log = get_log(log_id)
        tiles: dict[Place, bytes] = {}
        size = 0
        for leaves in _list_own(node, log) if log.kind == Log.Kind.OWN else _list_directed(log):
            edge = {place: tiles[place] for place in edge_places(size)}
            tiles |= extend_tiles(size, edge, [leaf_hash(leaf) for leaf in leaves])
            size += len(leaves)
        if size != log.size:
            raise _broken(log, f"number {size}", N_("it is missing"))
        _check_tiles(log, tiles)
        root = fold_range(plan_range(0, size), read_from(tiles)) if size else EMPTY_ROOT
        if root != bytes(log.root):
            raise _broken(log, "the head", N_("its root is not that of the leaves"))
        known = {**signers, node.settings.name: node.keyring.history}
        checkpoints = _check_checkpoints(log, tiles, known)
        return VerifiedLog(log.origin, size, root, checkpoints, _check_cosignatures(log, known))


def verify_all_logs(node: Node, signers: Signers = NOBODY) -> list[VerifiedLog]:
    """Number what waits, then verify every log of `node`; raises `JournalBroken` at the first that does not hold."""
    examinations = examine_logs(node, signers)
    for examination in examinations:
        if examination.error is not None:
            raise examination.error
    return [examination.verified for examination in examinations if examination.verified is not None]


def examine_logs(node: Node, signers: Signers = NOBODY) -> list[Examination]:
    """Number what waits, verify every log of `node`, and return what each verification gave; the own log is first."""
    own_log_id = ensure_own_log(node)
    unsequenced = _sequence(node)
    with node.active():
        logs = [(LogId(log.id), log.origin) for log in Log.objects.order_by("origin")]
    logs.sort(key=lambda item: item[0] != own_log_id)
    examinations = [_examine(node, log_id, origin, signers) for log_id, origin in logs]
    if unsequenced is not None and examinations[0].error is None:
        examinations[0] = replace(examinations[0], verified=None, error=unsequenced)
    return examinations


def _sequence(node: Node) -> JournalBroken | None:
    try:
        sequence_own_log(node)
    except JournalBroken as error:
        return error
    return None


def _examine(node: Node, log_id: LogId, origin: str, signers: Signers) -> Examination:
    try:
        return Examination(origin, verify_log(node, log_id, signers), None)
    except JournalBroken as error:
        return Examination(origin, None, error)


def _list_own(node: Node, log: Log) -> Iterator[list[bytes]]:
    """Yield the digests of the entries in order, each computed from the row's fields (step 1)."""
    prefix = len(ENTRY_LABEL).to_bytes(2) + ENTRY_LABEL.encode()
    number = 0
    for rows in list_statements(connections[node.database], log):
        digests = []
        for index, statement, salt, digest in rows[: log.size - number]:
            if index != number:
                raise _broken(log, f"entry {number}", N_("it is missing"))
            computed = sha256(prefix + salt + statement).digest()
            if computed != digest:
                raise _broken(log, f"entry {number}", N_("it was changed"))
            digests.append(computed)
            number += 1
        if not digests:
            break
        yield digests
    # Read before the head: whoever numbers an entry moves the head in the same transaction.
    beyond = Entry.objects.filter(log=log).order_by("-index").values_list("index", flat=True).first()
    if beyond is not None and beyond >= get_log(LogId(log.id)).size:
        raise _broken(log, f"entry {beyond}", N_("it is numbered beyond the head"))


def _list_directed(log: Log) -> Iterator[list[bytes]]:
    number = 0
    runs = LeafRun.objects.filter(log=log, first__lt=log.size).order_by("first")
    for first, count, data in runs.values_list("first", "count", "data").iterator():
        try:
            leaves = unpack_leaves(bytes(data))
        except ValueError as error:
            raise _broken(log, f"leaf {first}", N_("its run is cut short")) from error
        if first != number or count != len(leaves):
            raise _broken(log, f"leaf {number}", N_("it is missing or out of order"))
        number += count
        yield leaves
    last = LeafRun.objects.filter(log=log).order_by("-first").values_list("first", flat=True).first()
    if last is not None and last >= get_log(LogId(log.id)).size:
        raise _broken(log, f"leaf {last}", N_("it lies beyond the head"))


def _check_tiles(log: Log, tiles: dict[Place, bytes]) -> None:
    missing = dict(tiles)
    surplus: list[Place] = []
    rows = Tile.objects.filter(log=log).order_by("level", "index").values_list("level", "index", "hashes")
    for level, index, hashes in rows.iterator():
        place = Place(level, index)
        expected = missing.pop(place, None)
        if expected is None:
            surplus.append(place)
        elif bytes(hashes)[: len(expected)] != expected:
            raise _broken(log, f"tile {level}/{index}", N_("it is not that of the leaves"))
        elif len(hashes) > len(expected):
            surplus.append(place)
    if missing:
        place = min(missing)
        raise _broken(log, f"tile {place.level}/{place.number}", N_("it is missing"))
    # While the log grows, tiles may be ahead of the size that is being verified.
    if surplus and get_log(LogId(log.id)).size == log.size:
        raise _broken(log, f"tile {surplus[0].level}/{surplus[0].number}", N_("it holds more than the leaves"))


def _check_checkpoints(log: Log, tiles: dict[Place, bytes], signers: Signers) -> int:
    read, count, largest = read_from(tiles), 0, 0
    rows = Checkpoint.objects.filter(log=log, size__lte=log.size).order_by("size").select_related("keys")
    for row in rows.iterator():
        place = f"the checkpoint at {row.size}"
        try:
            signed = parse_checkpoint(row.note)
            history = _known(signers, log.author)
            keys = verify_checkpoint(
                signed, origin=log.origin, author=log.author, history=history, stored_at=row.stored_at
            )
        except (NoKeysThen, KeysRetired) as error:
            raise _broken(log, place, N_("no keys of its author are valid for its day")) from error
        except EntraideError as error:
            raise _broken(log, place, N_("its signature does not hold with the keys of its day")) from error
        if (signed.size, signed.root, signed.at) != (row.size, bytes(row.root), row.at):
            raise _broken(log, place, N_("it was changed"))
        if signed.root != fold_range(plan_range(0, row.size), read):
            raise _broken(log, place, N_("its root is not that of the leaves"))
        if row.keys.keys != keys.to_json():
            raise _broken(log, place, N_("other keys are filed with it"))
        count, largest = count + 1, row.size
    if log.kind != Log.Kind.AUTHOR and largest != log.size:
        raise _broken(log, "the head", N_("no checkpoint signs it"))
    return count


def _check_cosignatures(log: Log, signers: Signers) -> int:
    count = 0
    rows = CosignatureRow.objects.filter(checkpoint__log=log, checkpoint__size__lte=log.size)
    for row in rows.order_by("checkpoint__size").select_related("checkpoint", "keys").iterator():
        try:
            signed = parse_checkpoint(row.checkpoint.note)
            cosignature = Cosignature(log.origin, signed.size, row.signer, row.at, Signature.from_json(row.signature))
            history = _known(signers, log.reader)
            verify_cosignature(
                cosignature, signed.checkpoint, reader=log.reader, history=history, stored_at=row.stored_at
            )
        except EntraideError as error:
            raise _broken(log, f"the cosignature at {row.checkpoint.size}", N_("it does not hold")) from error
        count += 1
    return count


def _known(signers: Signers, name: str) -> KeyHistory:
    """Return the keys of the node called `name`; of a stranger nothing is ever valid."""
    return signers.get(name, KeyHistory(()))


def _broken(log: Log, place: str, why: str) -> JournalBroken:
    return JournalBroken(origin=log.origin, place=place, why=why)

"""Keeps the notes of public changes short."""

from entraide.kernel.node import Node
from entraide.storage.adapters.revision import fold_changes


def fold_public_changes(node: Node) -> None:
    """Fold the notes of ended transactions into one, so that reading the revision stays one short query."""
    with node.active():
        fold_changes(node.database)

"""How rows name a watched place. Pure."""

from entraide.kernel.node import WatchedFeed, WatchedFolder

LONGEST = 600


def place_of(watched: WatchedFolder | WatchedFeed) -> str:
    """Return the name of a watched place: `folder:<path>` or `feed:<name>`."""
    named = f"folder:{watched.path}" if isinstance(watched, WatchedFolder) else f"feed:{watched.name}"
    return named[:LONGEST]

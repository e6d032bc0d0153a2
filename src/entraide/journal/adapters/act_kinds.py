"""The kinds of act that contexts declare when they are loaded."""

from entraide.journal.domain.acts import ActKind

_kinds: dict[str, ActKind] = {}


def declare_acts(*kinds: ActKind) -> None:
    """Declare kinds of act."""
    for kind in kinds:
        _kinds[kind.name] = kind


def act_kind_of(name: str) -> ActKind:
    """Return a declared kind of act; one that no context of this version declares has its name for words."""
    return _kinds.get(name, ActKind(name, name))


def list_act_kinds() -> tuple[ActKind, ...]:
    """Return all declared kinds of act."""
    return tuple(_kinds.values())

"""The passages of sources that a fact of the register cites."""

from uuid import UUID

from entraide.programme.api import FactKind


def list_passages(kind: FactKind, fact_id: UUID) -> tuple[object, ...]:
    """Return the cited passages of a fact, for `components/passage.html`."""
    del kind, fact_id
    return ()

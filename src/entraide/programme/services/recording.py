"""What every service of the register does the same way: roles, dates in columns, entries, the search index."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.journal.api import append_entry
from entraide.kernel.ids import UserId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.errors import TextMissing, UnknownCode


def require_registrar(actor: Actor) -> UserId:
    """Return the id of `actor`, who may keep facts of the register; raises `RoleMissing`."""
    require_role(actor, Role.desk_officer)
    return actor.user_id


def record(node: Node, act: str, subject: UUID, by: UserId | None, /, **content: Any) -> None:  # noqa: ANN401 - JSON
    """Append the entry `programme.<act>`; ids become text, so that the content stays canonical."""
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in content.items()}
    append_entry(node, kind=f"programme.{act}", subject=subject, content=plain, actor=by)


def date_columns(value: PartialDate | None) -> dict[str, Any]:
    """Return the three columns that hold a partial date; `sort_date` stays empty when the year is not known."""
    if value is None:
        return {"date": "", "date_basis": "", "sort_date": None}
    return {"date": value.value, "date_basis": value.basis.value, "sort_date": sort_date(value)}


def sort_date(value: PartialDate | None) -> date | None:
    """Return the day by which a list is ordered, None for an unknown year."""
    return None if value is None or value.year is None else value.earliest


def clean_texts(texts: Mapping[str, str], what: str) -> dict[str, str]:
    """Return `texts` without empty ones; raises `TextMissing` naming `what` when nothing is left."""
    kept = {language: " ".join(text.split()) for language, text in texts.items() if text.strip()}
    if not kept:
        raise TextMissing(what=what)
    return kept


def require_code(value: str, allowed: list[str], what: str) -> str:
    """Return `value` if it is one of the `allowed` codes; raises `UnknownCode` naming `what`."""
    if value not in allowed:
        raise UnknownCode(value=value[:40], what=what, allowed=", ".join(allowed))
    return value

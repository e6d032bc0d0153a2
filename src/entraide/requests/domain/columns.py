"""What lists, clocks and counts need of a content in plain columns: codes and dates, nothing that a person wrote.

They are the facts that the form tells the safeguards, and the two authorities that it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from entraide.requests.domain.forms import FieldKind, Form
from entraide.requests.domain.told_facts import Surroundings, derive_facts
from entraide.safeguards.domain.codes import Conduct
from entraide.safeguards.domain.request_facts import AuthorityFacts

_NOBODY = Surroundings(date.min, AuthorityFacts(""), AuthorityFacts(""))


@dataclass(frozen=True, slots=True)
class Columns:
    """The plain facts of a content; `conducts` refine the domain that the first offence counts in."""

    urgent: bool
    offences: tuple[str, ...]
    conducts: frozenset[Conduct]
    instrument: str
    expires_on: date | None
    sending_authority_id: UUID | None
    receiving_authority_id: UUID | None


def derive_columns(form: Form, content: Mapping[str, Any]) -> Columns:
    """Return the columns of `content`; what is not answered, or is no code, date or id, is empty or None."""
    facts = derive_facts(form, content, _NOBODY)
    return Columns(
        urgent=facts.urgent,
        offences=tuple(code[:10] for code in facts.offence.codes),
        conducts=facts.conducts,
        instrument=facts.basis.instrument,
        expires_on=facts.personal_data.expires_on,
        sending_authority_id=_authority(form, content, "sending"),
        receiving_authority_id=_authority(form, content, "receiving"),
    )


def _authority(form: Form, content: Mapping[str, Any], side: str) -> UUID | None:
    """The first authority that the form asks for on `side`."""
    for item in form.fields:
        if item.kind is FieldKind.AUTHORITY and item.side == side:
            try:
                return UUID(str(content.get(item.id)))
            except ValueError:
                return None
    return None

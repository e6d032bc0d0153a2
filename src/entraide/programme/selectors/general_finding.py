"""Which recorded facts of a kind a source may mean, and what they say, for kinds that have no rules of their own."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.adapters.columns import has_column, model_of
from entraide.programme.domain.comparing import match_fact
from entraide.programme.domain.facts import Candidate
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.relating import text_of, values_of_view
from entraide.programme.selectors.general_reads import list_facts

MOST_COMPARED, MOST_OFFERED = 500, 20
SORT_DATE = "sort_date"


def find_facts(node: Node, kind: Kind, given: Mapping[str, Any]) -> tuple[Candidate, ...]:
    """Return the facts of a kind that `given` (values by field) may mean, best first, at most 20.

    The rules are those of `domain.comparing`. Looked for among the facts that lead where the first given link of `same`
    leads, of about the same year where the kind has dates; without such a link among the latest of the kind.
    """
    with node.active():
        rows = model_of(kind)._default_manager.filter(_beside(kind, given) & _near(kind, given))  # noqa: SLF001 - of any model
        ids = list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_COMPARED])
    found = []
    for view in list_facts(node, kind, ids):
        recorded = values_of_view(kind, view)
        match = match_fact(kind, recorded, given)
        if match is not None:
            found.append(Candidate(kind.name, view.id, _summary(kind, recorded), match))
    return tuple(sorted(found, key=lambda item: (-item.match.strength, item.id))[:MOST_OFFERED])


def _beside(kind: Kind, given: Mapping[str, Any]) -> Q:
    """Return the condition for facts that lead where the first given link of `same` leads."""
    names = {name for item in kind.same for name in item}
    links = (field for field in kind.fields if field.type is FieldType.LINK and field.name in names)
    link = next((field for field in links if given.get(field.name)), None)
    return Q(**{link.column: given[link.name]}) if link is not None else Q()


def _near(kind: Kind, given: Mapping[str, Any]) -> Q:
    """Return the condition for facts of the year before, the same or the next, or of no known date."""
    day = given.get(kind.dated) if kind.dated else None
    if not isinstance(day, PartialDate) or day.year is None or not has_column(kind, SORT_DATE):
        return Q()
    known = Q(sort_date__year__gte=day.year - 1, sort_date__year__lte=day.year + 1)
    return known | Q(sort_date__isnull=True)


def _summary(kind: Kind, recorded: Mapping[str, Any]) -> str:
    """Return a line about a fact: what it is called, and what lists show of it."""
    fields: Sequence[Field] = [field for field in kind.fields if field == kind.called or field.listed]
    return " · ".join(text for field in fields if (text := _told(recorded.get(field.name))))[:200]


def _told(value: Any) -> str:  # noqa: ANN401 - whatever the field holds
    if isinstance(value, Mapping):
        return next(iter(value.values()), "")
    return text_of(value) if value and not isinstance(value, UUID) else ""

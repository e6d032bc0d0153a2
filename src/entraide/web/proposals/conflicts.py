"""Conflicts on the review page: both values with their passages and sources, and the form that chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.communiques.api import CitationView, ConflictView, SourceKind, family_of, list_conflicts
from entraide.kernel.ids import ProposalId
from entraide.kernel.node import Node
from entraide.programme.api import REASONS, Statement, load_kinds, say
from entraide.web.proposals.forms import ConflictForm, SettleAllForm
from entraide.web.proposals.texts import SOURCE_KINDS, fact_href
from entraide.web.templatetags.programme import edtf, field_title, value_text

KEEP, TAKE = "keep", "take"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two disagreeing values: its words, the kind and date of its weightiest source, its passages."""

    value: str
    kind: str
    passages: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A waiting conflict as the page shows it; `advice` says which value the weight of the sources shows, and why."""

    view: ConflictView
    key: str
    title: str
    shown: Side
    given: Side
    advice: str
    href: str

    def form(self, data: Mapping[str, Any] | None = None) -> ConflictForm:
        """Return the form that chooses, with what the weight says as its first choice."""
        keep = _("Keep “%(value)s” and record the other beside it") % {"value": self.shown.value}
        take = _("Show “%(value)s” and keep the former beside it") % {"value": self.given.value}
        preselected = TAKE if self.view.weighed.index == 1 else KEEP
        return ConflictForm(self.key, [(KEEP, keep), (TAKE, take)], preselected, self.view.shown.value, data)


def present_conflicts(node: Node, source_id: UUID) -> dict[ProposalId, Conflict]:
    """Return the waiting conflicts of a source for the page."""
    return {
        item: _present(view, number) for number, (item, view) in enumerate(list_conflicts(node, source_id).items(), 1)
    }


def settle_all_forms(conflicts: Sequence[Conflict]) -> list[tuple[str, SettleAllForm]]:
    """Return a form per field in which two or more conflicts wait, with the field's name."""
    families: dict[str, list[Conflict]] = {}
    for item in conflicts:
        families.setdefault(family_of(item.view.field), []).append(item)
    several = {kind.apart.family: say(kind.apart.many) for kind in load_kinds() if kind.apart}
    return [
        (
            several.get(family) or field_title(alike[0].view.fact_kind, family),
            SettleAllForm(initial={"family": family}, prefix=f"all-{family}"),
        )
        for family, alike in families.items()
        if len(alike) > 1
    ]


def _present(view: ConflictView, number: int) -> Conflict:
    winner = view.given if view.weighed.index == 1 else view.shown
    advice = _("By the weight of the sources: “%(value)s”.") % {
        "value": value_text(view.fact_kind, view.field, winner.value)
    }
    return Conflict(
        view,
        f"settle-{number}",
        field_title(view.fact_kind, view.field),
        Side(value_text(view.fact_kind, view.field, view.shown.value), _source(view.shown), view.shown_passages),
        Side(value_text(view.fact_kind, view.field, view.given.value), _source(view.given), ()),
        f"{advice} {_(REASONS[view.weighed.by])}",
        fact_href(view.fact_kind, view.fact_id),
    )


def _source(statement: Statement) -> str:
    kind = SOURCE_KINDS[SourceKind(statement.kind)] if statement.kind else _("no source recorded")
    return " · ".join(str(part) for part in (kind, edtf(statement.told_on) if statement.told_on else "") if part)

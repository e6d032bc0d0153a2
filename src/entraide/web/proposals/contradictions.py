"""Contradictions on the review page: both values with their passages and sources, and the form that chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.communiques.api import (
    CitationView,
    SourceKind,
    WaitingContradiction,
    family_of,
    list_waiting_contradictions,
)
from entraide.kernel.ids import ProposalId
from entraide.kernel.node import Node
from entraide.programme.api import REASONS, Statement, load_kinds, say
from entraide.web.proposals.forms import ContradictionForm, SettleAllForm
from entraide.web.proposals.texts import fact_href
from entraide.web.sourcekinds import SOURCE_KINDS
from entraide.web.templatetags.programme import edtf, field_title, value_text

KEEP, TAKE = "keep", "take"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two contradictory values: its words, the kind and date of its weightiest source, its passages."""

    value: str
    kind: str
    passages: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A waiting contradiction as the page shows it; `advice` says which value their weight shows, and why."""

    view: WaitingContradiction
    key: str
    title: str
    shown: Side
    given: Side
    advice: str
    href: str

    def form(self, data: Mapping[str, Any] | None = None) -> ContradictionForm:
        """Return the form that chooses, with what the weight says as its first choice."""
        keep = _("Keep “%(value)s” and record the other beside it") % {"value": self.shown.value}
        take = _("Show “%(value)s” and keep the former beside it") % {"value": self.given.value}
        preselected = TAKE if self.view.weighed.index == 1 else KEEP
        return ContradictionForm(self.key, [(KEEP, keep), (TAKE, take)], preselected, self.view.shown.value, data)


def present_contradictions(node: Node, source_id: UUID) -> dict[ProposalId, Contradiction]:
    """Return the waiting contradictions of a source for the page."""
    return {
        item: _present(view, number)
        for number, (item, view) in enumerate(list_waiting_contradictions(node, source_id).items(), 1)
    }


def settle_all_forms(contradictions: Sequence[Contradiction]) -> list[tuple[str, SettleAllForm]]:
    """Return a form per field in which two or more contradictions wait, with the field's name."""
    families: dict[str, list[Contradiction]] = {}
    for item in contradictions:
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


def _present(view: WaitingContradiction, number: int) -> Contradiction:
    winner = view.given if view.weighed.index == 1 else view.shown
    advice = _("By the weight of the sources: “%(value)s”.") % {
        "value": value_text(view.fact_kind, view.field, winner.value)
    }
    return Contradiction(
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

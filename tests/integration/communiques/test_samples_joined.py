"""The sample communiqués, kept in bulk: several reports of one event in three languages are one event."""

from collections import defaultdict

import pytest

from entraide.access.api import Role
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    count_sources_of,
    import_source,
    list_proposals,
    list_samples,
    read_sample,
)
from entraide.communiques.models import Citation
from entraide.directory.api import ensure_organisation, list_organisations
from entraide.programme import models as register
from tests.factories.answering import keep_and_answer
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

KEPT_AT_LEAST = 0.80
"""Share of the proposals of all samples that keeping in bulk puts into the register; the rest is asked of a person."""


def keep_samples(node, officer) -> tuple[int, int]:
    """Import all samples, keep in bulk what may be kept, answer what is likely known; return how many were kept, of how
    many."""
    sources = [
        import_source(node, actor=officer, name=item.name, text=read_sample(item.name), kind=item.kind)
        for item in list_samples()
    ]
    for kinds in (frozenset({ProposalKind.PARTY}), None):
        for source in sources:
            keep_and_answer(node, officer, source, kinds)
    states = [proposal.state for source in sources for proposal in list_proposals(node, source)]
    return sum(state is ProposalState.KEPT for state in states), len(states)


def events_in_several_languages() -> list[str]:
    """The dates of meetings that sources in two languages or more show."""
    languages = defaultdict(set)
    rows = Citation.objects.filter(fact_kind="meeting").values_list("fact_id", "passage__source__language").distinct()
    for meeting, language in rows:
        languages[meeting].add(language)
    several = [meeting for meeting, found in languages.items() if len(found) > 1]
    return list(register.Meeting.objects.filter(id__in=several).values_list("date", flat=True))


def test_the_samples_join_in_three_languages():
    """January 2025 is one meeting and one plan with three sources each, and a ministry is one in all languages."""
    node = make_node()
    officer = make_actor(node, Role.desk_officer)
    vietnam = ensure_organisation(
        node, actor=officer, state="VN", name="Ministry of Public Security of Viet Nam", language="en"
    )
    kept, proposed = keep_samples(node, officer)
    assert kept / proposed >= KEPT_AT_LEAST
    conference = register.Meeting.objects.get(date="2025-01-12")
    assert count_sources_of(node, "meeting", conference.id) == 3
    plan = register.Instrument.objects.get(
        kind="plan", period="2025", mechanism=conference.mechanism_id, actions__kind="signed"
    )
    assert count_sources_of(node, "instrument", plan.id) == 3
    # The sentence makes a commitment: each of the three texts has its own until a person joins them.
    for domain in ("information-exchange", "wanted-persons", "citizen-protection"):
        told = plan.commitments.filter(domain=domain)
        assert told.count() >= 2
        assert all(len(commitment.texts) == 1 for commitment in told)
    assert len(events_in_several_languages()) >= 5
    series = register.Series.objects.get(level="minister", meetings__date="2021-02-19")
    # 4th, 6th, 7th and 8th are told of; the 5th is a gap, and 1st to 3rd are before the first that is known.
    assert sorted(series.meetings.exclude(ordinal=5).values_list("ordinal", flat=True)) == [4, 6, 7, 8]
    police = [item for item in list_organisations(node) if any("ublic" in name for name in item.names.values())]
    assert sorted(item.state for item in police) == ["CN", "LA", "VN"]
    assert next(item.id for item in police if item.state == "VN") == vietnam

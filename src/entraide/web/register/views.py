"""The public register: what is recorded, each fact with where it comes from. Read-only, citable, without a login."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.communiques.api import list_contradictions
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId
from entraide.programme.api import (
    AssessmentMethod,
    AssessmentView,
    CommitmentFilter,
    CommitmentStatus,
    CommitmentView,
    FactKind,
    MechanismView,
    When,
    count_commitments,
    get_commitment,
    get_instrument,
    get_mechanism,
    get_meeting,
    get_timeline,
    list_commitments,
    list_instruments,
    list_meetings,
    list_mentioned,
    list_references,
    load_kinds,
    page_commitments,
)
from entraide.web.http import node_of
from entraide.web.naming import name_instrument
from entraide.web.register.chronicle import list_entries
from entraide.web.register.citations import list_passages
from entraide.web.register.drawing import axis_days, draw_timeline
from entraide.web.register.due import list_dues
from entraide.web.register.filters import ListFilter
from entraide.web.register.posts import link_posts
from entraide.web.register.signed_text import find_signed_text
from entraide.web.register.sittings import describe_sitting, describe_standing
from entraide.web.register.threads import draw_threads, threads_of
from entraide.web.templatetags.programme import mechanism_title, meeting_title

OTHERS = 8
SHOWN = 20
"""Commitments that the page of a mechanism shows; the list of all is one step away."""
SCORED = 100
"""Latest commitments that its scorecard counts by year."""
MOST = 100
"""Commitments that the page of a meeting or an instrument shows before it leads to the list of its mechanism's."""


def show_mechanism(request: HttpRequest, mechanism_id: UUID) -> HttpResponse:
    """Show a mechanism over time, with its meetings, instruments and commitments."""
    node = node_of(request)
    mechanism = get_mechanism(node, MechanismId(mechanism_id))
    today = node.clock.now().date()
    instruments = list_instruments(node, mechanism_id=mechanism.id, limit=2 * SHOWN)
    timeline = get_timeline(node, mechanism.id, today, others=axis_days(instruments))
    scored = page_commitments(node, CommitmentFilter(mechanism_id=mechanism.id), limit=SCORED).items
    meetings = list_meetings(node, mechanism_id=mechanism.id, limit=3 * SHOWN)
    mentioned = list_mentioned(node, mechanism.id)
    threads_of(request).update(draw_threads(node, scored, instruments=instruments, meetings=meetings))
    context = {
        "mechanism": mechanism,
        "drawing": draw_timeline(mechanism, timeline, instruments, today),
        "entries": list_entries(mechanism, timeline, meetings, mentioned)[: 3 * SHOWN],
        "dues": list_dues(mechanism, timeline),
        "announced": [item for item in mentioned if item.when is When.LATER],
        "instruments": instruments[:SHOWN],
        "commitments": scored[:SHOWN],
        "scored": scored,
        "told": [
            (CommitmentStatus(status), number)
            for status, number in count_commitments(node, mechanism_id=mechanism.id).items()
            if number
        ],
        "filter": ListFilter(
            request,
            load_kinds().get("commitment"),
            ("domain", "status", "year", "mechanism"),
            path=reverse("register:commitments"),
            mechanism=mechanism,
        ),
        "passages": list_passages(node, FactKind.MECHANISM, mechanism.id),
        **describe_standing(node, mechanism),
        "trail": [_home(), {"label": mechanism_title(mechanism)}],
    }
    return render(request, "register/mechanism.html", context)


def show_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting: who chaired it, what was agreed there, what else its sources mention."""
    node = node_of(request)
    meeting = get_meeting(node, MeetingId(meeting_id))
    context = {
        "meeting": meeting,
        "mechanism": (mechanism := get_mechanism(node, meeting.mechanism_id)),
        **describe_sitting(node, meeting),
        "instruments": list_instruments(node, meeting_id=meeting.id),
        **_commitments(list_commitments(node, meeting_id=meeting.id, limit=MOST + 1)),
        "references": list_references(node, meeting.id),
        "contradictions": list_contradictions(node, FactKind.MEETING, meeting.id),
        "passages": list_passages(node, FactKind.MEETING, meeting.id),
        "trail": [_home(), _mechanism(mechanism), {"label": meeting_title(meeting)}],
    }
    return render(request, "register/meeting.html", context)


def show_instrument(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Show an instrument: the log of its actions, its commitments, and its text if it was signed on this node."""
    node = node_of(request)
    instrument = get_instrument(node, InstrumentId(instrument_id))
    context = {
        "instrument": instrument,
        "mechanism": (mechanism := get_mechanism(node, instrument.mechanism_id)),
        "meeting": get_meeting(node, instrument.meeting_id) if instrument.meeting_id else None,
        "actions": [(action, link_posts(node, action.signatories)) for action in instrument.actions],
        **_commitments(list_commitments(node, instrument_id=instrument.id, limit=MOST + 1)),
        "contradictions": list_contradictions(node, FactKind.INSTRUMENT, instrument.id),
        "passages": list_passages(node, FactKind.INSTRUMENT, instrument.id),
        "signed": find_signed_text(node, instrument),
        "trail": [_home(), _mechanism(mechanism), {"label": name_instrument(instrument).text}],
    }
    return render(request, "register/instrument.html", context)


def show_commitment(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Show a commitment: its words, where they stand, the counts and the grades that speak for it."""
    node = node_of(request)
    commitment = get_commitment(node, CommitmentId(commitment_id))
    alike = CommitmentFilter(mechanism_id=commitment.mechanism_id, domain=commitment.domain)
    same = page_commitments(node, alike, limit=OTHERS + 1)
    context = {
        "commitment": commitment,
        "mechanism": (mechanism := get_mechanism(node, commitment.mechanism_id)),
        "instrument": get_instrument(node, commitment.instrument_id) if commitment.instrument_id else None,
        "meeting": get_meeting(node, commitment.meeting_id) if commitment.meeting_id else None,
        "contradictions": list_contradictions(node, FactKind.COMMITMENT, commitment.id),
        "passages": (passages := list_passages(node, FactKind.COMMITMENT, commitment.id)),
        "thread": draw_threads(node, [commitment])[commitment.id],
        "told_by": (told_by := {item.source_id: item.kind for item in passages}),
        "told_kinds": Counter(told_by.values()).most_common(),
        "methods": list(AssessmentMethod),
        "assessments": _side_by_side(commitment.assessments),
        "others": [item for item in same.items if item.id != commitment.id][:OTHERS],
        "trail": [_home(), _mechanism(mechanism), {"label": gettext("Commitment")}],
    }
    return render(request, "register/commitment.html", context)


def _side_by_side(
    given: Sequence[AssessmentView],
) -> list[tuple[str, list[tuple[AssessmentMethod, list[AssessmentView]]]]]:
    """Return the assessments of each period, the latest first, in columns by who speaks; none hides another."""
    periods = sorted({item.period for item in given}, reverse=True)
    return [
        (
            period,
            [
                (method, [item for item in given if item.period == period and item.method is method])
                for method in AssessmentMethod
            ],
        )
        for period in periods
    ]


def _commitments(found: Sequence[CommitmentView]) -> dict[str, Any]:
    return {"commitments": found[:MOST], "more": len(found) > MOST}


def _home() -> dict[str, str]:
    return {"label": gettext("Register"), "href": reverse("register:home")}


def _mechanism(mechanism: MechanismView) -> dict[str, str]:
    return {"label": mechanism_title(mechanism), "href": reverse("register:mechanism", args=[mechanism.id])}

"""Typed reads of requests. Lists, timelines and counts use plain columns; opening a content needs a reason."""

from entraide.requests.selectors.contents import may_read, require_reason
from entraide.requests.selectors.details import get_request
from entraide.requests.selectors.lists import count_answers, count_answers_in, list_due, list_requests
from entraide.requests.selectors.rows import direction_of, find_partner_of, list_events, list_evidence_facts, read_sides
from entraide.requests.selectors.schemas import get_form_schema
from entraide.requests.selectors.views import (
    AnswerSummary,
    ClearanceSummary,
    DueItem,
    FoundBySafeguard,
    RequestDetail,
    RequestPage,
    RequestSummary,
)

__all__ = [
    "AnswerSummary",
    "ClearanceSummary",
    "DueItem",
    "FoundBySafeguard",
    "RequestDetail",
    "RequestPage",
    "RequestSummary",
    "count_answers",
    "count_answers_in",
    "direction_of",
    "find_partner_of",
    "get_form_schema",
    "get_request",
    "list_due",
    "list_events",
    "list_evidence_facts",
    "list_requests",
    "may_read",
    "read_sides",
    "require_reason",
]

"""The door of requests: forms, drafting, checks, four eyes, answers, counts; handlers of a partner's messages."""

from entraide.requests.adapters.vocabulary import (
    BadVocabulary,
    Label,
    Words,
    code_sets,
    list_forms,
    list_own_forms,
    list_unlabelled,
    load_form,
    read_words,
)
from entraide.requests.domain.errors import (
    AnswerIncomplete,
    CarriageRefused,
    NoSuchRequest,
    NotClearable,
    RequestErased,
)
from entraide.requests.selectors import (
    DueItem,
    FoundBySafeguard,
    RequestDetail,
    RequestPage,
    RequestSummary,
    count_answers,
    count_answers_in,
    get_form_schema,
    get_request,
    list_due,
    list_requests,
    may_read,
)
from entraide.requests.services.answers import approve_answer, draft_answer
from entraide.requests.services.checks import check_request
from entraide.requests.services.clearances import clear_finding, confirm_clearance
from entraide.requests.services.drafts import create_draft, update_draft
from entraide.requests.services.execution import acknowledge, close, start_execution
from entraide.requests.services.handlers import HANDLERS
from entraide.requests.services.opening import open_request
from entraide.requests.services.paper import record_on_paper, record_paper_answer
from entraide.requests.services.release import approve_release, return_to_drafter, submit_for_approval, withdraw
from entraide.requests.services.retention import erase_expired
from entraide.requests.services.verification import verify_statements

__all__ = [
    "HANDLERS",
    "AnswerIncomplete",
    "BadVocabulary",
    "CarriageRefused",
    "DueItem",
    "FoundBySafeguard",
    "Label",
    "NoSuchRequest",
    "NotClearable",
    "RequestDetail",
    "RequestErased",
    "RequestPage",
    "RequestSummary",
    "Words",
    "acknowledge",
    "approve_answer",
    "approve_release",
    "check_request",
    "clear_finding",
    "close",
    "code_sets",
    "confirm_clearance",
    "count_answers",
    "count_answers_in",
    "create_draft",
    "draft_answer",
    "erase_expired",
    "get_form_schema",
    "get_request",
    "list_due",
    "list_forms",
    "list_own_forms",
    "list_requests",
    "list_unlabelled",
    "load_form",
    "may_read",
    "open_request",
    "read_words",
    "record_on_paper",
    "record_paper_answer",
    "return_to_drafter",
    "start_execution",
    "submit_for_approval",
    "update_draft",
    "verify_statements",
    "withdraw",
]

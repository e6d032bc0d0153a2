"""The description of the interface (OpenAPI 3.1): what ninja derives from the code, and what every address shares."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from entraide.directory.api import list_states
from entraide.programme.api import load_domains
from entraide.programme.domain.cursors import CURSOR_PATTERN
from entraide.rest.interface import PROBLEM_TYPE
from entraide.rest.routers import COMPLETE

HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {
        "description": "Weak tag of this answer; send it back as If-None-Match (RFC 9110, section 13.1.2)",
        "schema": {"type": "string"},
    },
    "Last-Modified": {
        "description": "When the register last changed; absent during the minute after a change",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "How long the answer may be kept", "schema": {"type": "string"}},
    "Link": {
        "description": "On lists: the neighbouring pages, `next` and `prev` (RFC 8288)",
        "schema": {"type": "string"},
    },
    "RateLimit-Limit": {"description": "Requests in a row that are served at most", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "How many of them are left now", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until all are there again", "schema": {"type": "integer"}},
    "Retry-After": {"description": "Seconds to wait (RFC 6585, section 4)", "schema": {"type": "integer"}},
}
LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
CONDITIONS: list[dict[str, Any]] = [
    {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "ETag of an earlier answer; an unchanged one is 304",
        "schema": {"type": "string"},
        "example": 'W/"4f1c0c7c5f0e4a6d8f0a9b3c2d1e0f9a"',
    },
]
CODES = {"state": "StateCode", "domain": "DomainCode", "cursor": "Cursor", "fact_kind": "FactKind"}
STATE_CODE = "ISO 3166-1 alpha-2; XX: an organisation of States"
PROBLEMS = {
    "400": "A parameter is wrong or unknown",
    "401": "The token is not valid, or one is needed",
    "403": "The token lacks a scope",
    "404": "There is no such thing",
    "429": "Too many requests; wait as long as Retry-After says",
}


def describe(request: HttpRequest) -> HttpResponse:
    """Answer the description of the interface (OpenAPI)."""
    del request
    return HttpResponse(openapi_text(), content_type="application/json")


@cache
def openapi_text() -> str:
    """Return the description as JSON text, the same for every node."""
    return json.dumps(describe_interface(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def describe_interface() -> dict[str, Any]:
    """Return the description of every address: parameters, answers, errors and headers."""
    # By way of the document's own text: ninja's holds classes of its own.
    described: dict[str, Any] = json.loads(json.dumps(COMPLETE.get_description(), default=str))
    described["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    described["servers"] = [{"url": "/", "description": "This node"}]
    described["tags"] = [
        {"name": "register", "description": "Mechanisms, meetings, instruments, commitments"},
        {"name": "directory", "description": "Organisations, posts and who held them"},
        {"name": "sources", "description": "What shows each fact"},
        {"name": "requests", "description": "Counts, with a token"},
    ]
    described["components"]["headers"] = HEADERS
    described["components"]["schemas"] |= {
        "StateCode": {"type": "string", "enum": [*sorted(list_states()), "XX"], "description": STATE_CODE},
        "DomainCode": {"type": "string", "enum": list(load_domains().codes), "description": "A domain of cooperation"},
        "Cursor": {"type": "string", "pattern": CURSOR_PATTERN, "description": "A place in a list, opaque"},
    }
    for schema in described["components"]["schemas"].values():
        schema.get("required", []).sort()
    for methods in described["paths"].values():
        for operation in methods.values():
            _complete(operation)
    return described


def _complete(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in CODES:
            _name_codes(parameter)
    needs_token = bool(operation.get("security"))
    if not needs_token:
        operation["security"] = []  # said, so that nobody takes it for forgotten (OpenAPI 3.1, section 4.8.10)
        operation["parameters"] = [*operation.get("parameters", []), *CONDITIONS]
        operation["responses"]["304"] = {
            "description": "Not modified since the answer with this tag",
            "headers": _headers("ETag", "Cache-Control"),
        }
        for status in ("401", "403"):
            operation["responses"].pop(status, None)
    for status, response in operation["responses"].items():
        if status in PROBLEMS:
            response["description"] = PROBLEMS[status]
            content = response.pop("content", {})
            response["content"] = {PROBLEM_TYPE: next(iter(content.values()), {})}
            if status == "429":
                response["headers"] = _headers("Retry-After", *LIMITS)
        elif status == "200":
            response["headers"] = _headers("ETag", "Last-Modified", "Cache-Control", "Link", *LIMITS)


def _name_codes(parameter: dict[str, Any]) -> None:
    """Say which codes a parameter takes."""
    reference = {"$ref": f"#/components/schemas/{CODES[parameter['name']]}"}
    if parameter["schema"].get("type") == "array":
        parameter["schema"]["items"] = reference
    else:
        parameter["schema"] = reference


def _headers(*names: str) -> dict[str, dict[str, str]]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}

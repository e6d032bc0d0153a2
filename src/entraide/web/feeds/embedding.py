"""Linked data inside a page, for whoever reads pages and follows no link: the schema.org part of the page's document.

The common readers of such data know the one context `https://schema.org` and plain values, so a text stands in the
language of the page, and what has no term there is left out. The whole is behind the page's link (`.jsonld`).
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from entraide import __version__
from entraide.kernel.errors import EntraideError
from entraide.kernel.languages import choose_text
from entraide.kernel.node import Node
from entraide.programme.api import list_linked_kinds
from entraide.storage.api import get_revision
from entraide.web.feeds.answers import KeptAnswers
from entraide.web.feeds.linked import CONTEXT, Document, document_of
from entraide.web.http import node_of
from entraide.web.language import reader_language

PAGE = re.compile(r"/([a-z_]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
SCHEMA = "schema:"
LANGUAGE_MAP = "@language"
# What would end the script, or begin a comment in it, is written as JSON may write any character.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def embedded_data(request: HttpRequest) -> SafeString:
    """Return the linked data of the page that is asked for as a script element, empty where it has none."""
    match = PAGE.fullmatch(request.path)
    kind = next((item for item in list_linked_kinds() if match and item.table == match[1]), None)
    if match is None or kind is None:
        return SafeString("")
    node, language = node_of(request), reader_language()
    try:
        text = _kept(node, kind.name, UUID(match[2]), language)
    except EntraideError:
        return SafeString("")  # the page says what is wrong
    return mark_safe(f'<script type="application/ld+json">{text}</script>') if text else SafeString("")  # noqa: S308 - escaped


def _kept(node: Node, kind: str, id_: UUID, language: str) -> str:
    """Return the text of the script, made once for each state of the register."""
    tag = get_revision(node).tag_of(__version__, node.settings.origin, "embedded", kind, id_, language)
    kept = node.process.of(KeptAnswers)
    found = kept.find(tag)
    if found is None:
        document = as_schema_org(document_of(node, kind, id_), language)
        found = json.dumps(document, ensure_ascii=False).translate(_ESCAPES).encode() if document else b""
        kept.keep(tag, found)
    return found.decode()


def as_schema_org(document: Document, language: str) -> Document:
    """Return what schema.org has terms for, texts in `language`; empty where it has no class for the whole."""
    told = _node(document, language)
    return {"@context": "https://schema.org", **told} if "@type" in told else {}


def _node(value: Mapping[str, Any], language: str) -> Document:
    found: Document = {}
    types = [item.removeprefix(SCHEMA) for item in value.get("type", ()) if item.startswith(SCHEMA)]
    if types:
        found["@type"] = types if len(types) > 1 else types[0]
    if "id" in value:
        found["@id"] = value["id"]
    for term, item in value.items():
        name = _term(term)
        told = _value(term, item, language) if name else None
        if name and told not in (None, "", [], {}):
            found[name] = told
    return found


def _term(term: str) -> str:
    """Return the schema.org name of a term of ours, empty where it means something else."""
    meant = CONTEXT.get(term)
    iri = meant.get("@id", "") if isinstance(meant, Mapping) else str(meant or "")
    return iri.removeprefix(SCHEMA) if iri.startswith(SCHEMA) else ""


def _value(term: str, value: Any, language: str) -> Any:  # noqa: ANN401 - as JSON has it
    meant = CONTEXT[term]
    if isinstance(value, Mapping):
        if isinstance(meant, Mapping) and meant.get("@container") == LANGUAGE_MAP:
            return choose_text(value, language).text
        told = _node(value, language)
        return told if "@type" in told else None
    if isinstance(value, list):
        return [item for item in (_value(term, each, language) for each in value) if item is not None]
    if isinstance(meant, Mapping) and meant.get("@type") == "@vocab":
        return f"https://schema.org/{str(value).removeprefix(SCHEMA)}"
    return value

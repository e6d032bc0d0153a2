"""What pages show of a request: its content to read, findings explained, the timeline with its clocks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, ngettext

from entraide.directory.api import Authority, NoSuchAuthority, get_authority, state_name
from entraide.kernel.ids import AuthorityId
from entraide.kernel.node import Node
from entraide.requests.api import FoundBySafeguard, RequestDetail, Words
from entraide.requests.domain.answers import NEUTRAL_REASON
from entraide.requests.domain.clocks import Clock
from entraide.requests.domain.forms import Field, FieldKind, Form
from entraide.requests.domain.timeline import ItemKind, TimelineItem
from entraide.safeguards.api import get_rule
from entraide.web.language import filled
from entraide.web.naming import name_body_words
from entraide.web.requests.texts import ACTS, CLOCKS, EVIDENCES, remedy_for
from entraide.web.templatetags import moments


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a list, such as a person, with what is known of it."""

    title: str
    items: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of a form as it was answered."""

    title: str
    items: tuple[dict[str, str], ...]
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """A finding with its rule explained and what can be done."""

    finding: FoundBySafeguard
    title: str
    message: str
    explanation: str
    source: str
    remedy: str
    may_clear: bool
    needs_decision: bool


def read_content(form: Form, content: Mapping[str, Any], words: Words) -> list[ReadSection]:
    """Return the answered questions of `content`, section by section; unanswered ones are left out."""
    sections = []
    for section in form.sections:
        items, rows = [], []
        for item in section.fields:
            value = content.get(item.id)
            if value in (None, "", []):
                continue
            if item.kind is FieldKind.ROWS:
                rows += list(_rows(item, value, content, words))
            else:
                items.append(_answer(words.field(item.id).text, item, value, content, words))
        if items or rows:
            sections.append(ReadSection(words.section(section.id).text, tuple(items), tuple(rows)))
    return sections


def read_answer(form: Form, content: Mapping[str, Any], words: Words) -> list[ReadSection]:
    """Return an answer to read; a neutral refusal reads the same whatever stands behind it."""
    if content.get("ground") == "general":
        items = (
            {
                "term": words.field("outcome").text,
                "value": words.code("answer_outcome", str(content.get("outcome"))),
            },
            {"term": words.field("ground").text, "value": gettext(NEUTRAL_REASON)},
        )
        return [ReadSection(words.section("outcome").text, items, ())]
    return read_content(form, content, words)


def _rows(
    item: Field, rows: Sequence[Mapping[str, Any]], content: Mapping[str, Any], words: Words
) -> Iterator[ReadRow]:
    for index, row in enumerate(rows):
        items = tuple(
            _answer(words.field(f"{item.id}.{child.id}").text, child, row[child.id], content, words)
            for child in item.fields
            if row.get(child.id) not in (None, "", [])
        )
        yield ReadRow(f"{words.field(item.id).item} {index + 1}", items)


def _answer(term: str, item: Field, value: object, content: Mapping[str, Any], words: Words) -> dict[str, str]:
    """Return an answer; what was written freely has the language of the request, and is shown as it was written."""
    told = _value(item, value, words)
    if item.kind not in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return {"term": term, "value": told}
    if words.node.settings.demonstration and gettext(told) != told:
        return {"term": term, "value": gettext(told)}
    return {"term": term, "value": told, "language": str(content.get("language", ""))}


def _value(item: Field, value: object, words: Words) -> str:
    if item.kind is FieldKind.CODE:
        return words.code(item.codes, str(value))
    if item.kind is FieldKind.CODES and isinstance(value, list):
        return "; ".join(words.code(item.codes, str(code)) for code in value)
    if item.kind is FieldKind.AUTHORITY:
        return _authority(words.node, str(value))
    if item.kind is FieldKind.STATE:
        return state_name(str(value), words.language)
    if item.kind is FieldKind.DATE:
        return _date(str(value))
    return str(value)


def _authority(node: Node, value: str) -> str:
    try:
        authority = get_authority(node, AuthorityId(UUID(value)))
    except (NoSuchAuthority, ValueError):
        return gettext("an authority that is not in the directory ({id})").format(id=value[:36])
    return authority_name(authority)


def authority_name(authority: Authority) -> str:
    """Return an authority's name, with its organisation's where that says more."""
    name = name_body_words(authority.name, authority.state).text
    organisation = name_body_words(authority.organisation_name, authority.state).text
    if name == organisation or authority.name == authority.organisation_name:
        return name
    return f"{name} ({organisation})"


def _date(value: str) -> str:
    try:
        return moments.on_day(date.fromisoformat(value))
    except ValueError:
        return value


def read_findings(findings: Iterable[FoundBySafeguard], words: Words) -> list[ReadFinding]:
    """Return the findings explained, heaviest first; the order of the rules is kept among equals."""
    weights = {"block": 0, "needs_assurance": 1, "needs_review": 2, "warn": 3}
    ordered = sorted(findings, key=lambda finding: weights.get(finding.outcome, 4))
    return [_finding(finding, words) for finding in ordered]


def _finding(finding: FoundBySafeguard, words: Words) -> ReadFinding:
    rule = get_rule(words.node, finding.rule_id, words.language)
    params = {name: gettext(value) if value else value for name, value in finding.params.items()}
    stops = finding.outcome not in {"permit", "warn"}
    return ReadFinding(
        finding=finding,
        title=rule.title,
        message=filled(finding.message, params),
        explanation=rule.explanation,
        source="; ".join(f"{source.name} {source.article}".strip() for source in rule.sources),
        remedy=remedy_for(finding.clearable, missing=finding.missing) if stops else "",
        may_clear=stops and not finding.missing and finding.clearable != "never_for_missing",
        needs_decision=finding.clearable == "decision_reference",
    )


def read_timeline(detail: RequestDetail, words: Words) -> list[dict[str, object]]:
    """Return the events of the timeline component: acts, signed evidences, and what is still due."""
    return [_event(item, words) for item in detail.timeline]


def _event(item: TimelineItem, words: Words) -> dict[str, object]:
    if item.kind is ItemKind.DUE:
        tone, text = ("bad", gettext("overdue")) if item.late else ("wait", gettext("due"))
        return {"at": item.at, "title": CLOCKS[item.name], "text": text, "tone": tone, "to_come": not item.late}
    if item.kind is ItemKind.EVIDENCE:
        about = gettext("the answer") if item.about == "answer" else gettext("the request")
        return {
            "at": item.at,
            "title": EVIDENCES[item.name],
            "text": gettext("Signed evidence about {what}").format(what=about),
            "by": item.by,
            "code": item.code,
            "tone": "bad" if item.name in {"rejected", "non_delivery"} else "good",
        }
    return {
        "at": item.at,
        "title": ACTS[item.name],
        "text": _code_text(item, words),
        "by": item.by,
        "tone": _tone(item),
    }


def _code_text(item: TimelineItem, words: Words) -> str:
    if item.name in {"answered", "postponed"}:
        return words.code("answer_outcome", item.code)
    if item.name == "acknowledged":
        return words.code("assignment", item.code)
    if item.name == "stopped" and item.code == "incomplete":
        return gettext("The form is incomplete.")
    return item.code


def _tone(item: TimelineItem) -> str:
    return {"stopped": "bad", "released": "accent", "answered": "good", "postponed": "wait"}.get(item.name, "neutral")


def read_clocks(clocks: Iterable[Clock]) -> list[dict[str, object]]:
    """Return the clocks for their component, with the warning before an end of preservation."""
    return [
        {
            "label": CLOCKS[clock.name],
            "due": clock.due,
            "done": clock.met_at,
            "warning": _warning(clock.warning) if clock.warning and clock.met_at is None else "",
        }
        for clock in clocks
    ]


def _warning(left: timedelta) -> str:
    text = ngettext(
        "Less than %(days)s day is left: ask for an extension or send the request for the data.",
        "Less than %(days)s days are left: ask for an extension or send the request for the data.",
        left.days,
    )
    return text % {"days": left.days}


def moment(at: datetime | None) -> str:
    """Return a moment in words, at the node's place."""
    return moments.moment(at)

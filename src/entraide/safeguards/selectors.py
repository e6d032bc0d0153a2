"""Typed reads of the rules and code lists, with labels in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from entraide.kernel.errors import NotFound
from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import SOURCE, spoken_for
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.safeguards.adapters.files import read_rules, read_vocabulary
from entraide.safeguards.domain.codes import Conduct
from entraide.safeguards.domain.model import Rule, RuleSet, Source
from entraide.safeguards.domain.rules import CHECKS

ONLINE = frozenset({Conduct.SYSTEMS_DATA})


class NoSuchCode(NotFound):
    """There is no such code list or code."""

    code = "safeguards.no_such_code"
    message = N_("There is no code {value} in the list {name}.")
    remedy = N_("Choose a code of the list; /safeguards/ shows the rules and lists of this node.")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list with its label; `status` says whether the code was read in its source."""

    code: str
    label: str
    status: str = "seen"


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source of a rule in words: the instrument's name, the article, and whether it was read."""

    instrument: str
    name: str
    article: str
    status: str


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A rule with its title, explanation and sources in the reader's language.

    `kinds` are pairs of a request type's label (empty for the default) and the label of the rule's force there;
    `applies_to` are labels of request types; `checked` is False for rules of types that this version does not carry.
    """

    id: str
    title: str
    explanation: str
    outcome: str
    outcome_label: str
    kinds: tuple[tuple[str, str], ...]
    applies_to: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    source_status: str
    clearable: str
    clearable_label: str
    neutral: bool
    lifts: str
    since: str
    checked: bool


@dataclass(frozen=True, eq=False, slots=True)
class CodeLists:
    """The codes of a node's lists in their order, and what its rules look at in a type of request."""

    lists: Mapping[str, tuple[str, ...]]
    traits: frozenset[str]


def load_rules(node: Node) -> RuleSet:
    """Return the reviewed rules of `node` and their digest."""
    return read_rules(node.settings.safeguards)


def load_code_lists(node: Node) -> CodeLists:
    """Return the codes that the rules of `node` know, without their labels: one value for each folder of rules."""
    return _read_code_lists(node.settings.safeguards)


def list_codes(node: Node, name: str, language: str = SOURCE) -> list[Code]:
    """Return the entries of the code list `name` in their order, labelled; raises `NoSuchCode` for an unknown list."""
    structure = read_vocabulary("codes.yaml", node.settings.safeguards).get(name)
    if name == "version" or structure is None:
        raise NoSuchCode(value="", name=name)
    labels = _labels(node, language).get(name, {})
    return [Code(str(code), str(labels.get(str(code), code)), _status(structure, code)) for code in structure]


def label_of(node: Node, name: str, code: str, language: str = SOURCE) -> str:
    """Return the label of `code` in the list `name`, or the code itself when the list does not have it."""
    return str(_labels(node, language).get(name, {}).get(code, code))


def offence_domain(node: Node, code: str, conducts: frozenset[Conduct] = frozenset()) -> str:
    """Return the cooperation domain that an ICCS offence counts in; raises `NoSuchCode`.

    The longest listed beginning of `code` decides, so that `0204199` counts as `0204`. Fraud by means of computer
    systems (`conducts`) counts as fraud by telecommunication and online.
    """
    offences: dict[str, dict[str, str]] = read_vocabulary("codes.yaml", node.settings.safeguards)["offences"]
    for length in range(len(code), 1, -1):
        entry = offences.get(code[:length])
        if entry:
            return entry.get("online_domain", entry["domain"]) if conducts & ONLINE else entry["domain"]
    raise NoSuchCode(value=code, name="offences")


def list_rules(node: Node, language: str = SOURCE) -> list[ExplainedRule]:
    """Return all rules in the order of their ids, explained in `language`."""
    return [_explain(node, rule, language) for rule in load_rules(node).rules]


def get_rule(node: Node, rule_id: str, language: str = SOURCE) -> ExplainedRule:
    """Return one rule, explained in `language`; raises `NoSuchCode`."""
    for rule in load_rules(node).rules:
        if rule.id == rule_id:
            return _explain(node, rule, language)
    raise NoSuchCode(value=rule_id[:20], name="rules")


def _explain(node: Node, rule: Rule, language: str) -> ExplainedRule:
    texts = _labels(node, language)["rules"][rule.id]
    return ExplainedRule(
        id=rule.id,
        title=texts["title"],
        explanation=texts["explanation"],
        outcome=rule.outcome.value,
        outcome_label=label_of(node, "outcomes", rule.outcome.value, language),
        kinds=_kinds(node, rule, language),
        applies_to=tuple(
            code.label for code in list_codes(node, "request_types", language) if code.code in rule.applies_to
        ),
        sources=tuple(_cite(node, source, language) for source in rule.sources),
        source_status=rule.source_status.value,
        clearable=rule.clearable.value,
        clearable_label=label_of(node, "clearable", rule.clearable.value, language),
        neutral=rule.neutral,
        lifts=rule.lifts,
        since=rule.since.isoformat(),
        checked=bool(rule.lifts) or rule.id in CHECKS,
    )


def _kinds(node: Node, rule: Rule, language: str) -> tuple[tuple[str, str], ...]:
    """The force by type, the default last; what has a trait is told by the types that have it."""
    types = sorted(code.code for code in list_codes(node, "request_types") if code.code in rule.kinds)
    named = [(label_of(node, "request_types", code, language), rule.kinds[code]) for code in types]
    return tuple(
        (name, label_of(node, "rule_kinds", kind, language)) for name, kind in [*named, ("", rule.kinds["default"])]
    )


def _cite(node: Node, source: Source, language: str) -> CitedSource:
    name = label_of(node, "instruments", source.instrument, language)
    return CitedSource(source.instrument, name, source.article, source.status.value)


@cache
def _read_code_lists(folder: Path | None) -> CodeLists:
    structure = read_vocabulary("codes.yaml", folder)
    lists = {name: tuple(str(code) for code in codes) for name, codes in structure.items() if name != "version"}
    return CodeLists(lists, frozenset(read_vocabulary("rules.yaml", folder)["traits"]))


def _labels(node: Node, language: str) -> dict[str, Any]:
    return _read_labels(node.settings.safeguards, spoken_for(language))


@cache
def _read_labels(folder: Path | None, language: str) -> dict[str, Any]:
    return translate_labels(read_vocabulary("labels.yaml", folder), "safeguards", language)


def _status(structure: Any, code: Any) -> str:  # noqa: ANN401 - a list or a table of YAML
    return str(structure[code].get("status", "seen")) if isinstance(structure, dict) else "seen"

"""Typed reads of the rules and code lists, with labels in the reader's language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from entraide.kernel.errors import NotFound
from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import SOURCE, spoken_for
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


def load_rules() -> RuleSet:
    """Return the reviewed rules of this node and their digest."""
    return read_rules()


def list_codes(name: str, language: str = SOURCE) -> list[Code]:
    """Return the entries of the code list `name` in their order, labelled; raises `NoSuchCode` for an unknown list."""
    structure = read_vocabulary("codes.yaml").get(name)
    if name == "version" or structure is None:
        raise NoSuchCode(value="", name=name)
    labels = _labels(spoken_for(language)).get(name, {})
    return [Code(str(code), str(labels.get(str(code), code)), _status(structure, code)) for code in structure]


def label_of(name: str, code: str, language: str = SOURCE) -> str:
    """Return the label of `code` in the list `name`, or the code itself when the list does not have it."""
    return str(_labels(spoken_for(language)).get(name, {}).get(code, code))


def offence_domain(code: str, conducts: frozenset[Conduct] = frozenset()) -> str:
    """Return the cooperation domain that an ICCS offence counts in; raises `NoSuchCode`.

    The longest listed beginning of `code` decides, so that `0204199` counts as `0204`. Fraud by means of computer
    systems (`conducts`) counts as fraud by telecommunication and online.
    """
    offences: dict[str, dict[str, str]] = read_vocabulary("codes.yaml")["offences"]
    for length in range(len(code), 1, -1):
        entry = offences.get(code[:length])
        if entry:
            return entry.get("online_domain", entry["domain"]) if conducts & ONLINE else entry["domain"]
    raise NoSuchCode(value=code, name="offences")


def list_rules(language: str = SOURCE) -> list[ExplainedRule]:
    """Return all rules in the order of their ids, explained in `language`."""
    return [_explain(rule, language) for rule in read_rules().rules]


def get_rule(rule_id: str, language: str = SOURCE) -> ExplainedRule:
    """Return one rule, explained in `language`; raises `NoSuchCode`."""
    for rule in read_rules().rules:
        if rule.id == rule_id:
            return _explain(rule, language)
    raise NoSuchCode(value=rule_id[:20], name="rules")


def _explain(rule: Rule, language: str) -> ExplainedRule:
    texts = _labels(spoken_for(language))["rules"][rule.id]
    kinds = sorted(rule.kinds.items(), key=lambda item: (item[0] == "default", item[0]))
    return ExplainedRule(
        id=rule.id,
        title=texts["title"],
        explanation=texts["explanation"],
        outcome=rule.outcome.value,
        outcome_label=label_of("outcomes", rule.outcome.value, language),
        kinds=tuple(
            (
                label_of("request_types", key, language) if key != "default" else "",
                label_of("rule_kinds", kind, language),
            )
            for key, kind in kinds
        ),
        applies_to=tuple(code.label for code in list_codes("request_types", language) if code.code in rule.applies_to),
        sources=tuple(_cite(source, language) for source in rule.sources),
        source_status=rule.source_status.value,
        clearable=rule.clearable.value,
        clearable_label=label_of("clearable", rule.clearable.value, language),
        neutral=rule.neutral,
        lifts=rule.lifts,
        since=rule.since.isoformat(),
        checked=bool(rule.lifts) or rule.id in CHECKS,
    )


def _cite(source: Source, language: str) -> CitedSource:
    name = label_of("instruments", source.instrument, language)
    return CitedSource(source.instrument, name, source.article, source.status.value)


@cache
def _labels(language: str) -> dict[str, Any]:
    return translate_labels(read_vocabulary("labels.yaml"), "safeguards", language)


def _status(structure: Any, code: Any) -> str:  # noqa: ANN401 - a list or a table of YAML
    return str(structure[code].get("status", "seen")) if isinstance(structure, dict) else "seen"

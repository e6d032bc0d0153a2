"""The vocabulary files of this package as typed values; a file that cannot be used is an error, never an empty list."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.decision import Outcome
from entraide.kernel.errors import BadInput
from entraide.kernel.text import N_
from entraide.safeguards.domain.codes import RequestType
from entraide.safeguards.domain.model import Clearable, Lift, Params, Rule, RuleKind, RuleSet, Source, SourceStatus


class BadRuleFile(BadInput):
    """The rules or code lists cannot be used."""

    code = "safeguards.bad_rule_file"
    message = N_("The safeguards file {file} cannot be used: {why}.")
    remedy = N_("Restore the released file; without rules nothing is carried.")


@cache
def read_vocabulary(name: str) -> dict[str, Any]:
    """Return the YAML file `name` of the folder `vocabulary`; raises `BadRuleFile`."""
    try:
        text = files("entraide.safeguards").joinpath("vocabulary", *name.split("/")).read_text(encoding="utf-8")
        value = yaml.safe_load(text)
    except (OSError, yaml.YAMLError) as error:
        raise BadRuleFile(file=name, why=type(error).__name__) from error
    if not isinstance(value, dict):
        raise BadRuleFile(file=name, why="it is not a table")
    return value


@cache
def read_rules() -> RuleSet:
    """Return the rule set of `rules.yaml` with its digest; raises `BadRuleFile`."""
    return parse_rules(read_vocabulary("rules.yaml"))


def parse_rules(structure: Mapping[str, Any]) -> RuleSet:
    """Return the rule set that `structure` describes; raises `BadRuleFile` for an unknown code or a missing field."""
    try:
        entries = {str(entry["id"]): entry for entry in structure["rules"]}
        rules = tuple(_rule(entry, entries) for entry in entries.values())
    except (KeyError, TypeError, ValueError) as error:
        raise BadRuleFile(file="rules.yaml", why=str(error)) from error
    if len(entries) != len(structure["rules"]):
        raise BadRuleFile(file="rules.yaml", why="two rules have one id")
    digest = hashlib.sha256(canonical_bytes(_plain(structure["rules"]))).hexdigest()
    return RuleSet(digest, rules)


def _rule(entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]) -> Rule:
    lift = None
    if entry.get("lifted_by"):
        exception = entries[entry["lifted_by"]]
        lift = Lift(exception["id"], Outcome(exception["outcome"]), Params(exception.get("params", {})))
    return Rule(
        id=entry["id"],
        applies_to=frozenset(RequestType(code) for code in entry["applies_to"]),
        outcome=Outcome(entry["outcome"]),
        other_outcomes=frozenset(Outcome(code) for code in entry.get("other_outcomes", [])),
        kinds=_kinds(entry["kinds"]),
        clearable=Clearable(entry["clearable"]),
        neutral=bool(entry.get("neutral", False)),
        sources=tuple(_source(source) for source in entry["sources"]),
        params=Params(entry.get("params", {})),
        since=entry["since"],
        lift=lift,
        lifts=entry.get("lifts", ""),
    )


def _source(entry: Mapping[str, str]) -> Source:
    return Source(entry["instrument"], entry["article"], SourceStatus(entry["status"]))


def _kinds(entry: Mapping[str, str]) -> dict[str, RuleKind]:
    kinds = {str(key): RuleKind(kind) for key, kind in entry.items()}
    if "default" not in kinds:
        raise ValueError("a rule has no default kind")
    return kinds


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any value of a YAML file
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

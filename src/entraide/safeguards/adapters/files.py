"""The vocabulary files of this package as typed values; a file that cannot be used is an error, never an empty list."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.decision import Outcome
from entraide.kernel.errors import BadInput
from entraide.kernel.text import N_
from entraide.kernel.yaml_text import parse_yaml
from entraide.safeguards.domain.model import Clearable, Lift, Params, Rule, RuleKind, RuleSet, Source, SourceStatus


class BadRuleFile(BadInput):
    """The rules or code lists cannot be used."""

    code = "safeguards.bad_rule_file"
    message = N_("The safeguards file {file} cannot be used: {why}.")
    remedy = N_("Restore the released file; without rules nothing is carried.")


@cache
def read_vocabulary(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Return the YAML file `name` of a node's own `folder`, or the released one; raises `BadRuleFile`."""
    released = files("entraide.safeguards").joinpath("vocabulary", *name.split("/"))
    own = folder / name if folder else None
    try:
        value = parse_yaml((own if own and own.is_file() else released).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadRuleFile(file=name, why=type(error).__name__) from error
    if not isinstance(value, dict):
        raise BadRuleFile(file=name, why="it is not a table")
    return value


@cache
def read_rules(folder: Path | None = None) -> RuleSet:
    """Return the rule set of `rules.yaml`, own or released, with its digest; raises `BadRuleFile`."""
    return parse_rules(read_vocabulary("rules.yaml", folder))


def parse_rules(structure: Mapping[str, Any]) -> RuleSet:
    """Return the rule set that `structure` describes; raises `BadRuleFile` for an unknown code or a missing field."""
    try:
        types = _read_types(structure)
        entries = {str(entry["id"]): entry for entry in structure["rules"]}
        rules = tuple(_rule(entry, entries, types) for entry in entries.values())
    except (KeyError, TypeError, ValueError) as error:
        raise BadRuleFile(file="rules.yaml", why=str(error)) from error
    if len(entries) != len(structure["rules"]):
        raise BadRuleFile(file="rules.yaml", why="two rules have one id")
    hashed = {name: structure[name] for name in ("traits", "types", "rules")}
    digest = hashlib.sha256(canonical_bytes(_plain(hashed))).hexdigest()
    return RuleSet(digest, rules)


def _read_types(structure: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    """Each trait with itself and the ids of the types that have it; raises `ValueError` where one is not listed."""
    members = {str(trait): {str(trait)} for trait in structure["traits"]}
    for type_id, traits in structure["types"].items():
        if type_id in members or not set(traits) <= set(members):
            raise ValueError(f"the traits of the type {type_id} are not all listed, or it is called like one")
        for trait in traits:
            members[trait].add(str(type_id))
    return {trait: frozenset(ids) for trait, ids in members.items()}


def _rule(
    entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]], types: Mapping[str, frozenset[str]]
) -> Rule:
    lift = None
    if entry.get("lifted_by"):
        exception = entries[entry["lifted_by"]]
        lift = Lift(exception["id"], Outcome(exception["outcome"]), Params(exception.get("params", {})))
    return Rule(
        id=entry["id"],
        applies_to=_having(entry["applies_to"], types),
        outcome=Outcome(entry["outcome"]),
        other_outcomes=frozenset(Outcome(code) for code in entry.get("other_outcomes", [])),
        kinds=_kinds(entry["kinds"], types),
        clearable=Clearable(entry["clearable"]),
        neutral=bool(entry.get("neutral", False)),
        sources=tuple(_source(source) for source in entry["sources"]),
        params=Params({**entry.get("params", {}), **_lists_of_types(entry, types)}),
        since=entry["since"],
        lift=lift,
        lifts=entry.get("lifts", ""),
    )


def _source(entry: Mapping[str, str]) -> Source:
    return Source(entry["instrument"], entry["article"], SourceStatus(entry["status"]))


def _having(traits: Iterable[str], types: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The traits and the ids of all known types that have one of them; raises `KeyError` for an unknown trait."""
    return frozenset().union(*(types[trait] for trait in traits))


def _lists_of_types(entry: Mapping[str, Any], types: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    return {name: sorted(_having(traits, types)) for name, traits in entry.get("types", {}).items()}


def _kinds(entry: Mapping[str, str], types: Mapping[str, frozenset[str]]) -> dict[str, RuleKind]:
    """The force by trait and by type; a type with several traits gets the heaviest."""
    kinds = {"default": RuleKind(entry["default"])}
    named = [(RuleKind(kind), trait) for trait, kind in entry.items() if trait != "default"]
    for kind, trait in sorted(named, key=lambda item: list(RuleKind).index(item[0]), reverse=True):
        kinds |= dict.fromkeys(types[trait], kind)
    return kinds


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any value of a YAML file
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

"""The reviewed files: everything explained in every language, codes and enums equal, digest of the structure."""

import copy
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from entraide.kernel.languages import SPOKEN
from entraide.safeguards.adapters.files import BadRuleFile, parse_rules, read_vocabulary
from entraide.safeguards.api import NoSuchCode, get_rule, list_codes, list_rules, load_rules, offence_domain
from entraide.safeguards.domain import codes
from entraide.safeguards.domain.model import RuleKind
from entraide.safeguards.domain.rules import CHECKS, EXCEPTIONS
from tests.factories.nodes import make_node

NODE = make_node()
LISTS = [name for name in read_vocabulary("codes.yaml") if name != "version"]
ENUMS = {
    "conducts": codes.Conduct,
    "person_roles": codes.PersonRole,
    "public_roles": codes.PublicRole,
    "main_elements": codes.MainElement,
    "beneficiaries": codes.Beneficiary,
    "protective_purposes": codes.ProtectivePurpose,
    "basis_kinds": codes.BasisKind,
    "channels": codes.Channel,
    "handling": codes.Handling,
    "penalties": codes.PenaltyKind,
    "identity_protection": codes.IdentityProtection,
    "assurances": codes.Assurance,
}


@pytest.mark.wording
def test_all_rules_are_there() -> None:
    """R01 to R33 are listed in order, and every check and exception belongs to one of them."""
    ids = [rule.id for rule in load_rules(NODE).rules]
    assert ids == [f"R{number:02}" for number in range(1, 34)]
    assert {*CHECKS, *EXCEPTIONS} <= set(ids)


@pytest.mark.wording
@pytest.mark.parametrize("language", SPOKEN)
def test_everything_is_explained(language: str) -> None:
    """Each rule and each code has words of its own in each language."""
    for rule in list_rules(NODE, language):
        assert rule.title
        assert rule.explanation.endswith(".")
        assert all(source.name != source.instrument for source in rule.sources)
    for name in LISTS:
        labels = read_vocabulary("labels.yaml")[name]
        assert set(labels) == {code.code for code in list_codes(NODE, name, language)}
        assert all(code.label for code in list_codes(NODE, name, language))


@pytest.mark.wording
@pytest.mark.parametrize(("name", "enum"), ENUMS.items(), ids=list(ENUMS))
def test_codes_and_enums_are_equal(name: str, enum: type[StrEnum]) -> None:
    """What the checks know is what the forms offer."""
    assert [code.code for code in list_codes(NODE, name)] == [member.value for member in enum]


def test_every_type_has_its_traits() -> None:
    """The types whose traits the rules know are those of the code list, and every trait is used by a rule."""
    structure = read_vocabulary("rules.yaml")
    assert [code.code for code in list_codes(NODE, "request_types")] == list(structure["types"])
    named = {trait for rule in structure["rules"] for trait in rule["applies_to"]}
    named |= {trait for rule in structure["rules"] for traits in rule.get("types", {}).values() for trait in traits}
    named |= {trait for rule in structure["rules"] for trait in rule["kinds"] if trait != "default"}
    assert named == set(structure["traits"])


def test_traits_are_part_of_the_digest() -> None:
    """Who takes a trait from a type changes the rules, and the partner sees it."""
    changed = copy.deepcopy(read_vocabulary("rules.yaml"))
    changed["types"]["evidence"].remove("person")
    assert parse_rules(changed).digest != load_rules(NODE).digest


@pytest.mark.wording
def test_parameters_use_known_codes() -> None:
    """Measures, identifiers and treaty offences named by rules are in the code lists."""
    params = {rule.id: rule.params for rule in load_rules(NODE).rules}
    measures = {code.code for code in list_codes(NODE, "measures")}
    assert params["R23"].codes("known") == measures
    assert params["R14"].codes("coercive") <= measures
    assert params["R25"].codes("identifier_kinds") == {code.code for code in list_codes(NODE, "identifier_kinds")}
    assert set(params["R05"].table("treaty_conduct")) <= {code.code for code in list_codes(NODE, "treaty_offences")}
    domains = {code.code for code in list_codes(NODE, "domains")}
    assert {offence_domain(NODE, code.code) for code in list_codes(NODE, "offences")} <= domains


def test_digest_is_of_the_structure() -> None:
    """A changed core rule changes the digest; labels play no part in it."""
    structure = read_vocabulary("rules.yaml")
    changed = copy.deepcopy(structure)
    changed["rules"][3]["params"]["political_offences"].pop()
    assert parse_rules(structure).digest == load_rules(NODE).digest != parse_rules(changed).digest


@pytest.mark.parametrize(
    ("key", "value"), [("outcome", "allow"), ("sources", [{}]), ("kinds", {}), ("applies_to", ["x"])]
)
def test_damaged_rules_are_an_error(key: str, value: object) -> None:
    """A file that cannot be used stops the node's requests; it is never an empty list."""
    damaged = copy.deepcopy(read_vocabulary("rules.yaml"))
    damaged["rules"][0][key] = value
    with pytest.raises(BadRuleFile):
        parse_rules(damaged)


@pytest.mark.parametrize("types", [{"evidence": ["gossip"]}, {"person": []}])
def test_types_with_unlisted_traits_or_names_of_traits_are_an_error(types: dict[str, list[str]]) -> None:
    """A misspelt trait would take a type from under its rules."""
    damaged = {**read_vocabulary("rules.yaml"), "types": types}
    with pytest.raises(BadRuleFile):
        parse_rules(damaged)


@pytest.mark.parametrize(
    ("code", "domain"),
    [("06012", "drugs"), ("020419", "trafficking-in-persons"), ("0701", "economic-crime"), ("09012", "arms")],
)
def test_offences_count_in_a_domain(code: str, domain: str) -> None:
    """The longest listed beginning of a code decides."""
    assert offence_domain(NODE, code) == domain


def test_fraud_online_counts_as_such() -> None:
    """Fraud by means of computer systems counts in the domain of fraud by telecommunication."""
    assert offence_domain(NODE, "0701", frozenset({codes.Conduct.SYSTEMS_DATA})) == "telecom-fraud"


def test_unknown_codes_are_not_found() -> None:
    """An unknown list, offence or rule raises a clear error."""
    for call in (
        lambda: list_codes(NODE, "nothing"),
        lambda: offence_domain(NODE, "zz"),
        lambda: get_rule(NODE, "R99"),
    ):
        with pytest.raises(NoSuchCode):
            call()


def test_labels_fall_back_to_english() -> None:
    """A language without labels gets English ones."""
    assert list_codes(NODE, "channels", "lo") == list_codes(NODE, "channels", "en")


def test_a_ministry_may_have_rules_of_its_own(tmp_path: Path) -> None:
    """A file of the node's folder stands in place of the released one, and the digest tells the partner."""
    structure = {**read_vocabulary("rules.yaml")}
    structure["rules"] = [rule for rule in structure["rules"] if rule["id"] != "R12"]
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump(structure), encoding="utf-8")
    own = make_node(safeguards=tmp_path)
    assert [rule.id for rule in list_rules(own)] == [rule.id for rule in list_rules(NODE) if rule.id != "R12"]
    assert load_rules(own).digest != load_rules(NODE).digest
    assert list_codes(own, "channels", "fr") == list_codes(NODE, "channels", "fr")
    with pytest.raises(NoSuchCode):
        get_rule(own, "R12")


@pytest.mark.parametrize(
    ("request_type", "traits", "kind"),
    [
        ("plain", frozenset(), RuleKind.POLICY),
        ("plain", frozenset({"coercive"}), RuleKind.OPTIONAL),
        ("plain", frozenset({"coercive", "surrender"}), RuleKind.MANDATORY),
        ("special", frozenset(), RuleKind.OPTIONAL),
        ("special", frozenset({"surrender", "unknown"}), RuleKind.MANDATORY),
    ],
)
def test_the_heaviest_force_that_a_type_and_its_traits_give_applies(request_type, traits, kind):
    """Mandatory before optional before policy, whatever letters they are written with."""
    kinds = {
        "default": RuleKind.POLICY,
        "special": RuleKind.OPTIONAL,
        "coercive": RuleKind.OPTIONAL,
        "surrender": RuleKind.MANDATORY,
    }
    rule = replace(load_rules(NODE).rules[0], kinds=kinds)
    assert rule.kind_for(request_type, traits) is kind

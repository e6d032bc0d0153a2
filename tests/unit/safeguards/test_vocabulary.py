"""The reviewed files: everything explained in every language, codes and enums equal, digest of the structure."""

import copy
from enum import StrEnum

import pytest

from entraide.kernel.languages import SPOKEN
from entraide.safeguards.adapters.files import BadRuleFile, parse_rules, read_vocabulary
from entraide.safeguards.api import NoSuchCode, get_rule, list_codes, list_rules, load_rules, offence_domain
from entraide.safeguards.domain import codes
from entraide.safeguards.domain.rules import CHECKS, EXCEPTIONS

LISTS = [name for name in read_vocabulary("codes.yaml") if name != "version"]
ENUMS = {
    "request_types": codes.RequestType,
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
    ids = [rule.id for rule in load_rules().rules]
    assert ids == [f"R{number:02}" for number in range(1, 34)]
    assert {*CHECKS, *EXCEPTIONS} <= set(ids)


@pytest.mark.wording
@pytest.mark.parametrize("language", SPOKEN)
def test_everything_is_explained(language: str) -> None:
    """Each rule and each code has words of its own in each language."""
    for rule in list_rules(language):
        assert rule.title
        assert rule.explanation.endswith(".")
        assert all(source.name != source.instrument for source in rule.sources)
    for name in LISTS:
        labels = read_vocabulary("labels.yaml")[name]
        assert set(labels) == {code.code for code in list_codes(name, language)}
        assert all(code.label for code in list_codes(name, language))


@pytest.mark.wording
@pytest.mark.parametrize(("name", "enum"), ENUMS.items(), ids=list(ENUMS))
def test_codes_and_enums_are_equal(name: str, enum: type[StrEnum]) -> None:
    """What the checks know is what the forms offer."""
    assert [code.code for code in list_codes(name)] == [member.value for member in enum]


@pytest.mark.wording
def test_parameters_use_known_codes() -> None:
    """Measures, identifiers and treaty offences named by rules are in the code lists."""
    params = {rule.id: rule.params for rule in load_rules().rules}
    measures = {code.code for code in list_codes("measures")}
    assert params["R23"].codes("known") == measures
    assert params["R14"].codes("coercive") <= measures
    assert params["R25"].codes("identifier_kinds") == {code.code for code in list_codes("identifier_kinds")}
    assert set(params["R05"].table("treaty_conduct")) <= {code.code for code in list_codes("treaty_offences")}
    domains = {code.code for code in list_codes("domains")}
    assert {offence_domain(code.code) for code in list_codes("offences")} <= domains


def test_digest_is_of_the_structure() -> None:
    """A changed core rule changes the digest; labels play no part in it."""
    structure = read_vocabulary("rules.yaml")
    changed = copy.deepcopy(structure)
    changed["rules"][3]["params"]["political_offences"].pop()
    assert parse_rules(structure).digest == load_rules().digest != parse_rules(changed).digest


@pytest.mark.parametrize(
    ("key", "value"), [("outcome", "allow"), ("sources", [{}]), ("kinds", {}), ("applies_to", ["x"])]
)
def test_damaged_rules_are_an_error(key: str, value: object) -> None:
    """A file that cannot be used stops the node's requests; it is never an empty list."""
    damaged = copy.deepcopy(read_vocabulary("rules.yaml"))
    damaged["rules"][0][key] = value
    with pytest.raises(BadRuleFile):
        parse_rules(damaged)


@pytest.mark.parametrize(
    ("code", "domain"),
    [("06012", "drugs"), ("020419", "trafficking-in-persons"), ("0701", "economic-crime"), ("09012", "arms")],
)
def test_offences_count_in_a_domain(code: str, domain: str) -> None:
    """The longest listed beginning of a code decides."""
    assert offence_domain(code) == domain


def test_fraud_online_counts_as_such() -> None:
    """Fraud by means of computer systems counts in the domain of fraud by telecommunication."""
    assert offence_domain("0701", frozenset({codes.Conduct.SYSTEMS_DATA})) == "telecom-fraud"


def test_unknown_codes_are_not_found() -> None:
    """An unknown list, offence or rule raises a clear error."""
    for call in (lambda: list_codes("nothing"), lambda: offence_domain("zz"), lambda: get_rule("R99")):
        with pytest.raises(NoSuchCode):
            call()


def test_labels_fall_back_to_english() -> None:
    """A language without labels gets English ones."""
    assert list_codes("channels", "lo") == list_codes("channels", "en")

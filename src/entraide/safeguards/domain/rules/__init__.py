"""One small pure check per rule, under the rule's id."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from entraide.safeguards.domain.model import Hit, Params
from entraide.safeguards.domain.request_facts import RequestFacts
from entraide.safeguards.domain.rules import completeness, justice, motive, protection, use

Check = Callable[[RequestFacts, Params], Iterable[Hit]]
"""Returns what a rule finds in the facts; nothing found means that the rule does not object."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "R01": completeness.check_contents,
        "R02": completeness.check_legal_basis,
        "R03": completeness.check_authorities,
        "R04": motive.check_political,
        "R06": motive.check_military,
        "R07": motive.check_persecution,
        "R08": protection.check_asylum,
        "R09": protection.check_torture,
        "R10": protection.check_death_penalty,
        "R11": protection.check_fair_trial,
        "R12": justice.check_final_judgment,
        "R14": justice.check_dual_criminality,
        "R17": justice.check_proportionality,
        "R18": use.check_purpose,
        "R19": use.check_onward_transfer,
        "R20": justice.check_sovereignty,
        "R23": justice.check_measures,
        "R24": justice.check_privileges,
        "R25": completeness.check_preservation,
        "R27": protection.check_identity,
        "R29": use.check_repetition,
        "R30": completeness.check_personal_data,
        "R31": protection.check_disguised_extradition,
        "R32": completeness.check_language,
    }
)

EXCEPTIONS: Mapping[str, Callable[[RequestFacts, Params], bool]] = MappingProxyType({"R05": motive.has_grave_conduct})
"""Exceptions to rules: whether one holds on the facts."""

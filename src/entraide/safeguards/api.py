"""The door of the safeguards: facts in, explained evaluations and clearances out; rules and code lists to read."""

from entraide.safeguards.adapters.files import BadRuleFile
from entraide.safeguards.domain.clearance import Clearance, decide_clearance
from entraide.safeguards.domain.evaluation import digest_facts, evaluate
from entraide.safeguards.domain.model import GENERAL_GROUND, Evaluation, derive_refusal_ground
from entraide.safeguards.selectors import (
    CodeLists,
    NoSuchCode,
    get_rule,
    label_of,
    list_codes,
    list_rules,
    load_code_lists,
    load_rules,
    offence_domain,
)

__all__ = [
    "GENERAL_GROUND",
    "BadRuleFile",
    "Clearance",
    "CodeLists",
    "Evaluation",
    "NoSuchCode",
    "decide_clearance",
    "derive_refusal_ground",
    "digest_facts",
    "evaluate",
    "get_rule",
    "label_of",
    "list_codes",
    "list_rules",
    "load_code_lists",
    "load_rules",
    "offence_domain",
]

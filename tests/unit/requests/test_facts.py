"""From a filled form to the facts of the safeguards: complete samples pass, each abuse is stopped by its rule."""

from collections.abc import Callable
from typing import Any

import pytest

from entraide.kernel.decision import Outcome
from entraide.requests.domain.told_facts import Surroundings, derive_facts
from entraide.safeguards.api import Evaluation, evaluate, load_rules
from entraide.safeguards.domain.request_facts import AuthorityFacts
from tests.factories.contents import evidence_content, preservation_content
from tests.factories.forms import released_form
from tests.factories.nodes import NOON, make_node

VN = AuthorityFacts("VN", registered=True, covers_type=True, covers_basis=True, languages=frozenset({"vi", "en"}))
LA = AuthorityFacts("LA", registered=True, covers_type=True, covers_basis=True, languages=frozenset({"lo", "en", "fr"}))
CONTENTS: dict[str, Callable[..., dict[str, Any]]] = {
    "preservation": preservation_content,
    "evidence": evidence_content,
}
PERSON = {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["none"]}


def evaluated(form_id: str, content: dict[str, Any], **around: object) -> Evaluation:
    surroundings = Surroundings(**{"on": NOON.date(), "sender": VN, "recipient": LA, **around})
    return evaluate(load_rules(make_node()), derive_facts(released_form(form_id), content, surroundings))


@pytest.mark.parametrize("form_id", CONTENTS)
def test_a_complete_ordinary_request_passes(form_id: str):
    """The samples of the tests pass every rule."""
    evaluation = evaluated(form_id, CONTENTS[form_id]())
    assert (evaluation.decision.outcome, [finding.code for finding in evaluation.findings]) == (Outcome.PERMIT, [])


STOPPED: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "only expression": (
        "evidence",
        {"conduct": ["expression"], "main_element": "opinion", "offence": ["0803"]},
        {},
        "R04.only_opinion",
    ),
    "a journalist": ("preservation", {"persons": [{**PERSON, "public_roles": ["journalist"]}]}, {}, "R04.public_role"),
    "those in power profit": ("evidence", {"beneficiary": "holders_of_power"}, {}, "R04.profit"),
    "military law only": ("evidence", {"purely_military": "yes"}, {}, "R06.military"),
    "death penalty": ("evidence", {"maximum_penalty": "death", "maximum_years": None}, {}, "R10.death"),
    "judged already": ("evidence", {"final_judgment": "yes"}, {}, "R12.judged"),
    "punishable on one side only": ("evidence", {"punishable_in_both": "no"}, {}, "R14.not_punishable"),
    "no judge behind bank records": ("evidence", {"judicial_authority": None}, {}, "R23.judicial"),
    "not possible at home": ("evidence", {"allowed_at_home": "no"}, {}, "R23.not_at_home"),
    "press sources": ("evidence", {"privileges": ["press_sources"]}, {}, "R24.privilege"),
    "an exposed witness": (
        "evidence",
        {"persons": [{**PERSON, "role": "witness"}]},
        {},
        "R27.exposed",
    ),
    "no instrument in common": ("evidence", {"both_parties": "no"}, {}, "R02.not_party"),
    "an unregistered sender": ("evidence", {}, {"sender": AuthorityFacts("VN")}, "R03.unregistered"),
    "a language that is not accepted": ("evidence", {"language": "vi"}, {}, "R32.not_accepted"),
    "sent again after a refusal": (
        "evidence",
        {"request_kind": "follow_up", "previous_reference": "VN-2024-000001", "new_facts": "no"},
        {"refused": frozenset({"VN-2024-000001"})},
        "R29.again",
    ),
    "an incomplete address": (
        "preservation",
        {"identifiers": [{"kind": "ip_port_utc", "value": "203.0.113.7"}]},
        {},
        "R25.incomplete",
    ),
    "no intention to ask for the data": ("preservation", {"assistance_intended": "no"}, {}, "R25.intention"),
    "no expiry": ("preservation", {"expires_on": None}, {}, "R30.expiry"),
    "unanswered predominance": ("preservation", {"beneficiary": None}, {}, "R04.beneficiary"),
}


@pytest.mark.parametrize("case", STOPPED)
def test_an_abusive_or_incomplete_request_is_stopped(case: str):
    """What must not pass is found by its own rule, from the form's coded answers alone."""
    form_id, changes, around, code = STOPPED[case]
    evaluation = evaluated(form_id, CONTENTS[form_id](**changes), **around)
    assert code in {finding.code for finding in evaluation.findings}
    assert not evaluation.decision.allows


def test_a_translation_makes_a_language_acceptable():
    """A request in Vietnamese with an English translation is accepted where English is."""
    evaluation = evaluated("evidence", evidence_content(language="vi", translations=["en"]))
    assert evaluation.decision.outcome is Outcome.PERMIT


def test_new_facts_let_a_refused_request_come_back():
    """R29 stops a repetition, not a request with new facts."""
    content = evidence_content(request_kind="follow_up", previous_reference="VN-2024-000001", new_facts="yes")
    assert evaluated("evidence", content, refused=frozenset({"VN-2024-000001"})).decision.allows


def test_an_empty_draft_is_facts_that_block():
    """An empty form never crashes; everything unanswered is stopped."""
    assert not evaluated("preservation", {}).decision.allows


def test_facts_hold_no_text_of_the_form():
    """Names, telephone numbers and free text stay in the form: rules see references and flags."""
    facts = repr(derive_facts(released_form("preservation"), preservation_content(), Surroundings(NOON.date(), VN, LA)))
    for personal in ("203.0.113.7", "Callers", "Provider One", "+84"):
        assert personal not in facts

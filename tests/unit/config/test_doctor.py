"""Before a node serves: its own forms and rules can be used, or it does not start and says why."""

from pathlib import Path

import pytest

from entraide.config.doctor import demand_vocabulary
from entraide.requests.api import BadVocabulary
from entraide.safeguards.api import BadRuleFile
from tests.factories.nodes import make_node

NEW_TYPE = Path(__file__).parents[2] / "integration" / "requests" / "new_type"


def test_released_files_and_a_good_folder_can_be_used():
    """Nothing is said of files that are well."""
    demand_vocabulary(make_node())
    demand_vocabulary(make_node(request_forms=NEW_TYPE))


def test_a_broken_form_stops_the_node_before_it_refuses_a_partner(tmp_path: Path):
    """The form is named; without this, every message of a partner would be rejected for it."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "boat_return.yaml").write_text("id: boat_return\n", encoding="utf-8")
    with pytest.raises(BadVocabulary, match=r"boat_return\.yaml"):
        demand_vocabulary(make_node(request_forms=tmp_path))


def test_broken_rules_stop_the_node(tmp_path: Path):
    """Rules that cannot be read are never no rules."""
    (tmp_path / "rules.yaml").write_text("traits: []\ntypes: {}\nrules: 7\n", encoding="utf-8")
    with pytest.raises(BadRuleFile):
        demand_vocabulary(make_node(safeguards=tmp_path))

"""Who leads: units in cells and in sentences, by party."""

import pytest

from entraide.reader.domain.plans.sides import Sides, find_sides
from entraide.reader.domain.plans.subjects import read_sentence
from entraide.reader.domain.plans.units import read_cell
from entraide.reader.domain.plans.words import load_words

CELLS = [
    ("KE UG", "KE: Border Police Unit; UG: Field Force", {"KE": ["Border Police Unit"], "UG": ["Field Force"]}),
    ("GE PL", "Operations Division (GE), Duty Service (PL)", {"GE": ["Operations Division"], "PL": ["Duty Service"]}),
    (
        "GE PL",
        "Investigation Division together with the Customs Department (GE)",
        {"GE": ["Investigation Division", "Customs Department"]},
    ),
    ("VN LA", "- Việt Nam: Cục hình sự\n- Lào: Cục Cảnh sát", {"VN": ["Cục hình sự"], "LA": ["Cục Cảnh sát"]}),
    ("BF GH", "Burkina Faso : Gendarmerie\nGhana : Police", {"BF": ["Gendarmerie"], "GH": ["Police"]}),
    (
        "ML BF",
        "Direction de la police du Mali, Gendarmerie du Burkina Faso",
        {"ML": ["Direction de la police du Mali"], "BF": ["Gendarmerie du Burkina Faso"]},
    ),
    ("KE UG", "Both sides", {}),
    ("KE UG", "–", {}),
]  # fmt: skip


@pytest.mark.parametrize(("states", "text", "leads"), CELLS, ids=[case[1] for case in CELLS])
def test_a_cell_of_all_parties_names_the_unit_of_each(states, text, leads):
    assert read_cell(text, Sides(tuple(states.split()))).sides == leads


def test_a_column_of_one_party_holds_its_units_parted_by_lines_and_semicolons():
    sides = Sides(("SN", "MR"))
    assert read_cell("Gendarmerie nationale (légion Nord) ;\nMarine nationale", sides, "SN").sides == {
        "SN": ["Gendarmerie nationale (légion Nord)", "Marine nationale"]
    }
    assert read_cell("Ministry of Interior and National Administration", sides, "SN").sides == {
        "SN": ["Ministry of Interior and National Administration"]
    }
    assert read_cell("Direction des affaires criminelles et des grâces", sides, "SN").sides == {
        "SN": ["Direction des affaires criminelles et des grâces"]
    }


def test_a_supporting_unit_does_not_lead():
    found = read_cell("KPS (lead), Immigration Department (support)", Sides(("KE", "TZ"), (("KPS", "KE"),)))
    assert (found.sides, found.support) == ({"KE": ["KPS"]}, ["Immigration Department"])


SENTENCES = [
    (
        "en",
        "MK AL",
        "The Anti-Drugs Directorate of Albania and the Department for Crime of North Macedonia shall exchange lists.",
        {"AL": ["Anti-Drugs Directorate of Albania"], "MK": ["Department for Crime of North Macedonia"]},
    ),
    ("en", "GE PL", "Train 24 Georgian officers at the Training Centre by 15 May 2026.", {"PL": ["Training Centre"]}),
    ("en", "GE PL", "Receive a study visit of six experts in May 2026.", {}),
    ("en", "BW NA", "A course shall be hosted by the Namibian Police in July 2026.", {"NA": ["Namibian Police"]}),
    (
        "fr",
        "BJ TG",
        "Tout enfant est confié à l’Office de protection (Bénin) ou à la Direction de l’enfance (Togo).",
        {"BJ": ["Office de protection"], "TG": ["Direction de l’enfance"]},
    ),
    ("fr", "BJ TG", "Réunir le comité de pilotage en mai 2026.", {}),
    (
        "vi",
        "VN LA",
        "Trao đổi thông tin, do Cục C04 của Việt Nam chủ trì, phối hợp với Cục Phòng chống ma túy Lào.",
        {"VN": ["Cục C04 của Việt Nam"], "LA": ["Cục Phòng chống ma túy Lào"]},
    ),
    ("vi", "VN MY", "Học viện Cảnh sát mở lớp cho 10 sĩ quan Ma-lai-xi-a.", {"VN": ["Học viện Cảnh sát"]}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "states", "text", "leads"), SENTENCES, ids=[case[2][:50] for case in SENTENCES])
def test_a_sentence_names_who_leads_by_its_subject_its_agent_or_its_host(language, states, text, leads):
    assert read_sentence(text, load_words(language), Sides(tuple(states.split()))).sides == leads


def test_units_without_a_party_go_to_the_parties_in_their_order():
    text = "Đồn Biên phòng Mộc Bài và Đồn Công an Bavet chịu trách nhiệm."
    assert read_sentence(text, load_words("vi"), Sides(("VN", "KH"))).sides == {
        "VN": ["Đồn Biên phòng Mộc Bài"],
        "KH": ["Đồn Công an Bavet"],
    }


def test_the_head_of_a_plan_names_the_parties_and_ties_provinces_and_letters_to_them():
    line = "giữa Công an tỉnh Tây Ninh (Việt Nam) và Ty Công an tỉnh Svay Rieng (Campuchia)"
    sides = find_sides(["BIÊN BẢN", line], [])
    assert sides.states == ("VN", "KH")
    assert sides.state_of("Phòng Cảnh sát tỉnh Svay Rieng") == "KH"

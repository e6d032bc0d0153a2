"""Kinds that the last documents showed: ways to write a time, lists, cards, what leads nothing; own content."""

from datetime import date

import pytest

from entraide.documents.domain.tree import DocumentTree, Paragraph, read_lines
from entraide.reader.domain.bounds import BOUND_TEXTS, Bound, bounds_of
from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.due import due_of_sentence, parse_due, rhythm_of
from entraide.reader.domain.plans.reading import LONGEST_DOCUMENT, LONGEST_TEXT, PlanDocument, find_plan, read_plan
from entraide.reader.domain.plans.signers import name_of
from entraide.reader.domain.plans.statuses import status_of_text
from entraide.reader.domain.plans.words import load_words
from tests.unit.reader.plans.trees import tree

YEAR = Frame("en", date(2030, 7, 1), date(2031, 6, 30), date(2030, 6, 12))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Q1 Jul–Sep 2030", ("2030-07/2030-09",)),
        ("Q3: January-March 2031", ("2031-01/2031-03",)),
        ("H1 July to December 2030", ("2030-07/2030-12",)),
        ("Q1 and Q2", ("2030-07/2030-09", "2030-10/2030-12")),
    ],
)
def test_months_beside_a_quarter_or_a_half_say_which_one_is_meant(text, due):
    assert parse_due(text, YEAR).values == due


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on the twenty-first day of May 2031", "2031-05-21"),
        ("en", "the thirtieth of June two thousand and thirty-one", "2031-06-30"),
        ("fr", "le premier août 2031", "2031-08-01"),
        ("fr", "le vingt-deux août deux mille trente et un", "2031-08-22"),
        ("vi", "ngày 5 tháng Tư năm 2031", "2031-04-05"),
    ],
)
def test_days_months_and_years_may_be_written_out(language, text, day):
    assert parse_due(text, Frame(language)).values == (day,)


@pytest.mark.parametrize(
    ("language", "text", "rhythm"),
    [
        ("fr", "tiennent deux séances par an sur les fraudes", "half-yearly"),
        ("fr", "accueille chaque année deux stagiaires", "yearly"),
        ("en", "hold four joint exercises a year", "quarterly"),
        ("en", "award two scholarships per year", "yearly"),
        ("vi", "tổ chức mỗi năm hai đợt tuần tra", "half-yearly"),
    ],
)
def test_so_many_meetings_a_year_are_a_rhythm_and_so_many_grants_a_year_none(language, text, rhythm):
    assert rhythm_of(text, load_words(language), in_column=False) == rhythm


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("vi", "cập nhật cơ sở dữ liệu pháp luật trong năm 2031", ("2031",)),
        ("en", "translate the law before March 2031", ("2031-03",)),
        ("en", "apply the agreement of March 2031", ()),
    ],
)
def test_a_time_behind_its_own_cue_is_no_date_of_the_instrument_before_it(language, text, due):
    assert due_of_sentence(text, load_words(language), Frame(language)).values == due


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "draft a manual on forged seals, completed by March 2031", "pledged"),
        ("vi", "xây dựng sổ tay nghiệp vụ, hoàn thành trước ngày 31/3/2031", "pledged"),
        ("en", "draft a manual on forged seals, completed in March 2030", "done"),
        ("fr", "Le jumelage des deux écoles se poursuit.", "ongoing"),
    ],
)
def test_what_is_to_be_completed_by_a_day_is_a_pledge(language, text, status):
    assert status_of_text(text, load_words(language), review=False) == status


def test_one_word_over_the_quarters_of_a_calendar_is_a_rhythm():
    rows = [
        [("No.", 2, 1), ("Activity", 2, 1), ("Quarter", 1, 4), None, None, None, ("Outcome", 2, 1)],
        [None, None, "Q1\nJul–Sep 2030", "Q2\nOct–Dec 2030", "Q3\nJan–Mar 2031", "Q4\nApr–Jun 2031", None],
        ["1", "Return stolen tractors to their owners", ("Continuous", 1, 4), None, None, None, "Under way"],
        ["2", "Train thirty customs officers in radar use", "", "X", "", "", "Not started"],
        ["3", "Open a second mountain post", "", "", "", "", "Cancelled"],
    ]
    head = "Joint plan 1 July 2030 to 30 June 2031 of Norway and Finland"
    first, second, third = read_plan(tree(head, rows), "en").clauses
    assert (first.due, first.rhythm, first.status) == ((), "permanent", "ongoing")
    assert (second.due, third.status) == (("2030-10/2030-12",), "dropped")


CARDS = """Plan conjoint 2031 de protection des forêts entre le Gabon et le Congo
Axe I. Sur le terrain
Action 1. Contrôler vingt scieries. Services responsables : Gabon : Brigade des forêts ; Congo : –
Échéance : juin 2031* Résultat attendu : Procès-verbaux de contrôle
Action 2. Marquer les grumes saisies.
Services responsables : Gabon : Direction des douanes ; Congo : Direction des eaux Échéance : permanent
* Sous réserve de la saison des pluies.
Fait à Libreville, le 3 janvier 2031."""


def cards() -> PlanDocument:
    plan = find_plan(read_lines(CARDS), "fr")
    assert plan is not None
    return plan


def test_cards_in_running_text_are_clauses_with_what_their_labels_say():
    first, second = cards().clauses
    assert (first.number, first.text, first.due) == ("1", "Contrôler vingt scieries.", ("2031-06",))
    assert (first.leads, first.indicator) == ({"GA": ("Brigade des forêts",)}, "Procès-verbaux de contrôle")
    assert (second.rhythm, set(second.leads)) == ("permanent", {"GA", "CG"})


def test_the_clause_of_a_card_stands_in_the_text_where_it_says():
    assert [CARDS[clause.start : clause.end] for clause in cards().clauses] == [one.text for one in cards().clauses]


FLAT = """Programme 2031 de coopération entre la Suisse et la Tunisie
1. Formation
• L’École de police (Suisse) tient un cours sur les faux billets :
• premier module à Berne, en mars 2031 ;
• second module à Sousse, en mai 2031.
• Le comité de suivi se réunit une fois par an à Berne.
• Le Service des douanes (Suisse) remet à la Direction des douanes (Tunisie) douze chiens en avril 2031."""


def test_a_list_that_was_not_nested_goes_on_with_the_point_above():
    course = read_plan(read_lines(FLAT), "fr").clauses[0]
    assert (course.due, course.leads) == (("2031-03", "2031-05"), {"CH": ("École de police",)})


def test_a_joint_committee_and_who_is_given_something_lead_nothing():
    _, meeting, gift = read_plan(read_lines(FLAT), "fr").clauses
    assert meeting.leads == {}
    assert gift.leads == {"CH": ("Service des douanes",)}


def test_notes_below_signatures_in_a_table_are_no_clauses():
    rows = [
        ["No.", "Activity", "Lead Malta", "Lead Cyprus", "Due"],
        ["1", "Exchange lists of stolen yachts", "Marine Unit", "Port Police", "May 2031"],
        ["For the Malta Police Force", "", "", "For the Cyprus Police", ""],
        ["Ann Example", "", "", "Eva Sample", ""],
    ]
    below = "1. Numbers are those of both services together.\n2. The duty room of the port answers at all hours."
    plan = read_plan(tree("Action plan 2031 of Malta and Cyprus", rows, below), "en")
    assert [clause.text for clause in plan.clauses] == ["Exchange lists of stolen yachts"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ana Example Secretary of State", "Ana Example"),
        ("Jean Modèle Directeur général", "Jean Modèle"),
        ("Pour Monaco", ""),
        ("For Malta", ""),
    ],
)
def test_a_post_behind_a_name_and_a_party_are_no_part_of_a_name(line, name):
    assert name_of(line)[0] == name


@pytest.mark.parametrize(
    ("size", "is_plan", "bounds"),
    [
        (LONGEST_TEXT, True, ()),
        (LONGEST_TEXT + 1, True, (Bound.PARAGRAPH,)),
        (LONGEST_TEXT + 1, False, ()),
        (LONGEST_DOCUMENT + 1, False, (Bound.DOCUMENT,)),
    ],
)
def test_what_was_too_long_is_known(size, is_plan, bounds):
    text = "a" * size
    assert bounds_of(DocumentTree(text, (Paragraph(text, 0),)), is_plan=is_plan) == bounds


def test_the_words_for_a_bound_name_its_number():
    assert f"{LONGEST_DOCUMENT:,}" in BOUND_TEXTS[Bound.DOCUMENT]
    assert f"{LONGEST_TEXT:,}" in BOUND_TEXTS[Bound.PARAGRAPH]

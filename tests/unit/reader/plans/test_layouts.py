"""Kinds of layout: what becomes a clause, with what its columns, labels and headings say; written by hand."""

import pytest

from entraide.documents.domain.tree import read_lines
from entraide.reader.domain.plans.clauses import Clause
from entraide.reader.domain.plans.reading import PlanDocument, find_plan, read_plan
from tests.unit.reader.plans.trees import tree

TABLE = [
    [("N°", 2, 1), ("Axe", 2, 1), ("Action", 2, 1), ("Service responsable", 1, 2), None, ("Échéance", 2, 1)],
    [None, None, None, "Sénégal", "Mauritanie", None],
    ["1.1", ("Axe 1", 3, 1), "Organiser quatre patrouilles mixtes", "Gendarmerie", "Garde nationale", "T2 2026"],
    ["1.2", None, "Acquérir deux vedettes – action retirée le 4 novembre 2025", "–", "–", "–"],
    ["", None, "Sous-total axe 1", "", "", ""],
    [("TOTAL (2 actions)", 1, 6), None, None, None, None, None],
]


def texts(plan: PlanDocument) -> list[str]:
    return [clause.text for clause in plan.clauses]


def one(plan: PlanDocument, beginning: str) -> Clause:
    return next(clause for clause in plan.clauses if clause.text.startswith(beginning))


def test_rows_are_clauses_and_totals_are_none():
    plan = read_plan(tree("Plan d’action 2026 entre le Sénégal et la Mauritanie", TABLE), "fr")
    assert texts(plan) == ["Organiser quatre patrouilles mixtes", "Acquérir deux vedettes"]
    first, second = plan.clauses
    assert first.leads == {"SN": ("Gendarmerie",), "MR": ("Garde nationale",)}
    assert (first.number, first.due, first.status, first.domain) == ("1.1", ("2026-34",), "pledged", "border")
    assert (second.status, second.due, second.leads) == ("dropped", (), {})


def test_a_header_that_stands_again_and_a_group_alone_are_no_clauses():
    header = ["Réf.", "Mesure", "Pilote Cameroun", "Pilote Tchad", "Délai"]
    rows = [
        header,
        [("A. Renseignement", 1, 5), None, None, None, None],
        ["A.1", "Échanger les profils de risque", "Cellule d’analyse", "Bureau du renseignement", "Permanent"],
        header,
        ["A.2", "Former quarante agents au ciblage", "Division de la formation", "–", "1er semestre 2026"],
    ]
    plan = read_plan(tree("Plan d’action conjoint 2026 Cameroun – Tchad", rows), "fr")
    assert [(clause.number, clause.rhythm) for clause in plan.clauses] == [("A.1", "permanent"), ("A.2", "")]


def test_the_second_row_of_an_activity_that_reaches_down_adds_its_date():
    rows = [
        ["No.", "Activity", "Responsible Peru", "Responsible Bolivia", "Date"],
        [("1", 2, 1), ("Simultaneous operations on the lake", 2, 1), "PNP", "Navy", "March 2026"],
        [None, None, "PNP", "Navy", "October 2026"],
    ]
    (clause,) = read_plan(tree("Joint plan 2026 Peru – Bolivia", rows), "en").clauses
    assert (clause.due, clause.leads) == (("2026-03", "2026-10"), {"PE": ("PNP",), "BO": ("Navy",)})


def test_ticks_in_a_calendar_give_its_quarters():
    rows = [
        ["No", "Activity", "Lead Zambia", "Lead Malawi", "Q1", "Q2", "Q3", "Q4"],
        ["1", "Joint border patrols", "Zambia Police", "Malawi Police", "X", "", "X", ""],
    ]
    (clause,) = read_plan(tree("Joint Work Plan 2026, Zambia – Malawi", rows), "en").clauses
    assert clause.due == ("2026-33", "2026-35")


def test_a_column_for_the_start_and_one_for_the_end_give_a_span():
    rows = [
        ["#", "Activity", "Start", "End", "Status"],
        ["1", "Exchange of fingerprint experts", "2026-03-01", "2026-03-15", "Not started"],
        ["2", "Hotline tests in both directions", "", "2026-06-30", "In progress"],
    ]
    first, second = read_plan(tree("Joint plan 2026 Nepal – Bhutan", rows), "en").clauses
    assert (first.due, second.due, second.status) == (("2026-03-01/2026-03-15",), ("2026-06-30",), "ongoing")


def test_two_languages_side_by_side_are_one_clause_each():
    rows = [
        ["STT", "Nội dung", "Contenu", "Thời gian", "Đơn vị Việt Nam", "Unité française"],
        ["1", "Trao đổi thông tin về ma túy", "Échange de données sur la drogue", "Quý II/2026", "Cục C04", "Bureau"],
        ["2", "Đào tạo 20 cán bộ về giám định", "Former 20 agents", "Tháng 9/2026", "Viện KHHS", "Service"],
    ]  # fmt: skip
    plan = read_plan(tree("KẾ HOẠCH HỢP TÁC NĂM 2026 Việt Nam – Pháp", rows), "vi")
    assert [sorted(clause.texts) for clause in plan.clauses] == [["fr", "vi"], ["fr", "vi"]]
    assert plan.clauses[0].leads == {"VN": ("Cục C04",), "FR": ("Bureau",)}


def test_a_document_that_stands_in_two_columns_is_read_as_one():
    rows = [
        ["TIẾNG VIỆT", "ENGLISH"],
        ["KẾ HOẠCH NĂM 2026 giữa Việt Nam và Ma-lai-xi-a", "PLAN FOR 2026 between Viet Nam and Malaysia"],
        ["Căn cứ Bản ghi nhớ giữa hai Chính phủ;", "Pursuant to the memorandum between the two Governments;"],
        ["I. TRAO ĐỔI THÔNG TIN", "I. EXCHANGE OF INFORMATION"],
        ["1. Hằng quý, hai Bên trao đổi thông tin về ma túy.", "1. Every quarter the Sides exchange data on drugs."],
        ["2. Hai Bên bảo đảm an toàn cho công dân của nhau.", "2. The Sides ensure the safety of their citizens."],
        ["Làm tại Hà Nội, ngày 12 tháng 3 năm 2026.", "Done at Hanoi on 12 March 2026."],
    ]  # fmt: skip
    plan = read_plan(tree(rows), "vi")
    assert [(clause.number, clause.rhythm, sorted(clause.texts)) for clause in plan.clauses] == [
        ("1", "quarterly", ["en", "vi"]),
        ("2", "", ["en", "vi"]),
    ]
    assert (plan.date, plan.period, plan.parties) == ("2026-03-12", "2026", ("VN", "MY"))


def test_a_card_per_action_is_a_clause():
    card = [
        ["Action", "Renforcer les contrôles au point de passage de Kyé-Ossi"],
        ["Responsable Cameroun", "Délégation générale à la Sûreté nationale"],
        ["Responsable Gabon", "Direction de la documentation"],
        ["Échéance", "Juin 2026"],
        ["Indicateur", "500 contrôles"],
    ]
    (clause,) = read_plan(tree("Plan opérationnel 2026 Cameroun – Gabon", card), "fr").clauses
    assert (clause.due, clause.quantity, sorted(clause.leads)) == (("2026-06",), "500 contrôles", ["CM", "GA"])


def test_a_list_of_contacts_and_an_agenda_by_the_hour_hold_no_clause():
    contacts = [["Partie", "Point de contact", "Téléphone"], ["Sénégal", "Bureau de la coopération", "poste 214"]]
    hours = [["Heure", "Activité"], ["9 h 00", "Ouverture de la réunion par le ministre"]]
    assert read_plan(tree("Plan d’action 2026 Sénégal – Mali", contacts, hours), "fr").clauses == ()


MINUTES = """AGREED MINUTES
of the 4th meeting of the Joint Commission on Border Security between Botswana and Namibia
Kasane, 12 March 2026
1. Opening
The meeting was opened by the head of the delegation of Botswana, Mr Tau Sekao.
2. Adoption of the agenda
2.1 The following agenda was adopted:
(a) review of the decisions of the last meeting;
(b) border management.
3. Review of previous decisions
a) Joint patrols on the Chobe river were held in May and August 2025.
b) The radio link has not been installed; it is carried over to 2026.
4. Decisions
4.1 The Botswana Police Service and the Namibian Police Force will hold three joint operations before 30 September 2026.
4.2 The two sides shall exchange lists of wanted persons monthly.
4.3 Both delegations expressed their appreciation for the excellent cooperation.
5. Next meeting
The 5th meeting will be held in Rundu in March 2027.
6. Closing
The meeting closed at 16:30.
For the Republic of Botswana: Tau Sekao, Commissioner of Police
For the Republic of Namibia: Maria Nande, Inspector General"""


def test_minutes_give_what_was_reviewed_and_what_was_decided():
    plan = read_plan(read_lines(MINUTES), "en")
    assert [(clause.number, clause.status) for clause in plan.clauses] == [
        ("a", "done"), ("b", "ongoing"), ("4.1", "pledged"), ("4.2", "pledged"), ("", "pledged"),
    ]  # fmt: skip
    assert one(plan, "The Botswana").leads == {"BW": ("Botswana Police Service",), "NA": ("Namibian Police Force",)}
    assert one(plan, "The Botswana").quantity.startswith("3 joint operations")
    assert one(plan, "The 5th").due == ("2027-03",)
    assert (plan.kind, plan.date, plan.period) == ("minutes", "2026-03-12", "")
    assert [(signer.name, signer.state) for signer in plan.signers] == [("Tau Sekao", "BW"), ("Maria Nande", "NA")]


def test_points_that_only_continue_one_belong_to_it_and_others_are_clauses_of_their_own():
    text = """BIÊN BẢN HỘI ĐÀM giữa Việt Nam và Lào
    1. Khảo sát chung các đường mòn, chia làm hai đợt:
    - đợt 1 trước ngày 30/4/2026;
    - đợt 2 trước ngày 31/10/2026.
    2. Công tác đào tạo:
    a) Phía Lào cử 10 học viên sang Việt Nam học trước tháng 9/2026;
    b) Phía Việt Nam cấp 05 suất học bổng."""
    plan = read_plan(read_lines(text), "vi")
    assert [(clause.due, clause.quantity.partition(" ")[0]) for clause in plan.clauses] == [
        (("2026-04-30", "2026-10-31"), "2"), (("2026-09",), "10"), ((), "5"),
    ]  # fmt: skip


def test_labelled_lines_below_a_point_are_its_fields():
    text = """PROCÈS-VERBAL de la 3e réunion du comité mixte Maroc – Espagne
    La réunion s’est tenue à Tanger le 4 février 2026.
    Décisions
    1. Renforcer le contrôle des conteneurs au port.
    Responsables : Direction de la sûreté (Maroc) ; Guardia Civil (Espagne)
    Échéance : 30 juin 2026
    2. Création d’un groupe de travail.
    Échéance : dans les deux mois suivant la présente réunion"""
    first, second = read_plan(read_lines(text), "fr").clauses
    assert (first.due, sorted(first.leads), second.due) == (("2026-06-30",), ["ES", "MA"], ("2026-04-04",))


ARTICLES = """MEMORANDUM OF UNDERSTANDING
between the Ministry of Interior of Albania and the Ministry of Interior of North Macedonia
The Parties, desiring to strengthen their cooperation, have agreed as follows:
Article 1
Purpose
The purpose of this Memorandum is to strengthen cooperation.
Article 2
Training
The Police Academy in Tirana shall train 15 officers of the other Party by 31 October 2026.
Article 3
Costs
Each Party bears its own costs.
Article 4
Entry into force
This Memorandum enters into force on the day of its signature.
Done at Skopje on 14 January 2026 in two originals."""


def test_articles_in_running_text_give_promises_and_no_purpose_and_no_formula():
    plan = read_plan(read_lines(ARTICLES), "en")
    assert [clause.domain for clause in plan.clauses] == ["training", "funding"]
    assert plan.clauses[0].leads == {"AL": ("Police Academy in Tirana",)}
    assert (plan.kind, plan.date) == ("memorandum", "2026-01-14")


SENTENCES = """Plan de coopération pour 2025 entre le ministère de la Sécurité publique du Vietnam et celui du Laos
Signé à Hanoï le 9 décembre 2024 par le ministre vietnamien Pham Quang Thu et le ministre lao Somsak Keovilay.
Les deux parties échangeront des informations sur le trafic de drogue au 2e trimestre 2025. Elles formeront 30 agents \
à l’investigation numérique en septembre 2025. Elles échangeront en novembre 2025 des délégations de vice-ministres."""


def test_a_plan_of_a_few_sentences_gives_one_commitment_per_promise():
    plan = find_plan(read_lines(SENTENCES), "fr")
    assert plan is not None
    assert [(clause.domain, clause.due) for clause in plan.clauses] == [
        ("drugs", ("2025-34",)), ("cybercrime", ("2025-09",)), ("delegations", ("2025-11",)),
    ]  # fmt: skip
    assert (plan.date, plan.period, plan.parties) == ("2024-12-09", "2025", ("VN", "LA"))


@pytest.mark.parametrize(
    "text",
    [
        "Vietnam et Laos signent un plan de coopération\n1. Le plan prévoit des échanges.\n2. Il couvre la drogue.",
        "Les deux ministres se sont réunis à Paris.",
        "",
    ],
    ids=["a report about a plan", "a sentence", "nothing"],
)
def test_a_report_about_a_plan_is_none(text):
    assert find_plan(read_lines(text), "fr") is None

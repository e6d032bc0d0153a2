"""When a clause is due: what columns and sentences say of time, in three languages."""

from datetime import date

import pytest

from entraide.reader.domain.plans.calendar_spans import Frame, calendar_span
from entraide.reader.domain.plans.due import due_of_sentence, parse_due
from entraide.reader.domain.plans.words import load_words

YEAR = (date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 3))
FISCAL = (date(2025, 7, 1), date(2026, 6, 30), date(2025, 6, 6))

CELLS = [
    ("fr", "T2 2026 et\nT4 2026", ("2026-34", "2026-36"), ""),
    ("fr", "Avant fin septembre 2026", ("2026-09-30",), ""),
    ("fr", "1er semestre 2026", ("2026-40",), ""),
    ("fr", "31/03/2026", ("2026-03-31",), ""),
    ("fr", "30/06/26", ("2026-06-30",), ""),
    ("fr", "Mars, juillet et novembre 2026", ("2026-03", "2026-07", "2026-11"), ""),
    ("fr", "Fin 2026", ("2026-12-31",), ""),
    ("fr", "du 3 au 7 juin 2026", ("2026-06-03/2026-06-07",), ""),
    ("fr", "Janv.-mars", ("2026-01/2026-03",), ""),
    ("fr", "1er et 3e trimestres 2026", ("2026-33", "2026-35"), ""),
    ("fr", "Permanent", (), "permanent"),
    ("fr", "Trimestriel", (), "quarterly"),
    ("fr", "deux fois par an", (), "half-yearly"),
    ("fr", "dans les trois mois suivant la signature", ("2026-03-03",), ""),
    ("en", "2026-06-30", ("2026-06-30",), ""),
    ("en", "Nov 2025; May 2026", ("2025-11", "2026-05"), ""),
    ("en", "first and third quarters of 2026", ("2026-33", "2026-35"), ""),
    ("en", "by end-March 2026", ("2026-03-31",), ""),
    ("en", "3–7 June 2026", ("2026-06-03/2026-06-07",), ""),
    ("en", "Within three months of signing", ("2026-03-03",), ""),
    ("en", "by the end of the year", ("2026-12-31",), ""),
    ("en", "tbd", (), ""),
    ("vi", "Quý I, III/2026", ("2026-33", "2026-35"), ""),
    ("vi", "6 tháng đầu năm 2026", ("2026-40",), ""),
    ("vi", "tháng 3, 7 và 11 năm 2026", ("2026-03", "2026-07", "2026-11"), ""),
    ("vi", "trước ngày 02/9/2026", ("2026-09-02",), ""),
    ("vi", "02 lần/tháng", (), "monthly"),
    ("vi", "trong vòng 60 ngày kể từ ngày ký", ("2026-02-01",), ""),
]


@pytest.mark.parametrize(("language", "text", "values", "rhythm"), CELLS, ids=[case[1] for case in CELLS])
def test_a_column_for_time_gives_days_or_a_rhythm(language, text, values, rhythm):
    due = parse_due(text, Frame(language, *YEAR))
    assert (due.values, due.rhythm) == (values, rhythm)


def test_quarters_of_a_plan_whose_years_begin_in_july_are_counted_from_there():
    frame = Frame("en", *FISCAL)
    assert parse_due("Q2", frame).values == ("2025-10/2025-12",)
    assert parse_due("Q2 FY2025/26 (Oct–Dec 2025)", frame).values == ("2025-10/2025-12",)
    assert parse_due("March", frame).values == ("2026-03",)


SENTENCES = [
    ("en", "in Warsaw in February and in Batumi in October 2026", ("2026-02", "2026-10"), ""),
    ("en", "a secure channel before the end of Q1 2026", ("2026-03-31",), ""),
    ("en", "they may march on and implement the 2026 plan and the agreement of 12 May 2027", (), ""),
    ("en", "joint patrols once per quarter", (), "quarterly"),
    ("en", "a report on 12 May 2019", (), ""),
    ("fr", "signaler sans délai toute alerte, 24 h sur 24", (), ""),
    ("vi", "từ tháng 6 đến tháng 8 năm 2026", ("2026-06/2026-08",), ""),
    ("vi", "mỗi tháng hai lần", (), "monthly"),
    ("vi", "Hội đàm lần thứ 12 vào quý I/2027", ("2027-33",), ""),
]


@pytest.mark.parametrize(("language", "text", "values", "rhythm"), SENTENCES, ids=[case[1] for case in SENTENCES])
def test_a_sentence_gives_its_own_time_and_not_that_of_an_instrument(language, text, values, rhythm):
    due = due_of_sentence(text, load_words(language), Frame(language, *YEAR))
    assert (due.values, due.rhythm) == (values, rhythm)


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2026-34", "2026-04/2026-06"),
        ("2026-41", "2026-07/2026-12"),
        ("2026-05", "2026-05"),
        ("2026-33/2026-34", "2026-01/2026-06"),
    ],
)
def test_quarters_and_halves_are_months_for_the_register(value, span):
    found = calendar_span(value)
    assert found is not None
    assert found.value == span


def test_what_is_no_value_has_no_span():
    assert calendar_span("soon") is None

"""Dates in French, English and Vietnamese: days, ranges, months, weekdays and missing years."""

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.calendar import context_of, resolve, with_event
from entraide.reader.domain.cleaning import clean_text
from entraide.reader.domain.dates import find_dates
from entraide.reader.domain.document import build_document
from entraide.reader.domain.vocabulary import load_vocabulary

CASES = [
    ("fr", None, "signé le 5 mai 2019 à Berne", "2019-05-05"),
    ("fr", None, "le 1er janvier 2020", "2020-01-01"),
    ("fr", None, "du 18 au 20 août 2024", "2024-08-18/2024-08-20"),
    ("fr", None, "les 4 et 5 mars 2017", "2017-03-04/2017-03-05"),
    ("fr", None, "du 30 juin au 2 juillet 2016", "2016-06-30/2016-07-02"),
    ("fr", None, "du 28 décembre 2019 au 3 janvier 2020", "2019-12-28/2020-01-03"),
    ("fr", None, "jeudi 23 octobre", "XXXX-10-23"),
    ("fr", "2024-08", "le 20 août", "2024-08-20"),
    ("fr", "2025-01", "le 28 décembre", "2024-12-28"),
    ("fr", "2021-02", "tenue en octobre 2018 à Pékin", "2018-10"),
    ("fr", "2015-11-16", "(16-17 novembre)", "2015-11-16/2015-11-17"),
    ("fr", "2015-03-10", "samedi dernier", "2015-03-07"),
    ("fr", "2015-03-10", "était aujourd'hui à Paris", "2015-03-10"),
    ("fr", "2015-03-10", "a annoncé hier", "2015-03-09"),
    ("fr", "2017-05", "le 12/06/2016", "2016-06-12"),
    ("fr", "2017-05", "vendredi à Pékin", "2017-05"),
    ("fr", None, "vendredi à Pékin", None),
    ("fr", None, "se tiendra en 2026 au Laos", "2026"),
    ("fr", None, "lundi 29 février 2016", "2016-02-29"),
    ("en", None, "on August 9, 2021", "2021-08-09"),
    ("en", None, "on 9 August 2021", "2021-08-09"),
    ("en", None, "January 11-13, 2025", "2025-01-11/2025-01-13"),
    ("en", None, "from 28 June to 1 July 2023", "2023-06-28/2023-07-01"),
    ("en", None, "the 3rd of May 2022", "2022-05-03"),
    ("en", "2025-12-07", "On Saturday, a conference was held", "2025-12-06"),
    ("en", "2025-12-07", "was held yesterday", "2025-12-06"),
    ("en", "2021-02-28", "held in August 2019", "2019-08"),
    ("en", None, "28-January-2013", "2013-01-28"),
    ("vi", "2017-01", "chiều 9.1 tại Hà Nội", "2017-01-09"),
    ("vi", None, "ngày 12 tháng 3 năm 2024", "2024-03-12"),
    ("vi", None, "ngày 12/3/2024", "2024-03-12"),
    ("vi", "2022-11", "từ ngày 8 đến 10/11", "2022-11-08/2022-11-10"),
    ("vi", None, "tháng 10/2018", "2018-10"),
    ("fr", "2022-05-12", "réunis ce matin", "2022-05-12"),
    ("fr", "2022-05-12", "une décision prise il y a trois ans", "2019"),
    ("fr", None, "l'accord de 1998 demeure", "1998"),
    ("fr", "2022-05-12", "vus à la fin de mars", "2022-03"),
    ("fr", "2022-05-12", "le 3 mars de l'an dernier", "2021-03-03"),
    ("en", "2022-05-21", "met on the 18th, in Riga", "2022-05-18"),
    ("en", "2022-05-04", "met on the 28th, in Riga", "2022-04-28"),
    ("en", None, "5/23/2022", "2022-05-23"),
    ("en", "2022-05-12", "met two years ago", "2020"),
    ("en", "2022-05-12", "held from March 3 to 8 last year", "2021-03-03/2021-03-08"),
    ("en", None, "an accord (2001) on trade", "2001"),
    ("en", None, "a deal from 2013 on trade", "2013"),
    ("vi", "2022-05-12", "cuộc gặp cách đây hai năm", "2020"),
    ("vi", "2022-05-12", "chiều nay tại Hà Nội", "2022-05-12"),
]


@pytest.mark.parametrize(("language", "header", "text", "expected"), CASES, ids=[case[2] for case in CASES])
def test_dates_are_read_as_a_reader_of_the_language_reads_them(language, header, text, expected):
    """Each phrase gives the expected EDTF value, or none where the day cannot be known."""
    vocabulary = load_vocabulary(language)
    document = build_document(clean_text(text, vocabulary), vocabulary)
    mentions = find_dates(document)
    assert len(mentions) == 1
    found = resolve(mentions[0], context_of(header))
    assert (found.value if found else None) == expected


TOGETHER = [
    ("fr", "signé en mars 2018, renouvelé en août de la même année", ["2018-03", "2018-08"]),
    ("en", "first met on 15 March 2018, then on October 6 of that year", ["2018-03-15", "2018-10-06"]),
    ("en", "RIGA, Oct 9 - posted 10/9/2024", ["2024-10-09", "2024-10-09"]),
    ("en", "LONDON, 9 October - posted 10/9/2024", ["2024-10-09", "2024-10-09"]),
    ("vi", "ký tháng 3/2018, họp lại ngày 6/10 cùng năm", ["2018-03", "2018-10-06"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), TOGETHER, ids=[case[1] for case in TOGETHER])
def test_a_date_is_read_with_the_one_that_it_points_at(language, text, expected):
    """`of that year` is the year named before; a date in words shows the order of day and month in digits."""
    vocabulary = load_vocabulary(language)
    mentions = find_dates(build_document(clean_text(text, vocabulary), vocabulary))
    assert [found.value for m in mentions if (found := resolve(m, context_of("2024")))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("La veille, ils s'étaient vus", "2022-05-10"), ("le même jour", "2022-05-11"), ("le lendemain", "2022-05-12")],
)
def test_the_day_before_counts_from_the_event_that_was_told(text, expected):
    """`la veille` is the day before the meeting, not before the report."""
    vocabulary = load_vocabulary("fr")
    (mention,) = find_dates(build_document(clean_text(text, vocabulary), vocabulary))
    around = with_event(context_of("2022-05-13"), [PartialDate("2022-05-11")])
    found = resolve(mention, around)
    assert found is not None
    assert found.value == expected


IMPOSSIBLE = ["le 31 février 2020", "le 30 février", "du 31 au 32 avril 2020", "45 mars", "le 0 mai 2020"]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_days_that_do_not_exist_are_not_dates(text):
    """An impossible day gives no full date and raises nothing."""
    vocabulary = load_vocabulary("fr")
    document = build_document(clean_text(text, vocabulary), vocabulary)
    values = [resolve(mention, context_of(None)) for mention in find_dates(document)]
    assert not any(value and len(value.value) == 10 and value.value.startswith("2020-02") for value in values)


BASES = [("2024-08", "le 20 août", "header"), (None, "le 20 août 2024", "stated"), ("2025-12-07", "samedi", "weekday")]


@pytest.mark.parametrize(("header", "text", "basis"), BASES)
def test_a_date_says_on_what_basis_it_is_known(header, text, basis):
    """A written year is stated, a year of the header is header, a weekday is weekday."""
    vocabulary = load_vocabulary("fr")
    document = build_document(clean_text(text, vocabulary), vocabulary)
    found = resolve(find_dates(document)[0], context_of(header))
    assert found is not None
    assert found.basis.value == basis

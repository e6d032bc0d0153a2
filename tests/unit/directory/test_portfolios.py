"""Portfolios of names and posts in French, English and Vietnamese, and look-alikes that are none."""

from uuid import UUID

import pytest

from entraide.directory.adapters.portfolios import _labels, load_portfolios
from entraide.directory.domain.matching import CERTAIN, LIKELY, POSSIBLE, match_names
from entraide.directory.domain.organisations import Organisation
from entraide.directory.domain.portfolios import (
    is_plain_head,
    names_another_state,
    portfolio_of_name,
    portfolios_of_post,
)
from entraide.kernel.ids import OrganisationId
from entraide.kernel.languages import READ, SPOKEN

WORDS = load_portfolios()


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("ministère de la Sécurité publique", "VN", "public_security"),
        ("ministères de la Sécurité publique", "LA", "public_security"),
        ("ministère vietnamien de la Sécurité publique", "VN", "public_security"),
        ("ministère de la Police", "VN", "public_security"),
        ("Ministry of Public Security of Viet Nam", "VN", "public_security"),
        ("Lao Ministry of Public Security", "LA", "public_security"),
        ("Ministry of Public Security of the People's Republic of China", "CN", "public_security"),
        ("Bộ Công an", "VN", "public_security"),
        ("Bộ Công an Trung Quốc", "CN", "public_security"),
        ("Bộ Công an Lào đồng", "LA", "public_security"),
        ("Bộ An ninh Lào", "LA", "public_security"),
        ("ministère chinois de la Sécurité d’État", "CN", "state_security"),
        ("Bộ An ninh Quốc gia Trung Quốc", "CN", "state_security"),
        ("Ministère russe de l'Intérieur", "RU", "interior"),
        ("Bộ Nội vụ Campuchia", "KH", "interior"),
        ("Cambodian Interior Ministry", "KH", "interior"),
        ("ministère de la Justice et des libertés", "MA", "justice"),
        ("ministère de l’Europe et des Affaires étrangères", "FR", "foreign_affairs"),
        ("Bộ Quốc phòng", "VN", "defence"),
        ("Parquets populaires suprêmes", "LA", "prosecution"),
        ("Viện kiểm sát nhân dân tối cao", "VN", "prosecution"),
        ("Direction générale des douanes", "FR", "customs"),
        ("Tổng cục Hải quan", "VN", "customs"),
    ],
)
def test_the_portfolio_of_a_name(name: str, state: str, code: str) -> None:
    """A body is known by its portfolio in three languages, in the plural and with the words of its State."""
    assert portfolio_of_name(WORDS, name, state) == code


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Ministère vietnamien de la Sécurité publique", "RU"),
        ("Ministry of Public Security of Laos", "VN"),
        ("ministère de la Sécurité publique du Québec", "CA"),
        ("Department of Legal Affairs of the Ministry of Public Security", "VN"),
        ("Ministry of Public Security Investigation Police Agency", "VN"),
        ("Cục Cảnh sát hình sự Bộ Công an", "VN"),
        ("Department of Justice", "US"),
        ("Police nationale", "FR"),
        ("ministère de l'Intérieur et de la Justice", "ES"),
        ("ministries", "CN"),
        ("hai Bộ", "VN"),
        ("", "VN"),
    ],
)
def test_what_has_no_portfolio(name: str, state: str) -> None:
    """A part of a ministry, a body of another State or of a province, and two subjects at once are left to a person."""
    assert portfolio_of_name(WORDS, name, state) == ""


@pytest.mark.parametrize(
    ("title", "state", "codes"),
    [
        ("ministre de l'Intérieur", "ES", ("interior",)),
        ("ministre espagnol de l'Intérieur", "ES", ("interior",)),
        ("vice-Premier ministre et ministre de la Sécurité publique", "LA", ("public_security",)),
        ("Phó Thủ tướng, Bộ trưởng Bộ Công an", "LA", ("public_security",)),
        ("Interior Minister", "KH", ("interior",)),
        ("Deputy Minister of Public Security and head of the Investigation Police Agency", "VN", ("public_security",)),
        ("président de la République", "SN", ("presidency",)),
        ("Chủ tịch nước", "VN", ("presidency",)),
        ("Premier ministre", "TN", ("government",)),
        ("président de l'Assemblée nationale", "VN", ("national_assembly",)),
        ("président du Parquet populaire suprême", "VN", ("prosecution",)),
        ("secrétaire général du ministère de la Justice et des libertés", "MA", ("justice",)),
        ("ministre de l'Intérieur et de la Justice", "ES", ("interior",)),
        ("ministre de la Justice et ministre de l'Intérieur", "ES", ("justice", "interior")),
        ("vice-ministre", "VN", ()),
        ("président d'Interpol", "CN", ()),
        ("magistrat de liaison", "MA", ()),
        ("ministre des Affaires maghrébines", "DZ", ()),
    ],
)
def test_the_portfolios_of_a_post(title: str, state: str, codes: tuple[str, ...]) -> None:
    """A post names its portfolio; a seat in the government does not count beside a ministry."""
    assert portfolios_of_post(WORDS, title, state) == codes


def test_names_that_are_no_names() -> None:
    """The two ministries name no body, and a name of another party's State is not this State's."""
    assert is_plain_head(WORDS, "les deux ministères", "VN")
    assert not is_plain_head(WORDS, "ministère de la Justice", "VN")
    assert names_another_state(WORDS, "Ministère vietnamien de la Sécurité publique", "RU", ["VN", "RU"])
    assert not names_another_state(WORDS, "ministère de la Sécurité publique", "RU", ["VN", "RU"])


def test_every_portfolio_has_its_labels() -> None:
    """Each portfolio has a label and a body's name in each language, and the body's name means that portfolio."""
    codes = {*WORDS.subjects, *WORDS.names}
    for language in SPOKEN:
        assert set(_labels(language)["portfolios"]) == codes
    for language in READ:
        assert set(WORDS.body_names[language]) == codes
        for code, name in WORDS.body_names[language].items():
            assert portfolio_of_name(WORDS, name, "VN") == code, (language, name)


def organisation(number: int, state: str, *names: str) -> Organisation:
    return Organisation(OrganisationId(UUID(int=number)), state, {"fr": names[0]}, names[1:])


POLICE = organisation(1, "VN", "ministère de la Sécurité publique")
INTERIOR = organisation(2, "VN", "ministère de l'Intérieur")
JUSTICE = organisation(3, "VN", "ministère de la Justice")
LAO = organisation(4, "LA", "ministère de la Sécurité publique")
OTHER_POLICE = organisation(5, "VN", "Ministry of Police of Viet Nam")
DEPARTMENT = organisation(6, "VN", "Tổng cục Cảnh sát")
EVERYTHING = (POLICE, INTERIOR, JUSTICE, LAO)


@pytest.mark.parametrize(
    ("known", "state", "name", "found"),
    [
        (EVERYTHING, "VN", "Ministère de la sécurité publique", [(1, CERTAIN)]),
        (EVERYTHING, "VN", "Bộ Công an", [(1, LIKELY)]),
        (EVERYTHING, "VN", "ministère de la Police", [(1, LIKELY)]),
        (EVERYTHING, "LA", "Ministry of Public Security of Laos", [(4, LIKELY)]),
        (EVERYTHING, "KH", "Bộ Công an", []),
        (EVERYTHING, "VN", "Bộ Nội vụ", [(2, LIKELY)]),
        ((POLICE,), "VN", "Ministry of the Interior", []),
        ((JUSTICE,), "VN", "Supreme People's Procuracy", []),
        ((POLICE, OTHER_POLICE), "VN", "Bộ Công an", [(1, POSSIBLE), (5, POSSIBLE)]),
        ((POLICE, DEPARTMENT), "VN", "Bộ Công an", [(1, LIKELY)]),
        ((DEPARTMENT,), "VN", "Bộ Công an", [(6, POSSIBLE)]),
        ((POLICE,), "VN", "Department of Police", [(1, POSSIBLE)]),
    ],
)
def test_which_organisation_a_name_means(
    known: tuple[Organisation, ...], state: str, name: str, found: list[tuple[int, int]]
) -> None:
    """The State's one body of the portfolio is likely meant, one of two is asked about, another portfolio never is."""
    matches = match_names(WORDS, known, state, [name])
    assert [(match.organisation.id.int, match.strength) for match in matches] == found

"""One name of a place on the pages of a language, whatever a source prints."""

import pytest

from entraide.kernel.languages import SPOKEN
from entraide.programme.domain.places import load_known_places, name_place, place_code, places_of

NAMES = {
    "Hanoi": ("Hanoï", "Hanoi", "Hà Nội"),
    "HÀ NỘI": ("Hanoï", "Hanoi", "Hà Nội"),
    "河内": ("Hanoï", "Hanoi", "Hà Nội"),
    "Hô-Chi-Minh-Ville": ("Hô Chi Minh-Ville", "Ho Chi Minh City", "Thành phố Hồ Chí Minh"),
    "Dien Bien": ("Dien Bien", "Dien Bien", "Điện Biên"),
    "Viêng Chăn": ("Vientiane", "Vientiane", "Viêng Chăn"),
    "Washington, D.C.": ("Washington", "Washington", "Oa-sinh-tơn"),
    "Alger": ("Alger", "Algiers", "An-giê"),
    "Tehran": ("Téhéran", "Tehran", "Tehran"),
    "Paris, France": ("Paris", "Paris", "Pa-ri"),
    "Vientiane (Laos)": ("Vientiane", "Vientiane", "Viêng Chăn"),
    "Việt Nam": ("Vietnam", "Vietnam", "Việt Nam"),
    "Viet Nam": ("Vietnam", "Vietnam", "Việt Nam"),
    "Turquie": ("Turquie", "Türkiye", "Thổ Nhĩ Kỳ"),
}


@pytest.mark.parametrize(("printed", "names"), NAMES.items())
def test_a_place_has_one_name_in_each_language(printed: str, names: tuple[str, str, str]) -> None:
    """A reviewed spelling before CLDR's, a city before a State, accents and hyphens no difference."""
    assert tuple(name_place(printed, language).text for language in ("fr", "en", "vi")) == names


@pytest.mark.parametrize("printed", ["Kacyiru, Kigali", "State House", "the border gate of Cầu Treo"])
def test_a_place_that_nobody_reviewed_stands_as_it_is(printed: str) -> None:
    """It is no other place that is like it, and its language is not known."""
    assert {name_place(printed, language) for language in SPOKEN} == {name_place(printed, "fr")}
    assert name_place(printed, "fr").text == printed
    assert name_place(printed, "fr").language == ""


def test_all_spellings_of_a_place_have_one_code() -> None:
    """A filter by it finds all of them; each choice is offered once, by its name."""
    spellings = ["Hanoi", "Hanoï", "Hà Nội", "HÀ NỘI", "Pékin", "Beijing"]
    assert {place_code(spelling) for spelling in spellings} == {"hanoi", "beijing"}
    assert places_of(spellings, "fr") == {"hanoi": "Hanoï", "beijing": "Pékin"}


def test_several_hundred_cities_are_known() -> None:
    """CLDR's exemplar cities and all States stand beside the reviewed list."""
    assert len({place.code for place in load_known_places().values()}) > 600

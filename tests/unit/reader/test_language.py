"""Which language a text is in: named whether it is read or not, by paragraphs where there are several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.reader.domain.language import (
    LanguageNotRead,
    LanguageNotTold,
    detect_language,
    detect_languages,
    require_read_language,
)
from entraide.reader.domain.reading import read_text

FR = "Le ministre de l'Intérieur a reçu son homologue et ils ont signé un accord de coopération."
EN = "The minister received his counterpart and they signed an agreement on cooperation in Hanoi."
LO = "ລັດຖະມົນຕີກະຊວງປ້ອງກັນຄວາມສະຫງົບ ໄດ້ຕ້ອນຮັບ ຄະນະຜູ້ແທນ ແລະ ໄດ້ເຊັນແຜນການຮ່ວມມື"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le ministre a reçu l'ambassadeur.", "fr"),
        ("Bộ trưởng tiếp đại sứ.", "vi"),
        ("Els dos ministres van signar un acord de cooperació amb els seus homòlegs de la seguretat.", "ca"),
        ("Minis la te rankontre ak kòlèg li epi yo te siyen yon akò pou kowoperasyon nan domèn sekirite.", "ht"),
        ("Ministrul s-a întâlnit cu omologul său și au semnat un acord de cooperare.", "ro"),
        ("De minister ontmoette zijn ambtgenoot en ondertekende een overeenkomst over samenwerking.", "nl"),
        ("Bo truong Bo Cong an da hoi dam voi nguoi dong cap Lao tai Ha Noi ve phong, chong toi pham.", "vi-x-bare"),
        ("Состоялось 5-е заседание министерств. Стороны подписали план сотрудничества на 2025 год.", "ru"),
        ("Міністр зустрівся зі своїм колегою та підписав угоду про співпрацю.", "uk"),
        ("وزیر کشور با همتای خود دیدار کرد و پلیس توافقنامه را امضا کرد", "fa"),
        ("内務大臣は相手国の大臣と会談した。", "ja"),
        ("公安部部长会见了老挝公安部部长。", "zh"),
        ("Tô Lâm", "und"),
        ("12.05.2025 – 14:30", "und"),
        ("", "und"),
    ],
)
def test_a_language_is_named(text: str, code: str) -> None:
    """By script, letters and small words; names alone tell none."""
    assert detect_language(text) == code


def test_a_page_in_several_languages_is_read_by_the_share_of_its_paragraphs() -> None:
    """Two fifths in a language that is read are enough, a line of French on a page in Lao is not."""
    assert detect_languages(f"{FR}\n{FR}\n{LO}").code == "fr"
    mostly_lao = detect_languages(FR + f"\n{LO}" * 4)
    assert (mostly_lao.code, mostly_lao.is_read) == ("lo", False)
    assert set(mostly_lao.shares) == {"lo", "fr"}
    assert set(detect_languages(f"{FR}\n{EN}\n{EN}").shares) == {"en", "fr"}


def test_names_in_another_script_do_not_change_a_language() -> None:
    """A name beside its form in another script is part of the sentence."""
    assert detect_language(f"{FR} Il s'agit de Youssef (يوسف الحداوي) et de Zhao Kezhi (赵克志).") == "fr"


def test_what_is_not_read_is_refused_by_name() -> None:
    """The error tells the file and the code of the language."""
    with pytest.raises(LanguageNotRead, match=r"a\.txt: .* lo") as refused:
        require_read_language(LO, file="a.txt")
    assert refused.value.params["language"] == "lo"
    with pytest.raises(LanguageNotTold):
        require_read_language("Tô Lâm", file="a.txt")
    assert require_read_language(FR, file="a.txt").code == "fr"
    assert read_text(LO, name="a").language == "lo"


@given(st.text(max_size=400))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """Whatever the letters are, shares add up to one, or there are none."""
    shares = detect_languages(text).shares
    assert not shares or sum(shares.values()) == pytest.approx(1)

"""Names of one person across languages and scripts."""

import pytest

from entraide.directory.adapters.names import load_variants
from entraide.directory.domain.variants import (
    is_like_spelling,
    is_part_of_name,
    is_same_in_script,
    is_same_name,
    is_transcribed,
)

VARIANTS = load_variants()
IN_SCRIPTS = {
    "pinyin and Vietnamese": ("Zhao Kezhi", "Triệu Khắc Chí", True),
    "characters and pinyin": ("赵克志", "Zhao Kezhi", True),
    "characters and Vietnamese": ("赵克志", "Triệu Khắc Chí", True),
    "the family name last": ("Kezhi Zhao", "赵克志", True),
    "another minister": ("Guo Shengkun", "Quách Thanh Côn", True),
    "and another": ("王小洪", "Vương Tiểu Hồng", True),
    "two ministers": ("Zhao Kezhi", "Vương Tiểu Hồng", False),
    "two characters apart": ("赵克志", "Zhao Leji", False),
    "Lao and Latin": ("ວິໄລ ຫຼ້າຄໍາຟອງ", "Vilay Lakhamphong", True),
    "Lao and another": ("ວິໄລ ຫຼ້າຄໍາຟອງ", "Khamking Phuilamanivong", False),
    "Latin alone": ("Vilay Lakhamphong", "Vilay Lakhamphong", False),
}


@pytest.mark.parametrize(("left", "right", "same"), IN_SCRIPTS.values(), ids=IN_SCRIPTS)
def test_a_name_is_known_in_another_script(left, right, same):
    """Characters, pinyin, Sino-Vietnamese and Lao letters lead to each other, whichever side stands first."""
    assert is_same_in_script(VARIANTS, left, right) is same
    assert is_same_in_script(VARIANTS, right, left) is same


SPELT = {
    "accents": (is_same_name, "Tô Lâm", "To Lam", True),
    "a title in the name": (is_same_name, "Krolahom Sar Kheng", "Sar Kheng", True),
    "a name of the same family": (is_same_name, "Sar Sokha", "Sar Kheng", False),
    "a part": (is_part_of_name, "Kheng", "Sar Kheng", True),
    "a short part": (is_part_of_name, "Sar", "Sar Kheng", False),
    "French and English": (is_like_spelling, "Sergueï Choïgou", "Sergei Shoigu", True),
    "one letter": (is_like_spelling, "Khamking Phuilamanivong", "Khamkinh Phuilamanivong", True),
    "two of one family": (is_like_spelling, "Nguyen Van Thanh", "Nguyễn Văn Long", False),
}


@pytest.mark.parametrize(("test", "left", "right", "same"), SPELT.values(), ids=SPELT)
def test_a_name_is_known_in_another_spelling(test, left, right, same):
    """Accents, titles, parts and habits of spelling are signs; a shared family name is none."""
    assert test(VARIANTS, left, right) is same


TRANSCRIBED = {
    "a Russian name": ("Vla-đi-mia Cô-lô-côn-xép", "Vladimir Kolokoltsev", True),
    "and another": ("A-lếch-xan-đrơ Gô-rô-vôi", "Alexander Gorovoy", True),
    "a Khmer name": ("Xa Xô-kha", "Sar Sokha", True),
    "a Burmese name of two short words": ("Cô Cô", "Ko Ko", True),
    "another minister": ("Vla-đi-mia Cô-lô-côn-xép", "Alexander Gorovoy", False),
    "a successor": ("Xa Xô-kha", "Sar Kheng", False),
    "two names in Latin letters": ("Bruno Retailleau", "Laurent Nuñez", False),
    "both by syllables": ("Xa Xô-kha", "Cô Cô", False),
    "characters": ("赵克志", "Cô Cô", False),
}


@pytest.mark.parametrize(("left", "right", "same"), TRANSCRIBED.values(), ids=TRANSCRIBED)
def test_a_name_is_known_as_vietnamese_texts_write_it(left, right, same):
    """By syllables and in their few last consonants, whichever side stands first."""
    assert is_transcribed(VARIANTS, left, right) is same
    assert is_transcribed(VARIANTS, right, left) is same


def test_the_table_of_characters_is_consistent():
    """Each character has at least one reading in pinyin, in plain letters, and one in Sino-Vietnamese."""
    for character in VARIANTS.pinyin:
        assert len(character) == 1
        assert all(reading.isascii() and reading.isalpha() for reading in VARIANTS.pinyin[character]), character
        assert VARIANTS.vietnamese[character], character

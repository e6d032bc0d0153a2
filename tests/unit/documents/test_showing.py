"""Numbers, eras and old Vietnamese as a reader sees them."""

import pytest

from entraide.documents.adapters.number_formats import format_code, show_number
from entraide.documents.domain.counting import count_as
from entraide.documents.domain.eras import find_era
from entraide.documents.domain.legacy_vietnamese import find_legacy, from_tcvn3, from_vni


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (24000.0, "", "24000"), (0.1 + 0.2, "", "0.3"), (1e20, "", "1e+20"), (0.675, "0.0%", "67.5%"),
        (1234.5, "#,##0", "1,234"),
        (1234567.0, "# ##0", "1 234 567"), (7.0, "000", "007"), (3.10, "0.0#", "3.1"),
        (-5.0, '0;"moins "0', "moins 5"),
        (1.5, '0.00 "€"', "1.50 €"), (45638.0, "dd/mm/yyyy", "2024-12-12"), (45638.0, "[$-40C]mmmm yyyy", "2024-12"),
        (45638.604166, "d/m/yy h:mm", "2024-12-12 14:30"), (0.5, "h:mm", "12:00"),
        (45638.0, "yyyy", "2024"), (0.5, "# ?/?", "0.5"),
    ],
    ids=str,
)  # fmt: skip
def test_a_number_is_shown_by_its_format(value: float, code: str, shown: str) -> None:
    """Days as ISO has them, numbers with their places, signs and words; what is not known as it is."""
    assert show_number(value, code) == shown


def test_formats_are_named_by_number() -> None:
    """A file's own format counts before the built-in one; days may begin in 1904."""
    assert (format_code(10, {}), format_code(0, {}), format_code(170, {170: "0.0"})) == ("0.00%", "", "0.0")
    assert show_number(0.0, "d/m/yyyy", since_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(27, "lowerLetter", "aa"), (4, "upperRoman", "IV"), (1994, "lowerRoman", "mcmxciv"), (3, "decimalZero", "03"),
     (0, "upperLetter", "0"), (7, "chineseCounting", "7")],
)  # fmt: skip
def test_points_are_counted(number: int, form: str, shown: str) -> None:
    """Letters twice behind z, Roman numbers, and digits for what is not known."""
    assert count_as(number, form) == shown


@pytest.mark.parametrize(
    ("text", "era"),
    [
        ("on 9 December B.E. 2567 in Bangkok", "buddhist"), ("วันที่ 9 ธันวาคม พ.ศ. 2567", "buddhist"),
        ("le 5 rajab 1446 de l'hégire", "islamic"),
        ("令和6年12月9日", "japanese"), ("民國113年", "roc"), ("le 9 décembre 2024, devant 2500 agents", "gregorian"),
    ],
    ids=str,
)  # fmt: skip
def test_an_era_is_named(text: str, era: str) -> None:
    """Only where the text says that it counts so."""
    assert find_era(text) == era


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Héi nghÞ hîp t¸c lÇn thø 12 gi÷a Bé C«ng an", "TCVN3"),
        ("Hoäi nghò hôïp taùc laàn thöù 12 giöõa Boä Coâng an", "VNI"),
        ("Hội nghị hợp tác lần thứ 12 giữa Bộ Công an", ""),
        ("Le général a été reçu à Hanoï, où il a signé un accord préalable", ""),
        ("Größe über Förderung für Häuser können", ""), ("O ministro não é são coração ação", ""),
    ],
    ids=str,
)  # fmt: skip
def test_old_vietnamese_is_told_by_its_syllables(text: str, name: str) -> None:
    """Only a text that becomes Vietnamese by it is converted."""
    assert find_legacy(text) == name


def test_every_letter_of_the_old_encodings_is_known() -> None:
    """Capitals and small letters with each tone."""
    assert from_tcvn3("§¡¢£¤¥¦ ®¨©ªÕ¬­ »¼½¾ÆÊ ý") == "ĐĂÂÊÔƠƯ đăâêếơư ằẳẵắặấ ý"
    assert (
        from_vni("ÑÖÔØNG ñöôøng Haø Noäi, hoûi, kyõ, nghæ ngôi, thò xaõ")
        == "ĐƯỜNG đường Hà Nội, hỏi, kỹ, nghỉ ngơi, thị xã"
    )

"""States and languages by their codes; names from Unicode CLDR through Babel, a few as ministries write them."""

from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from entraide.directory.domain.errors import UnknownLanguage, UnknownState
from entraide.kernel.languages import SOURCE, base_of
from entraide.kernel.yaml_text import parse_yaml

# CLDR lists these two-letter codes beside the States of ISO 3166-1: regions, unions and codes for private use. XK is
# for private use too, but it is what CLDR, Frontex and others write for Kosovo, which signs what the register holds.
_NOT_STATES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


def parse_state(code: str) -> str:
    """Return the ISO 3166-1 alpha-2 `code` in capitals; raises `UnknownState`."""
    state = code.strip().upper()
    if state not in list_states():
        raise UnknownState(state=code[:10])
    return state


def parse_language(code: str) -> str:
    """Return the ISO 639 `code` in small letters; raises `UnknownLanguage`."""
    language = code.strip().lower()
    if language not in _names(SOURCE).languages:
        raise UnknownLanguage(language=code[:10])
    return language


@cache
def list_states() -> frozenset[str]:
    """Return the codes of all States."""
    codes = {str(code) for code in _names(SOURCE).territories if len(str(code)) == 2 and str(code).isalpha()}
    return frozenset(codes - _NOT_STATES - set(get_global("territory_aliases")))


def state_name(code: str, language: str) -> str:
    """Return the name of a State in `language` (`LA` in `fr` is Laos); a code without a name is returned itself."""
    usual = _usual().get(code, {}).get(base_of(language))
    return str(usual or _names(language).territories.get(code) or _names(SOURCE).territories.get(code) or code)


def language_name(code: str, language: str) -> str:
    """Return the name of the language `code` in `language`, beginning with a small letter where CLDR has it so."""
    return str(_names(language).languages.get(code) or _names(SOURCE).languages.get(code) or code)


def own_name(code: str) -> str:
    """Return what the readers of the language `code` call it, as it stands alone: « Français », “Tiếng Việt”."""
    name = language_name(code, code)
    return name[:1].upper() + name[1:]


def is_right_to_left(code: str) -> bool:
    """Return whether the language `code` is written from right to left."""
    return bool(_names(code).text_direction == "rtl")


@cache
def _usual() -> dict[str, dict[str, str]]:
    """Return the names that ministries use where CLDR has another, by State and language."""
    text = files("entraide.directory").joinpath("vocabulary", "states.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = parse_yaml(text)
    return loaded


@cache
def _names(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(SOURCE)

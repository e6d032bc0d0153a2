"""Vietnamese in the encodings of old fonts: TCVN3 (fonts `.VnTime` and others, also called ABC) and VNI (`VNI-Times`).

Both put Vietnamese letters where Windows has Western ones, so that a program which does not know the font shows
`Héi nghÞ` or `Hoäi nghò` for `Hội nghị`. TCVN3 is the upper half of TCVN 5712:1993, a sign for a letter; VNI writes a
sign for the hat and the tone behind the vowel. Texts arrive here as Windows-1252 shows them.
"""

import unicodedata
from collections.abc import Callable, Mapping
from itertools import islice

import regex

TCVN3 = "TCVN3"
VNI = "VNI"

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
"""What the bytes A1 to FE are."""
_TCVN3: Mapping[int, str] = {0xA1 + number: letter for number, letter in enumerate(_TCVN3_LETTERS)}

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _HAT, _BREVE = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323", "\u0302", "\u0306"
_TONES = dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_HATTED = dict(zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_BREVED = dict(zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_VNI_MARKS = {
    **_TONES,
    **{sign: _HAT + tone for sign, tone in _HATTED.items()},
    **{sign: _BREVE + tone for sign, tone in _BREVED.items()},
}
_VNI_LETTERS = dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True))
_VNI = regex.compile(
    rf"(?P<base>[aeouyôöAEOUYÔÖ])(?P<mark>[{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])?|[ñæóòîÑÆÓÒÎ]"
)

_NUCLEI = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi ôi ơi oo ua uâ uê ui uô uơ uy ưa ươ ưi ưu yê "
    "ya iêu yêu oai oao oay oeo uai uây uôi uya uyê uyu ươi ươu uêu uau"
)
_SYLLABLE = regex.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    rf"(?:{'|'.join(sorted(_NUCLEI.split(), key=len, reverse=True))})(?:ch|nh|ng|[cmnpt])?"
)
_TONE = regex.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TOKEN = regex.compile(r"[^\s\x21-\x40\x5b-\x60\x7b-\x7e“”‘’«»–—…]+")
_SAMPLE = 20_000
_ENOUGH = 4
_MOST = 60
"""Words with letters outside ASCII that are looked at."""
_SHARE = 0.85
_MOST_ALREADY = 0.45


def from_tcvn3(text: str) -> str:
    """Return text of a TCVN3 font, as Windows-1252 shows it, in Unicode (NFC)."""
    return unicodedata.normalize("NFC", text.translate(_TCVN3))


def from_vni(text: str) -> str:
    """Return text of a VNI font, as Windows-1252 shows it, in Unicode (NFC)."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(match: "regex.Match[str]") -> str:
    base, mark = match["base"], match["mark"]
    if base is None:
        return _VNI_LETTERS[match.group()]
    return _VNI_LETTERS.get(base, base) + (_VNI_MARKS[mark.lower()] if mark else "")


CONVERT: Mapping[str, Callable[[str], str]] = {TCVN3: from_tcvn3, VNI: from_vni}


def find_legacy(text: str) -> str:
    """Return `TCVN3` or `VNI` where the words of `text` are Vietnamese only when they are converted, else nothing.

    Told by syllables: of the words with letters outside ASCII nearly all must become one, and few may be one already.
    """
    found = (match.group() for match in _TOKEN.finditer(text[:_SAMPLE]))
    words = list(islice((word for word in found if not word.isascii()), _MOST))
    if len(words) < _ENOUGH or share_of_syllables(words) > _MOST_ALREADY:
        return ""
    shares = {name: share_of_syllables([convert(word) for word in words]) for name, convert in CONVERT.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _SHARE else ""


def share_of_syllables(words: list[str]) -> float:
    """Return the share of `words` that are Vietnamese syllables with a letter of their own, from 0 to 1."""
    return sum(map(_is_syllable, words)) / max(len(words), 1)


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONE.subn("", parts)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None

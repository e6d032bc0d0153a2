"""Bytes of text into text: decoded when it is certain how, refused with one line when it is not.

Certain are a byte order mark, valid UTF-8, UTF-16 that shows in its zeros, a declaration that the bytes bear out, and,
without any of these, the one old encoding in which the letters are those of French, English or Vietnamese words.
"""

import codecs
import re
import unicodedata
from typing import NamedTuple

from entraide.documents.domain.errors import BinaryFile, DamagedFile, EncodingNotCertain
from entraide.documents.domain.legacy_vietnamese import CONVERT, find_legacy

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
OLD = {"cp1252": 0.0, "cp1258": 0.0, "mac_roman": 0.25, "cp850": 0.25}
"""Windows for Western Europe (which holds ISO 8859-1) and for Vietnam, old Macintosh, DOS; how much rarer each is."""
ENOUGH = 0.9
APART = 0.2
_EXPECTED = frozenset(
    "àâäçéèêëîïôöùûüÿœæñáíóúãõåøßÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆÁÍÓÚÅØ«»’‘“”„–—…•·°€£§©®²³½ªº\u00a0"
    "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹýăđơưĩũìòẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸÝĂĐƠƯĨŨ"
)
_RARE_WEST = frozenset("ìòãõýÌÒÃÕÝ")
"""Letters that Windows-1252 shows where Windows-1258 has a tone of Vietnamese; rare in a French or English text."""
_FEW = 0.2
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Two bytes of UTF-8 read as letters of Windows, DOS or Macintosh; ftfy, which is slow, then looks at the whole text.
_MISREAD = re.compile("[Â-ô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[├┬√][^\x00-\x7f]")
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,30})", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-z0-9_:.-]{2,30})", re.IGNORECASE)
_META_WITHIN = 8192
_SAMPLE = 200_000
# What browsers make of these names (WHATWG Encoding Standard, section 4.2).
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_NAMES = {"cp1252": "windows-1252", "cp1258": "windows-1258", "mac_roman": "macintosh", "cp850": "IBM850"}


class Decoded(NamedTuple):
    """A text and the name of its encoding, as the IANA registry has it; `TCVN3` and `VNI`, which it has not."""

    text: str
    encoding: str


def decode_text(data: bytes, file: str) -> Decoded:
    """Return the text of `data`, line ends as one line feed; raises `BinaryFile`, `DamagedFile`, `EncodingNotCertain`.

    Text that was decoded wrongly before it was saved is mended (ftfy), and so is Vietnamese of old fonts.
    """
    text, encoding = _decode_certain(data, file) or _decode_old(data, file)
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 200:
        raise BinaryFile(file=file)
    text = text.replace("\x00", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    legacy = "" if text.isascii() or encoding in CONVERT else find_legacy(text)
    if legacy:
        return Decoded(CONVERT[legacy](text), legacy)
    if _MISREAD.search(text):
        from ftfy import fix_encoding  # noqa: PLC0415 - slow to load, and few texts need it

        text = fix_encoding(text)
    return Decoded(text, encoding)


def decode_page(data: bytes, file: str, *, declared: str = "") -> Decoded:
    """Return the HTML of `data`: by its mark, as UTF-8, by its declaration, else as a text is decoded.

    `declared` is what stands outside of it, as in the header of a mail. Raises what `decode_text` raises.
    """
    return _decode_certain(data, file) or _decode_declared(data, declared) or _decode_old(data, file)


def decode_declared(data: bytes, file: str, declared: str) -> Decoded:
    """Return a text whose encoding is stated outside of it, as in a mail; raises what `decode_text` raises."""
    if any(data.startswith(mark) for mark, _ in MARKS) or not declared or _is_utf8(data):
        return decode_text(data, file)
    found = _decode_as(data, declared)
    return found._replace(text=found.text.replace("\r\n", "\n")) if found else decode_text(data, file)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _SHIFTED.search(data)


_SHIFTED = re.compile(rb"\x1b[$(]")
"""ISO 2022, which is of ASCII bytes only."""


def _decode_certain(data: bytes, file: str) -> Decoded | None:
    """Return the text by its mark, as UTF-8 or as UTF-16 that shows in its zeros; None where none of them fits."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding[:6].rstrip("-"))
            except UnicodeDecodeError as error:
                raise DamagedFile(file=file, format=encoding[:6].upper()) from error
    if b"\x00" in data:
        return _decode_zeros(data, file)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _decode_zeros(data: bytes, file: str) -> Decoded:
    """UTF-16 without a mark: most of the zeros stand on one side of the pairs, and no letter is outside of words."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    pairs = max(len(sample) // 2, 1)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if len(data) % 2 == 0 and max(even, odd) > pairs // 3 and min(even, odd) <= pairs // 100:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            pass
        else:
            if not _CONTROL.search(text[:_SAMPLE]):
                return Decoded(text, "utf-16")
    raise BinaryFile(file=file)


def _decode_declared(data: bytes, declared: str) -> Decoded | None:
    head = data[:_META_WITHIN]
    found = _META.search(head) or _DECLARED_XML.match(head)
    return _decode_as(data, declared or (found.group(1).decode("ascii") if found else ""))


def _decode_as(data: bytes, declared: str) -> Decoded | None:
    try:
        codec = codecs.lookup(declared)
        name = _AS_BROWSERS.get(codec.name, codec.name)
        text = data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return Decoded(unicodedata.normalize("NFC", text), _NAMES.get(name, name))


def _decode_old(data: bytes, file: str) -> Decoded:
    """Return the text in the one old encoding that gives words of our languages; raises if none or two do."""
    as_windows = data.decode("cp1252", "replace")
    if legacy := find_legacy(as_windows):
        return Decoded(CONVERT[legacy](as_windows), legacy)
    tones = _has_vietnamese(_sample_in("cp1258", data))
    readings: dict[str, tuple[float, float, str]] = {}
    for encoding, rarer in OLD.items():
        text = _in_old(encoding, data, tones=tones)
        if text is not None:
            share = _plausibility(text[:_SAMPLE], tones=tones)
            readings.setdefault(text, (share - rarer, share, encoding))
    ranked = sorted(readings.items(), key=lambda reading: -reading[1][0])
    if not ranked:
        raise BinaryFile(file=file)
    text, (weight, share, encoding) = ranked[0]
    if share < ENOUGH or (len(ranked) > 1 and weight - ranked[1][1][0] < APART):
        raise EncodingNotCertain(file=file)
    return Decoded(text, _NAMES[encoding])


def _in_old(encoding: str, data: bytes, *, tones: bool) -> str | None:
    """Return the text in an old encoding, None where it holds what no text does, or cannot be in it."""
    try:
        text = unicodedata.normalize("NFC", data.decode(encoding))
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text[:_SAMPLE]) or (encoding == "cp1258" and not tones) else text


def _sample_in(encoding: str, data: bytes) -> str:
    return unicodedata.normalize("NFC", data[:_SAMPLE].decode(encoding, "ignore"))


def _plausibility(text: str, *, tones: bool) -> float:
    """Return the share of the letters outside ASCII that words of our languages have there, from 0 to 1.

    A capital after a small letter is none of theirs, nor is a mark without a letter. Where the bytes would give `tones`
    of Vietnamese in Windows-1258, a text of which much is the Western letters in their place is not a Western one.
    """
    good = rare = total = 0
    before = " "
    for character in text:
        if character > "\x7f":
            total += 1
            rare += character in _RARE_WEST
            good += character in _EXPECTED and not (character.isupper() and before.islower())
        before = character
    if not total:
        return 1.0
    return 0.0 if tones and rare > _FEW * total and not _has_vietnamese(text) else good / total


def _has_vietnamese(text: str) -> bool:
    return any("\u1ea0" <= character <= "\u1ef9" for character in text)

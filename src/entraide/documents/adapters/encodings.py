"""Bytes of text into text: decoded when it is certain how, refused with one line when it is not.

Certain are a byte order mark, valid UTF-8, UTF-16 that shows in its zeros, a declaration that the bytes bear out, and,
without any of these, the one old encoding in which the letters are those of French, English or Vietnamese words.
"""

import codecs
import re
import unicodedata

from entraide.documents.domain.errors import BinaryFile, DamagedFile, EncodingNotCertain

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


def decode_text(data: bytes, file: str) -> str:
    """Return the text of `data`, line ends as one line feed; raises `BinaryFile`, `DamagedFile`, `EncodingNotCertain`.

    Text that was decoded wrongly before it was saved is mended (ftfy).
    """
    text = _decode_certain(data, file)
    if text is None:
        text = _decode_old(data, file)
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 200:
        raise BinaryFile(file=file)
    text = text.replace("\x00", "")
    if _MISREAD.search(text):
        from ftfy import fix_encoding  # noqa: PLC0415 - slow to load, and few texts need it

        text = fix_encoding(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_page(data: bytes, file: str) -> str:
    """Return the HTML of `data`: by its mark, as UTF-8, by its declaration, else as a text is decoded."""
    text = _decode_certain(data, file)
    if text is None:
        text = _decode_declared(data)
    if text is None:
        text = _decode_old(data, file)
    return text


def _decode_certain(data: bytes, file: str) -> str | None:
    """Return the text by its mark, as UTF-8 or as UTF-16 that shows in its zeros; None where none of them fits."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise DamagedFile(file=file, format=encoding[:6].upper()) from error
    if b"\x00" in data:
        return _decode_zeros(data, file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_zeros(data: bytes, file: str) -> str:
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
                return text
    raise BinaryFile(file=file)


def _decode_declared(data: bytes) -> str | None:
    head = data[:_META_WITHIN]
    found = _META.search(head) or _DECLARED_XML.match(head)
    if found is None:
        return None
    try:
        codec = codecs.lookup(found.group(1).decode("ascii"))
        text = data.decode(_AS_BROWSERS.get(codec.name, codec.name))
    except (LookupError, UnicodeError):
        return None
    return unicodedata.normalize("NFC", text)


def _decode_old(data: bytes, file: str) -> str:
    """Return the text in the one old encoding that gives words of our languages; raises if none or two do."""
    tones = _has_vietnamese(_sample_in("cp1258", data))
    readings: dict[str, tuple[float, float]] = {}
    for encoding, rarer in OLD.items():
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if _CONTROL.search(sample) or (encoding == "cp1258" and not tones):
            continue
        share = _plausibility(sample, tones=tones)
        readings.setdefault(text, (share - rarer, share))
    ranked = sorted(readings.items(), key=lambda reading: -reading[1][0])
    if not ranked:
        raise BinaryFile(file=file)
    text, (weight, share) = ranked[0]
    if share < ENOUGH or (len(ranked) > 1 and weight - ranked[1][1][0] < APART):
        raise EncodingNotCertain(file=file)
    return text


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

"""Which of two guessers of old encodings reads more texts rightly, and which takes a text for what it is not.

    python -m bench.encodings

Sample communiqués and their beginnings, in the encodings in which such files are kept, are given to our own decoder and
to charset-normalizer, with all its encodings and with only those that ours knows. Right is the same text; refused is a
named refusal (ours), or no answer; wrong is another text. No answer is better than a wrong one: a name with wrong
letters enters the register.
"""

import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from importlib.resources import files

from charset_normalizer import from_bytes

from entraide.documents.adapters.encodings import decode_text
from entraide.documents.domain.errors import BadFile
from tests.factories.documents import in_windows_1258

LENGTHS = (60, 120, 300, 1000, 100_000)
WESTERN = ("cp1252", "mac_roman", "cp850")
FOREIGN = {
    "Russian": ("Министр внутренних дел встретился с коллегой из соседней страны в Москве.", ("cp1251", "koi8-r")),
    "Turkish": ("İçişleri Bakanı mevkidaşıyla Ankara'da görüştü, işbirliği anlaşması imzalandı.", ("cp1254",)),
    "Czech": ("Ministr vnitra přijal svého protějšku a podepsal dohodu o policejní spolupráci.", ("cp1250",)),
    "Greek": ("Ο Υπουργός Εσωτερικών συναντήθηκε με τον ομόλογό του στην Αθήνα.", ("cp1253",)),
    "Chinese": ("中国公安部部长会见了老挝公安部长，双方签署了合作协议。", ("gbk", "gb18030")),
}

Guess = Callable[[bytes], str | None]


def ours(data: bytes) -> str | None:
    """Return what our decoder reads, None where it refuses."""
    try:
        return decode_text(data, "a.txt").text
    except BadFile:
        return None


def normalizer(data: bytes) -> str | None:
    """Return what charset-normalizer reads, with every encoding that it knows."""
    best = from_bytes(data).best()
    return unicodedata.normalize("NFC", str(best)) if best else None


def normalizer_of_ours(data: bytes) -> str | None:
    """Return what charset-normalizer reads when it is told the encodings that our decoder knows."""
    best = from_bytes(data, cp_isolation=["utf_8", "cp1252", "cp1258", "mac_roman", "cp850"]).best()
    return unicodedata.normalize("NFC", str(best)) if best else None


GUESSERS: dict[str, Guess] = {"ours": ours, "charset-normalizer": normalizer, "the same, told ours": normalizer_of_ours}


MOST_WRONG = 2


def main() -> None:
    """Print the counts by encoding and guesser; exit 1 where ours reads more than `MOST_WRONG` texts wrongly."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for label, text, data in cases():
        for name, guess in GUESSERS.items():
            read = guess(data)
            # A text of another language is rightly refused, or rightly read; never read as something else.
            outcome = "refused" if read is None else "right" if read == text else "wrong"
            counts.setdefault((label, name), Counter())[outcome] += 1
    print(f"{'encoding':24}{'guesser':24}{'right':>8}{'refused':>8}{'wrong':>8}")
    for (label, name), found in counts.items():
        print(f"{label:24}{name:24}{found['right']:8}{found['refused']:8}{found['wrong']:8}")
    wrong = sum(found["wrong"] for (_, name), found in counts.items() if name == "ours")
    if wrong > MOST_WRONG:
        sys.exit(f"missed: {wrong} texts are read wrongly, at most {MOST_WRONG} may be")


def cases() -> list[tuple[str, str, bytes]]:
    """Return each case: its label, the text, and its bytes in an old encoding; texts of ASCII alone tell nothing."""
    made = []
    samples = sorted(files("entraide.communiques").joinpath("samples").iterdir(), key=lambda file: file.name)
    for sample in (file for file in samples if file.name.endswith(".txt")):
        whole = unicodedata.normalize("NFC", sample.read_text(encoding="utf-8"))
        for text in dict.fromkeys(whole[:length] for length in LENGTHS):
            if text.isascii():
                continue
            if sample.name.startswith("vi"):
                made.append((f"cp1258, {_size(text)}", *_kept(text, "cp1258")))
                continue
            made += [(f"{encoding}, {_size(text)}", *_kept(text, encoding)) for encoding in WESTERN]
    for language, (text, encodings) in FOREIGN.items():
        made += [(f"{language}", text, text.encode(encoding)) for encoding in encodings]
    return [item for item in made if item[2]]


def _size(text: str) -> str:
    return "short" if len(text) <= 120 else "long"


def _kept(text: str, encoding: str) -> tuple[str, bytes]:
    """Return `text` without the letters that `encoding` lacks, and its bytes; no bytes where only ASCII is left."""
    if encoding == "cp1258":
        text = "".join(letter for letter in text if _fits(letter))
        return text, b"" if text.isascii() else in_windows_1258(text)
    data = text.encode(encoding, "ignore")
    return data.decode(encoding), b"" if data.isascii() else data


def _fits(letter: str) -> bool:
    try:
        in_windows_1258(letter)
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()

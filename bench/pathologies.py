"""Texts that no communiqué resembles and that anybody can send: each named, and made in any length.

The benchmark `reader_linearity`, the tests and the seeds of the fuzzer take them from here.
"""

from collections.abc import Callable, Mapping
from itertools import cycle, islice

from entraide.communiques.adapters.samples import list_samples, read_sample

Make = Callable[[int], str]
"""Makes a text of about so many characters."""

_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre")
_OFFICIAL = "Le ministre {n} a signé un accord avec son homologue belge Jan {n} à Tunis le 3 mai 2022 et l'a paraphé. "
_LETTERS = "abcdefghij"


def _again(unit: str) -> Make:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _word(number: int) -> str:
    """Return a capitalised word of its own for each number."""
    return "N" + "".join(_LETTERS[int(digit)] for digit in str(number))


def _each(form: str) -> Make:
    """Make a text of sentences that differ: `{n}` is another name and `{d}` another number in each."""

    def make(size: int) -> str:
        parts, length, number = [], 0, 0
        while length < size:
            parts.append(form.format(n=_word(number), d=number, m=_MONTHS[number % 10], y=1990 + number % 40))
            length += len(parts[-1])
            number += 1
        return "".join(parts)[:size]

    return make


def _samples(size: int) -> str:
    """Make a text of the samples in all three languages, one after the other until it is long enough."""
    texts = [read_sample(sample.name) for sample in list_samples()]
    count = size // max(1, sum(map(len, texts)) // len(texts)) + 1
    return "\n\n".join(islice(cycle(texts), count))[:size]


def _one_sentence(size: int) -> str:
    """Make the samples into one sentence: no full stop, no break of line."""
    return _samples(size).translate({ord(mark): " " for mark in ".!?…;:\n\r"})


def _nested(left: str, right: str) -> Make:
    return lambda size: left * (size // 2) + right * (size // 2)


PATHOLOGIES: Mapping[str, Make] = {
    "one letter": _again("a"),
    "one capital": _again("A"),
    "spaces": _again(" "),
    "tabs and returns": _again("\t\r"),
    "newlines": _again("\n"),
    "paragraphs of a letter": _again("A\n\n"),
    "lines of a word": _each("{n}\n"),
    "open quotes": _again("« "),
    "open brackets": _again("("),
    "brackets after a place": _again("Hanoï (("),
    "nested quotes": _nested("« “", "” »"),
    "full stops": _again("."),
    "commas": _again(", "),
    "dashes": _again(" - "),
    "apostrophes": _again("l'"),
    "hyphenated": _again("A-"),
    "abbreviations": _again("M. "),
    "initials": _again("A. B "),
    "capitalised words": _each("{n} "),
    "digits": _again("1"),
    "numbers": _again("1 2 3, "),
    "days": _again("3, "),
    "ordinals": _again("7e VIIe 12th septième "),
    "romans": _again("XIV "),
    "roman letters": _again("XVIVCLI"),
    "dates": _each("le {d} {m} {y} "),
    "ranges of dates": _again("du 3 au 5 mai et du 6 mai au "),
    "english dates": _again("the 3 May 2021 to 4 May on Monday in June "),
    "vietnamese dates": _again("ngày 3/5 đến ngày 4/5/2021 tháng 6 năm 2020, và được của những người "),
    "months": _again("mai "),
    "weekdays": _again("lundi dernier, "),
    "ministers": _again("le ministre de la Sécurité publique et "),
    "ministers of nothing": _again("ministre "),
    "complements": _again("ministre de la de la de l'Intérieur, "),
    "ministers of states": _each("le ministre du Laos {n}, "),
    "counterparts": _again("son homologue "),
    "different officials": _each(_OFFICIAL),
    "officials in one sentence": _each("le ministre {n} Bel et son homologue {n} Ott ont rencontré "),
    "meetings": _each("La {d}e conférence des ministres s'est tenue à Hanoï. "),
    "meetings without a stop": _each("la {d}e conférence de la conférence des ministres de "),
    "meetings without a verb": _each("la {d}e conférence. "),
    "instruments": _each("Ils ont signé le protocole {n} sur {n} pour {y}. "),
    "instruments without a stop": _again("ont signé un accord et "),
    "instruments of lists": _again("trois protocoles d'accord sur A, B et "),
    "references": _each("Lors de la {d}e réunion prévue le 3 mai {y}, "),
    "visits of state": _again("visite d'Etat du 3 au 5 mai 2021 "),
    "domains": _again("drogue traite cybercriminalité terrorisme "),
    "pledges without a stop": _again("sont convenus de renforcer la lutte contre la drogue et "),
    "verbs of the future": _again("renforcera collaborera "),
    "states": _again("Vietnam Laos Chine "),
    "towns": _again("à Hanoï à Vientiane "),
    "captions": _again("Photo : M. X\n"),
    "headers": _again("date 2021-05-03\n"),
    "datelines": _again("HANOI, 3 mai (AVI) - "),
    "stamps": _again("12/05/2021 10:30\n"),
    "glued words": _again("FrançaisAnglaisChinoisLe"),
    "combining marks": _again("e\u0301\u0323\u0308"),
    "one letter under marks": lambda size: "e" + "\u0301" * (size - 1),
    "invisible": _again("\u200b\u00ad\ufeff"),
    "right to left": _again("وزير الداخلية ١٢ \u202e"),
    "chinese": _again("公安部部长在北京会见老挝公安部部长。"),
    "lao": _again("ລັດຖະມົນຕີກະຊວງປ້ອງກັນຄວາມສະຫງົບ "),
    "digits of other scripts": _again("١٢ mai ²³ ①② २०२१ Ⅶe "),
    "letters that grow when cased": _again("ǅ İ ß ŉ ﬁ Å "),
    "lone surrogates": _again("\ud800 A\udfff "),
    "null": _again("\0"),
    "null in words": _again("mi\0nistre le 3\0 mai "),
    "astral": _again("😀𝕄 "),
    "control": _again("\x01\x1b[31m\x85\u2028 "),
    "html": _again("<div><script>alert(1)</script> le 3 mai </div>"),
    "samples": _samples,
    "one sentence": _one_sentence,
}

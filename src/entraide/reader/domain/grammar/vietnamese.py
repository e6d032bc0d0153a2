"""Vietnamese verb groups: a verb has one form; tense, voice and negation are particles before it."""

from collections.abc import Sequence

from entraide.reader.domain.grammar.lexicon import VerbLexicon
from entraide.reader.domain.grammar.syntax import VerbGroup

_COMPOUNDS = frozenset({("thư", "ký"), ("quốc", "phòng"), ("văn", "phòng"), ("chữ", "ký"), ("dự", "thảo")})
"""Two syllables of a noun, the second of which would be a verb: `thư ký` signs nothing."""
_NOUN_BEFORE_VI = frozenset(
    [
        "quan_hệ",
        "công_tác",
        "nội_dung",
        "kế_hoạch",
        "chương_trình",
        "thỏa_thuận",
        "lĩnh_vực",
        "hoạt_động",
        "cơ_chế",
        "văn_kiện",
        "biện_pháp",
        "kết_quả",
        "tinh_thần",
        "cuộc",
        "buổi",
        "lễ",
        "phiên",
        "chuyến",
        "việc",
        "sự",
        "các",
        "những",
        "bản",
    ]
)


def vietnamese_group(lexicon: VerbLexicon, words: Sequence[str], number: int, low: int, high: int) -> VerbGroup | None:
    """Return the verb group that begins at `number`, with the particles before it, or None."""
    place, found = _particles(lexicon, words, number, high)
    if number > low and (words[number - 1], words[number]) in _COMPOUNDS:
        return None
    phrase = _phrase(lexicon, words, place, high, "verb")
    if phrase is None:
        if not found or place >= high or not words[place].isalpha():
            return None
        agent = _after_agent(lexicon, words, place, high) if "passive" in found else None
        if agent is None:
            return VerbGroup(
                number,
                place + 1,
                "",
                words[place],
                _tense(found),
                "passive" in found,
                "negated" in found,
                found.get("modal", ""),
            )
        place, phrase = agent
        number = place
    name, end = phrase
    before = words[number - 1] if number > low else ""
    pair = f"{words[number - 2]}_{before}" if number - 1 > low else ""
    lemma = " ".join(words[place:end])
    if not found and (before in _NOUN_BEFORE_VI or pair in _NOUN_BEFORE_VI):
        return None
    if not found and lemma in _NOUNS_TOO and (before in _OPENS_A_NOUN or pair in _OPENS_A_NOUN):
        return None
    return VerbGroup(
        number, end, name, lemma, _tense(found), "passive" in found, "negated" in found, found.get("modal", "")
    )


_NOUNS_TOO = frozenset(
    ["thỏa thuận", "thoả thuận", "cam kết", "quyết định", "tuyên bố", "đề nghị", "kiến nghị", "đề xuất", "yêu cầu",
     "kết luận", "đánh giá", "thông báo", "báo cáo"]
)  # fmt: skip
"""Verbs that are nouns as well."""
_OPENS_A_NOUN = frozenset(
    ["có", "ký", "theo", "một", "về", "của", "triển_khai", "thực_hiện", "xử_lý", "tiếp_nhận", "giải_quyết", "trả_lời",
     "thực_thi", "từ", "trong", "với", "đưa_ra", "ký_kết", "đạt_được", "hai", "ba", "nhiều", "mọi", "từng"]
)  # fmt: skip
"""Words before which they are nouns: `triển khai thỏa thuận`, `xử lý yêu cầu`."""
_LONGEST_AGENT = 9
_NO_AGENT = frozenset([",", ";", ":", "(", ")", ".", "và"])


def _after_agent(
    lexicon: VerbLexicon, words: Sequence[str], place: int, high: int
) -> tuple[int, tuple[str, int]] | None:
    """`được hai bên ký`: the verb of a passive stands behind the one who does it."""
    for number in range(place, min(place + _LONGEST_AGENT, high)):
        if words[number] in _NO_AGENT:
            return None
        phrase = _phrase(lexicon, words, number, high, "verb")
        if phrase is not None:
            return number, phrase
    return None


def _particles(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int) -> tuple[int, dict[str, str]]:
    """Skip the particles before a verb; return where they end and what they say."""
    found: dict[str, str] = {}
    place = number
    while place < high:
        match = next(
            (
                (p, meaning)
                for p, meaning in lexicon.particles.get(words[place], ())
                if tuple(words[place : place + len(p)]) == p
            ),
            None,
        )
        if match:
            found[match[1]] = match[1]
            if "được" in match[0]:
                found["passive"] = "passive"
            place += len(match[0])
            continue
        modal = _phrase(lexicon, words, place, high, "modal")
        if modal:
            found["modal"], place = modal
        elif found and words[place] in lexicon.adverbs:
            place += 1
        else:
            break
    return place, found


def _tense(found: dict[str, str]) -> str:
    for particle, tense in (("future", "future"), ("past", "past"), ("ongoing", "present")):
        if particle in found:
            return tense
    return "bare"


def _phrase(lexicon: VerbLexicon, words: Sequence[str], number: int, high: int, kind: str) -> tuple[str, int] | None:
    if number >= high:
        return None
    for phrase, what, value in lexicon.phrases.get(words[number], ()):
        end = number + len(phrase)
        if what == kind and end <= high and tuple(words[number:end]) == phrase:
            return value, end
    return None

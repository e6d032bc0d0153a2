"""Titles of instruments: where the noun's phrase begins and ends, and the parts of a list."""

import regex

from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.series import without_tail
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.vocabulary import Hit

TITLE_LENGTH = 180
_YEARS_BEFORE = regex.compile(r"\b((?:19|20)[0-9][0-9])(?: ?[-–/] ?((?:19|20)[0-9][0-9]))? (?=[\p{L} -]*\Z)")
_VERB_NEXT = regex.compile(
    r" (?:et|and|và) (?P<verb>(?:have|has|ont|sont|a|est)(?: \w+ment)? |(?=\p{Ll}+(?:ront|era|ira)\b))?(?:also )?"
)
_HEAD_OF_LIST = regex.compile(r"(?P<head>.{3,60}?) (?P<link>sur|relatifs? à|concernant|on|about|về)\s")
_LEADING = regex.compile(r"^(?:et|and|và|ainsi que)\s")
_SINGULAR = {
    "protocoles": "protocole", "mémorandums": "mémorandum", "accords": "accord", "conventions": "convention",
    "plans": "plan", "programmes": "programme", "arrangements": "arrangement", "déclarations": "déclaration",
    "memoranda": "memorandum", "memorandums": "memorandum", "agreements": "agreement", "treaties": "treaty",
    "mous": "MoU", "protocols": "protocol", "traités": "traité",
}  # fmt: skip
_COUNTS = frozenset({"two", "three", "four", "five", "several", "of", "new"})
_ENDS = (
    " qui ", " que ", " (", " ; ", " à la fin", " lors ", " was ", " were ", " which ", " is ", " đã ", " afin ",
    " lorsque ", " a été", " a dit", " sera", " seront", " devrai", " doit ", " doivent ", " will ", " sẽ ",
    " pour renforcer", "...", " lie ", " lient ", " regit ", " prevoit ", " vise ", " permet ",
)  # fmt: skip
_MOST_BEFORE = 5
_SIGNED_ON = regex.compile(r"\b(?:sign|conclu|paraph|ink|adopt)\w*")
_AND = regex.compile(r"(?:,| et| and| và|;)(?: le| la| l'| un| une| a| an| the| du| des| d'| of)?\s?(?:[\w-]+ )?$")


def title_end(facts: Facts, hit: Hit, sentence: Sentence) -> int:
    """Return where the phrase of the instrument ends: at a verb, a date, a bracket or another instrument."""
    document = facts.document
    stops = [sentence.end, hit.start + TITLE_LENGTH]
    stops += [
        m.start
        for m in facts.dates_in(hit.end, sentence.end)
        if m.exact and not _SIGNED_ON.search(document.folded, hit.end, m.start)
    ][:1]
    for kind in ("signing_after", "held_past", "held_future", "met"):
        stops += [found.start for found in document.within(kind, hit.end, sentence.end)[:1]]
    for mark in _ENDS:
        place = document.folded.find(mark, hit.end, min(stops))
        if place >= 0:
            stops.append(place)
    stops += [
        other.start
        for other in document.within("instrument", hit.end, sentence.end)[:1]
        if _AND.search(document.folded, hit.end, other.start)
    ]
    for match in _VERB_NEXT.finditer(document.text, hit.end, min(stops)):
        verb = any(document.within(kind, match.end(), match.end() + 1) for kind in ("cue", "signed"))
        if verb or match["verb"] is not None:
            stops.append(match.start())
            break
    comma = document.folded.find(",", hit.end, min(stops))
    if comma >= 0 and not document.folded.startswith((", de ", ", du ", ", d'", ", des ", ", chống "), comma):
        stops.append(comma)
    end = min(stops)
    return hit.start + len(without_tail(document.text[hit.start : end]))


def part_title(whole: str, start: int, end: int) -> str:
    """`protocole d'accord sur B` for the second of `deux protocoles d'accord sur A et B`: the head in the singular."""
    match = _HEAD_OF_LIST.match(whole)
    if match is None:
        return whole[start:end]
    piece = _LEADING.sub("", whole[start:end].strip())
    if start == 0:
        piece = whole[match.end() : end].strip()
    head = " ".join(_SINGULAR.get(word.lower(), word) for word in match["head"].split(" "))
    link = match["link"]
    piece = piece.removeprefix(link + " ")
    return f"{head} {link} {piece}"


def premodify(document: Document, deed: Deed, hit: Hit) -> None:
    """English: `the 2025 cooperation plan`, `an extradition treaty`: the words before the noun are its title's."""
    if document.vocabulary.language != "en":
        return
    words = document.vocabulary.words
    first = document.token_at(hit.start)
    for number in range(first - 1, max(first - 1 - _MOST_BEFORE, -1), -1):
        token = document.tokens[number]
        year = _YEARS_BEFORE.search(document.text, max(deed.sentence.start, token.start - 5), hit.start)
        if (
            token.folded in words["articles"]
            or token.folded in _COUNTS
            or document.within("signed", token.start, token.end)
        ):
            start = document.tokens[number + 1].start
            if start < hit.start:
                deed.title = document.text[start : deed.start] + deed.title
                deed.start = start
                deed.marks["title_short"] = Mark(start, deed.end, "the instrument's phrase")
            if year and deed.period is None:
                deed.period = f"{year[1]}/{year[2]}" if year[2] else year[1]
                deed.marks["period"] = Mark(year.start(), year.end(), "the years before the instrument")
            return
        if not (token.text[0].isalnum() or token.text in "-–") or "\n" in document.text[token.start : hit.start]:
            return

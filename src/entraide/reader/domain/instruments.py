"""Instruments and what is done with them: signed, reviewed, planned, in force, or only referred to."""

from dataclasses import replace

import regex

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.deeds import Deed, date_deed, is_of, is_signed_on
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark, body_sentences
from entraide.reader.domain.subjects import subjects_of
from entraide.reader.domain.titles import TITLE_LENGTH, part_title, premodify, title_end
from entraide.reader.domain.vocabulary import Hit

_PERIOD = regex.compile(
    r"\b((?:19|20)[0-9][0-9])(?:\s?[-–/]\s?|\s(?:à|au|to|et|đến)\s)((?:19|20)[0-9][0-9])\b|\b((?:19|20)[0-9][0-9])\b"
)
_BEFORE = regex.compile(r"\b(?:deja|already|precedemment|previously|anterieurement)\b")
_LIST_OF_COMMAS = regex.compile(r"[^,;]+")
_LIST = regex.compile(r"(?:[^,;\s]|\s(?!et |and |và ))+")
_FOLLOWED = regex.compile(r"\b(?:qui|which|that|que)\b")
_SIGNED_IN = regex.compile(
    r",? (?:signée?s?|conclue?s?|paraphée?s?|signed|concluded|ký)(?: (?:à|in|tại) \p{Lu}\p{L}+)?"
    r" (?:en|in|năm) (?P<y>(?:19|20)[0-9][0-9])\b"
)
_IN_YEAR = regex.compile(r" (?:in|en) (?P<y>(?:19|20)[0-9][0-9])\b")
_OF_YEAR = regex.compile(
    r" (?:de|of|from|năm|(?:lie|lient|régit) [^.,;\n]{0,30}depuis) (?P<y>(?:19|20)[0-9][0-9])\b(?! ?[-–/])"
)
_UNSIGNED = ("ont publie", "a publie", "publie", "adopt", "issued", "a adopte", "ont adopte", "thông qua", "ban hành")
# `In a joint statement the two leaders called for ...`: it was issued.
_IN_A = regex.compile(r"(?:^|\b)(?:in a|in their|in the|dans une|dans leur|dans la|trong) $")
# `No agreement was signed`.
_NONE = regex.compile(r"(?:^|\b)(?:no|aucun|aucune|không có|pas d'|pas de)\s*$")
_THAT_OF = regex.compile(r"\b(?:celui|celle|that|the one) (?:du|de|of|signed on|dated) ")
_DOCUMENT = regex.compile(r"\b(?:document|texte|text|văn kiện|documents|textes|văn bản)\b")
_MOST_DEEDS = 200
_RANK = {"signed": 5, "planned": 4, "reviewed": 3, "in-force": 2, "referenced": 1}


def find_instruments(facts: Facts, meetings: list[Event], references: list[Event]) -> list[Deed]:
    """Return the instruments, each once, with the strongest thing said of it."""
    deeds: list[Deed] = []
    for sentence in body_sentences(facts.document):
        if len(deeds) > _MOST_DEEDS:
            break
        for hit in facts.document.within("instrument", sentence.start, sentence.end):
            deed = _read(facts, sentence, hit)
            for part in _parts(facts, deed) if deed else ():
                date_deed(facts, part, meetings, references)
                _add(deeds, part, facts)
        _sign_the_document(facts, sentence, deeds)
        _replaced(facts, sentence, deeds)
    return deeds


def _replaced(facts: Facts, sentence: Sentence, deeds: list[Deed]) -> None:
    """`Il remplace celui du 10 septembre 1998`: an earlier instrument of the same kind, by its date alone."""
    for match in _THAT_OF.finditer(facts.document.folded, sentence.start, sentence.end) if deeds else ():
        mention = next((m for m in facts.dates_in(match.end(), match.end() + 4) if m.exact and m.year), None)
        if mention is None or deeds[-1].sentence.number + 1 < sentence.number:
            continue
        title = facts.document.text[match.start() : mention.end]
        deed = Deed(deeds[-1].kind, title, "referenced", match.start(), mention.end, sentence)
        deed.date, deed.dated = resolve(mention, facts.context), True
        deed.marks["date"] = Mark(mention.start, mention.end, "the date of the instrument that is replaced")
        for name in ("kind", "title_short", "status"):
            deed.marks[name] = Mark(match.start(), mention.end, "a pronoun for an instrument of the same kind")
        deeds.append(deed)


def _sign_the_document(facts: Facts, sentence: Sentence, deeds: list[Deed]) -> None:
    """`Le document a été paraphé par A et B`: who signed the instrument of the sentence before."""
    document = facts.document
    last = deeds[-1] if deeds else None
    if last is None or last.signatories or last.status != "signed" or last.sentence.number + 1 != sentence.number:
        return
    for verb in document.within("signed", sentence.start, sentence.end):
        if _DOCUMENT.search(document.folded, sentence.start, verb.start):
            people = subjects_of(facts, sentence, verb)
            last.signatories = tuple(person.name for person in people)
            if people:
                last.marks["signatories"] = Mark(sentence.start, sentence.end, "the persons who sign")
            return


def _read(facts: Facts, sentence: Sentence, hit: Hit) -> Deed | None:
    document = facts.document
    if any(
        other.start <= hit.start < other.end
        for other in document.within("not_instruments", max(0, hit.start - 25), hit.end)
    ):
        return None
    if facts.in_a_post(hit.start) or _NONE.search(document.folded, max(sentence.start, hit.start - 12), hit.start):
        return None
    end = title_end(facts, hit, sentence)
    title = document.text[hit.start : end]
    status, verb = _status(document, hit, end, sentence)
    if not status:
        return None
    deed = Deed(hit.value, title[:TITLE_LENGTH], status, hit.start, end, sentence)
    deed.plural = (
        document.folded[hit.start : hit.end].split()[0].rstrip(",").endswith(("s", "x", "memoranda"))
        and hit.value != "minutes"
    )
    deed.marks["kind"] = Mark(hit.start, hit.end, "a word for an instrument")
    deed.marks["title_short"] = Mark(hit.start, end, "the instrument's phrase")
    deed.marks["status"] = (
        Mark(verb[0], verb[1], "the verb beside the instrument") if verb else Mark(hit.start, end, "named only")
    )
    _signed_before(facts, deed, hit)
    _period(document, deed, hit)
    premodify(document, deed, hit)
    dated = deed.dated or any(
        is_of(facts, deed, m) or is_signed_on(facts, deed, m) for m in facts.dates_in(deed.end, deed.end + 60)
    )
    if status == "referenced" and not dated and not _is_titled(document, deed, hit):
        return None
    if status == "signed" and verb:
        signing = next(
            (v for v in document.within("signed", sentence.start, sentence.end) if verb[0] <= v.start < verb[1]), None
        )
        named = signing is not None and not document.folded.startswith(_UNSIGNED, signing.start)
        single = named and (not deed.plural or _is_counted(document, deed))
        people = subjects_of(facts, sentence, signing) if signing and single else []
        deed.signatories = tuple(person.name for person in people)
        if people:
            deed.marks["signatories"] = Mark(sentence.start, sentence.end, "the persons who sign")
    return deed


def _is_counted(document: Document, deed: Deed) -> bool:
    before = document.folded[max(deed.sentence.start, deed.start - 12) : deed.start].split()
    return bool(before) and before[-1] in document.vocabulary.raw["numbers"]


def _parts(facts: Facts, deed: Deed) -> list[Deed]:
    """`trois protocoles d'accord sur A, B et C` are three, when the list has as many parts as are counted."""
    document = facts.document
    before = document.folded[max(deed.sentence.start, deed.start - 12) : deed.start].split()
    count = int(document.vocabulary.raw["numbers"].get(before[-1], 0)) if before else 0
    if not deed.plural or count < 2:
        return [deed]
    whole = document.text[deed.start : deed.sentence.end].rstrip(" .")
    for pattern in (_LIST_OF_COMMAS, _LIST):
        pieces = [match.span() for match in pattern.finditer(whole)]
        if len(pieces) == count:
            parts = []
            for start, end in pieces:
                title = Mark(deed.start + start, deed.start + end, "one of the instruments that are listed")
                text = part_title(whole, start, end)
                part = replace(deed, title=text, plural=False, marks={**deed.marks, "title_short": title})
                part.listed = True
                parts.append(part)
            return parts
    return [deed]


def _period(document: Document, deed: Deed, hit: Hit) -> None:
    window_end = min(deed.sentence.end, hit.end + 60)
    for match in _PERIOD.finditer(document.text, hit.end, window_end):
        before = document.folded[max(hit.end, match.start() - 14) : match.start()]
        if (
            match.end() > deed.end + 1
            or (deed.dated and deed.date is not None and deed.date.value == match[3])
            or any(char.isdigit() for char in before)
            or document.within("signed", hit.end, match.start())
        ):
            break
        if _looks_like_date(document, match.start()):
            break
        deed.period = f"{match[1]}/{match[2]}" if match[1] else match[3]
        deed.marks["period"] = Mark(match.start(), match.end(), "the years of the instrument")
        return


def _signed_before(facts: Facts, deed: Deed, hit: Hit) -> None:
    """`le mémorandum signé en 2015`, `signed a treaty in 1987`: an instrument of another year than this report."""
    text = facts.document.text
    for pattern in (_SIGNED_IN, _IN_YEAR, _OF_YEAR):
        match = pattern.search(text, hit.end, min(deed.sentence.end, deed.end + 60))
        if (
            match is None
            or int(match["y"]) in facts.years
            or match.start() > deed.end + 1
            or (pattern is _IN_YEAR and deed.status != "signed")
            or (pattern is _OF_YEAR and (deed.status == "signed" or deed.kind == "plan"))
        ):
            continue
        deed.status = "referenced" if pattern is _SIGNED_IN and deed.status == "signed" else deed.status
        deed.date, deed.dated = PartialDate(match["y"]), True
        deed.marks["date"] = Mark(match.start("y"), match.end("y"), "the year of its signing")
        if match.start() > hit.end:
            deed.end, deed.title = match.start(), text[hit.start : match.start()]
        return


def _looks_like_date(document: Document, start: int) -> bool:
    before = document.folded[max(0, start - 12) : start].split()
    months = document.vocabulary.raw["months"]
    return bool(before) and (before[-1].strip(",") in months or before[-1] == "tháng")


def _is_titled(document: Document, deed: Deed, hit: Hit) -> bool:
    """An instrument that is only named counts when it is definite and has a title, a year or a capital."""
    long = deed.end - hit.end > 12
    capital = document.text[hit.start].isupper() and hit.start > deed.sentence.start
    return (capital or deed.period is not None or long) and bool(
        document.within("referenced_cues", max(deed.sentence.start, hit.start - 75), hit.end + 60) or capital
    )


def _status(document: Document, hit: Hit, end: int, sentence: Sentence) -> tuple[str, tuple[int, int] | None]:
    """What is done with the instrument, by the verb that stands nearest to it."""
    low, high = max(sentence.start, hit.start - 170), min(sentence.end, end + 60)
    if hit.value == "declaration" and _IN_A.search(document.folded, max(sentence.start, hit.start - 14), hit.start):
        return "signed", (hit.start, hit.end)
    after = document.within("signing_after", end - 1, high)
    options = [(max(0, verb.start - end), "signed", verb) for verb in after]
    options += [(hit.start - verb.end, "signed", verb) for verb in document.within("signed", low, hit.start)]
    for verb in document.within("to_sign", low, high):
        distance = hit.start - verb.end if verb.end <= hit.start else verb.start - end if verb.start >= end else 0
        options.append((max(distance, 0), "planned", verb))
    for kind, status in (("reviewed_cues", "reviewed"), ("in_force_cues", "in-force")):
        for verb in document.within(kind, low, high):
            distance = hit.start - verb.end if verb.end <= hit.start else max(0, verb.start - end)
            options.append((distance if distance <= 60 or status == "reviewed" else 999, status, verb))
    options = [option for option in options if option[0] < 150]
    if options:
        _, status, verb = min(
            options, key=lambda option: (option[0] - (15 if option[1] == "reviewed" else 0), option[1])
        )
        if status == "signed" and _is_referenced(document, hit, verb):
            return "referenced", (hit.start, hit.end)
        if status == "signed" and _BEFORE.search(document.folded, verb.start, min(verb.end + 12, len(document.folded))):
            return "referenced", (verb.start, verb.end)
        return status, (verb.start, verb.end)
    return "referenced", None


def _is_referenced(document: Document, hit: Hit, verb: Hit) -> bool:
    """`ont signé un accord qui remplace la convention`: of the verb of signing only the first is the object."""
    if verb.end > hit.start:
        return False
    first = document.within("instrument", verb.end, hit.start)
    return bool(first) and bool(_FOLLOWED.search(document.folded, first[0].end, hit.start))


def _add(deeds: list[Deed], deed: Deed, facts: Facts) -> None:
    """One instrument once: the same kind and period, or the same words, are one; the strongest status stays."""
    for index, other in enumerate(deeds):
        if other.kind != deed.kind or not _same(facts, other, deed):
            continue
        winner, loser = (deed, other) if _RANK[deed.status] > _RANK[other.status] else (other, deed)
        winner.period = winner.period or loser.period
        if winner.date is None and loser.dated:
            winner.date, winner.dated = loser.date, True
            winner.marks["date"] = loser.marks["date"]
        winner.signatories = winner.signatories or loser.signatories
        deeds[index] = winner
        return
    deeds.append(deed)


def _same(facts: Facts, one: Deed, other: Deed) -> bool:
    if (one.listed and other.listed) or (one.dated != other.dated and "signed" in {one.status, other.status}):
        return False
    if one.period and other.period:
        return one.period == other.period
    if one.plural != other.plural and one.kind != "minutes":
        return False
    a, b = (
        set(facts.document.vocabulary.fold(deed.title).split()) - {"de", "la", "le", "du", "et", "the", "of"}
        for deed in (one, other)
    )
    return one.kind == "minutes" or len(a & b) / max(1, min(len(a), len(b))) >= 0.6

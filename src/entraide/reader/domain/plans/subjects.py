"""Who leads what a sentence promises: its subject, or who stands behind a label, behind `by`, before `chủ trì`."""

from dataclasses import dataclass

import regex

from entraide.reader.domain.plans.settling import PARTY, settle
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.turns import Turns, turns_of
from entraide.reader.domain.plans.units import (
    Leads,
    bare_unit,
    begins_unit,
    is_unit,
    names_only_sides,
    read_cell,
    split_units,
)
from entraide.reader.domain.plans.words import PlanWords, any_is

_LONGEST_SUBJECT = 260
_MOST_WORDS = 40
_OPENING = regex.compile(r"^[^,.;:]{3,60},\s+(?=(?:the|la|le|les|l['’]|\p{Lu}))", regex.IGNORECASE)
_PART = regex.compile(r"(?:;|:|\.(?=\s+\p{Lu})|,\s(?=do\s))\s*")
_SENTENCE_END = regex.compile(r"\.\s+(?=\p{Lu})|\.\s*$")
_BRACKET_END = regex.compile(r"\)")
_GIVEN_TO = regex.compile(r"^(?:do|giao cho|giao)\s+", regex.IGNORECASE)
_SEVERAL = regex.compile(r"[;/,]|\s(?:et|and|và)\s")
_BEFORE_UNIT = regex.compile(
    r"[,;:.]\s|\b(?:par|by|et|ou|and|or|và|do|hoặc|là|with|avec|entre|between|giữa)\s|\b(?:à|au|aux|to|at|của|cho)\s"
    r"|\bde\s(?=la\s|l['’])|\bdu\s"
)
_AFTER_PARTNER = regex.compile(
    r"[.;]|\s(?:để|nhằm|trong|trước|vào|tổ chức|thực hiện|afin|pour|avant|in order|to|by|before|shall|will)\s"
)
_TO = regex.compile(r"\b(?:a|au|aux|to|cho)\s(?:la\s|l'|the\s)?$")
_ENGLISH_LINKS = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "against",
        "to",
        "at",
        "with",
        "together",
        "well",
        "as",
        "jointly",
        "either",
        "each",
        "both",
        "country",
        "countries",
        "side",
        "sides",
    ]
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its folded form, its language and the parties of the plan."""

    text: str
    folded: str
    words: PlanWords
    sides: Sides

    @property
    def turns(self) -> Turns:
        return turns_of(self.words.language)


def read_sentence(text: str, words: PlanWords, sides: Sides, home: str = "") -> Leads:
    """Return who leads what `text` promises; `home` is the party under whose heading it stands."""
    sentence = _Sentence(text, words.fold(text), words, sides)
    leads = Leads()
    for step in (_labelled, _before_verb, _in_brackets, _led_by, _hosted_by):
        leads = step(sentence)
        if not leads.is_empty():
            break
    if set(leads.sides) != set(sides.states):
        _before_brackets(sentence, leads)
    settle(leads, text, sides, home)
    return leads


def _labelled(sentence: _Sentence) -> Leads:
    """`Responsible: A (GE), B (PL).`, `(pilotes : A ; B)`."""
    text = sentence.text
    label = sentence.turns.label.search(sentence.folded)
    if label is None:
        return Leads()
    bracket = text[: label.start("label")].rstrip().endswith("(")
    end = (_BRACKET_END if bracket else _SENTENCE_END).search(text, label.end())
    return read_cell(text[label.end() : end.start() if end else len(text)], sentence.sides)


def _in_brackets(sentence: _Sentence) -> Leads:
    """`Joint patrols (State Border Guard of Latvia; Estonian Police)`: units of several parties in brackets."""
    for bracket in regex.finditer(r"\(([^()]{8,200})\)", sentence.text):
        if is_unit(bracket[1]) and _SEVERAL.search(bracket[1]):
            leads = read_cell(bracket[1], sentence.sides)
            if len(leads.sides) > 1:
                return leads
    return Leads()


def _before_brackets(sentence: _Sentence, leads: Leads) -> None:
    """`… à l'Office de protection (Bénin) ou à la Direction (Togo)`: units that a party in brackets follows."""
    start = 0
    for bracket in regex.finditer(r"\s*\(([^()]{2,40})\)", sentence.text):
        code = sentence.sides.state_of(bracket[1])
        if not code or not names_only_sides(bracket[1], sentence.sides):
            continue
        name = _last_name(sentence.text[start : bracket.start()], sentence.words)
        start = bracket.end()
        if name and code not in leads.sides and not _is_given_to(name, sentence):
            leads.add(code, bare_unit(name))
            leads.unknown[:] = [unit for unit in leads.unknown if bare_unit(name) not in unit and unit not in name]


def _is_given_to(name: str, sentence: _Sentence) -> bool:
    """`A cède à B (Maroc) vingt véhicules`: who is given something does not lead."""
    before = sentence.folded[: max(0, sentence.text.find(name))]
    return _TO.search(before) is not None and sentence.words.has("giving", sentence.text)


def _last_name(text: str, words: PlanWords) -> str:
    """Return the unit's name at the end of `text`, from the last joint behind which one begins."""
    names = [text[joint.end() :] for joint in _BEFORE_UNIT.finditer(text)]
    return next((name for name in reversed(names) if begins_name(name, words)), "")


def _before_verb(sentence: _Sentence) -> Leads:
    """The subject: units before the first verb of the sentence, or of a later part of it behind a semicolon."""
    text = sentence.text
    cuts = [0, *(match.end() for match in _PART.finditer(text))]
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        opening = _OPENING.match(text[start:end])
        begin = start + opening.end() if opening and not is_unit(opening[0]) else start
        place = _verb_place(sentence, begin, end)
        if place is None or place - begin > _LONGEST_SUBJECT:
            continue
        leads = _units_of(text[begin:place].strip(" ,"), sentence)
        if not leads.is_empty():
            _with_partner(text[place:end], sentence, leads)
            return leads
    return Leads()


def _verb_place(sentence: _Sentence, start: int, end: int) -> int | None:
    """Return where the verb of a part begins, in Vietnamese first what stands behind a unit that leads."""
    turns, folded = sentence.turns, sentence.folded
    if turns.behind:
        match = turns.behind.search(folded, start, end)
        together = turns.together.search(folded, start, end)
        if match and not (together and together.start() < match.start()):
            return match.start()
        if together and folded.startswith(tuple(sentence.words.lists["unit_heads"]), start):
            return together.start()
    return next((match.start() for match in turns.verb.finditer(folded, start, end) if match.start() > start), None)


def _units_of(subject: str, sentence: _Sentence) -> Leads:
    """Units that a subject names: nothing where it is a side, the parties, or no unit."""
    subject = _GIVEN_TO.sub("", subject)
    leads = Leads()
    if not _is_name(subject, sentence.words):
        return leads
    for piece in _members(subject, sentence):
        if is_unit(piece) and not any_is("both", bare_unit(piece)) and not _is_side(piece):
            leads.merge(read_cell(piece, sentence.sides))
    return leads


def _is_name(subject: str, words: PlanWords) -> bool:
    """Whether a subject is a unit's name: it begins as one, and no verb stands in it (`Receive a visit`)."""
    bare = bare_unit(subject)
    if not bare or len(bare.split()) > _MOST_WORDS or _is_nobodys(bare, words) or not is_unit(bare):
        return False
    if words.language == "en":
        return _is_english_name(subject.strip(), words)
    return words.begins("unit_heads", subject) or regex.match(r"\p{Lu}{2,}\b", subject) is not None


def _is_nobodys(bare: str, words: PlanWords) -> bool:
    """`both sides`, `the central authorities`: whoever it is, no unit is named."""
    return any_is("both", bare) or words.begins("any_units", bare)


def _is_english_name(subject: str, words: PlanWords) -> bool:
    bare = regex.sub(r"^(?:the|each)\s", "", subject, flags=regex.IGNORECASE)
    small = regex.findall(r"\b\p{Ll}[\p{L}'’-]*", regex.sub(r"\([^)]*\)", "", bare))
    return bare[:1].isupper() and all(word in _ENGLISH_LINKS or words.is_one("unit_heads", word) for word in small)


def _is_side(text: str) -> bool:
    match = PARTY.search(text)
    return match is not None and len(text.split()) - len(match[0].split()) <= 1


def _members(subject: str, sentence: _Sentence) -> list[str]:
    """Cut a subject at `et la`, `and the`, `và`, `cùng` where a unit follows."""
    parts: list[str] = []
    start = 0
    for match in sentence.turns.joint.finditer(subject):
        before, following = subject[start : match.start()], subject[match.end() :]
        inside = subject.count("(", 0, match.start()) > subject.count(")", 0, match.start())
        if not inside and is_unit(before) and _is_next(match[0], following, sentence.words):
            parts.append(before)
            start = match.end()
    return [*parts, subject[start:]]


def _is_next(joint: str, following: str, words: PlanWords) -> bool:
    bare_and = joint.strip(" ,") == "and" and not following.startswith("the ")
    return begins_unit(following, weak=True) if bare_and else begins_name(following, words)


def begins_name(text: str, words: PlanWords) -> bool:
    """Whether a unit's name begins `text`; in English its head may stand at its end."""
    bare = bare_unit(text)
    if words.language == "en":
        name = regex.match(r"[^,;:(]+", bare)
        return name is not None and bare[:1].isupper() and words.has("unit_heads", name[0])
    return words.begins("unit_heads", bare) or regex.match(r"\p{Lu}{2,}", bare) is not None


def _with_partner(rest: str, sentence: _Sentence, leads: Leads) -> None:
    """`A phối hợp với B`, `A, en liaison avec B`: one of the other party leads its side, one of the same supports."""
    first = next(iter(leads.sides), "")
    match = sentence.turns.together.search(sentence.words.fold(rest))
    if match:
        stop = _AFTER_PARTNER.search(rest, match.end())
        partner = rest[match.end() : stop.start() if stop else len(rest)].strip(" ,:")
        for piece in _members(partner, sentence):
            for unit in split_units(piece):
                _add_partner(read_cell(unit, sentence.sides), leads)
    if leads.unknown and first and len(leads.sides) == len(sentence.sides.states):
        # `A cùng B (VN) phối hợp với C (KH)`: A stands with B.
        leads.sides[first] = [*leads.unknown, *leads.sides[first]]
        leads.unknown.clear()


def _add_partner(found: Leads, leads: Leads) -> None:
    known = set(leads.sides)
    for code, names in found.sides.items():
        for name in names:
            if code in known or not is_unit(name):
                leads.support.append(name)
            else:
                leads.add(code, name)
    leads.support += [name for name in found.unknown if is_unit(name)]


def _led_by(sentence: _Sentence) -> Leads:
    """A unit behind `by`, `led by`, `confié à`."""
    for match in sentence.turns.by.finditer(sentence.folded):
        leads = _named_at(sentence, match.end())
        if not leads.is_empty():
            return leads
    return Leads()


def _hosted_by(sentence: _Sentence) -> Leads:
    """A school, a centre, a unit behind `at`: `training at the Academy`; its guests are of the other party."""
    for match in sentence.turns.at.finditer(sentence.folded):
        leads = _named_at(sentence, match.end(), host=True)
        if leads.is_empty():
            continue
        guest = sentence.sides.state_of(sentence.text[: match.start()])
        if guest and leads.unknown and (other := sentence.sides.other(guest)):
            leads.give([other])
        return leads
    return Leads()


def _named_at(sentence: _Sentence, place: int, *, host: bool = False) -> Leads:
    """Return the units whose names begin at `place`, up to a comma, a stop, a word for time or a verb."""
    following = sentence.text[place:]
    stop = sentence.turns.stop.search(following)
    name = following[: stop.start()].strip() if stop else following.strip().rstrip(".")
    if not name or not begins_name(name, sentence.words) or any_is("both", bare_unit(name)):
        return Leads()
    if host and not sentence.words.has("hosts", name):
        return Leads()
    return _units_of(name, sentence)

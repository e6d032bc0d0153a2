"""Who leads what a sentence promises: its subject, who stands behind a label or `by`, in Vietnamese behind `do … chủ trì`."""

from dataclasses import dataclass
from functools import cache

import regex

from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.units import (
    Leads,
    bare_unit,
    begins_unit,
    is_unit,
    names_only_sides,
    read_cell,
    split_units,
)
from entraide.reader.domain.plans.words import PlanWords, alternatives, any_has, any_is, every_language, load_words

_LONGEST_SUBJECT = 260
_OPENING = regex.compile(r"^[^,.;:]{3,60},\s+(?=(?:the|la|le|les|l['’]|\p{Lu}))", regex.IGNORECASE)
_PARTY = regex.compile(
    r"\b(?P<side>(?:the\s)?[\p{L}-]+ (?:side|party)|la (?:partie|délégation) [\p{L}-]+|le côté [\p{L}-]+|(?:phía|bên|đoàn) \p{Lu}[\p{L}]+(?:\s\p{Lu}[\p{L}-]+)?)",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Turns:
    """Patterns over the folded sentence of one language."""

    label: "regex.Pattern[str]"
    verb: "regex.Pattern[str]"
    by: "regex.Pattern[str]"
    at: "regex.Pattern[str]"
    together: "regex.Pattern[str]"
    behind: "regex.Pattern[str] | None"


@cache
def _turns(language: str) -> _Turns:
    words = load_words(language)

    def any_of(*names: str) -> str:
        return alternatives([term for name in names for term in words.lists.get(name, ())], words.fold) or "(?!)"

    future = any_of("verb_future")
    verb = rf"\b(?:{any_of('unit_verbs')})(?!\w)" + (
        rf"|\b\p{{L}}{{2,}}(?:{future})\b" if words.language == "fr" else ""
    )
    behind = regex.compile(
        r"\s(?:chủ trì|chịu trách nhiệm|làm đầu mối|là đầu mối|phụ trách|thực hiện|đảm nhiệm|có trách nhiệm)\b"
    )
    return _Turns(
        regex.compile(rf"(?:^|[.;(\n]\s*|[-–—]\s)(?P<label>{any_of('lead_label')})\s?(?:\([^)]*\)\s?)?[:–-]\s*"),
        regex.compile(verb),
        regex.compile(rf"\b(?:{any_of('by_words')})(?:\s(?:the|la|le|les)\s|\sl'|\s)"),
        regex.compile(rf"\b(?:{any_of('at_words')})(?:\s(?:the|la|le|les)\s|\sl'|\s)"),
        regex.compile(rf"\b(?:{any_of('support_words')})(?!\w)"),
        behind if words.language == "vi" else None,
    )


def read_sentence(text: str, words: PlanWords, sides: Sides, home: str = "") -> Leads:
    """Return who leads what `text` promises; `home` is the party under whose heading it stands."""
    turns = _turns(words.language)
    folded = words.fold(text)
    leads = Leads()
    label = turns.label.search(folded)
    if label:
        bracket = text[: label.start("label")].rstrip().endswith("(")
        end = regex.compile(r"\)" if bracket else r"\.\s+(?=\p{Lu})|\.\s*$").search(text, label.end())
        leads = read_cell(text[label.end() : end.start() if end else len(text)], sides)
    if leads.is_empty():
        leads = _before_verb(text, folded, words, turns, sides)
    if leads.is_empty():
        leads = _in_brackets(text, sides)
    if leads.is_empty():
        leads = _behind(text, folded, words, turns.by, sides, host=False)
    if leads.is_empty():
        leads = _behind(text, folded, words, turns.at, sides, host=True)
    if set(leads.sides) != set(sides.states):
        _bracketed(text, words, sides, leads)
    _settle(leads, text, sides, home)
    return leads


def _in_brackets(text: str, sides: Sides) -> Leads:
    """`Joint patrols (State Border Guard of Latvia; Estonian Police)`: units of several parties in brackets."""
    for bracket in regex.finditer(r"\(([^()]{8,200})\)", text):
        if is_unit(bracket[1]) and regex.search(r"[;/,]|\s(?:et|and|và)\s", bracket[1]):
            leads = read_cell(bracket[1], sides)
            if len(leads.sides) > 1:
                return leads
    return Leads()


def _bracketed(text: str, words: PlanWords, sides: Sides, leads: Leads) -> None:
    """`… à l'Office de protection (Bénin) ou à la Direction de l'enfance (Togo)`: units that a party in brackets follows."""
    start = 0
    for bracket in regex.finditer(r"\s*\(([^()]{2,40})\)", text):
        code = sides.state_of(bracket[1])
        if not code or not names_only_sides(bracket[1], sides):
            continue
        before = text[start : bracket.start()]
        start = bracket.end()
        if code in leads.sides:
            continue
        joints = list(
            regex.finditer(
                r"[,;:.]\s|\b(?:par|by|et|ou|and|or|và|do|hoặc|là|with|avec|entre|between|giữa)\s|\b(?:à|au|aux|to|at|của|cho)\s|\bde\s(?=la\s|l['’])|\bdu\s",
                before,
            )
        )
        for joint in reversed(joints):
            name = before[joint.end() :]
            if _heads(name, words):
                leads.add(code, bare_unit(name))
                leads.unknown[:] = [unit for unit in leads.unknown if bare_unit(name) not in unit and unit not in name]
                break


def _before_verb(text: str, folded: str, words: PlanWords, turns: _Turns, sides: Sides) -> Leads:
    """The subject: units before the first verb of the sentence, or of a later part of it behind a semicolon."""
    for start, end in _parts(text):
        part = text[start:end]
        opening = _OPENING.match(part)
        if opening and not is_unit(opening[0]):
            start, part = start + opening.end(), part[opening.end() :]
        place = _verb_place(folded, start, end, words, turns)
        if place is None or place - start > _LONGEST_SUBJECT:
            continue
        subject = text[start:place].strip(" ,")
        leads = _units_of(subject, words, turns, sides)
        if not leads.is_empty():
            first = next(iter(leads.sides), "")
            _partner(text[place:end], words, turns, sides, leads)
            if leads.unknown and first and len(leads.sides) == len(sides.states):
                # `A cùng B (VN) phối hợp với C (KH)`: A stands with B.
                leads.sides[first] = [*leads.unknown, *leads.sides[first]]
                leads.unknown.clear()
            return leads
    return Leads()


def _parts(text: str) -> list[tuple[int, int]]:
    """The stretches between semicolons and sentence ends."""
    cuts = [0]
    cuts += [match.end() for match in regex.finditer(r"(?:;|:|\.(?=\s+\p{Lu})|,\s(?=do\s))\s*", text)]
    return [(start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True) if end - start > 4]


def _verb_place(folded: str, start: int, end: int, words: PlanWords, turns: _Turns) -> int | None:
    if turns.behind:
        match = turns.behind.search(folded, start, end)
        together = turns.together.search(folded, start, end)
        if match and not (together and together.start() < match.start()):
            return match.start()
        if together and folded.startswith(tuple(words.lists["unit_heads"]), start):
            return together.start()
    for match in turns.verb.finditer(folded, start, end):
        if match.start() > start:
            return match.start()
    return None


def _units_of(subject: str, words: PlanWords, turns: _Turns, sides: Sides) -> Leads:
    """Units that a subject names: nothing where it is a side, the parties, or no unit."""
    subject = regex.sub(r"^(?:do|giao cho|giao)\s+", "", subject, flags=regex.IGNORECASE)
    bare = bare_unit(subject)
    if not _begins_as_name(subject, words):
        return Leads()
    if not bare or any_is("both", bare) or not is_unit(bare) or not _is_name_like(bare, words):
        return Leads()
    leads = Leads()
    for piece in _members(subject, words):
        if is_unit(piece) and not any_is("both", bare_unit(piece)) and not _is_side(piece):
            found = read_cell(piece, sides)
            for code, units in found.sides.items():
                for unit in units:
                    leads.add(code, unit)
            for unit in found.unknown:
                leads.add("", unit)
    return leads


def _begins_as_name(subject: str, words: PlanWords) -> bool:
    """Whether a subject begins as a unit's name: with an article or a head; no verb (`Receive a visit`, `Réunir le comité`)."""
    if words.language == "en":
        bare = regex.sub(r"^(?:the|each)\s", "", subject.strip(), flags=regex.IGNORECASE)
        small = [word for word in regex.findall(r"[\p{L}'’-]+", regex.sub(r"\([^)]*\)", "", bare)) if word[0].islower()]
        return bare[:1].isupper() and all(word in _ENGLISH_LINKS or words.is_one("unit_heads", word) for word in small)
    if words.language == "fr" and regex.match(r"(?:la|le|les)\s|l['’]", subject.strip(), flags=regex.IGNORECASE):
        return True
    return words.begins("unit_heads", subject) or regex.match(r"\p{Lu}{2,}\b", subject) is not None


_ENGLISH_LINKS = frozenset(
    {
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
    }
)


def _is_side(text: str) -> bool:
    match = _PARTY.search(text)
    return match is not None and len(text.split()) - len(match[0].split()) <= 1


def _is_name_like(text: str, words: PlanWords) -> bool:
    """A subject that can be a unit's name: a capital in it (French heads may be small), not a whole sentence."""
    if len(text.split()) > 40:
        return False
    return any(word[0].isupper() for word in text.split() if word[0].isalpha()) or words.begins("unit_heads", text)


def _members(subject: str, words: PlanWords) -> list[str]:
    """Cut a subject at `et la`, `and the`, `và`, `cùng` where a unit follows."""
    joint = {
        "fr": r",?\s+(?:et|ainsi que|avec|puis)\s+(?=(?:la |le |les |l['’])?[\p{L}’'-]+)|,\s+(?=(?:la |le |les |l['’]))",
        "en": r",?\s+(?:and|together with|with|as well as|jointly with)\s+(?=the |\p{Lu})|,\s+(?=the )",
        "vi": r",?\s+(?:và|cùng với|cùng|với)\s+(?=\p{Lu})|,\s+(?=\p{Lu})",
    }[words.language]
    parts: list[str] = []
    start = 0
    for match in regex.finditer(joint, subject):
        before, following = subject[start : match.start()], subject[match.end() :]
        if subject.count("(", 0, match.start()) > subject.count(")", 0, match.start()):
            continue
        bare_and = match[0].strip(" ,") == "and" and not following.startswith("the ")
        if is_unit(before) and (begins_unit(following, weak=True) if bare_and else _heads(following, words)):
            parts.append(before)
            start = match.end()
    return [*parts, subject[start:]]


def _heads(text: str, words: PlanWords) -> bool:
    """Whether a unit's name begins `text`."""
    bare = bare_unit(text)
    if words.language == "en":
        name = regex.match(r"[^,;:(]+", bare)
        return name is not None and bare[:1].isupper() and words.has("unit_heads", name[0])
    return words.begins("unit_heads", bare) or regex.match(r"\p{Lu}{2,}", bare) is not None


def _partner(rest: str, words: PlanWords, turns: _Turns, sides: Sides, leads: Leads) -> None:
    """`A phối hợp với B`, `A, en liaison avec B`: a unit of the other party leads its side, one of the same supports."""
    folded = words.fold(rest)
    match = turns.together.search(folded)
    if match is None:
        return
    stop = regex.compile(
        r"[.;]|\s(?:để|nhằm|trong|trước|vào|tổ chức|thực hiện|afin|pour|avant|in order|to|by|before|shall|will)\s"
    ).search(rest, match.end())
    for piece in _members(rest[match.end() : stop.start() if stop else len(rest)].strip(" ,:"), words):
        for unit in split_units(piece):
            found = read_cell(unit, sides)
            for code, names in found.sides.items():
                for name in names:
                    if code in leads.sides or not is_unit(name):
                        leads.support.append(name)
                    else:
                        leads.add(code, name)
            for name in found.unknown:
                if is_unit(name):
                    leads.support.append(name)


def _behind(
    text: str, folded: str, words: PlanWords, pattern: "regex.Pattern[str]", sides: Sides, *, host: bool
) -> Leads:
    """A unit behind `by`, `led by`, `confié à`; as a host behind `at`: `training at the Academy`."""
    for match in pattern.finditer(folded):
        following = text[match.end() :]
        name = _name_at(following, words)
        if not name or not _heads(name, words) or any_is("both", bare_unit(name)):
            continue
        if host and not _is_host(name, words):
            continue
        leads = _units_of(name, words, _turns(words.language), sides)
        if leads.is_empty():
            continue
        if host and leads.unknown and len(sides.states) == 2:
            guest = sides.state_of(text[: match.start()])
            if guest:
                for unit in leads.unknown:
                    leads.add(sides.other(guest), unit)
                leads.unknown.clear()
        return leads
    return Leads()


def _is_host(name: str, words: PlanWords) -> bool:
    """A school, a centre, a unit, an academy can host; a border post or an office is only a place."""
    return words.has("hosts", name)


def _name_at(text: str, words: PlanWords) -> str:
    """The unit's name at the beginning of `text`: up to a comma, a stop, a word for time or a verb."""
    stop = {
        "fr": r"[,.;:]|\s(?:en|avant|au cours|d'ici|dans|du \d|le \d|au plus|pour|afin|ou|qui|à partir)\s",
        "en": r"[,.;:]|\s(?:by|before|in (?=\p{Lu}?[a-z]* ?\d|\p{Lu}\p{L}+ 20)|during|from|within|to|which|who|on \d|every|each|at|until|once|twice)\s|\sin (?=(?:January|February|March|April|May|June|July|August|September|October|November|December|the)\b)",
        "vi": r"[.;:]|,\s(?=\p{Ll})|\s(?:trong|trước|vào|từ|để|nhằm|chủ trì|tổ chức|cho|chịu|thực hiện|phụ trách)\s",
    }[words.language]
    match = regex.search(stop, text)
    return text[: match.start()].strip() if match else text.strip().rstrip(".")


def _settle(leads: Leads, text: str, sides: Sides, home: str) -> None:
    """Give units without a party one: that of the heading, one each in the order of the parties, the side left over."""
    if not leads.unknown:
        return
    for unit in [unit for unit in leads.unknown if any_has("of_each", unit)]:
        for code in sides.states:
            leads.add(code, _without_each(unit))
        leads.unknown.remove(unit)
    waiting = list(leads.unknown)
    joint = [unit for unit in waiting if any_joint(unit)]
    if not waiting:
        return
    if joint and len(waiting) == len(joint):
        for code in sides.states:
            for unit in joint:
                leads.add(code, unit)
        leads.unknown.clear()
        return
    code = (
        home
        or _own_side(text, sides)
        or (_opposite(text, waiting[0], sides) if len(waiting) == 1 and not leads.sides else "")
    )
    if code:
        targets = [code] * len(waiting)
    elif len(waiting) == len(sides.states) and not leads.sides:
        targets = list(sides.states)
    else:
        free = [state for state in sides.states if state not in leads.sides]
        targets = free if len(free) == len(waiting) and leads.sides else []
    for unit, target in zip(waiting, targets, strict=False):
        leads.add(target, unit)
        leads.unknown.remove(unit)


def _without_each(unit: str) -> str:
    for words in every_language():
        match = words.pattern("of_each").search(words.fold(unit))
        if match and match.start() > 3:
            return unit[: match.start()].strip()
    return unit


def _opposite(text: str, unit: str, sides: Sides) -> str:
    """`The Academy trains ten Moldovan clerks`: who trains is of the other party; a State behind `in` is only a place."""
    rest = text.replace(unit, " " * len(unit), 1)
    named = {
        code
        for start, _, code in sides.named_in(rest)
        if not regex.search(
            r"(?:\b(?:in|at|to|en|au|aux|à|tại|ở|sang|from|with|avec|với)|[(])\s?(?:the\s|la\s)?$",
            rest[max(0, start - 12) : start].casefold(),
        )
    }
    return sides.other(named.pop()) if len(named) == 1 else ""


_ARTICLE = regex.compile(r"^(?:the|le|la|les|l['’])\s?", regex.IGNORECASE)


def any_joint(unit: str) -> bool:
    """Whether a unit is one of all parties: a joint committee."""
    return any_has("joint_unit", unit)


def _own_side(text: str, sides: Sides) -> str:
    """The party that the sentence names as a side: `the Polish side, through its Academy`."""
    named = sides.named_in(text[:60])
    if named and not _ARTICLE.sub("", text[: named[0][0]]).strip() and text[named[0][1] :][:1] == " ":
        return named[0][2]
    match = _PARTY.search(text)
    return sides.state_of(match["side"]) if match else ""

"""Who signs and who chairs: the persons before the verb, or after *par*, *by*; or the two heads for a pronoun."""

from bisect import bisect_left

import regex

from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark, body_sentences
from entraide.reader.domain.levels import level_of
from entraide.reader.domain.persons import Person
from entraide.reader.domain.vocabulary import Hit

# `ont été présidés, côté gabonais, par X`: what stands between commas parts no verb from its agent.
_BY = regex.compile(r"(?:, [^,.;]{1,40},)?\s(?:\w+ment )?(?:par|du|de|des|by|of|do|của)\s")
_SEATED = regex.compile(
    r"(?:in the chair|(?:as|were|was) (?:the )?co-?chair|as (?:the )?chair"
    r"|(?:đồng|cùng) chủ (?:trì|tọa)[^.;]{0,60}? là )"
)
# `a présidé l'ouverture`: opening a meeting is not chairing it.
_OPENING = regex.compile(r"\W+(?:\w+ ){0,2}?(?:l'ouverture|l'inauguration|la ceremonie|the opening|the inaugura|lễ)")
_SIDES = ("parties", "pays", "cotes", "etats", "ministeres", "delegations", "sides", "countries", "ministries", "bên",
          "bộ", "nước", "đoàn")  # fmt: skip
_OF = (" d", "de", "des ", "of ", "een ", "tre ", "iữa ")
_LED = ("delegation", "đoàn đại biểu")
_NEAR = 60
_MOST = 4
_APART = ("presence", "witness", "chứng kiến", "temoin", "accompagn", "along with")


def subjects_of(facts: Facts, sentence: Sentence, verb: Hit) -> list[Person]:
    """Return the persons who do what `verb` says, or none."""
    document = facts.document
    passive = bool(_BY.match(document.folded, verb.end)) or document.folded[verb.start : verb.end].endswith(
        (" par", " by", " do")
    )
    if passive:
        named = _joined(facts, verb.end, sentence.end)
        both = document.within("joint_subjects", verb.end - 4, verb.end + 8)
        return named or (list(facts.chairs[:2]) if both else [])
    if seated := _seated(facts, sentence, verb):
        return seated
    before = _joined_back(facts, sentence.start, verb.start)
    if before:
        with_other = document.folded[verb.end : sentence.end].lstrip().startswith(("avec", "with", "cùng", "aux cotes"))
        others = facts.people_in(verb.end, sentence.end)[:1] if with_other else []
        return before + [person for person in others if person not in before]
    # `Les unités des deux ministères ont signé`, `a plan between the two ministries was signed`: not the ministers.
    both = document.within("joint_subjects", sentence.start, verb.start)
    own = [hit for hit in both if not document.folded.endswith(_SIDES, hit.start, hit.end)]
    own = [hit for hit in own if not document.folded[max(sentence.start, hit.start - 5) : hit.start].endswith(_OF)]
    return list(facts.chairs[:2]) if own else []


def _seated(facts: Facts, sentence: Sentence, verb: Hit) -> list[Person]:
    """`Đồng chủ trì là X và Y`, `in the chair sat X and Y`, `X sat as chairperson, with Y as co-chairperson`."""
    document = facts.document
    if not _SEATED.match(document.folded, verb.start):
        return []
    alone = document.folded.startswith("as ", verb.start)
    if alone and "co-chair" not in document.folded[sentence.start : sentence.end]:
        return []
    people = facts.people_in(sentence.start, sentence.end)
    return people[:2] if len(people) >= 2 else []


def _joined(facts: Facts, start: int, end: int) -> list[Person]:
    """The first person after the verb and those joined to it by `et` or a comma."""
    people = facts.people_in(start, end)[:_MOST]
    kept: list[Person] = []
    links: list[str] = []
    position = start
    for person in people:
        mention = person.mentions[bisect_left(person.mentions, (start, -1))]
        link = _link(facts, position, mention[0])
        if kept and not link:
            break
        kept.append(person)
        links.append(link)
        position = mention[1]
    return kept[: _closed(links)]


def _joined_back(facts: Facts, start: int, end: int) -> list[Person]:
    people = facts.people_in(start, end)
    kept: list[Person] = []
    position = end
    for person in reversed(people):
        mention = person.mentions[bisect_left(person.mentions, (end, -1)) - 1]
        # The last two are joined by `et`; before them a comma is enough.
        link = _link(facts, mention[1], position)
        if kept and (not link or (len(kept) == 1 and link != "and")):
            break
        kept.insert(0, person)
        position = mention[0]
    return kept[-_MOST:]


def _link(facts: Facts, start: int, end: int) -> str:
    """How two names are joined: `and`, `comma`, or not (empty), when a verb stands between them."""
    between = facts.document.folded[start:end]
    if any(word in between for word in _APART):
        return ""
    if any(word in between for word in (" et ", " et, ", " and ", " và ", "ainsi que", "cùng")):
        return "and"
    verbs = any(facts.document.within(kind, start, end) for kind in ("met", "signed", "chaired", "cue"))
    return "comma" if "," in between and not verbs else ""


def _closed(links: list[str]) -> int:
    """How many belong to one list: up to the last that `et` joins, else the first alone."""
    return max((index + 1 for index, link in enumerate(links) if link == "and" and index), default=1)


def assign_chairs(facts: Facts, meetings: list[Event]) -> None:
    """Fill the co-chairs of the meeting that the chairing verb speaks of, and the reading's two heads."""
    document = facts.document
    facts.chairs = _heads(facts, meetings)
    for sentence in body_sentences(document):
        for verb in document.within("chaired", sentence.start, sentence.end):
            if (
                document.folded[max(sentence.start, verb.start - 6) : verb.start]
                .rstrip()
                .endswith(("sera", "seront", "be"))
            ) or _OPENING.match(document.folded, verb.end):
                continue
            # `une délégation présidée par X`: not the meeting is chaired.
            if any(word in document.folded[max(sentence.start, verb.start - _NEAR) : verb.start] for word in _LED):
                continue
            people = subjects_of(facts, sentence, verb)
            meeting = _chaired(meetings, sentence)
            if people and meeting and not meeting.co_chairs:
                meeting.co_chairs = tuple(person.name for person in people)
                meeting.marks["co_chairs"] = Mark(sentence.start, sentence.end, "the persons who chair", "stated")
                facts.chairs = people
                meeting.level = level_of(facts, meeting)


def _chaired(meetings: list[Event], sentence: Sentence) -> Event | None:
    """The meeting that a sentence about the chair speaks of: the nearest before it, else the nearest after it."""
    here = sentence.number
    return min(meetings, key=lambda m: (m.sentence.number > here, abs(m.sentence.number - here)), default=None)


def _heads(facts: Facts, meetings: list[Event]) -> list[Person]:
    """The first two holders of posts of the first meeting, one of each state: whom `les deux ministres` means."""
    states: dict[str, Person] = {}
    for person in facts.people:
        if meetings and person.name in meetings[0].people and person.posts:
            states.setdefault(person.state, person)
    if len(states) < 2 and meetings:
        for person in facts.people_in(0, meetings[0].sentence.end):
            if person.posts and person.state:
                states.setdefault(person.state, person)
    return list(states.values())[:2] if len(states) >= 2 else []

"""Meetings and references: which of the mentions are the reported meeting, an earlier or a coming one, or none.

The scorer gives each mention its role. The mentions of the reported meeting are gathered into one, unless number, day
or town speak against it; then day and place are sought over the whole document.
"""

from dataclasses import dataclass, replace
from datetime import date

from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.levels import level_of
from entraide.reader.domain.meeting_days import find_day
from entraide.reader.domain.meeting_places import find_place
from entraide.reader.domain.mentions import Mention, find_mentions
from entraide.reader.domain.other_meetings import find_others
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer

DECISION = "meeting"
NONE, REPORTED, EARLIER, LATER = "none", "reported", "earlier", "later"
ENOUGH = 0.45
"""Probability from which a mention is the reported meeting."""
AT_LEAST = 0.25
"""The best mention is the reported meeting from this probability on, where no other is."""
REFERRED = 0.35
NUMBERED = 0.9
"""A numbered mention is none only from this probability on."""
_MOST_MEETINGS = 6
_ONE_VISIT = 21


@dataclass(frozen=True, slots=True)
class Role:
    """A mention with the role that the scorer gave it and how sure it is."""

    mention: Mention
    role: str
    confidence: float
    reason: str


def find_meetings(facts: Facts, syntax: Syntax) -> tuple[list[Event], list[Role]]:
    """Return the meetings that took place, and all mentions with their roles."""
    roles = give_roles(find_mentions(facts, syntax))
    groups = _one_number(gather([role for role in roles if role.role == REPORTED]))
    groups = [part for group in groups for part in _apart(facts, syntax, group)]
    groups, roles = _of_one_time(groups, roles)
    roles = _by_number(roles, groups)
    meetings = [event for group in groups[:_MOST_MEETINGS] for event in _split(facts, _meeting(facts, syntax, group))]
    return meetings, roles


def give_roles(mentions: list[Mention]) -> list[Role]:
    """Return the role of each mention; where none is reported surely enough, the best one may be."""
    scorer = load_scorer(DECISION)
    scored = [(mention, scorer.probabilities(mention.features)) for mention in mentions]
    roles = []
    for mention, found in scored:
        label = _role_of(mention, found)
        roles.append(
            Role(
                mention, label, found[label], in_words(scorer.telling(mention.features, label), "a word for a meeting")
            )
        )
    if not any(role.role == REPORTED for role in roles) and scored:
        best = max(range(len(scored)), key=lambda place: scored[place][1][REPORTED])
        mention, found = scored[best]
        if found[REPORTED] >= AT_LEAST:
            reason = in_words(scorer.telling(mention.features, REPORTED), "a word for a meeting")
            roles[best] = Role(mention, REPORTED, found[REPORTED], reason)
    return roles


def _of_one_time(groups: list[list[Role]], roles: list[Role]) -> tuple[list[list[Role]], list[Role]]:
    """A report tells of one visit: what lies weeks from its surest meeting is an earlier or a coming one."""
    dated = [(group, day) for group in groups if (day := _known_day(group)) is not None]
    if not dated:
        return groups, roles
    surest = max(dated, key=lambda item: item[0][0].confidence)[1]
    far = [(group, day) for group, day in dated if abs((day - surest).days) > _ONE_VISIT]
    sides = {id(role.mention): EARLIER if day < surest else LATER for group, day in far for role in group}
    kept = [group for group in groups if id(group[0].mention) not in sides]
    return kept, [replace(role, role=sides.get(id(role.mention), role.role)) for role in roles]


def _known_day(group: list[Role]) -> date | None:
    """The day that is written beside the surest mention of a group with one."""
    days = [r.mention.date for r in group if r.mention.date and r.mention.date.year and _is_day(r.mention.dated)]
    return days[0].earliest if days else None


def _apart(facts: Facts, syntax: Syntax, group: list[Role]) -> list[list[Role]]:
    """The mentions of one meeting, and each that tells of another one of the same visit by itself."""
    lead = group[0] if group[0].mention.ordinal else min(group, key=lambda role: role.mention.start)
    found = find_others(facts, syntax, lead.mention, [role.mention for role in group])
    others = {id(mention) for mention, _ in found}
    same = [role for role in group if id(role.mention) not in others]
    return [same, *([role] for role in group if id(role.mention) in others)]


def _one_number(groups: list[list[Role]]) -> list[list[Role]]:
    """Of two numbers of one series the surer is told of; the other is spoken of."""
    numbered = sorted((g for g in groups if g[0].mention.ordinal), key=lambda g: -g[0].confidence)
    heads: set[str] = set()
    out: list[list[Role]] = []
    for group in numbered:
        head = group[0].mention.type.split()[0].casefold()
        if head in heads:
            out.append(group)
        heads.add(head)
    return [group for group in groups if group not in out]


def _by_number(roles: list[Role], groups: list[list[Role]]) -> list[Role]:
    """Another number of the series that is told of is an earlier or a later one of it."""
    numbers = [role.mention.ordinal for group in groups for role in group if role.mention.ordinal]
    if not numbers:
        return roles
    found = []
    for role in roles:
        number = role.mention.ordinal
        if number is None or number in numbers or role.role in {EARLIER, LATER} or _is_other_series(role, groups):
            found.append(role)
        else:
            found.append(Role(role.mention, LATER if number > numbers[0] else EARLIER, role.confidence, role.reason))
    return found


def _is_other_series(role: Role, groups: list[list[Role]]) -> bool:
    words = {other.mention.type.split()[0].casefold() for group in groups for other in group if other.mention.ordinal}
    return role.mention.type.split()[0].casefold() not in words


def _split(facts: Facts, event: Event) -> list[Event]:
    """`a été reçu par A et par B` tells of two meetings."""
    document = facts.document
    rest = document.folded[event.end : event.sentence.end]
    again = max(rest.find(" et par "), rest.find(" and by "), rest.find(" puis par "))
    people = facts.people_in(event.end, event.sentence.end)
    if not event.verb or again < 0 or len(people) < 2 or "recu" not in document.folded[event.start : event.end]:
        return [event]
    guest = [person.name for person in facts.people_in(event.sentence.start, event.start)[-1:]]
    hosts = facts.people_in(event.end + again, event.sentence.end)[:1] or people[1:2]
    event.people = [*guest, people[0].name]
    other = replace(event, marks=dict(event.marks), people=[*guest, hosts[0].name])
    event.level, other.level = level_of(facts, event), level_of(facts, other)
    return [event, other]


def _role_of(mention: Mention, found: dict[str, float]) -> str:
    """The likeliest role; a numbered meeting is always one of three, and time decides between earlier and later."""
    if _is_to_come(mention):
        found[REPORTED] = 0.0
    other = max((EARLIER, LATER), key=lambda name: found[name])
    if mention.ordinal and "after_results" in mention.features:
        return EARLIER  # `les résultats de la 14e conférence`: what is spoken of was held before
    if mention.ordinal and found[NONE] < NUMBERED:
        label = REPORTED if found[REPORTED] >= found[other] else other
    elif found[REPORTED] >= ENOUGH:
        label = REPORTED
    else:
        label = other if found[other] >= REFERRED else NONE
    return _in_time(mention) or label if label in {EARLIER, LATER} else label


def _in_time(mention: Mention) -> str:
    """Earlier or later where tense, adjective or day say so, else empty."""
    if mention.context.tense == "future" or "turn=later" in mention.features or "date=after" in mention.features:
        return LATER
    if mention.context.tense in {"past", "before"} or "turn=earlier" in mention.features:
        return EARLIER
    return ""


def _is_to_come(mention: Mention) -> bool:
    """What will take place is never reported as held, unless its day is that of the report or the next."""
    if mention.context.tense != "future" and mention.context.main_tense != "future":
        return False
    distance = next((name for name in mention.features if name.startswith("date=")), "")
    return distance not in {"date=same", "date=after"} or mention.context.modal != ""


def gather(roles: list[Role]) -> list[list[Role]]:
    """Return the mentions of one meeting together, each group with its surest mention first."""
    groups: list[list[Role]] = []
    for role in sorted(roles, key=lambda role: (role.mention.ordinal is None, -role.confidence, role.mention.start)):
        group = next((group for group in groups if _may_be_one(group, role.mention)), None)
        if group is None:
            groups.append([role])
        else:
            group.append(role)
    return sorted(groups, key=lambda group: min(role.mention.start for role in group))


def _may_be_one(group: list[Role], mention: Mention) -> bool:
    """Whether no number and no day speaks against it."""
    for other in (role.mention for role in group):
        if other.ordinal and mention.ordinal and other.ordinal != mention.ordinal:
            return False
        if _is_day(other.dated) and _is_day(mention.dated) and other.date and mention.date:
            apart = other.date.end < mention.date.start or mention.date.end < other.date.start
            if apart and "X" not in other.date.value + mention.date.value:
                return False
    return True


def _is_day(dated: DateMention | None) -> bool:
    return dated is not None and (dated.exact or dated.weekday is not None)


def _meeting(facts: Facts, syntax: Syntax, group: list[Role]) -> Event:
    best = group[0]
    event = event_of(best, "past")
    for role in group[1:]:
        if event.ordinal is None and role.mention.ordinal:
            event.ordinal = role.mention.ordinal
            event.marks["ordinal"] = Mark(*role.mention.ordinal_span, "the ordinal beside the noun")
        event.series = event.series or role.mention.series
        event.people += [name for name in role.mention.people if name not in event.people]
    mentions = [role.mention for role in group]
    day = find_day(facts, syntax, mentions)
    if day is not None:
        event.date, event.marks["date"] = day
    place = find_place(facts, syntax, mentions)
    if place is not None:
        event.place, event.marks["place"] = place
    event.marks.setdefault("series", Mark(event.start, max(event.series_end, event.end), "the noun's phrase"))
    event.level = level_of(facts, event)
    return event


def event_of(role: Role, time: str) -> Event:
    """Return the event that one mention names; `time` is past, before or future."""
    mention = role.mention
    event = Event(
        mention.start, mention.end, mention.sentence, mention.type, mention.kind != "noun", time, mention.definite
    )
    event.ordinal, event.series, event.series_end = mention.ordinal, mention.series, mention.series_end
    event.people, event.confidence = list(mention.people), role.confidence
    if mention.ordinal is not None:
        event.marks["ordinal"] = Mark(*mention.ordinal_span, "the ordinal beside the noun")
    event.marks["type"] = Mark(mention.start, mention.end, role.reason, confidence=role.confidence)
    return event

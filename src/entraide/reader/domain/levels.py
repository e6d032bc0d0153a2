"""The level of a meeting: state, minister, vice-minister, unit or province, by its name or by those who meet."""

from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.persons import Person

_PAIR = 2
_SHORT = 4


def level_of(facts: Facts, meeting: Event) -> str:
    """The level that the noun's phrase names, else the highest of the two who meet or chair; `unit` without any."""
    end = max(meeting.series_end, meeting.end)
    text = f" {facts.document.folded[meeting.start : end]} {facts.document.vocabulary.fold(meeting.series)} "
    lists = facts.document.vocabulary.lists
    for level in ("province", "vice-minister", "minister"):
        if any(_names(term, text) for term in lists[f"level.{level}"]):
            return level
    levels = {_level_of_person(facts, person) for person in _principals(facts, meeting)}
    known = next((level for level in ("state", "minister", "vice-minister") if level in levels), "")
    return known or ("unit" if meeting.series else "")


def level_mark(facts: Facts, meeting: Event) -> Mark:
    """Where its level is read: the post of one who meets or chairs at that level, else the noun's phrase."""
    for person in _principals(facts, meeting):
        if person.posts and _level_of_person(facts, person) == meeting.level:
            post = person.posts[0]
            return Mark(post.start, post.end, "the rank of one who meets or chairs", "inferred")
    end = max(meeting.series_end, meeting.end)
    return Mark(meeting.start, end, "the words for the meeting", "inferred")


def _names(term: str, text: str) -> bool:
    """Whether a word of `text`, spaces around it, begins with the term; a short one must be the whole word.

    `roi` is not in `droits`.
    """
    return (f" {term} " if len(term) <= _SHORT else f" {term}") in text


def _principals(facts: Facts, meeting: Event) -> list[Person]:
    """The two chairs, else the persons next to the verb of meeting, else the first of each state in the sentence."""
    if meeting.co_chairs:
        return [person for person in facts.people if person.name in meeting.co_chairs]
    named = [person for person in facts.people if person.name in meeting.people]
    if len(named) <= _PAIR:
        return named
    before = facts.people_in(meeting.sentence.start, meeting.start)[-1:]
    after = facts.people_in(meeting.end, meeting.sentence.end)[:1]
    if before and after:
        return before + after
    by_state = {person.state: person for person in reversed(named) if person.posts}
    return sorted(by_state.values(), key=lambda person: person.name_start)[:_PAIR]


def _level_of_person(facts: Facts, person: Person) -> str:
    """`vice-Premier ministre` has the rank of a minister; a deputy minister is asked for before a minister."""
    vocabulary = facts.document.vocabulary
    text = " ".join(f"{post.head} {vocabulary.fold(post.text)}" for post in person.posts)
    deputies = vocabulary.lists["level.deputy-state"]
    deputy = any(term in text for term in deputies)
    for term in deputies if deputy else ():
        text = text.replace(term, "")
    text = f" {text} "
    for level in ("vice-minister", "state", "minister"):
        if any(_names(term, text) for term in vocabulary.lists[f"level.{level}"]):
            return level
    if person.counterpart_of:
        other = next((p for p in facts.people if p.name == person.counterpart_of and not p.counterpart_of), None)
        return _level_of_person(facts, other) if other else ""
    return "minister" if deputy else ""

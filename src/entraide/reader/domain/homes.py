"""The state of an official whom nothing beside the name gives one: guests, hosts, and those at home with the agency."""

from entraide.reader.domain.document import Document
from entraide.reader.domain.persons import Person
from entraide.reader.domain.vocabulary import Hit

_TWO = 2
_NEXT_WORD = 14
_LONGEST_GAP = 90
_FEW = 12


def set_state(person: Person, state: str, span: tuple[int, int], reason: str) -> None:
    """Give the person the state, with the words that show it and the rule that read them."""
    person.state, person.state_span, person.state_reason = state, span, reason


def from_journey(document: Document, person: Person, pair: list[str]) -> None:
    """`s'est rendu à Rabat`, `visited Hanoi`: a guest is of the other of two states."""
    sentence = document.sentence_at(person.name_start)
    journey = next(iter(document.within("journeys", person.name_end, sentence.end)), None)
    if journey is None or len(pair) < _TWO:
        return
    goals = [
        hit for kind in ("town", "state") for hit in document.within(kind, journey.end, journey.end + _LONGEST_GAP)
    ]
    goal = min(goals, default=None)
    other = [code for code in pair[:_TWO] if goal and code != goal.value]
    if goal and goal.value in pair[:_TWO] and len(other) == 1:
        hits = document.hits.get("state", ()) if other[0] in document.named else ()
        span = next(((h.start, h.end) for h in hits if h.value == other[0]), (person.name_start, person.name_end))
        set_state(person, other[0], span, "a guest, of the other of the two states")


def from_home(document: Document, people: list[Person], *, unnamed: bool) -> None:
    """A national agency names its own officials without the state: `National Security Adviser X` in an Indian report.

    `unnamed` asks that the text does not name that state at all; whom the others meet is not at home.
    """
    agencies = document.vocabulary.states["agencies"]
    first = next(iter(document.hits.get("agency", ())), None)
    name = document.text[first.start : first.end] if first else ""
    homes = [code for code, names in agencies.items() if name in names]
    named = {person.state for person in people} | {hit.value for hit in document.hits.get("state", ())}
    if first is None or len(homes) != 1 or (unnamed and homes[0] in named):
        return
    for person in people:
        posted = person.post is not None or not person.posts
        if person.state or not posted or any(post.counterpart for post in person.posts) or _is_met(document, person):
            continue
        set_state(person, homes[0], (first.start, first.end), "named without a state by the agency of this one")


def _is_met(document: Document, person: Person) -> bool:
    """Whether the person stands after a verb of meeting: `a été reçu par X`, `called on X`."""
    sentence = document.sentence_at(person.name_start)
    start = min([post.start for post in person.posts if post.start >= sentence.start], default=person.name_start)
    return bool(document.within("met", max(sentence.start, start - _LONGEST_GAP // 2), person.name_start))


def from_goal(document: Document, person: Person) -> None:
    """`en visite de travail au Sénégal`: an official who is met there is of the state that is visited."""
    if not person.post or not _is_met(document, person):
        return
    for journey in sorted([*document.hits.get("journeys", ()), *document.hits.get("visits", ())])[:_FEW]:
        for goal in document.within("state", journey.end, journey.end + _NEXT_WORD):
            if goal.form == "name" and "," not in document.text[journey.end : goal.start]:
                set_state(person, goal.value, (goal.start, goal.end), "an official of the state that is visited")
                return


def from_agency(document: Document, person: Person, people: list[Person], pair: list[str]) -> None:
    """The state of the agency that reports, else the place, else the state most named."""
    block = document.blocks[0] if document.blocks else None
    taken = {p.state for p in people if p.state}
    if block and block.body_start > block.start:
        town = next((t for t in document.within("town", block.start, block.body_start) if t.value not in taken), None)
        if town and not any(p.post is not None and p.state == town.value for p in people):
            set_state(person, town.value, (town.start, town.end), "the place where the release was issued")
            return
    if len(pair) == 1 and not taken:
        hit = document.hits["state"][0] if document.hits.get("state") else None
        if hit:
            set_state(person, pair[0], (hit.start, hit.end), "the only state named")
        return
    supports: tuple[Hit, ...] = document.hits.get("agency", ())
    for hit in supports:
        if hit.value in pair or not pair:
            set_state(person, hit.value, (hit.start, hit.end), "the agency that reports")
            return
    sentence = document.sentence_at(person.name_start)
    lead = next((s for s in document.sentences if s.kind == "body"), sentence)
    here = document.within("town", sentence.start, sentence.end)
    for hit in here or [t for t in document.within("town", lead.start, lead.end) if t.value not in taken]:
        set_state(person, hit.value, (hit.start, hit.end), "the place of the event")
        return

"""The state of an official: as the post says it, else from the delegation, the name, the place or the agency."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import regex

from entraide.reader.domain.complements import ENVOYS
from entraide.reader.domain.document import Document
from entraide.reader.domain.homes import from_agency, from_goal, from_home, from_journey, set_state
from entraide.reader.domain.persons import Person
from entraide.reader.domain.posts import Post
from entraide.reader.domain.vocabulary import Hit

# `The Indian delegation was led by X while the Bangladesh side`: the delegation before the name counts first.
_BEHIND = 60
_TWO = 2
# Of a person with more posts only the first are compared; the bound keeps the reader linear on any text.
_MOST_POSTS = 12
_NEXT_WORD = 14
_FEW = 12
_ADJECTIVE = "the adjective before the name"
# `burkinabè, Mahamadou Sana, et nigérien, le général Mohamed Toumba`.
_LEAD = regex.compile(
    r"\s*(?:,\s*(?:(?:le |la )?(?:general|colonel|commissaire|docteur|m\.|mme|dr)[\w' -]{0,24})?)?\s*"
)
_LEADING = regex.compile(r"\b(?:led|headed|conduit|dirig|dẫn đầu|làm trưởng đoàn)")
_LONGEST_GAP = 90
_PARTING = frozenset({"et", "and", "và", "avec", "with", "son", "sa", "his", "her", "while", "tandis"})
_DELEGATION = ("deleg", "đoàn", "side", "partie")


def assign_states(document: Document, people: list[Person], posts: tuple[Post, ...]) -> None:
    """Fill `state`, its span and its reason for every person whom the text gives one; strongest support first."""
    for step in (
        _from_post,
        _from_place_of_post,
        partial(_from_delegation, people=people),
        _from_beside,
        _from_peculiar_post,
    ):
        _fill(people, partial(step, document))
    _from_shared_post(people)
    _from_list(document, people)
    _fill(people, lambda person: _from_companion(document, person, people))
    _from_same_head(document, people, posts)
    _fill(people, partial(_from_family_name, document))
    pair = main_states(document, people)
    from_home(document, people, unnamed=True)
    _fill(people, lambda person: _from_the_other(document, person, people, pair))
    _fill(people, lambda person: from_journey(document, person, pair))
    _fill(people, partial(from_goal, document))
    from_home(document, people, unnamed=False)
    _fill(people, lambda person: from_agency(document, person, people, pair))
    _from_counterpart(people)


def _fill(people: list[Person], step: Callable[[Person], None]) -> None:
    for person in people:
        if not person.state:
            step(person)


def main_states(document: Document, people: list[Person]) -> list[str]:
    """The states that the text is about, most named first."""
    counted = Counter(hit.value for hit in document.hits.get("state", ()))
    counted.update(person.state for person in people if person.state)
    first = {hit.value: hit.start for hit in reversed(document.hits.get("state", ()))}
    return sorted(counted, key=lambda code: (-counted[code], first.get(code, 0)))


def _from_post(_document: Document, person: Person) -> None:
    for post in sorted(person.posts, key=lambda post: post.start):
        if post.state:
            set_state(person, post.state, (post.state_start, post.state_end), "the post names the state")
            return


def _from_place_of_post(document: Document, person: Person) -> None:
    """`Giám đốc Công an tỉnh Quảng Trị`, `directeur de la police de Dakar`: the place's state; not an envoy's."""
    for post in person.posts:
        if post.head.startswith(ENVOYS):
            continue
        town = next(iter(document.within("town", post.start, post.end + _NEXT_WORD)), None)
        if town and not any(mark in document.text[post.end : town.start] for mark in ",;("):
            set_state(person, town.value, (town.start, town.end), "the post names a place there")
            return


def _from_list(document: Document, people: list[Person]) -> None:
    """`A, Minister of Justice of Canada, B, Minister of Public Safety, and C`: a list goes on with the same state."""
    for first, second in pairwise(people):
        if not first.state or second.state or not second.posts or first.posts[:1] == second.posts[:1]:
            continue
        between = document.folded[first.name_end : second.name_start]
        words = set(between.replace(",", " , ").split())
        own = any(post.start >= first.name_end and post.state for post in first.posts)
        if own and "," in words and len(between) < _LONGEST_GAP and between.rstrip().endswith(","):
            last = between.rstrip(" ,").rpartition(",")[2].split()
            if not _PARTING & set(last[:1]):
                set_state(second, first.state, first.state_span, "in one list with the official before")


def _from_shared_post(people: list[Person]) -> None:
    """`les ministres de l'Intérieur du Sénégal et de la France, A et B`: the states in the order of the names."""
    plural = {id(post): post for person in people for post in person.posts if len(post.states) == _TWO and post.plural}
    for post in plural.values():
        holders = [person for person in people if any(held is post for held in person.posts)]
        if (
            post.plural
            and len(holders) == len(post.states) == _TWO
            and len({code for code, _, _ in post.states}) == _TWO
        ):
            for person, (code, start, end) in zip(holders, post.states, strict=True):
                set_state(person, code, (start, end), "the post names the states in the order of the names")


def _from_companion(document: Document, person: Person, people: list[Person]) -> None:
    """`The Canadian Minister of Justice, A, and the Minister of Public Safety, B, met with C`: A and B are one side."""
    sentence = document.sentence_at(person.name_start)
    verb = next(iter(document.within("met", person.name_end, sentence.end)), None)
    if verb is None or not any(p.state and verb.end <= p.name_start < sentence.end for p in people):
        return
    for other in people:
        if other.state and sentence.start <= other.name_start and other.name_end < person.name_start:
            between = document.folded[other.name_end : person.name_start]
            apart = document.within("met", other.name_end, person.name_start)
            if not apart and between.lstrip(" ,").startswith(("and ", "et ", "và ")):
                set_state(person, other.state, other.state_span, "named on the same side of the verb of meeting")
                return


def _from_peculiar_post(document: Document, person: Person) -> None:
    """`conseillère fédérale`: a post that only one state has, where the text names that state."""
    for post in person.posts:
        text = document.vocabulary.fold(post.text)
        for code in document.vocabulary.states["posts_of"]:
            if code in document.named and text.startswith(document.vocabulary.lists[f"posts_of.{code}"]):
                set_state(person, code, (post.start, post.end), "only this state has such a post")
                return


def _from_delegation(document: Document, person: Person, *, people: list[Person]) -> None:
    """`conduit la délégation marocaine`: every official of that sentence who has no state."""
    sentence = document.sentence_at(person.name_start)
    best: tuple[int, Hit] | None = None
    for hit in document.within("org_heads", sentence.start, sentence.end):
        if not document.folded.startswith(_DELEGATION, hit.start):
            continue
        after, before = (
            document.within("state", hit.end, hit.end + 60) or document.within("town", hit.end, hit.end + 32),
            document.within("state", hit.start - 24, hit.start),
        )
        for state in [*after[:1], *before[-1:]]:
            gap = (
                document.folded[hit.end : state.start]
                if state.start > hit.end
                else document.folded[state.end : hit.start]
            )
            distance = abs(hit.start - person.name_start)
            low, high = sorted((person.name_end, hit.start))
            if document.within("met", low, high) or _leads_another(document, person, people, low, high):
                continue
            distance += _BEHIND if hit.start > person.name_start else 0
            if len(gap) < _LONGEST_GAP // 2 and "," not in gap and (best is None or distance < best[0]):
                best = (distance, state)
    if best:
        set_state(person, best[1].value, (best[1].start, best[1].end), "the delegation of this sentence")


def _leads_another(document: Document, person: Person, people: list[Person], low: int, high: int) -> bool:
    """`A led the host team and B led the Indian side`: the delegation behind another name is not A's."""
    if not _LEADING.search(document.folded, low, high):
        return False
    others = (other for other in people[:_FEW] if other is not person)
    return any(low < start < high for other in others for start, _ in other.mentions[:_FEW])


def _from_beside(document: Document, person: Person) -> None:
    """`le Vietnamien X`, `X (Maroc)`: a state directly before or in brackets after the name."""
    for start, end in person.mentions:
        for state in document.within("state", end, end + 3):
            if document.text[end : state.start].strip() == "(":
                set_state(person, state.value, (state.start, state.end), "the state in brackets")
                return
        for state in document.within("state", max(0, start - 44), start):
            if _LEAD.fullmatch(document.folded, state.end, start) and state.form == "adjective":
                set_state(person, state.value, (state.start, state.end), _ADJECTIVE)
                return


def _from_same_head(document: Document, people: list[Person], posts: tuple[Post, ...]) -> None:
    """`Le ministre vietnamien a proposé` speaks of the only minister who has no state yet."""
    # One of the post's parts may have the head: `Vice-premier ministre et ministre de la Justice`.
    heads = [(person, _heads_of(document, person)) for person in people]
    held = {id(post) for person in people for post in person.posts}
    known: dict[str, list[Person]] = {}
    counterparts = [p for p in people if any(q.counterpart for q in p.posts)]
    for post in posts:
        if not post.state or id(post) in held or post.plural or post.counterpart:
            continue
        same = _holders(heads, known, post.head)
        free = [p for p in same if not p.state]
        if len(free) == 1 and not any(p.state == post.state for p in [*same, *counterparts]):
            set_state(
                free[0],
                post.state,
                (post.state_start, post.state_end),
                "the same post is named with its state elsewhere",
            )


def _holders(heads: list[tuple[Person, frozenset[str]]], known: dict[str, list[Person]], head: str) -> list[Person]:
    """The persons one of whose posts has the head; looked for once per head."""
    if head not in known:
        known[head] = [person for person, found in heads if head in found]
    return known[head]


def _heads_of(document: Document, person: Person) -> frozenset[str]:
    """The heads of the person's posts and of their further parts: `Vice-premier ministre et ministre de la Justice`."""
    found = {post.head for post in person.posts}
    for post in person.posts[:_MOST_POSTS]:
        start = document.within("posts", post.start + 1, post.end)
        found.update(document.folded[hit.start : hit.end] for hit in start)
    return frozenset(found)


def _from_family_name(document: Document, person: Person) -> None:
    states = document.vocabulary.states
    first = person.name.split()[0]
    if len(person.name.split()) >= 2:
        for code, names in states["family_names"].items():
            if first in names and (code != "VN" or len(person.name.split()) >= 3 or len(first) <= 3):
                set_state(person, code, (person.name_start, person.name_end), "the family name is usual there")
                return
        last = document.vocabulary.fold(person.name.split()[-1])
        for code, endings in states["name_endings"].items():
            if last.endswith(tuple(endings)) and len(last) > 4 and code in document.named:
                set_state(
                    person, code, (person.name_start, person.name_end), "the form of the family name is usual there"
                )
                return


def _from_counterpart(people: list[Person]) -> None:
    """A counterpart holds the post of the person before, in another state."""
    for index, person in enumerate(people):
        above = people[index - 1].posts if index else []
        if not person.posts and person.state_reason == _ADJECTIVE and any(p.counterpart for p in above):
            # `ses homologues burkinabè, A, et nigérien, B`.
            person.posts = [post for post in above if post.counterpart][:1]
        if any(post.counterpart for post in person.posts) and index:
            near = [p for p in people if p is not person and p.post and not (p.state and p.state == person.state)]
            own = [p for p in near if not any(post.counterpart for post in p.posts)]
            before = [p for p in own if p.name_start < person.name_start] or own
            person.counterpart_of = max(before, key=lambda p: _last_before(p, person.name_start)).name if before else ""


def _last_before(person: Person, position: int) -> int:
    """Where the person was last named before `position`: `Doval met his counterpart` speaks of Doval's post."""
    return max((start for start, _ in person.mentions if start < position), default=-1)


def _from_the_other(document: Document, person: Person, people: list[Person], pair: list[str]) -> None:
    """Of two states, the one that the other officials of the sentence do not hold."""
    sentence = document.sentence_at(person.name_start)
    beside = {p.state for p in people if p is not person and p.state and _is_mentioned(p, sentence.start, sentence.end)}
    named = [h for h in document.within("state", sentence.start, person.name_start) if h.form == "name"]
    if named and named[-1].value not in beside and named[-1].value not in pair[:2]:
        # `visited Nicaragua, where he met with President X`.
        set_state(person, named[-1].value, (named[-1].start, named[-1].end), "the state where the meeting took place")
        return
    if len(beside) == 1 and len(pair) >= 2:
        other = [code for code in pair[:2] if code not in beside]
        if other:
            hits = document.hits.get("state", ()) if other[0] in document.named else ()
            span = next(((h.start, h.end) for h in hits if h.value == other[0]), (person.name_start, person.name_end))
            set_state(person, other[0], span, "the other of the two states")


def _is_mentioned(person: Person, start: int, end: int) -> bool:
    place = bisect_left(person.mentions, (start, -1))
    return place < len(person.mentions) and person.mentions[place][0] < end

"""Officials: names joined with the posts that stand beside them, and mentions of one person joined into one."""

from dataclasses import dataclass, field

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.names import NameMention, find_names
from entraide.reader.domain.posts import Post, find_posts

_BESIDE = regex.compile(r"[\s,(:–—-]*(?:le |la |l['’]|M\. |the )?\Z")
_AFTER_NAME = regex.compile(
    r"\s*+(?:\([^()\n]{1,40}\)\s*+)?[,(–—-]\s*+"
    r"(?:le |la |l['’]|the |son |sa |his |her |[Hh]on['’]ble |[Hh]onou?rable )?\s*+\Z"
)
_AND = regex.compile(r"\s*(?:,\s*)?(?:et|and|và|ainsi que)\s++(?:de |à |avec |with )?(?:le |la |l['’]|the )?\s*+\Z")
_VERB_AFTER = regex.compile(
    r"\s*(?:a|ont|avait|avaient|s'est|se sont|s'|conduit|has|have|had|met|held"
    r"|signed|attended|led|co-chaired|chaired|đã|ký|tiếp|hội"
    r"|(?:y )?\p{Ll}{2,}(?:era|ira|dra|eront|iront|dront))\b"
)
_TEXT_LIMIT = 260
_APPOSED = 6
_LONGEST_NAME = 5
# No communiqué names more officials; the bound keeps the reader linear on any text.
_MOST_PEOPLE = 300


@dataclass(slots=True)
class Person:
    """A person while the document is read: names as written, posts, places of mention, and the state once known."""

    name: str
    name_start: int
    name_end: int
    posts: list[Post] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    state: str = ""
    state_span: tuple[int, int] = (0, 0)
    state_reason: str = ""
    counterpart_of: str = ""

    @property
    def post(self) -> Post | None:
        """The post that says most about the person."""
        named = [post for post in self.posts if post.text]
        return max(named, key=lambda post: (min(len(post.text), _TEXT_LIMIT), -post.start)) if named else None


def find_people(document: Document) -> tuple[list[Person], tuple[Post, ...]]:
    """Return the persons with their posts, in the order of their first mention, and all posts."""
    posts, taken = find_posts(document)
    names = find_names(document, taken)
    joined = _join(document, names, posts)
    accepted, repeated = _accept(document, names, joined)
    people: list[Person] = []
    index: dict[str, list[int]] = {}
    for name in sorted(accepted, key=lambda n: (len(n.text.split()) == 1, n.start)):
        _merge(document, people, index, name, joined.get(name.start, []))
    for name in repeated:
        _merge(document, people, index, name, joined.get(name.start, []), repeated=True)
    people.sort(key=lambda person: person.name_start)
    for person in people:
        person.mentions.sort()
    return people, posts


def _join(document: Document, names: tuple[NameMention, ...], posts: tuple[Post, ...]) -> dict[int, list[Post]]:
    """Posts by the start of the name that they belong to."""
    joined: dict[int, list[Post]] = {}
    starts = {name.start: index for index, name in enumerate(names)}
    index = 0
    waiting: Post | None = None
    for post in posts:
        while index < len(names) and names[index].end <= post.start:
            index += 1
        before = names[index - 1] if index else None
        after = names[index] if index < len(names) else None
        partners = _partners(document, post, before, after)
        for name in partners:
            joined.setdefault(name.start, []).append(post)
            if waiting is not None and post.start - waiting.end <= _APPOSED:
                joined[name.start].append(waiting)
            if post.plural:
                for other in _coordinated(document, names, starts[name.start], forward=name is after):
                    joined.setdefault(other.start, []).append(post)
        # `le directeur général de la police, l'inspecteur général X`: the first post waits for the name.
        waiting = None if partners else post
    return joined


def _partners(
    document: Document, post: Post, before: NameMention | None, after: NameMention | None
) -> list[NameMention]:
    gap_after = document.text[post.end : after.lead_start] if after else "x"
    gap_before = document.text[before.end : post.start] if before else "x"
    forward = after is not None and len(gap_after) <= 7 and bool(_BESIDE.match(gap_after)) and "\n" not in gap_after
    backward = (
        before is not None and len(gap_before) <= 45 and bool(_AFTER_NAME.match(gap_before)) and "\n" not in gap_before
    )
    adjacent = forward and gap_after.strip() == ""
    if after is not None and adjacent:
        return [after]
    if before is not None and backward and not post.determined:
        return [before]
    if after is not None and forward and (post.determined or not backward):
        return [after] if post.determined or gap_after.strip() == "," else []
    return [before] if before is not None and backward else []


def _coordinated(document: Document, names: tuple[NameMention, ...], index: int, *, forward: bool) -> list[NameMention]:
    """The name that `et` joins to this one, on the far side of the post."""
    step = 1 if forward else -1
    if not 0 <= index + step < len(names):
        return []
    first, second = sorted((names[index], names[index + step]), key=lambda name: name.start)
    return [names[index + step]] if _AND.match(document.text[first.end : second.lead_start]) else []


def _accept(
    document: Document, names: tuple[NameMention, ...], joined: dict[int, list[Post]]
) -> tuple[list[NameMention], list[NameMention]]:
    """Names that are persons by a post, rank, verb or a coordinated person; and names that only repeat such ones."""
    accepted: set[int] = set()
    for index, name in enumerate(names):
        long = name.last > name.first
        if _is_monument(document, name):
            continue
        by_post = any(post.text or post.counterpart for post in joined.get(name.start, ()))
        by_verb = long and bool(_VERB_AFTER.match(document.folded, name.end)) and not _in_title(document, name)
        if by_post or name.led or by_verb:
            accepted.add(index)
    for index in range(len(names) - 1):
        pair = (index, index + 1)
        if len(accepted.intersection(pair)) == 1 and all(names[i].last > names[i].first for i in pair):
            gap = document.text[names[index].end : names[index + 1].lead_start]
            if len(gap) < 20 and _AND.match(gap):
                accepted.update(pair)
    borne = {word for index in accepted for word in _words(document, names[index])}
    known = [index for index, name in enumerate(names) if index not in accepted and _words(document, name) <= borne]
    return [names[index] for index in sorted(accepted)], [names[index] for index in known]


def _is_monument(document: Document, name: NameMention) -> bool:
    """`le monument du Président X`: a place or a work that bears the name."""
    words = document.folded[max(0, name.start - 34) : name.start].replace("'", " ").split()
    return any(word in document.vocabulary.words["not_officials"] for word in words[-4:])


def _in_title(document: Document, name: NameMention) -> bool:
    return document.sentence_at(name.start).kind == "title" if document.sentences else False


def _words(document: Document, name: NameMention) -> frozenset[str]:
    return frozenset(document.folded[name.start : name.end].replace("-", " ").split())


def _merge(
    document: Document,
    people: list[Person],
    index: dict[str, list[int]],
    name: NameMention,
    posts: list[Post],
    *,
    repeated: bool = False,
) -> None:
    """Add a mention to the person who bears the same words, or a new person; `index` finds persons by a word."""
    words = _words(document, name)
    for number in sorted({number for word in words for number in index.get(word, ())}):
        person = people[number]
        shorter, longer = sorted((words, person.words), key=len)
        if words == person.words or (shorter <= longer and (len(shorter) > 1 or len(words) == 1)):
            person.posts += posts
            person.mentions.append((name.start, name.end))
            if len(person.words) < len(words) <= _LONGEST_NAME:
                person.words, person.name = words, name.text
                person.name_start, person.name_end = name.start, name.end
                _note(index, words, number)
            return
    if len(people) < _MOST_PEOPLE and not repeated:
        _note(index, words, len(people))
        people.append(Person(name.text, name.start, name.end, list(posts), [(name.start, name.end)], words))


def _note(index: dict[str, list[int]], words: frozenset[str], number: int) -> None:
    for word in words:
        index.setdefault(word, []).append(number)

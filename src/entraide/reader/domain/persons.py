"""A person while the document is read, and the mentions of names that are one person."""

from dataclasses import dataclass, field

from entraide.reader.domain.document import Document
from entraide.reader.domain.names import NameMention
from entraide.reader.domain.posts import Post

_TEXT_LIMIT = 260
_LONGEST_NAME = 6
# No communiqué names more persons; the bound keeps the reader linear on any text.
_MOST_PEOPLE = 300
_MOST_OF_A_WORD = 12


@dataclass(slots=True)
class Person:
    """A person while the document is read: names as written, posts, places of mention, and the state once known.

    `confidence` is the probability that the name is an official's, `state_confidence` that of the state; a state is
    stated where words beside the person say it.
    """

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
    names: list[NameMention] = field(default_factory=list)
    confidence: float = 1.0
    reason: str = ""
    state_confidence: float = 1.0
    state_stated: bool = False

    @property
    def is_counterpart(self) -> bool:
        """Whether one of the posts is that of a counterpart."""
        return any(post.counterpart for post in self.posts)

    @property
    def post(self) -> Post | None:
        """The post that says most about the person."""
        named = [post for post in self.posts if post.text]
        return max(named, key=lambda post: (min(len(post.text), _TEXT_LIMIT), -post.start)) if named else None


def words_of(document: Document, name: NameMention) -> frozenset[str]:
    """Return the folded words of a name; `Al-Sabah` is two."""
    words = document.folded[name.start : name.end].replace("-", " ").replace(".", " ").split()
    long = [word for word in words if len(word) > 1]
    # An initial tells nothing: `E. Misiūnas` is one of whom a full name is given.
    return frozenset(long or words)


def group_names(document: Document, names: tuple[NameMention, ...], joined: dict[int, list[Post]]) -> list[Person]:
    """Return the names as persons, mentions of one person together, in the order of their first full mention.

    Names of two words and more come first, so that `Usubov` before `Ramil Usubov` is one person with him.
    """
    groups = _Groups(joined)
    worded = [(name, words_of(document, name)) for name in names]
    for name, words in worded:
        if len(words) > 1:
            groups.add(name, words)
    for name, words in worded:
        if len(words) == 1:
            groups.add(name, words)
    people = sorted(groups.people, key=lambda person: person.name_start)
    for person in people:
        person.mentions.sort()
        person.names.sort(key=lambda name: name.start)
    return people


@dataclass(slots=True)
class _Groups:
    joined: dict[int, list[Post]]
    people: list[Person] = field(default_factory=list)
    index: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: NameMention, words: frozenset[str]) -> None:
        """Add a mention to the person who bears the same words, or a new person."""
        number = self._known(name, words)
        if number is None:
            if len(self.people) >= _MOST_PEOPLE:
                return
            number = len(self.people)
            self.people.append(Person(name.text, name.start, name.end, words=words))
            self._note(words, number)
        person = self.people[number]
        person.posts += self.joined.get(name.start, [])
        person.mentions.append((name.start, name.end))
        person.names.append(name)
        if len(person.words) < len(words) <= _LONGEST_NAME:
            person.words, person.name = words, name.text
            person.name_start, person.name_end = name.start, name.end
            self._note(words, number)

    def _known(self, name: NameMention, words: frozenset[str]) -> int | None:
        numbers = {number for word in words for number in self.index.get(word, ())[:_MOST_OF_A_WORD]}
        fitting = [number for number in sorted(numbers) if _same(words, self.people[number].words)]
        if not fitting:
            return None
        before = [number for number in fitting if self.people[number].name_start <= name.start]
        # A later mention alone means the one who was named last; one before all of them means the first.
        return max(before, key=lambda number: self.people[number].name_start) if before else fitting[0]

    def _note(self, words: frozenset[str], number: int) -> None:
        for word in words:
            self.index.setdefault(word, []).append(number)


def _same(words: frozenset[str], known: frozenset[str]) -> bool:
    shorter, longer = sorted((words, known), key=len)
    return words == known or (shorter <= longer and (len(shorter) > 1 or len(words) == 1))

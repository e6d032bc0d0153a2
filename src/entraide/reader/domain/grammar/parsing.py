"""Clauses of a document: every verb group opens or resumes one, and every token belongs to one.

One pass over each sentence, linear in its length. A relative or subordinate clause that stands before the verb of the
clause around it is closed by the next finite verb, which belongs to the clause that was waiting for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from entraide.reader.domain.document import Document, Token
from entraide.reader.domain.grammar.lexicon import VerbLexicon, load_verbs
from entraide.reader.domain.grammar.syntax import Clause, Marker, Syntax, VerbGroup
from entraide.reader.domain.grammar.verb_groups import find_verb_groups

_COMMAS = frozenset({",", ";", ":", "(", ")", "–", "—", "-"})
_LINKS_BEFORE_INFINITIVE = frozenset(
    ["de", "d'", "pour", "à", "afin", "sans", "en", "by", "for", "of", "in", "nhằm", "để", "việc"]
)


_GOING_ON = frozenset(["que", "qu'", "that", "rằng", "de", "d'", "to"])
"""Words after a semicolon that go on under the verb before it: `he asked that ...; that ...`."""
_MARKERS = frozenset({"nominal", "preposition", "subordinator", "turn"})


def parse(document: Document) -> Syntax:
    """Return the clauses of all sentences of `document`; pure and total."""
    lexicon = load_verbs(document.vocabulary.language)
    words = [token.text.lower() for token in document.tokens]
    if "’" in document.text:
        words = [word.replace("’", "'") for word in words]
    builder = _Builder(lexicon, words, document.tokens)
    for sentence in document.sentences:
        span = document.tokens_within(sentence.start, sentence.end)
        builder.read(sentence.number, span.start, span.stop)
    return builder.finish()


@dataclass(slots=True)
class _Builder:
    lexicon: VerbLexicon
    words: Sequence[str]
    tokens: Sequence[Token]
    clauses: list[Clause] = field(default_factory=list)
    of_token: list[int] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    own: list[Marker] = field(default_factory=list)
    """The markers of the sentence that is being read."""

    def read(self, sentence: int, low: int, high: int) -> None:
        """Add the clauses of one sentence, whose tokens are `low`..`high`."""
        self._fill(low)
        first = self._open("main", None, low, -1, sentence)
        self.waiting = [first]
        groups = find_verb_groups(self.lexicon, self.words, low, high)
        self._mark(low, high, groups)
        previous = low
        current = first
        before: VerbGroup | None = None
        for found, following in zip(groups, [*groups[1:], None], strict=False):
            group = _as_participle(found, following, self.words)
            if before is not None and _is_attribute(before, group, self.words):
                group = group._replace(tense="participle", passive=True)
            before = group
            current = self._place(group, previous, current, sentence)
            previous = group.end
        self._fill(high, current)

    def finish(self) -> Syntax:
        """Return what was built."""
        self._fill(len(self.words))
        self.markers.sort()
        return Syntax(
            tuple(self.clauses), tuple(self.of_token), tuple(self.markers), tuple(m.start for m in self.markers)
        )

    def _fill(self, end: int, clause: int | None = None) -> None:
        """Give the tokens up to `end` to `clause`, or to the last one."""
        if len(self.of_token) < end:
            if not self.clauses:
                self._open("main", None, 0, -1, 0)
            number = len(self.clauses) - 1 if clause is None else clause
            self.of_token += [number] * (end - len(self.of_token))

    def _open(
        self, kind: str, verb: VerbGroup | None, start: int, parent: int, sentence: int, nominal: str = ""
    ) -> int:
        self.clauses.append(Clause(len(self.clauses), kind, verb, start, parent, sentence, nominal))
        return len(self.clauses) - 1

    def _mark(self, low: int, high: int, groups: Sequence[VerbGroup]) -> None:
        """Find the nouns of deeds, prepositions and subordinators outside the verb groups."""
        self.own = []
        taken = {number for group in groups for number in range(group.start, group.end)}
        phrases, words = self.lexicon.phrases, self.words
        number = low
        while number < high:
            match = self._phrase(number, high) if words[number] in phrases and number not in taken else None
            if match is None:
                number += 1
                continue
            self.own.append(match)
            number = match.end
        self.markers += self.own

    def _phrase(self, number: int, high: int) -> Marker | None:
        for phrase, kind, value in self.lexicon.phrases.get(self.words[number], ()):
            size = len(phrase)
            end = number + size
            # Phrases are held by their first word, so that a phrase of one word is found.
            if kind in _MARKERS and (size == 1 or (end <= high and tuple(self.words[number:end]) == phrase)):
                return Marker(number, end, kind, value)
        return None

    def _place(self, group: VerbGroup, previous: int, current: int, sentence: int) -> int:
        """Put the verb group into a clause; return that clause's number."""
        if ";" in self.words[previous : group.start]:
            return self._after_semicolon(group, previous, current, sentence)
        subordinator = self._subordinator(previous, group.start)
        if subordinator is not None:
            return self._open_subordinate(group, subordinator, current, sentence)
        if not group.finite:
            return self._open_infinitive(group, previous, current, sentence)
        if self.waiting:
            return self._resume(group, previous, current)
        if self.lexicon.language == "vi":
            return self._open_in_series(group, previous, current, sentence)
        return self._coordinate(group, previous, current, sentence)

    def _open_in_series(self, group: VerbGroup, previous: int, current: int, sentence: int) -> int:
        """Vietnamese: a verb depends on the verb before it, unless a comma or a conjunction sets it beside that one."""
        start = self._after_comma(previous, group.start)
        here = self.clauses[current]
        beside = start < group.start or self.words[start - 1] in _COMMAS | self.lexicon.conjunctions
        self._fill(start, current)
        if beside:
            return self._open("coordinate" if here.parent < 0 else here.kind, group, start, here.parent, sentence)
        return self._open("infinitive", group, start, current, sentence)

    def _after_semicolon(self, group: VerbGroup, previous: int, current: int, sentence: int) -> int:
        """What follows a semicolon is a sentence of its own; a subordinate clause in it waits for its verb."""
        start = previous + list(self.words[previous : group.start]).index(";") + 1
        self._fill(start, current)
        if self.words[start] in _GOING_ON:
            while self.clauses[current].parent >= 0:
                current = self.clauses[current].parent
            return self._place(group, start, current, sentence)
        first = self._open("main", None, start, -1, sentence)
        self.waiting = [first]
        return self._place(group, start, first, sentence)

    def _subordinator(self, start: int, end: int) -> Marker | None:
        found = [m for m in self.own if m.kind == "subordinator" and start <= m.start < end] if start < end else []
        return found[-1] if found else None

    def _open_subordinate(self, group: VerbGroup, marker: Marker, current: int, sentence: int) -> int:
        self._fill(marker.start, current)
        kind = "relative" if marker.value == "relative" else "subordinate"
        if not group.finite:
            kind = "infinitive" if group.tense == "infinitive" else "participle"
        return self._open(kind, group, marker.start, current, sentence)

    def _open_infinitive(self, group: VerbGroup, previous: int, current: int, sentence: int) -> int:
        start = group.start
        while start > previous and self.words[start - 1] in _LINKS_BEFORE_INFINITIVE:
            start -= 1
        self._fill(start, current)
        kind = "infinitive" if group.tense == "infinitive" else "participle"
        parent = current
        if kind == "infinitive" and self.words[start - 1 : start] in (["et"], ["and"], ["ou"], ["or"], [","]):
            # `de renforcer X et d'échanger Y`: both depend on the same verb.
            here = self.clauses[current]
            parent = here.parent if here.kind == "infinitive" and here.parent >= 0 else current
        nominals = [m for m in self.own if m.kind == "nominal" and max(previous, start - 3) <= m.start < start]
        nominal = nominals[-1].value if nominals else self.clauses[current].nominal if parent != current else ""
        return self._open(kind, group, start, parent, sentence, nominal)

    def _resume(self, group: VerbGroup, previous: int, current: int) -> int:
        """The clause that waits for its verb takes this one."""
        number = self.waiting.pop()
        start = group.start
        if current != number:
            start = self._after_comma(previous, group.start)
        self._fill(start, current)
        clause = self.clauses[number]
        self.clauses[number] = clause._replace(verb=group)
        self._fill(group.end, number)
        return number

    def _coordinate(self, group: VerbGroup, previous: int, current: int, sentence: int) -> int:
        start = self._after_comma(previous, group.start)
        self._fill(start, current)
        here = self.clauses[current]
        while here.kind in {"infinitive", "participle"} and here.parent >= 0:
            here = self.clauses[here.parent]
        kind = here.kind if here.kind in {"relative", "subordinate"} and start == group.start else "coordinate"
        return self._open(kind, group, start, here.parent, sentence)

    def _after_comma(self, start: int, end: int) -> int:
        """The token after the last comma or conjunction in the span; its end where there is none."""
        for number in range(end - 1, start - 1, -1):
            if self.words[number] in _COMMAS or self.words[number] in self.lexicon.conjunctions:
                return number + 1
        return end


def _as_participle(group: VerbGroup, following: VerbGroup | None, words: Sequence[str]) -> VerbGroup:
    """`The agreement signed in 2019 will be renewed`: a past before a finite verb of its clause is a participle."""
    if group.tense != "past" or group.end - group.start != 1:
        return group
    if words[group.end : group.end + 1] == ["by"]:
        return group._replace(tense="participle", passive=True)
    if following is None or not following.finite:
        return group
    between = words[group.end : following.start]
    if any(word in _COMMAS or word in {"and", "or", "that", "which", "who", "but"} for word in between):
        return group
    return group._replace(tense="participle", passive=True)


_AFTER_ATTRIBUTE = frozenset(["in", "on", "from", "at", "under", "by", "for", "between", "against", "during", "within"])
_NEW_CLAUSE = _COMMAS - {":"} | {"and", "or", "that", "which", "who", "but", "as", "while", "when", "where", "if"}
_REPORTING = frozenset({"say", "stress", "propose", "agree"})
"""Verbs after which `that` may be left out."""


def _is_attribute(before: VerbGroup, group: VerbGroup, words: Sequence[str]) -> bool:
    """`access to sailors held in prison`: a past after the clause's own verb, with no new clause between."""
    if group.tense != "past" or group.end - group.start != 1 or not before.finite or before.name in _REPORTING:
        return False
    if words[group.end : group.end + 1] == [] or words[group.end] not in _AFTER_ATTRIBUTE:
        return False
    between = words[before.end : group.start]
    return bool(between) and not any(word in _NEW_CLAUSE for word in between)

"""Verb groups, clauses and the place of a phrase among them: what the frames ask of a sentence's grammar."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries: numbers of tokens (end excluded), class of meaning (empty: unknown) and lemma.

    `tense` is past, before, present, imperfect, future, conditional, subjunctive, infinitive, participle or gerund;
    Vietnamese verbs without a particle have `bare`. `modal` is must, can, want or empty.
    """

    start: int
    end: int
    name: str
    lemma: str
    tense: str
    passive: bool
    negated: bool
    modal: str

    @property
    def finite(self) -> bool:
        """Whether the verb has a subject of its own."""
        return self.tense not in {"infinitive", "participle", "gerund"}


class Marker(NamedTuple):
    """A noun of a deed, a preposition or a subordinator: numbers of tokens (end excluded), kind and value."""

    start: int
    end: int
    kind: str
    value: str


class Clause(NamedTuple):
    """A clause: its number, kind (main, coordinate, relative, subordinate, infinitive, participle), verb and governor.

    `start` is the token where it begins, `parent` the number of the clause that governs it (-1: none), `sentence` the
    number of its sentence, `nominal` the class of a noun that governs an infinitive (la volonté de renforcer).
    """

    number: int
    kind: str
    verb: VerbGroup | None
    start: int
    parent: int
    sentence: int
    nominal: str = ""


class Context(NamedTuple):
    """How a phrase stands in its sentence, as far as a scorer may use it.

    `slot` is subject, object or alone; `preposition` the category of the nearest preposition before it (time, topic,
    purpose, agent, partner, place, of, basis, source) or empty; `outer` that of the first one after the verb;
    `nominal` the class of the nearest noun of a deed to its left; verbs are classes of meaning.
    """

    clause: Clause
    verb: str
    tense: str
    passive: bool
    negated: bool
    modal: str
    kind: str
    slot: str
    preposition: str
    outer: str
    nominal: str
    parent_verb: str
    parent_tense: str
    main_verb: str
    main_tense: str
    distance: int


@dataclass(frozen=True, slots=True)
class Syntax:
    """The clauses of a document; `of_token` gives the number of the clause of each token."""

    clauses: tuple[Clause, ...]
    of_token: tuple[int, ...]
    markers: tuple[Marker, ...]
    marker_starts: tuple[int, ...]
    _contexts: dict[int, Context] = field(default_factory=dict, repr=False, compare=False)
    """What `context_of` found, by token: several frames ask of one."""
    _verbs: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Verb and tense of a clause, of the one above it and of its main clause, by the number of the clause."""

    def clause_at(self, token: int) -> Clause:
        """Return the clause that holds the token."""
        return self.clauses[self.of_token[token]]

    def clauses_within(self, tokens: range) -> list[Clause]:
        """Return the clauses that hold the tokens, each once, in the order of the text."""
        return [self.clauses[number] for number in dict.fromkeys(self.of_token[tokens.start : tokens.stop])]

    def markers_between(self, start: int, end: int) -> tuple[Marker, ...]:
        """Return the markers that begin in `start`..`end`."""
        low = bisect_right(self.marker_starts, start - 1)
        return self.markers[low : bisect_right(self.marker_starts, end - 1)]

    def governors(self, clause: Clause) -> list[Clause]:
        """Return the clauses that govern this one, the nearest first."""
        found: list[Clause] = []
        while clause.parent >= 0 and len(found) < _DEEPEST:
            clause = self.clauses[clause.parent]
            found.append(clause)
        return found

    def context_of(self, token: int) -> Context:
        """Return how the phrase whose head is the token stands in its sentence."""
        known = self._contexts.get(token)
        if known is None:
            known = self._contexts[token] = self._context_of(token)
        return known

    def _markers_before(self, start: int, end: int) -> tuple[Marker | None, Marker | None, Marker | None]:
        """Return the first and the last preposition and the last noun of a deed in the span."""
        first = last = nominal = None
        for marker in self.markers_between(start, end):
            if marker.kind == "preposition":
                first, last = first or marker, marker
            elif marker.kind == "nominal":
                nominal = marker
        return first, last, nominal

    def _context_of(self, token: int) -> Context:
        clause = self.clause_at(token)
        verb = clause.verb
        before_verb = verb is not None and token < verb.start
        low = clause.start if verb is None or before_verb else verb.end
        first, last, nominal = self._markers_before(max(low, token - _FURTHEST), token)
        name, tense, parent, parent_tense, main, main_tense = self._verbs_of(clause)
        return Context(
            clause,
            name,
            tense,
            verb is not None and verb.passive,
            verb is not None and verb.negated,
            verb.modal if verb else "",
            clause.kind,
            "alone" if verb is None else "subject" if before_verb else "object",
            last.value if last is not None and token - last.end <= _NEAR else "",
            first.value if first else "",
            nominal.value if nominal else clause.nominal,
            parent,
            parent_tense,
            main,
            main_tense,
            _apart(token, verb),
        )

    def _verbs_of(self, clause: Clause) -> tuple[str, ...]:
        """Return class and tense of the clause's verb, of that of the clause above it and of the main clause's."""
        known = self._verbs.get(clause.number)
        if known is None:
            above = self.governors(clause)
            main = next((governor.verb for governor in reversed(above) if governor.verb), clause.verb)
            parent = above[0].verb if above else None
            known = self._verbs[clause.number] = (*_told(clause.verb), *_told(parent), *_told(main))
        return known


def _told(verb: VerbGroup | None) -> tuple[str, str]:
    """The class of meaning and the tense of a verb."""
    return (verb.name or "unknown", verb.tense) if verb is not None else ("none", "none")


def _apart(token: int, verb: VerbGroup | None) -> int:
    """How many tokens lie between the token and the verb."""
    if verb is None:
        return _FURTHEST
    return min(abs(token - (verb.start if token < verb.start else verb.end)), _FURTHEST)


_DEEPEST = 6
_FURTHEST = 24
_NEAR = 4

"""Mentions of meetings: every noun and verb that can be one is a candidate, with what the scorer is told of it.

A noun (la 7e conférence), a verb of meeting (s'est entretenu avec), a visit, or a signing that nobody calls a meeting:
the scorer says whether it is the reported meeting, an earlier one, a coming one, or none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts, body_sentences
from entraide.reader.domain.grammar.features import grammar_features
from entraide.reader.domain.grammar.syntax import Context, Syntax, VerbGroup
from entraide.reader.domain.ordinals import ordinal_beside
from entraide.reader.domain.series import series_span
from entraide.reader.domain.vocabulary import Hit

_MOST = 400
"""Mentions of one text; the bound keeps the reader linear on any text."""
_MOST_IN_SENTENCE = 12
_VERBS = frozenset({"meet", "visit", "sign"})
_NEAR = 3
_HEAD_REACH = 60
_MANY = 3
_FAR = 4
_SOON, _LATE = 12, 45
_DEFINITE = frozenset(["la", "l'", "le", "les", "the", "ces", "sa", "leur", "son", "its", "their"])
_INDEFINITE = frozenset(["un", "une", "a", "an", "des", "une"])


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: where it stands, its kind (noun, verb, visit or signing), number, series and own date.

    `context` is its place in the sentence's grammar, `people` those named in its clause or, of a verb, its sentence.
    """

    start: int
    end: int
    token: int
    sentence: Sentence
    kind: str
    type: str
    ordinal: int | None
    ordinal_span: tuple[int, int]
    series: str
    series_end: int
    definite: bool
    dated: DateMention | None
    date: PartialDate | None
    context: Context
    people: tuple[str, ...]
    features: tuple[str, ...]


def find_mentions(facts: Facts, syntax: Syntax) -> list[Mention]:
    """Return all mentions in the report's own sentences, in the order of the text."""
    found: list[Mention] = []
    sentences = body_sentences(facts.document)
    for order, sentence in enumerate(sentences):
        if len(found) > _MOST:
            break
        bare = _bare_mentions(facts, syntax, sentence)[:_MOST_IN_SENTENCE]
        found += [_mention(facts, syntax, sentence, (order, len(sentences)), item, found) for item in bare]
    return found


class _Bare(NamedTuple):
    """A mention before its surroundings are read."""

    start: int
    end: int
    token: int
    kind: str
    word: str


def _bare_mentions(facts: Facts, syntax: Syntax, sentence: Sentence) -> list[_Bare]:
    document = facts.document
    found: list[_Bare] = []
    for kind, name in (("meetings", "noun"), ("visits", "visit")):
        for hit in document.within(kind, sentence.start, sentence.end):
            if (
                (facts.in_a_post(hit.start) and facts.in_a_post(hit.end - 1))
                or _is_participle(document, hit)
                or _is_no_meeting(document, hit, sentence, _of_one_state)
            ):
                continue
            found.append(_Bare(hit.start, hit.end, document.token_at(hit.start), name, _word(document, hit)))
    taken = {bare.token for bare in found}
    for clause in syntax.clauses_within(document.tokens_within(sentence.start, sentence.end)):
        verb = clause.verb
        if verb is None or verb.name not in _VERBS or any(n in taken for n in range(verb.start, verb.end)):
            continue
        if verb.name == "meet" and not _is_of_people(facts, sentence, verb):
            continue
        if verb.lemma in _TO and not _goes_somewhere(document, sentence, verb):
            continue
        start, end = document.tokens[verb.start].start, document.tokens[verb.end - 1].end
        kind = {"visit": "visit", "sign": "signing"}.get(verb.name, "verb")
        found.append(_Bare(start, end, verb.end - 1, kind, verb.name))
    return sorted(found, key=lambda bare: bare.start)


def _is_participle(document: Document, noun: Hit) -> bool:
    """`se sont rencontrés` is a verb, `les rencontres` a noun; folded they look the same."""
    word = document.text[noun.start : noun.end].lower()
    return word.startswith("rencontr") and word.endswith(("é", "és", "ée", "ées"))


_TO = frozenset({"tới", "đến", "sang"})
_PLACE_REACH = 24


def _goes_somewhere(document: Document, sentence: Sentence, verb: VerbGroup) -> bool:
    """`gửi điện mừng tới Bộ trưởng`: the Vietnamese verbs of going are prepositions too, unless a place follows."""
    end = document.tokens[verb.end - 1].end
    stop = min(sentence.end, end + _PLACE_REACH)
    posts = document.within("posts", end, stop)
    places = [*document.within("state", end, stop), *document.within("town", end, stop)]
    return any(not posts or place.start < posts[0].start for place in places)


_OF_THINGS_TOO = frozenset({"recevoir", "accueillir", "receive", "tiếp"})
_OBJECT = 90


def _is_of_people(facts: Facts, sentence: Sentence, verb: VerbGroup) -> bool:
    """`a reçu un lot de véhicules`, `le Conseil des ministres s'est réuni`: two sides do not meet there."""
    document = facts.document
    start, end = document.tokens[verb.start].start, document.tokens[verb.end - 1].end
    if any(
        hit.end >= start - 4 for hit in document.within("not_meetings", max(sentence.start, start - _OBJECT), start)
    ):
        return False
    if verb.lemma not in _OF_THINGS_TOO or verb.passive:
        return True
    stop = min(sentence.end, end + _OBJECT)
    kinds = ("posts", "counterparts", "titles", "ranks", "visits")
    if facts.people_in(end, stop) or any(document.within(kind, end, stop) for kind in kinds):
        return True
    return any(
        document.folded.startswith(("deleg", "đoàn"), hit.start) for hit in document.within("org_heads", end, stop)
    )


_RESULTS = ("resultat", "results of", "outcomes of", "kết quả", "conclusions", "recommandations", "decisions of")
_RESULTS_REACH = 45
_HOLDING = (" tenu ", " tient ", " ouvert ", " ouvre ", " tiendra ", " held ", " opened ", " holds ", " họp ")
_PARTING = (",", " a ", " ont ", " avec ", " par ", " with ")


def _of_any(_document: Document, _hit: Hit) -> bool:
    return True


def _of_one_state(document: Document, hit: Hit) -> bool:
    """A `conseil des ministres` may be one of many States; the scorer is told of it, and no more."""
    return not document.folded.startswith("conseil des ministres", hit.start)


def _is_no_meeting(
    document: Document, noun: "Hit | _Bare", sentence: Sentence, counts: Callable[[Document, Hit], bool]
) -> bool:
    """Whether a party, a parliament or a press conference stands within the noun, right after it, or holds it.

    `counts` says which of such words are asked for.
    """
    low, high = max(sentence.start, noun.start - _HEAD_REACH), min(sentence.end, noun.end + _HEAD_REACH // 2)
    for hit in document.within("not_meetings", low, high):
        if not counts(document, hit):
            continue
        if hit.end <= noun.start:
            between = document.folded[hit.end : noun.start]
            if any(verb in between for verb in _HOLDING) and "," not in between:
                return True
        elif hit.start < noun.end or not any(mark in document.folded[noun.end : hit.start] for mark in _PARTING):
            return True
    return False


def _word(document: Document, hit: Hit) -> str:
    return document.folded[hit.start : hit.end].split()[0].rstrip("s")


def _mention(
    facts: Facts, syntax: Syntax, sentence: Sentence, place: tuple[int, int], bare: _Bare, before: list[Mention]
) -> Mention:
    document = facts.document
    context = syntax.context_of(bare.token)
    number = ordinal_beside(document, bare.start, bare.end) if bare.kind == "noun" else None
    series, series_end = series_span(facts, bare.start, bare.end, sentence) if bare.kind == "noun" else ("", bare.end)
    dated = _own_date(facts, syntax, sentence, bare)
    date = resolve(dated, facts.context, future=context.tense == "future") if dated else None
    people = tuple(person.name for person in facts.people_in(*_clause_span(document, syntax, sentence, bare)))
    features = [
        *(
            f"{bare.kind}:{name}" if name.startswith(("verb", "tense", "slot")) else name
            for name in grammar_features(context)
        ),
        *_own_features(document, syntax, bare, number_start=number[1] if number else -1),
        *_place_features(place, before, bare),
        *_date_features(facts, dated, date),
        *_company_features(facts, sentence, bare, people),
        *(
            ["of_no_meeting"]
            if bare.kind in {"noun", "visit"} and _is_no_meeting(document, bare, sentence, _of_any)
            else []
        ),
    ]
    return Mention(
        bare.start, bare.end, bare.token, sentence, bare.kind, document.text[bare.start : bare.end],
        number[0] if number else None, (number[1], number[2]) if number else (bare.start, bare.end),
        series, series_end, _determiner(document, bare) == "definite", dated, date, context, people, tuple(features),
    )  # fmt: skip


def _clause_span(document: Document, syntax: Syntax, sentence: Sentence, bare: _Bare) -> tuple[int, int]:
    """The clause of the mention, or the whole sentence of a verb: who meets stands around it."""
    if bare.kind != "noun":
        return sentence.start, sentence.end
    of_token, own = syntax.of_token, syntax.of_token[bare.token]
    numbers = [n for n in document.tokens_within(sentence.start, sentence.end) if of_token[n] == own]
    return (
        (document.tokens[numbers[0]].start, document.tokens[numbers[-1]].end)
        if numbers
        else (sentence.start, sentence.end)
    )


def _own_date(facts: Facts, syntax: Syntax, sentence: Sentence, bare: _Bare) -> DateMention | None:
    """The date in the mention's own clause, the nearest first; else the only one of its sentence."""
    document = facts.document
    dates = facts.dates_in(sentence.start, sentence.end)[:_MOST_IN_SENTENCE]
    own = [m for m in dates if syntax.of_token[document.token_at(m.start)] == syntax.of_token[bare.token]]
    near = sorted(own, key=lambda m: (abs(m.start - bare.start), m.start))
    if near:
        return next((m for m in near if m.start >= bare.end), near[0])
    return dates[0] if len(dates) == 1 else None


def where_of(facts: Facts, syntax: Syntax, mentions: list[Mention], position: int) -> str:
    """Where a place or date stands to the mentions of a meeting: clause, sentence, before, after, far, or its block."""
    document = facts.document
    if document.in_dateline(position):
        return "dateline"
    sentence = document.sentence_at(position)
    if sentence.kind != "body":
        return sentence.kind
    clause = syntax.of_token[document.token_at(position)]
    if any(syntax.of_token[mention.token] == clause for mention in mentions):
        return "clause"
    return _apart(min((sentence.number - mention.sentence.number for mention in mentions), key=abs))


def _apart(sentences: int) -> str:
    if sentences == 0:
        return "sentence"
    if abs(sentences) >= _FAR:
        return "far"
    return "after" if sentences > 0 else "before"


def _own_features(document: Document, syntax: Syntax, bare: _Bare, *, number_start: int) -> list[str]:
    """The word itself, its number, its article and the adjectives beside it."""
    found = [f"is={bare.kind}", f"is+word={bare.word}", f"determiner={_determiner(document, bare)}"]
    numbered = number_start >= 0
    found += ["numbered"] if numbered else []
    if document.text[bare.start].isupper():
        found.append("capital")
    if document.folded[bare.start : bare.end].split()[0].endswith("s"):
        found.append("plural")
    turns = [
        m.value for m in syntax.markers_between(max(bare.token - _NEAR, 0), bare.token + _NEAR + 1) if m.kind == "turn"
    ]
    found += [f"turn={value}" for value in dict.fromkeys(turns)]
    if document.within("not_meetings", max(0, bare.start - _HEAD_REACH // 2), bare.end + _HEAD_REACH // 2):
        found.append("not_a_meeting_near")
    first = min(number_start, bare.start) if numbered else bare.start
    if any(word in document.folded[max(0, first - _RESULTS_REACH) : first] for word in _RESULTS):
        found.append("after_results")
    for kind in ("instrument", "org_heads", "body", "meetings", "domain"):
        heads = document.within(kind, max(0, bare.start - _HEAD_REACH), bare.start)
        if heads and "," not in document.text[heads[-1].end : bare.start]:
            found.append(f"after={kind}")
    return found


def _determiner(document: Document, bare: _Bare) -> str:
    for number in range(bare.token - 1, max(bare.token - 1 - _NEAR, -1), -1):
        word = document.tokens[number].text.lower().replace("’", "'")
        if word in _DEFINITE:
            return "definite"
        if word in _INDEFINITE:
            return "indefinite"
        if word in {"ce", "cet", "cette", "this", "that"}:
            return "this"
    return "none"


def _place_features(place: tuple[int, int], before: list[Mention], bare: _Bare) -> list[str]:
    order, count = place
    where = "lead" if order == 0 else "second" if order == 1 else "last" if order == count - 1 else "middle"
    return [f"place={where}", f"place+is={where},{bare.kind}", f"mention={min(len(before), _MANY)}"]


def _date_features(facts: Facts, dated: DateMention | None, date: PartialDate | None) -> list[str]:
    """How the mention's own date lies to the day of the report."""
    if dated is None:
        return ["date=none"]
    form = (
        "exact"
        if dated.exact
        else "weekday"
        if dated.weekday is not None
        else "relative"
        if dated.relative is not None
        else "loose"
    )
    found = [f"date_form={form}", f"date_turn={dated.turn or 'none'}"]
    return [*found, f"date={distance_to_report(facts, date)}", f"year_said={dated.year is not None}"]


def distance_to_report(facts: Facts, date: PartialDate | None) -> str:
    """How a date lies to the header's day, or to its year: same, before, long_before, after, other_year, unknown."""
    today = facts.context.full
    if date is None or date.year is None:
        return "unknown"
    if today is None:
        years = facts.years or {facts.context.year}
        latest = max((year for year in years if year), default=None)
        if latest is None or date.year == latest:
            return "same_year"
        return "other_year" if date.year < latest else "later_year"
    days = (today - date.earliest).days
    if date.value.count("-") < 2:
        return "same_year" if date.year == today.year else "other_year" if date.year < today.year else "later_year"
    return "after" if days < 0 else "same" if days <= _SOON else "before" if days <= _LATE else "long_before"


def _company_features(facts: Facts, sentence: Sentence, bare: _Bare, people: tuple[str, ...]) -> list[str]:
    """Who is named with it: persons, States, the two sides."""
    document = facts.document
    states = {hit.value for hit in document.within("state", sentence.start, sentence.end)}
    found = [f"people={min(len(people), _MANY)}", f"states={min(len(states), _MANY)}"]
    if document.within("joint_subjects", sentence.start, sentence.end):
        found.append("both_sides")
    if document.within("counterparts", sentence.start, sentence.end):
        found.append("counterpart")
    if document.within("place_words", bare.end, sentence.end) or facts.places_in(sentence.start, sentence.end):
        found.append("place_named")
    return found

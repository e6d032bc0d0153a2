"""Parties: every State that the text names or an official is of is a candidate; one scorer says who takes part."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from entraide.reader.domain.document import Document, Sentence, Token
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Context, Syntax
from entraide.reader.domain.homes import BODY
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer
from entraide.reader.domain.vocabulary import Hit

DECISION = "party"
NONE, PARTY = "none", "party"
ENOUGH = 0.5
"""Probability from which a party is proposed."""
_ONE = {"ministères": "ministère", "ministries": "ministry", "parquets": "parquet", "departments": "department"}
_MOST_MENTIONS = 12
_MOST_STATES = 60
_LEAD = 2
_LIST = 4
_MEETING_VERBS = ("met", "signed", "chaired", "held_past", "signing_after")
_NEAR = 30
_SURE, _LIKELY = 0.8, 0.5


@dataclass(slots=True)
class Side:
    """A party while it is read."""

    state: str
    organisation: str
    mark: Mark


class Candidate(NamedTuple):
    """A State or a body that may be a party: where it is first named and what the scorer is told."""

    state: str
    mark: Mark
    features: tuple[str, ...]


@dataclass(slots=True)
class _Named:
    hits: list[Hit] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Ground:
    """How many States are named, where each is first, and what was told of a sentence, by its number."""

    several: int
    places: list[int]
    told: dict[int, list[str]] = field(default_factory=dict)


def find_parties(facts: Facts, syntax: Syntax) -> list[Side]:
    """Return the parties in the order of their first mention."""
    scorer = load_scorer(DECISION)
    sides: list[Side] = []
    for candidate in find_candidates(facts, syntax):
        probability = scorer.probability(candidate.features, PARTY)
        if probability < ENOUGH:
            continue
        reason = in_words(scorer.telling(candidate.features, PARTY), candidate.mark.reason)
        mark = candidate.mark._replace(reason=reason, confidence=probability)
        name = facts.document.text[mark.start : mark.end] if candidate.state == BODY else ""
        sides.append(Side(candidate.state, name, mark))
    for side in sides:
        if side.state != BODY:
            _organisation(facts.document, side)
    return sides


def find_candidates(facts: Facts, syntax: Syntax) -> list[Candidate]:
    """Return every State that is named, in the order of mention, those of officials first, and the bodies as one."""
    document = facts.document
    named: dict[str, _Named] = {}
    for kind in ("state", "body"):
        for hit in document.hits.get(kind, ()):
            entry = named.get(hit.value) or named.setdefault(hit.value, _Named())
            entry.hits.append(hit)
            entry.sentences.add(document.sentence_at(hit.start).number)
    marks = {
        person.state: Mark(*person.state_span, "the State of an official")
        for person in reversed(facts.people)
        if person.state
    }
    ground = _Ground(len(named), _first_places(document))
    order = [*(p.state for p in facts.people if p.state), *named]
    found: list[Candidate] = []
    for code in list(dict.fromkeys(order))[:_MOST_STATES]:
        entry = named.get(code, _Named())
        mark = marks.get(code) or Mark(entry.hits[0].start, entry.hits[0].end, "named in the report")
        features = [*_of_officials(facts, code), *_of_mentions(document, syntax, code, entry, ground)]
        found.append(Candidate(code, mark, tuple(dict.fromkeys(features))))
    return found


def _of_officials(facts: Facts, code: str) -> list[str]:
    holders = [person for person in facts.people if person.state == code]
    found = [f"officials={min(len(holders), 2)}"]
    if code == BODY:
        found.append(f"body:officials={min(len(holders), 2)}")
    if holders:
        sure = max(person.state_confidence for person in holders)
        found.append("official=sure" if sure > _SURE else "official=likely" if sure > _LIKELY else "official=perhaps")
    else:
        found.append(f"officials_of_others={min(len({p.state for p in facts.people if p.state}), 3)}")
    return found


def _of_mentions(document: Document, syntax: Syntax, code: str, entry: _Named, ground: _Ground) -> list[str]:
    """Where and how the State is named."""
    several = ground.several
    count = min(len(entry.sentences), 4)
    found = [f"sentences={count}", f"sentences+named={count},{min(several, 4)}", *_of_blocks(document, entry)]
    found += [f"form={form}" for form in dict.fromkeys(hit.form for hit in entry.hits[:_MOST_MENTIONS])]
    start = entry.hits[0].start if entry.hits else 0
    found.append(f"order={min(bisect_left(ground.places, start), 4)}")
    for hit in entry.hits[:_MOST_MENTIONS]:
        found += _of_mention(document, syntax, hit, ground.told)
    return [f"named={min(several, 6)}", *(f"body:{one}" if code == BODY else one for one in found)]


def _of_blocks(document: Document, entry: _Named) -> list[str]:
    """Whether title, lead and captions name it."""
    kinds = {document.sentences[number].kind for number in entry.sentences}
    first = next((sentence.number for sentence in document.sentences if sentence.kind == "body"), 0)
    lead = any(first <= number < first + _LEAD for number in entry.sentences)
    return [*(f"in={kind}" for kind in sorted(kinds)), f"lead={lead}", f"lead+title={lead},{'title' in kinds}"]


def _first_places(document: Document) -> list[int]:
    first = {hit.value: hit.start for hit in reversed(document.hits.get("state", ()))}
    return sorted(first.values())[:_MOST_STATES]


def _of_mention(document: Document, syntax: Syntax, hit: Hit, told: dict[int, list[str]]) -> list[str]:
    """How one mention stands; `told` keeps what its sentence tells of all States in it."""
    sentence = document.sentence_at(hit.start)
    if sentence.kind == "caption":
        return ["mention=caption"]
    context = syntax.context_of(document.token_at(hit.start))
    found = [f"mention={context.slot},{context.verb}", f"verb={context.verb}", *_of_context(context)]
    if sentence.number not in told:
        told[sentence.number] = _of_sentence(document, sentence)
    found += told[sentence.number]
    found += [sign for sign, kind in _NEAR_IT.items() if document.within(kind, hit.start - _NEAR, hit.end + _NEAR)]
    if _is_listed(document, hit):
        found += ["in_list", f"in_list+body={bool(document.hits.get('body'))}", f"in_list+verb={context.verb}"]
    found.append(f"domain={bool(document.within('domain', hit.end, hit.end + _NEAR))}")
    return found


def _of_sentence(document: Document, sentence: Sentence) -> list[str]:
    """What a sentence tells of every State that it names."""
    start, end = sentence.start, sentence.end
    found = [f"with={kind}" for kind in _MEETING_VERBS if document.within(kind, start, end)]
    found += [sign for sign, kind in _WITH_IT.items() if document.within(kind, start, end)]
    others = {other.value for other in document.within("state", start, end)}
    return [*found, f"with_others={min(len(others), _LIST)}"]


def _of_context(context: Context) -> list[str]:
    found = [f"verb+tense={context.verb},{context.tense}"] if context.verb in {"meet", "sign", "hold", "say"} else []
    return [*found, f"preposition={context.preposition}"] if context.preposition else found


_NEAR_IT = {"beside_organisation": "org_heads", "beside_ministry": "ministries", "beside_post": "posts"}
_WITH_IT = {"beside_instrument": "instrument", "beside_meeting": "meetings", "of_counterparts": "counterparts"}


def _is_listed(document: Document, hit: Hit) -> bool:
    """Whether the State stands in a list of at least four."""
    near = document.within("state", hit.start - 90, hit.end + 90)
    return len({other.value for other in near}) >= _LIST


def _organisation(document: Document, side: Side) -> None:
    """The first ministry that is named with the state beside it."""
    ministries = document.hits.get("ministries", ())
    for index, hit in enumerate(ministries):
        end = _phrase_end(document, hit.end)
        following = ministries[index + 1].start if index + 1 < len(ministries) else len(document.text)
        window = document.within("state", hit.start - 25, min(hit.end + 60, following))
        bare = " " not in document.text[hit.start : end].strip()
        if not bare and any(state.value == side.state for state in window[:2]):
            side.organisation = _name(document, hit, end)
            side.mark = side.mark._replace(start=hit.start, end=end, reason="the ministry named with its state")
            return


def _name(document: Document, hit: Hit, end: int) -> str:
    """The organisation's name in the singular and without a state's adjective: `ministères vietnamien et lao de`."""
    text, position = "", hit.start
    for state in document.within("state", hit.start, end):
        if state.form == "adjective":
            piece = document.text[position : state.start].rstrip()
            text += piece.removesuffix(" et").removesuffix(" and") + " "
            position = state.end
    words = (text + document.text[position:end].lstrip()).split()
    one = _ONE.get(words[0].lower(), words[0])
    words[0] = one.capitalize() if words[0][0].isupper() and one.islower() else one
    return " ".join(words)


def _phrase_end(document: Document, position: int) -> int:
    words = document.vocabulary.words
    end, beyond = position, 0
    for number in document.tokens_within(position, position + 70):
        token = document.tokens[number]
        state = document.within("state", token.start, token.start + 1)
        if "\n" in document.text[end : token.start] or not (state or _is_of_a_name(document, token)):
            break
        beyond = max(beyond, state[0].end if state else 0)
        # Vietnamese: `trung` and `quốc` are words of offices and of a state's name.
        if token.start >= beyond and (token.folded in words["portfolio"] or token.folded in words["portfolio_lower"]):
            end = token.end
    return end


def _is_of_a_name(document: Document, token: Token) -> bool:
    """A word of an office, a link, or `et` before a State: `ministères vietnamien et lao de la Sécurité publique`."""
    words = document.vocabulary.words
    claimed = document.kinds_at(token.start)
    if any(kind in claimed for kind in ("chaired", "held_past", "met")):
        return False
    if token.folded in words["conjunctions"] and document.hit_at("state", token.end + 1):
        return True
    return any(token.folded in words[name] for name in ("portfolio", "portfolio_lower", "post_links", "articles"))

"""The place of a meeting: towns, provinces and States of the report are candidates; the scorer takes one or none."""

from typing import NamedTuple

from entraide.reader.domain.document import Sentence
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.mentions import Mention, where_of
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer

DECISION = "meeting_place"
NONE, CHOSEN = "none", "chosen"
ENOUGH = 0.08
_MOST = 80
_REACH = 60
_FAR = 4
_BESIDE = ("instrument", "visits", "meetings", "signed", "org_heads", "posts")


class Spot(NamedTuple):
    """A candidate: the place as written, where, and what the scorer is told."""

    text: str
    start: int
    end: int
    features: tuple[str, ...]


def find_place(facts: Facts, syntax: Syntax, mentions: list[Mention]) -> tuple[str, Mark] | None:
    """Return the place of the meeting that `mentions` name, with its passage, or None."""
    scorer = load_scorer(DECISION)
    best: tuple[float, Spot] | None = None
    for spot in place_candidates(facts, syntax, mentions):
        probability = scorer.probability(spot.features, CHOSEN)
        if best is None or probability > best[0]:
            best = (probability, spot)
    if best is None or best[0] < ENOUGH:
        return None
    spot = best[1]
    reason = in_words(scorer.telling(spot.features, CHOSEN), "the place of the meeting")
    return spot.text, Mark(spot.start, spot.end, reason, confidence=best[0])


def place_candidates(facts: Facts, syntax: Syntax, mentions: list[Mention]) -> list[Spot]:
    """Return the places after a preposition, all towns and all States that the report names."""
    document = facts.document
    raw: dict[int, tuple[int, str, str, bool]] = {}
    for sentence in document.sentences:
        for place in facts.places_in(sentence.start, sentence.end):
            kind = "state" if place.is_state else "town" if document.hit_at("town", place.start) else "word"
            raw[place.start] = (place.end, place.text, kind, True)
    for name, hits in (("town", document.hits.get("town", ())), ("state", document.hits.get("state", ()))):
        for hit in hits:
            if hit.form not in {"adjective", "compound", "organ"}:
                raw.setdefault(hit.start, (hit.end, document.text[hit.start : hit.end], name, False))
    for block in document.blocks[:_FAR]:
        written = dateline_place(document.text[block.start : block.body_start])
        if written:
            raw.setdefault(block.start, (block.start + len(written), written, "word", False))
    counts: dict[str, int] = {}
    for _, text, _, _ in raw.values():
        counts[text.casefold()] = counts.get(text.casefold(), 0) + 1
    found = []
    for start, (end, text, kind, led) in sorted(raw.items())[:_MOST]:
        features = _features(facts, syntax, mentions, start, kind, led=led)
        features += [f"times={min(counts[text.casefold()], 3)}"]
        shown = text.title() if text.isupper() and len(text) > _FAR else text
        found.append(Spot(shown, start, end, tuple(features)))
    return [
        Spot(s.text, s.start, s.end, (*s.features, *ranked))
        for s, ranked in zip(found, rank_features([s.features for s in found]), strict=True)
    ]


_ORDER = (
    "own",
    "clause",
    "sentence",
    "dateline",
    "before",
    "after",
    "title",
    "caption",
    "line",
    "far",
    "header_day",
    "header_month",
)


def rank_features(candidates: list[tuple[str, ...]]) -> list[list[str]]:
    """Say of each candidate how near it stands among all: what is far counts where nothing is near."""
    places = [_ORDER.index(next(name for name in features if name.startswith("where="))[6:]) for features in candidates]
    strong = [place for place, features in zip(places, candidates, strict=True) if "in_a_post" not in features]
    best = min(strong, default=0)
    found = []
    for place in places:
        better = len({other for other in strong if other < place})
        first = "first" if place == best else "later"
        found.append([f"rank={min(better, 3)}", f"rank+where={first},{_ORDER[place]}", f"best={_ORDER[best]}"])
    return found


def dateline_place(dateline: str) -> str:
    """Return the place that a dateline begins with: the words before its first comma, bracket, digit or dash."""
    end = next((n for n, char in enumerate(dateline) if not (char.isalpha() or char in " '’.-")), len(dateline))
    words = dateline[:end].split(" - ", maxsplit=1)[0].split(" – ", maxsplit=1)[0].strip(" .-")
    return words if words[:1].isupper() else ""


def _features(facts: Facts, syntax: Syntax, mentions: list[Mention], start: int, kind: str, *, led: bool) -> list[str]:
    document = facts.document
    sentence = document.sentence_at(start)
    token = document.token_at(start)
    where = where_of(facts, syntax, mentions, start)
    found = [
        f"where={where}",
        f"kind={kind}",
        f"where+kind={where},{kind}",
        f"led={led}",
        f"where+led={where},{led},{kind}",
    ]
    if facts.in_a_post(start):
        found.append("in_a_post")
    if sentence.kind == "body":
        context = syntax.context_of(token)
        found += [
            f"place:verb={context.verb}",
            f"place:tense={context.tense}",
            f"place:slot={context.slot}",
            f"place:verb+slot={context.verb},{context.slot}",
            f"place:outer={context.outer}",
            f"place:main+tense={context.main_verb},{context.main_tense}",
            f"preposition={context.preposition}",
        ]
    found += _beside(facts, sentence, start)
    hit = document.hit_at("town", start) or document.hit_at("state", start)
    home = hit.value if hit else ""
    if home:
        main = facts.states[:2]
        found.append(f"home={'first' if main[:1] == [home] else 'second' if home in main else 'other'}")
    return found


def _beside(facts: Facts, sentence: Sentence, start: int) -> list[str]:
    found = facts.document.last_kind(_BESIDE, max(sentence.start, start - _REACH), start)
    return [f"beside={found[1] if found else 'nothing'}"]

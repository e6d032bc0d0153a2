"""What a phrase of an instrument is like by itself: its words, years and neighbours, whatever is done with it."""

from bisect import bisect_right

from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.titles import Naming

_ADVERBS = {
    "earlier": frozenset(
        [
            "déjà",
            "auparavant",
            "précédemment",
            "jusque-là",
            "jusqu'ici",
            "alors",
            "already",
            "previously",
            "earlier",
            "formerly",
            "once",
            "từng",
        ]
    ),
    "now": frozenset(["vừa", "aujourd'hui", "today", "désormais", "just", "newly", "nay"]),
    "later": frozenset(["bientôt", "prochainement", "soon", "shortly", "sớm", "sắp"]),
}
_CUES = ("to_sign", "reviewed_cues", "in_force_cues", "referenced_cues")
_CUE_REACH = 60
_BETWEEN = (" between ", " entre ", " giữa ")


def group_features(group: list[Naming], groups: list[list[Naming]]) -> list[str]:
    """How often the report names the instrument, whether a headline does, and how many others there are."""
    headline = any(not naming.in_body for naming in group)
    return [f"namings={min(len(group), 4)}", f"headline={headline}", f"groups={min(len(groups), 5)}"]


def phrase_features(facts: Facts, naming: Naming, starts: list[int]) -> list[str]:
    """Return what the scorer is told of the phrase alone; `starts` are the heads of all namings, in order."""
    return [
        *_stands(facts, naming), *_period_features(facts, naming), *_after_another(facts, naming, starts),
        *_cues(facts, naming), *_adverbs(facts, naming),
    ]  # fmt: skip


def _stands(facts: Facts, naming: Naming) -> list[str]:
    """What its title is like: how long, with a capital, and whether it names its two sides."""
    title = naming.title[naming.head.end - naming.head.start :]
    capital = facts.document.text[naming.head.start].isupper() and naming.head.start > naming.sentence.start
    between = any(word in title for word in _BETWEEN)
    found = [
        f"word={facts.document.folded[naming.head.start : naming.head.end]}", f"in={naming.sentence.kind}",
        f"capital={capital}", f"between={between}", f"long={min(len(title.split()), 6) // 2}",
        f"opens={_opens(facts, naming)},{naming.context.slot}",
    ]  # fmt: skip
    found += ["plural"] if naming.plural else []
    return found + [f"quality={quality}" for quality in naming.qualities]


def _opens(facts: Facts, naming: Naming) -> bool:
    """Whether the phrase begins its sentence or its point of a list."""
    return not facts.document.text[naming.sentence.start : naming.start].strip(' •*-–—«"“')


def _period_features(facts: Facts, naming: Naming) -> list[str]:
    if not naming.period:
        return []
    last, year = int(naming.period[-4:]), facts.context.year
    return [f"period={'unknown' if year is None else 'past' if last < year else 'now' if last == year else 'to_come'}"]


def _adverbs(facts: Facts, naming: Naming) -> list[str]:
    """`déjà`, `previously`, `vừa`: words of the sentence that say when."""
    span = facts.document.text[naming.sentence.start : naming.sentence.end].lower()
    words = set(span.replace("\u2019", "'").replace(",", " ").split())
    return [f"when={name}" for name, known in _ADVERBS.items() if words & known]


def _after_another(facts: Facts, naming: Naming, starts: list[int]) -> list[str]:
    """Whether another instrument stands before it in the sentence: beside it, or as what holds it."""
    place = bisect_right(starts, naming.head.start - 1)
    if not place or starts[place - 1] < naming.sentence.start:
        return []
    between = facts.document.folded[starts[place - 1] : naming.head.start]
    listed = "," in between or " et " in between or " and " in between or " và " in between
    return [f"after_another={'listed' if listed else 'nested'}"]


def _cues(facts: Facts, naming: Naming) -> list[str]:
    """The nearest phrase of the lexicon before and after the noun."""
    document = facts.document
    before = [
        (hit.end, name)
        for name in _CUES
        for hit in document.within(name, max(naming.sentence.start, naming.start - _CUE_REACH), naming.start)
    ]
    after = [
        (hit.start, name)
        for name in _CUES
        for hit in document.within(name, naming.head.end, min(naming.sentence.end, naming.end + _CUE_REACH))
    ]
    found = [f"cue_before={max(before)[1]}"] if before else []
    found += [f"cue_after={min(after)[1]}"] if after else []
    return found

"""Deeds: the instruments of a report, each with all phrases that name it, gathered before anything is said of them."""

from dataclasses import dataclass, field

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.frame_state import Mark
from entraide.reader.domain.titles import Naming

_ENOUGH_WORDS = 0.6
_SMALL = frozenset(
    ["de", "la", "le", "du", "et", "the", "of", "l'", "d'", "des", "a", "an", "un", "une", "về", "và", "on", "sur"]
)
_POINTING = frozenset({"the", "this", "both", ""})


@dataclass(slots=True)
class Deed:
    """An instrument: kind, title, status, the phrase that names it best, day, period, signatories and all namings."""

    kind: str
    title: str
    status: str
    start: int
    end: int
    sentence: Sentence
    dated: bool = False
    date: PartialDate | None = None
    period: str | None = None
    signatories: tuple[str, ...] = ()
    confidence: float = 0.0
    marks: dict[str, Mark] = field(default_factory=dict)
    namings: list[Naming] = field(default_factory=list)


def gather(namings: list[Naming]) -> list[list[Naming]]:
    """Return the namings of one instrument together, in the order of the first ones."""
    groups: list[list[Naming]] = []
    for naming in namings:
        group = _group_of(groups, naming) if naming.in_body else _told_of(groups, naming)
        if group is None:
            groups.append([naming])
        else:
            group.append(naming)
    return groups


def _group_of(groups: list[list[Naming]], naming: Naming) -> list[Naming] | None:
    if naming.listed:
        return None
    same = next((group for group in reversed(groups) if any(_is_same(other, naming) for other in group)), None)
    return same if same is not None or not points_back(naming) else _last_named(groups, naming.kind)


def _told_of(groups: list[list[Naming]], naming: Naming) -> list[Naming] | None:
    """What a headline or caption speaks of: the instrument that shares its words, else the first of its kind."""
    alike = [group for group in groups if group[0].kind == naming.kind and not group[0].listed]
    same = next((group for group in alike if _group_shares_words(group, naming)), None)
    if same is not None or naming.plural:
        return same
    return alike[0] if naming.bare and alike else next(filter(_is_bare, alike), None)


def _group_shares_words(group: list[Naming], naming: Naming) -> bool:
    return any(_shares_words(one, naming) for one in group)


def _is_bare(group: list[Naming]) -> bool:
    return all(naming.bare for naming in group)


def _last_named(groups: list[list[Naming]], kind: str) -> list[Naming] | None:
    """The last one of the kind; `the agreement` after a memorandum: the last one of any kind."""
    alike = [group for group in groups if group[0].kind == kind]
    return next(reversed(alike or (groups if kind == "agreement" else [])), None)


def points_back(naming: Naming) -> bool:
    """Return whether the phrase only points at an instrument: `cet accord`, `the memorandum`."""
    if not naming.bare or naming.plural or naming.period or naming.dated:
        return False
    if "new" in naming.qualities or "other" in naming.qualities or "counted" in naming.qualities:
        return False
    return naming.determiner in _POINTING


def _is_same(one: Naming, other: Naming) -> bool:
    """Whether two phrases name one instrument: one kind, and period or words say so and nothing speaks against it."""
    if one.kind != other.kind or one.listed or one.plural != other.plural:
        return False
    if one.period and other.period:
        return one.period == other.period
    told_apart = {"other", "counted"} & {*one.qualities, *other.qualities}
    if told_apart or other.determiner == "a" == one.determiner:
        return False
    return one.kind == "minutes" or _shares_words(one, other)


def _shares_words(one: Naming, other: Naming) -> bool:
    if one.bare or other.bare:
        return False
    a, b = title_words(one.title), title_words(other.title)
    return len(a & b) / max(1, min(len(a), len(b))) >= _ENOUGH_WORDS


def title_words(title: str) -> set[str]:
    """Return the words of a title that carry meaning, in lower case."""
    return {word.strip(".,;:()«»\"'") for word in title.lower().split()} - _SMALL

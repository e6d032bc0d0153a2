"""Whose a unit, a column or a promise is: the parties of a plan and the words that point to one of them."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from entraide.kernel.languages import READ
from entraide.reader.domain.plans.words import load_words
from entraide.reader.domain.vocabulary import Hit, load_vocabulary

_LONGEST = 4000
_ACRONYM = regex.compile(
    r"\(\s?(?:ci-après[^)]{0,30}?|hereinafter[^)]{0,40}?|sau đây[^)]{0,30}?)?[«“\"']?\s?"
    r"(\p{Lu}[\p{Lu}\p{N}&.-]{1,11})\s?[»”\"']?\s?\)"
)
_PLACE = regex.compile(
    r"(?:tỉnh|thành phố|huyện|province d[eu]|province of|région d[eu]|county of|district of|region of|oblast of)\s+"
    r"(?P<name>\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){0,2})"
)
_JOINT = regex.compile(r"(?:;|,|\bet\b|\band\b|\bvà\b|\bavec\b|\bwith\b|\s[–—-]\s|\n)")
# Vietnamese: states whose name is one common syllable; they count only behind a word for a State or in brackets.
_SYLLABLES = frozenset({"anh", "đức", "nga", "pháp", "ý", "áo", "bỉ", "úc", "mỹ"})
_STATE_WORDS = regex.compile(
    r"(?:phía|nước|cộng hòa|bộ công an|việt nam|vương quốc|bên|cảnh sát|liên bang|đoàn|\(|[–-])\s*$"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties by ISO 3166-1 alpha-2 in the order of the plan, and names that the plan ties to one of them."""

    states: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def named_in(self, text: str) -> "list[tuple[int, int, str]]":
        """Return where `text` names the State of a party, or its two letters: offsets and code."""
        found = [
            (hit.start, hit.end, hit.value)
            for hit in state_hits(text)
            if (hit.value in self.states or not self.states) and hit.form != "organ"
        ]
        found += [
            (match.start(), match.end(), match[0])
            for match in regex.finditer(r"(?<![\p{L}\p{N}])\p{Lu}{2}(?![\p{L}\p{N}])", text)
            if match[0] in self.states
        ]
        return sorted(set(found))

    def states_in(self, text: str) -> "list[tuple[int, int, str]]":
        """Return where `text` points to a party, by its State or by a name that the plan ties to it, in order."""
        found = [
            (match.start(), match.end(), code)
            for name, code in self.names
            for match in regex.finditer(rf"(?<!\w){regex.escape(name)}(?!\w)", text)
        ]
        organs = [
            (hit.start, hit.end, hit.value)
            for hit in state_hits(text)
            if hit.value in self.states and hit.form == "organ"
        ]
        return sorted({*self.named_in(text), *found, *organs})

    def state_of(self, text: str) -> str:
        """Return the one party that `text` names, empty where it names none or several."""
        codes = {code for _, _, code in self.states_in(text)}
        return codes.pop() if len(codes) == 1 else ""

    def other(self, code: str) -> str:
        """Return the other of two parties, empty where there are not two."""
        others = [state for state in self.states if state != code]
        return others[0] if len(self.states) == 2 and len(others) == 1 else ""


@lru_cache(maxsize=2048)
def state_hits(text: str) -> tuple[Hit, ...]:
    """Return the states, by name, adjective, town or organ, that `text` names; where two overlap the longer one."""
    found = [hit for hit in _found(text[:_LONGEST]) if hit.kind in {"state", "town"} and _is_meant(hit, text)]
    found.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)


def _found(text: str) -> list[Hit]:
    """Names of states stand in every vocabulary, in all languages; each language folds a text in its own way."""
    hits: list[Hit] = []
    for language in READ:
        vocabulary, own = load_vocabulary(language), load_words(language)
        hits += vocabulary.find(text, vocabulary.fold(text))
        for name in own.lists:
            if name.startswith("states."):
                found = own.pattern(name).finditer(own.fold(text))
                hits += [Hit(m.start(), m.end(), "state", name.removeprefix("states."), "name") for m in found]
    return hits


def _is_meant(hit: Hit, text: str) -> bool:
    written = text[hit.start : hit.end]
    if written.casefold() in _SYLLABLES:
        return _STATE_WORDS.search(text[max(0, hit.start - 14) : hit.start].casefold()) is not None
    # `US`, `IN`: two letters are a state's where they are capitals; an organ's letters too.
    return len(written) > 3 or written.isupper() or written[:1].isupper()


def find_sides(front: Sequence[str], elsewhere: Iterable[str]) -> Sides:
    """Return the parties: the states of the title and of the lines `between … and …`, else the most named elsewhere."""
    states: dict[str, None] = {}
    for text in front:
        states |= dict.fromkeys(hit.value for hit in _stronger(state_hits(text)))
        if len(states) > 1:
            break
    others = list(elsewhere)
    if len(states) < 2:
        counted = Counter(code for text in others for code in {hit.value for hit in state_hits(text)})
        more = [code for code, _ in counted.most_common() if code not in states]
        states |= dict.fromkeys(more[: 2 - len(states)])
    return Sides(tuple(states), _names((*front, *others), tuple(states)))


def _stronger(hits: Sequence[Hit]) -> Sequence[Hit]:
    """A town counts where no state is named."""
    named = [hit for hit in hits if hit.kind == "state"]
    return named or hits


def _names(texts: Iterable[str], states: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Acronyms and provinces that a stretch with one party names; one that two parties share is nobody's."""
    tied: dict[str, set[str]] = {}
    for piece in (piece for text in texts for piece in _pieces(text, states)):
        codes = {hit.value for hit in state_hits(piece) if hit.value in states}
        if len(codes) == 1:
            for name in (*_ACRONYM.findall(piece), *(match["name"] for match in _PLACE.finditer(piece))):
                tied.setdefault(name, set()).update(codes)
    own = {name: min(codes) for name, codes in tied.items() if len(codes) == 1 and name not in states}
    return tuple(own.items())


def _pieces(text: str, states: tuple[str, ...]) -> list[str]:
    """Cut a line where one party ends and another begins: at the last joint between their names."""
    hits = [hit for hit in state_hits(text) if hit.value in states]
    cuts = [0]
    for first, second in itertools.pairwise(hits):
        if first.value != second.value:
            joints = list(_JOINT.finditer(text, first.end, second.start))
            cuts.append(joints[0].end() if joints else second.start)
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]

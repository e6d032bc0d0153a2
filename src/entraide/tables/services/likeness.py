"""Whether the register already has what a row without a permalink says: surely, maybe, or not.

The rules for meetings, instruments and commitments are those by which proposals are matched (`programme`); names of
bodies, posts and people are the same when they fold to the same letters, and maybe the same when they are alike.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from rapidfuzz import fuzz, process

from entraide.directory.api import LIKELY, list_organisations, list_posts, list_tenures, match_organisations
from entraide.kernel.ids import InstrumentId, MechanismId, MeetingId, OrganisationId, PostId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    Candidate as Found,
)
from entraide.programme.api import (
    CommitmentStatus,
    CommitmentView,
    InstrumentFacts,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    find_instruments,
    find_meetings,
    get_instrument,
    get_mechanism,
    get_meeting,
    list_commitments,
    plug_of,
)
from entraide.programme.domain.kinds import FieldType
from entraide.programme.domain.paths import Item
from entraide.programme.domain.words import SAME_WORDS, fold_words
from entraide.search.api import fold_name
from entraide.tables.domain.cells import cell_of, split_list, split_pairs
from entraide.tables.domain.difference import Alike, Candidate, label_of
from entraide.tables.domain.permalinks import id_of
from entraide.tables.domain.rules import identity_of
from entraide.tables.domain.tables import Table
from entraide.tables.services.naming import (
    Named,
    mechanism_summary,
    mechanisms_between,
    meeting_summary,
    name_instruments,
    name_mechanisms,
    name_meetings,
    name_organisations,
    name_posts,
    name_series,
    name_tenures,
    summary_of,
)
from entraide.tables.services.rows import Addresses, row_of

ALIKE = 84.0
"""Similarity of folded names (0 to 100) from which one may be the other mistyped."""
SAME_TEXT = 99.0
"""Similarity of folded commitments from which they are the same words."""
MOST_COMPARED = 5_000
"""Commitments of one mechanism, domain and status that new ones are compared with, those agreed last first."""
NOTHING = Alike()


class CommitmentWords:
    """The words of recorded commitments, folded once per mechanism, domain and status."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, ...], list[tuple[str, CommitmentView]]] = {}
        self._views: dict[UUID, CommitmentView] = {}

    def like(self, node: Node, cells: Mapping[str, str], folded: str) -> Iterator[tuple[UUID, float]]:
        """Yield the commitments of the same instrument or meeting whose words are like `folded`, with how like."""
        own = {id_of(cells[name]) for name in ("instrument", "meeting") if cells.get(name)}
        rows = self._of(node, cells["mechanism"], cells.get("domain", ""), cells.get("status", ""))
        words = [text for text, _ in rows]
        for _, score, index in process.extract(
            folded, words, scorer=fuzz.token_sort_ratio, score_cutoff=SAME_WORDS, limit=None
        ):
            view = rows[index][1]
            if own & {view.instrument_id, view.meeting_id}:
                self._views[view.id] = view
                yield view.id, score

    def summary(self, id_: UUID) -> str:
        """Return a line about a commitment that `like` found."""
        return summary_of(next(iter(self._views[id_].texts.values())))

    def _of(self, node: Node, mechanism: str, domain: str, status: str) -> list[tuple[str, CommitmentView]]:
        key = (mechanism, domain, status)
        if key not in self._lists:
            views = list_commitments(
                node,
                mechanism_id=MechanismId(id_of(mechanism)),
                domain=domain,
                status=CommitmentStatus(status) if status else None,
                limit=MOST_COMPARED,
            )
            self._lists[key] = [(fold_words(text), view) for view in views for text in view.texts.values()]
        return self._lists[key]


@dataclass(frozen=True, slots=True)
class Looking:
    """One comparison with the register: where its permalinks begin, and the words that were folded for it."""

    at: Addresses
    words: CommitmentWords = field(default_factory=CommitmentWords)


def texts_in(field: str, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a field by language, those of the column of other languages among them."""
    others = split_pairs(cells.get(f"{field}_other", "")) or {}
    start = f"{field}_"
    own = {name.removeprefix(start): text for name, text in cells.items() if name.startswith(start) and text}
    return others | {code: text for code, text in own.items() if code != "other" and len(code) <= 3}


def _by_names(wanted: Iterable[str], there: Iterable[tuple[Candidate, Iterable[str]]]) -> Alike:
    keys = {fold_name(text) for text in wanted if text} - {""}
    same, maybe = [], []
    for candidate, names in there:
        own = {fold_name(name) for name in names}
        if keys & own:
            same.append(candidate)
        elif any(fuzz.ratio(a, b) >= ALIKE for a in keys for b in own):
            maybe.append(candidate)
    return Alike(same[0] if len(same) == 1 else None, tuple(same if len(same) > 1 else [] if same else maybe))


def _organisations(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    state = cells.get("state", "")
    names = [*texts_in("name", cells).values(), *split_list(cells.get("aliases", ""))]
    code = "" if state == "XX" else state
    there = [
        (Candidate(at.page("organisations", item.id), summary_of(item.state, *item.names.values())), item.spellings)
        for item in list_organisations(looking.at.node, state=code)
    ]
    found = _by_names(names, there)
    if found.exact or found.maybe or not names:
        return found
    likely = [
        item.organisation for item in match_organisations(looking.at.node, code, names) if item.strength >= LIKELY
    ]
    return Alike(
        None,
        tuple(
            Candidate(at.page("organisations", item.id), summary_of(item.state, *item.names.values()))
            for item in likely
        ),
    )


def _posts(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("organisation"):
        return NOTHING
    there = [
        (Candidate(at.page("posts", item.id), summary_of(*item.titles.values())), item.titles.values())
        for item in list_posts(looking.at.node, organisation_id=OrganisationId(id_of(cells["organisation"])))
    ]
    return _by_names(texts_in("title", cells).values(), there)


def _tenures(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("post"):
        return NOTHING
    there = [
        (Candidate(at.page("posts", item.post_id, f"tenure-{item.id}"), summary_of(*item.spellings)), item.spellings)
        for item in list_tenures(looking.at.node, post_id=PostId(id_of(cells["post"])))
    ]
    return _by_names([cells.get("person", ""), *split_list(cells.get("spellings", ""))], there)


def _mechanisms(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    given = {id_of(link) for link in split_list(cells.get("organisations", ""))}
    maybe = []
    for item in mechanisms_between(looking.at.node, cells.get("states", "")):
        own = {party.organisation_id for party in item.parties if party.organisation_id}
        candidate = Candidate(at.page("mechanisms", item.id), mechanism_summary(item))
        if given and given == own:
            return Alike(candidate)
        if not given or not own or given & own:
            maybe.append(candidate)
    return Alike(maybe[0]) if len(maybe) == 1 else Alike(None, tuple(maybe))


def _series(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("mechanism"):
        return NOTHING
    mechanism = get_mechanism(looking.at.node, MechanismId(id_of(cells["mechanism"])))
    there = [
        (
            Candidate(
                at.page("mechanisms", mechanism.id, f"series-{item.id}"),
                summary_of(item.level.value, *item.names.values()),
            ),
            item.names.values(),
        )
        for item in mechanism.series
        if item.level.value == cells.get("level", item.level.value)
    ]
    return _by_names(texts_in("name", cells).values(), there)


def _meetings(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("mechanism"):
        return NOTHING
    facts = MeetingFacts(
        series_id=id_of(cells["series"]) if cells.get("series") else None,
        ordinal=int(cells["ordinal"]) if cells.get("ordinal") else None,
        date=PartialDate(cells["date"]) if cells.get("date") else None,
        place=cells.get("place", ""),
        level=Level(cells["level"]) if cells.get("level") else None,
        kind=MeetingKind(cells["kind"]) if cells.get("kind") else MeetingKind.OTHER,
        name=cells.get("name", ""),
    )
    found = find_meetings(MechanismId(id_of(cells["mechanism"])), facts)
    return _sorted(found, lambda item: _meeting(at, item))


def _meeting(at: Addresses, item: Found) -> Candidate:
    return Candidate(at.page("meetings", item.id), meeting_summary(get_meeting(at.node, MeetingId(item.id))))


def _delegations(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("meeting"):
        return NOTHING
    meeting = get_meeting(looking.at.node, MeetingId(id_of(cells["meeting"])))
    there = [
        (Candidate(at.page("meetings", meeting.id, f"person-{number}"), summary_of(item.name, item.post)), [item.name])
        for number, item in enumerate(meeting.people, 1)
    ]
    return _by_names([cells.get("name", "")], there)


def _instruments(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("mechanism") or not cells.get("kind"):
        return NOTHING
    mechanism = MechanismId(id_of(cells["mechanism"]))
    found: dict[str, Found] = {}
    for title in texts_in("title", cells).values() or [""]:
        facts = InstrumentFacts(InstrumentKind(cells["kind"]), cells.get("period", ""), title)
        for item in find_instruments(mechanism, facts):
            best = found.get(str(item.id))
            if best is None or best.match.strength < item.match.strength:
                found[str(item.id)] = item
    ordered = sorted(found.values(), key=lambda item: -item.match.strength)
    return _sorted(ordered, lambda item: Candidate(at.page("instruments", item.id), summary_of(item.summary)))


def _actions(looking: Looking, cells: Mapping[str, str]) -> Alike:
    at = looking.at
    if not cells.get("instrument"):
        return NOTHING
    instrument = get_instrument(looking.at.node, InstrumentId(id_of(cells["instrument"])))
    maybe = []
    for item in instrument.actions:
        if item.kind.value != cells.get("kind"):
            continue
        date = item.date.value if item.date else ""
        candidate = Candidate(
            at.page("instruments", instrument.id, f"action-{item.id}"), summary_of(item.kind.value, date)
        )
        if date == cells.get("date", ""):
            return Alike(candidate)
        maybe.append(candidate)
    return Alike(None, tuple(maybe))


def _commitments(looking: Looking, cells: Mapping[str, str]) -> Alike:
    """Return what the register has of a commitment's text, domain and status in the same or like words.

    The rule is that of `programme.domain.matching` for commitments, over words folded once for all rows of an import.
    """
    if not cells.get("mechanism") or not (cells.get("instrument") or cells.get("meeting")):
        return NOTHING
    at, there = looking.at, looking.words
    found: dict[UUID, float] = {}
    for text in texts_in("text", cells).values():
        for index, score in there.like(looking.at.node, cells, fold_words(text)):
            found[index] = max(score, found.get(index, 0.0))
    ordered = sorted(found.items(), key=lambda item: -item[1])
    candidates = [(Candidate(at.page("commitments", id_), there.summary(id_)), score) for id_, score in ordered]
    certain = [candidate for candidate, score in candidates if score >= SAME_TEXT]
    if len(certain) == 1:
        return Alike(certain[0])
    return Alike(None, tuple(certain or [candidate for candidate, _ in candidates]))


def _sorted(found: Iterable[Found], candidate: Callable[[Found], Candidate]) -> Alike:
    """One certain match is the fact; several, or likely and possible ones, are for a person."""
    items = list(found)
    certain = [item for item in items if item.certain]
    if len(certain) == 1:
        return Alike(candidate(certain[0]))
    return Alike(None, tuple(candidate(item) for item in (certain or items)))


def find_named(looking: Looking, table: Table, naturals: Mapping[str, str], mechanism: str) -> list[Candidate]:
    """Return the facts of `table` with these natural columns, of a mechanism (permalink) where one is given.

    A table of no likeness of its own is looked through among the facts of that mechanism.
    """
    if not table.natural:
        return []
    own = LIKENESS.get(table.kind.likeness)
    if own is not None:
        return list(own.named(looking.at, naturals, mechanism)) if own.named is not None else []
    wanted = {name: fold_name(text) for name, text in naturals.items()}
    there = list_siblings(looking.at, table, {"mechanism": mechanism})
    return [
        Candidate(cells["permalink"], label_of(cells))
        for cells in there
        if all(key in {fold_name(text) for text in said(name, cells)} for name, key in wanted.items())
    ]


def find_alike(looking: Looking, table: Table, cells: Mapping[str, str]) -> Alike:
    """Return what the register has that a new row of `table` with these cells may mean.

    Of a table of no likeness of its own: what agrees in all that makes a fact of its kind is the fact, what is called
    alike may be it; looked for among the facts that the row's links lead to.
    """
    own = LIKENESS.get(table.kind.likeness)
    if own is not None:
        return own.alike(looking, cells)
    identity = identity_of(table, cells)
    keys = {fold_name(text) for name in table.natural for text in said(name, cells)} - {""}
    maybe = []
    for known in list_siblings(looking.at, table, cells):
        candidate = Candidate(known["permalink"], label_of(known))
        if identity and identity_of(table, known) == identity:
            return Alike(candidate)
        names = {fold_name(text) for name in table.natural for text in said(name, known)} - {""}
        if any(fuzz.ratio(a, b) >= ALIKE for a in keys for b in names):
            maybe.append(candidate)
    return Alike(None, tuple(maybe))


def said(name: str, cells: Mapping[str, str]) -> list[str]:
    """Return what a row says in a field: its text, or its texts by language; a link names nothing."""
    own = [cells[name]] if name in cells else list(texts_in(name, cells).values())
    return [text for text in own if text and "://" not in text]


def list_siblings(at: Addresses, table: Table, cells: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Return the rows of the facts that share the first link of `cells` that makes a fact of this kind what it is."""
    kind = table.kind
    names = {name for item in kind.same for name in item}
    links = (each for each in kind.fields if each.type is FieldType.LINK and each.name in names)
    link = next((each for each in links if cells.get(each.name)), None)
    read = plug_of(kind.name).of
    if link is None or read is None:
        return []
    items = [Item(view) for view in read(at.node, link, id_of(cells[link.name]))]
    at.find_elsewhere(kind, items)
    return [{name: cell_of(value) for name, value in row_of(at, kind, item).items()} for item in items]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a kind with rules of its own is found again: by what a row says, and by what names it."""

    alike: Callable[[Looking, Mapping[str, str]], Alike]
    named: Named | None = None


LIKENESS: Mapping[str, Likeness] = {
    "body_names": Likeness(_organisations, name_organisations),
    "post_titles": Likeness(_posts, name_posts),
    "post_holders": Likeness(_tenures, name_tenures),
    "same_parties": Likeness(_mechanisms, name_mechanisms),
    "series_names": Likeness(_series, name_series),
    "meeting_facts": Likeness(_meetings, name_meetings),
    "people_at_meeting": Likeness(_delegations),
    "instrument_facts": Likeness(_instruments, name_instruments),
    "action_dates": Likeness(_actions),
    "commitment_words": Likeness(_commitments),
}
"""What a declaration may name as its `likeness`."""

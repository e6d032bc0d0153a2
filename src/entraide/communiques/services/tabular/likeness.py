"""Whether the register already has what a row without a permalink says: surely, maybe, or not.

The rules for meetings, instruments and commitments are those by which proposals are matched (`programme`); names of
bodies, posts and people are the same when they fold to the same letters, and maybe the same when they are alike.
"""

from collections.abc import Callable, Iterable, Mapping

from rapidfuzz import fuzz

from entraide.communiques.domain.tabular.cells import split_list, split_pairs
from entraide.communiques.domain.tabular.difference import Alike, Candidate
from entraide.communiques.domain.tabular.permalinks import id_of
from entraide.communiques.services.tabular.naming import (
    mechanism_summary,
    mechanisms_between,
    meeting_summary,
    summary_of,
)
from entraide.communiques.services.tabular.rows import Addresses
from entraide.directory.api import LIKELY, list_organisations, list_posts, list_tenures, match_organisations
from entraide.kernel.ids import InstrumentId, MechanismId, MeetingId, OrganisationId, PostId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    Candidate as Found,
)
from entraide.programme.api import (
    CommitmentFacts,
    InstrumentFacts,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    find_commitments,
    find_instruments,
    find_meetings,
    get_instrument,
    get_mechanism,
    get_meeting,
)
from entraide.search.api import fold_name

ALIKE = 84.0
"""Similarity of folded names (0 to 100) from which one may be the other mistyped."""
NOTHING = Alike()


def find_alike(at: Addresses, table: str, cells: Mapping[str, str]) -> Alike:
    """Return what the register has that a new row of `table` with these cells may mean."""
    return _ALIKE[table](at, cells)


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


def _organisations(at: Addresses, cells: Mapping[str, str]) -> Alike:
    state = cells.get("state", "")
    names = [*texts_in("name", cells).values(), *split_list(cells.get("aliases", ""))]
    code = "" if state == "XX" else state
    there = [
        (Candidate(at.page("organisations", item.id), summary_of(item.state, *item.names.values())), item.spellings)
        for item in list_organisations(state=code)
    ]
    found = _by_names(names, there)
    if found.exact or found.maybe or not names:
        return found
    likely = [item.organisation for item in match_organisations(code, names) if item.strength >= LIKELY]
    return Alike(
        None,
        tuple(
            Candidate(at.page("organisations", item.id), summary_of(item.state, *item.names.values()))
            for item in likely
        ),
    )


def _posts(at: Addresses, cells: Mapping[str, str]) -> Alike:
    if not cells.get("organisation"):
        return NOTHING
    there = [
        (Candidate(at.page("posts", item.id), summary_of(*item.titles.values())), item.titles.values())
        for item in list_posts(organisation_id=OrganisationId(id_of(cells["organisation"])))
    ]
    return _by_names(texts_in("title", cells).values(), there)


def _tenures(at: Addresses, cells: Mapping[str, str]) -> Alike:
    if not cells.get("post"):
        return NOTHING
    there = [
        (Candidate(at.page("posts", item.post_id, f"tenure-{item.id}"), summary_of(*item.spellings)), item.spellings)
        for item in list_tenures(post_id=PostId(id_of(cells["post"])))
    ]
    return _by_names([cells.get("person", ""), *split_list(cells.get("spellings", ""))], there)


def _mechanisms(at: Addresses, cells: Mapping[str, str]) -> Alike:
    given = {id_of(link) for link in split_list(cells.get("organisations", ""))}
    maybe = []
    for item in mechanisms_between(cells.get("states", "")):
        own = {party.organisation_id for party in item.parties if party.organisation_id}
        candidate = Candidate(at.page("mechanisms", item.id), mechanism_summary(item))
        if given and given == own:
            return Alike(candidate)
        if not given or not own or given & own:
            maybe.append(candidate)
    return Alike(maybe[0]) if len(maybe) == 1 else Alike(None, tuple(maybe))


def _series(at: Addresses, cells: Mapping[str, str]) -> Alike:
    if not cells.get("mechanism"):
        return NOTHING
    mechanism = get_mechanism(MechanismId(id_of(cells["mechanism"])))
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


def _meetings(at: Addresses, cells: Mapping[str, str]) -> Alike:
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
    return Candidate(at.page("meetings", item.id), meeting_summary(get_meeting(MeetingId(item.id))))


def _delegations(at: Addresses, cells: Mapping[str, str]) -> Alike:
    if not cells.get("meeting"):
        return NOTHING
    meeting = get_meeting(MeetingId(id_of(cells["meeting"])))
    there = [
        (Candidate(at.page("meetings", meeting.id, f"person-{number}"), summary_of(item.name, item.post)), [item.name])
        for number, item in enumerate(meeting.people, 1)
    ]
    return _by_names([cells.get("name", "")], there)


def _instruments(at: Addresses, cells: Mapping[str, str]) -> Alike:
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


def _actions(at: Addresses, cells: Mapping[str, str]) -> Alike:
    if not cells.get("instrument"):
        return NOTHING
    instrument = get_instrument(InstrumentId(id_of(cells["instrument"])))
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


def _commitments(at: Addresses, cells: Mapping[str, str]) -> Alike:
    if not cells.get("mechanism") or not (cells.get("instrument") or cells.get("meeting")):
        return NOTHING
    found: list[Found] = []
    for text in texts_in("text", cells).values():
        facts = CommitmentFacts(
            cells.get("domain", ""),
            cells.get("status", ""),
            text,
            cells.get("period", ""),
            id_of(cells["instrument"]) if cells.get("instrument") else None,
            id_of(cells["meeting"]) if cells.get("meeting") else None,
        )
        found += [
            item for item in find_commitments(MechanismId(id_of(cells["mechanism"])), facts)
            if item.match.strength >= LIKELY
        ]  # fmt: skip
    ordered = sorted({item.id: item for item in found}.values(), key=lambda item: -item.match.strength)
    return _sorted(ordered, lambda item: Candidate(at.page("commitments", item.id), summary_of(item.summary)))


def _sorted(found: Iterable[Found], candidate: Callable[[Found], Candidate]) -> Alike:
    """One certain match is the fact; several, or likely and possible ones, are for a person."""
    items = list(found)
    certain = [item for item in items if item.certain]
    if len(certain) == 1:
        return Alike(candidate(certain[0]))
    return Alike(None, tuple(candidate(item) for item in (certain or items)))


_ALIKE: dict[str, Callable[[Addresses, Mapping[str, str]], Alike]] = {
    "organisations": _organisations,
    "posts": _posts,
    "tenures": _tenures,
    "mechanisms": _mechanisms,
    "series": _series,
    "meetings": _meetings,
    "delegations": _delegations,
    "instruments": _instruments,
    "actions": _actions,
    "commitments": _commitments,
}

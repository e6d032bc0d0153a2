"""Facts found by what names them, for a relationship that is written without a permalink.

Names agree when they fold to the same letters, nothing less: a like name is a typing error until a person says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from entraide.directory.api import Organisation, list_organisations, list_posts, list_tenures
from entraide.kernel.ids import PostId
from entraide.kernel.node import Node
from entraide.programme.api import (
    InstrumentKind,
    MechanismFilter,
    MechanismView,
    MeetingView,
    list_instruments_named,
    list_mechanisms,
    list_numbered_meetings,
    page_mechanisms,
)
from entraide.search.api import fold_name
from entraide.tables.domain.cells import split_list
from entraide.tables.domain.difference import Candidate
from entraide.tables.domain.permalinks import id_of
from entraide.tables.services.rows import Addresses

MOST_MECHANISMS = 500
"""Mechanisms between the same States that are looked through."""
Named = Callable[[Addresses, Mapping[str, str], str], Iterable[Candidate]]
"""Returns the facts with these natural columns, of a mechanism (permalink) where one is given."""


def name_organisations(at: Addresses, naturals: Mapping[str, str], _mechanism: str) -> Iterator[Candidate]:
    """Yield the organisations of a name."""
    for item in organisations_named(at.node, naturals.get("name", ""), naturals.get("state")):
        yield Candidate(at.page("organisations", item.id), summary_of(item.state, *item.names.values()))


def organisations_named(node: Node, name: str, state: str | None) -> list[Organisation]:
    """Return the organisations of a State, or of all when None, that have a name or alias of these letters."""
    key = fold_name(name)
    there = list_organisations(node, state=None if state is None else "" if state == "XX" else state)
    return [item for item in there if key and key in {fold_name(text) for text in item.spellings}]


def name_posts(at: Addresses, naturals: Mapping[str, str], _mechanism: str) -> Iterator[Candidate]:
    """Yield the posts of a title."""
    organisation, key = naturals.get("organisation", ""), fold_name(naturals.get("title", ""))
    if "://" in organisation:
        bodies = list_organisations(at.node, ids=[id_of(organisation)])
    else:
        bodies = organisations_named(at.node, organisation, None) if organisation else []
    for body in bodies:
        for post in list_posts(at.node, organisation_id=body.id):
            if key in {fold_name(title) for title in post.titles.values()}:
                yield Candidate(at.page("posts", post.id), summary_of(*post.titles.values(), body.name_in("en")))


def name_tenures(at: Addresses, naturals: Mapping[str, str], _mechanism: str) -> Iterator[Candidate]:
    """Yield the tenures of a post by a person."""
    post, key = naturals.get("post", ""), fold_name(naturals.get("person", ""))
    if "://" not in post:
        return
    for item in list_tenures(at.node, post_id=PostId(id_of(post))):
        if key in {fold_name(text) for text in item.spellings}:
            yield Candidate(at.page("posts", item.post_id, f"tenure-{item.id}"), summary_of(*item.spellings))


def name_mechanisms(at: Addresses, naturals: Mapping[str, str], _mechanism: str) -> Iterator[Candidate]:
    """Yield the mechanisms of exactly these States."""
    for item in mechanisms_between(at.node, naturals.get("states", "")):
        yield Candidate(at.page("mechanisms", item.id), mechanism_summary(item))


def mechanisms_between(node: Node, states: str) -> list[MechanismView]:
    """Return the mechanisms of exactly these States (`LA | VN`)."""
    wanted = sorted(split_list(states))
    if not wanted:
        return []
    found = page_mechanisms(node, MechanismFilter(frozenset(wanted)), limit=MOST_MECHANISMS).items
    return [item for item in found if sorted(party.state for party in item.parties) == wanted]


def name_series(at: Addresses, naturals: Mapping[str, str], mechanism: str) -> Iterator[Candidate]:
    """Yield the series of a name."""
    key = fold_name(naturals.get("name", ""))
    for item in list_mechanisms(at.node, ids=[id_of(mechanism)] if mechanism else None):
        for series in item.series:
            if key in {fold_name(name) for name in series.names.values()}:
                names = summary_of(*series.names.values(), mechanism_summary(item))
                yield Candidate(at.page("mechanisms", item.id, f"series-{series.id}"), names)


def name_meetings(at: Addresses, naturals: Mapping[str, str], mechanism: str) -> Iterator[Candidate]:
    """Yield the meetings of a number in a series."""
    series, ordinal = naturals.get("series", ""), naturals.get("ordinal", "")
    if not series or not ordinal:
        return
    links = [series] if "://" in series else [item.permalink for item in name_series(at, {"name": series}, mechanism)]
    for item in list_numbered_meetings(at.node, map(id_of, links), int(ordinal)):
        yield Candidate(at.page("meetings", item.id), meeting_summary(item))


def name_instruments(at: Addresses, naturals: Mapping[str, str], mechanism: str) -> Iterator[Candidate]:
    """Yield the instruments of a kind and period."""
    kind = naturals.get("kind")
    found = list_instruments_named(
        at.node, InstrumentKind(kind) if kind else None, naturals.get("period"), id_of(mechanism) if mechanism else None
    )
    for item in found:
        yield Candidate(at.page("instruments", item.id), summary_of(*item.titles.values(), item.period))


def meeting_summary(item: MeetingView) -> str:
    """Return a line about a meeting."""
    number = f"No. {item.ordinal}" if item.ordinal else ""
    return summary_of(number, item.name or item.kind.value, item.date.value if item.date else "", item.place)


def mechanism_summary(item: MechanismView) -> str:
    """Return a line about a mechanism."""
    names = (f"{party.state} {next(iter(party.names.values()), '')}".strip() for party in item.parties)
    return summary_of(*item.names.values(), ", ".join(names))


def summary_of(*parts: str) -> str:
    """Return the parts that are not empty as one line, at most 160 characters."""
    return " · ".join(" ".join(part.split()) for part in parts if part)[:160]

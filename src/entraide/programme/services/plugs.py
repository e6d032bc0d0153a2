"""The acts and reads of the kinds that have rules of their own, one entry each; a declaration names its entry.

Most services take what a declaration says: links as ids, texts by language, codes as values of their lists. Where one
takes something else, a function here says how the values become it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.directory.api import (
    correct_organisation,
    correct_post,
    correct_tenure,
    ensure_organisation,
    ensure_post,
    get_organisation,
    get_post,
    list_organisations,
    list_posts,
    list_tenures,
    page_organisations,
    page_posts,
    record_tenure,
)
from entraide.kernel.ids import MechanismId, MeetingId, OrganisationId, PostId, TenureId
from entraide.kernel.node import Node
from entraide.programme.adapters.kinds import SEVERAL_STATES, load_kinds, type_code
from entraide.programme.adapters.listed_rows import (
    commitment_rows,
    fact_rows,
    instrument_rows,
    mechanism_rows,
    meeting_rows,
)
from entraide.programme.domain.facts import MeetingFacts, Party, PersonInPost
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.lists import CommitmentFilter, InstrumentFilter, MechanismFilter, MeetingFilter
from entraide.programme.domain.plugs import Narrowed, Plug, Stretch, Values
from entraide.programme.domain.terms import (
    CommitmentStatus,
    InstrumentKind,
    Level,
    MeetingKind,
    PersonRole,
    SourceOfCommitment,
)
from entraide.programme.selectors.commitments import get_commitment, list_commitments
from entraide.programme.selectors.counts import list_spellings
from entraide.programme.selectors.feeds import get_series
from entraide.programme.selectors.general_reads import get_fact, list_facts, list_facts_of, page_facts
from entraide.programme.selectors.lists import page_commitments, page_instruments, page_mechanisms, page_meetings
from entraide.programme.selectors.register import (
    get_instrument,
    get_mechanism,
    get_meeting,
    list_instruments,
    list_mechanisms,
    list_meetings,
    list_references,
)
from entraide.programme.services.commitments import create_commitment, save_commitment
from entraide.programme.services.corrections import (
    complete_action,
    correct_commitment,
    correct_instrument,
    correct_mechanism,
    correct_meeting,
    correct_person,
    correct_series,
)
from entraide.programme.services.finding import (
    index_commitments,
    index_facts,
    index_instruments,
    index_mechanisms,
    index_meetings,
)
from entraide.programme.services.general_acts import correct_fact, create_fact, save_fact
from entraide.programme.services.instruments import create_instrument, record_action, save_action
from entraide.programme.services.mechanisms import ensure_mechanism, ensure_series
from entraide.programme.services.meetings import complete_meeting, create_meeting, save_meeting, save_person
from entraide.programme.services.renewing import (
    renew_commitment,
    renew_general,
    renew_instrument,
    renew_mechanism,
    renew_meeting,
    renew_organisation,
    renew_participant,
    renew_person,
    renew_post,
    renew_series,
)


@cache
def plug_of(name: str) -> Plug:
    """Return what the kind `name` can do: its own acts and reads, or the general ones; raises `NoSuchKind`."""
    kind = load_kinds().get(name)
    if kind.plug:
        module, _, entry = kind.plug.partition(":")
        plug: Plug = getattr(import_module(module), entry)
        return plug
    if kind.within is not None and kind.within.at:
        return Plug()  # its facts come with those that they are part of
    return _general(kind)


def list_listed_kinds() -> tuple[Kind, ...]:
    """Return the kinds whose facts have pages and a list, in their order."""
    return tuple(kind for kind in load_kinds() if kind.has_page and plug_of(kind.name).page is not None)


def list_linked_kinds() -> tuple[Kind, ...]:
    """Return the kinds whose facts have a document of linked data: those with a page and a class."""
    return tuple(kind for kind in load_kinds() if kind.has_page and kind.types and plug_of(kind.name).get is not None)


def _general(kind: Kind) -> Plug:
    return Plug(
        list=lambda node, ids: list_facts(node, kind, ids),
        page=lambda node, wanted, cursor, limit: page_facts(node, kind, wanted, cursor, limit),
        rows=lambda _node, wanted: fact_rows(kind, wanted),
        index=lambda rows: index_facts(kind, rows),
        get=lambda node, id_: get_fact(node, kind, id_),
        of=lambda node, link, id_: list_facts_of(node, kind, link, id_),
        create=lambda node, actor, values: create_fact(node, actor, kind, values),
        correct=lambda node, actor, parts, values: correct_fact(node, actor, kind, UUID(parts["id"]), values),
        save=lambda row: save_fact(kind, row),
        renew=lambda id_: renew_general(kind, id_),
    )


def arguments_of(name: str, values: Values) -> dict[str, Any]:
    """Return the values of a kind's fields as the arguments under which services take them."""
    kind = load_kinds().get(name)
    found = {}
    for field, value in ((kind.field(key), value) for key, value in values.items()):
        coded = field.type is FieldType.CODE and value
        found[field.argument] = type_code(field, str(value)) if coded else value
    return found


def _creating(name: str, service: Callable[..., UUID]) -> Callable[[Node, Actor, Values], UUID]:
    """Return a creating act out of a service that takes the fields as they are declared."""
    return lambda node, actor, values: service(node, actor=actor, **arguments_of(name, values))


def _correcting(name: str, service: Callable[..., None]) -> Callable[[Node, Actor, Mapping[str, str], Values], None]:
    """Return a correcting act out of a service that takes the fields as they are declared."""

    def correct(node: Node, actor: Actor, parts: Mapping[str, str], values: Values) -> None:
        service(node, actor=actor, **{f"{name}_id": UUID(parts["id"])}, **arguments_of(name, values))

    return correct


def _reading(read: Callable[[Node, Any], Any]) -> Callable[[Node, UUID], Any]:
    """Return the read of one fact, out of a selector that takes an id of the kind's own type."""
    return read


def _of(read: Callable[..., Sequence[Any]]) -> Callable[[Node, Field, UUID], Sequence[Any]]:
    """Return the read of the facts that link to another, out of a selector that takes the link by its name."""

    def list_of(node: Node, link: Field, id_: UUID) -> Sequence[Any]:
        return read(node, **{link.argument: id_})

    return list_of


def _code(terms: Callable[[str], Any], value: str | None) -> Any:  # noqa: ANN401 - a value of a closed list or None
    return terms(value) if value else None


def _mechanism(wanted: Narrowed) -> MechanismId | None:
    return MechanismId(wanted.mechanism_id) if wanted.mechanism_id else None


# Organisations, posts and tenures


def _walk_organisations(node: Node, wanted: Narrowed, _size: int) -> Iterator[Sequence[Any]]:
    found = list_organisations(node)
    yield [item for item in found if not wanted.states or item.state in wanted.states]


def _entered_organisations(node: Node, state: str | None, at: Stretch) -> Sequence[Any]:
    own = "" if state == SEVERAL_STATES else state
    return page_organisations(node, state=own, beyond=at.beyond, backwards=at.backwards, limit=at.limit)


def _entered_posts(node: Node, organisation: UUID | None, at: Stretch) -> Sequence[Any]:
    wanted = OrganisationId(organisation) if organisation else None
    return page_posts(node, organisation_id=wanted, beyond=at.beyond, backwards=at.backwards, limit=at.limit)


def _create_organisation(node: Node, actor: Actor, values: Values) -> UUID:
    names = values["name"]
    language, name = next(iter(names.items()))
    state = "" if values.get("state", "") == SEVERAL_STATES else values.get("state", "")
    aliases = values.get("aliases", ())
    made = ensure_organisation(node, actor=actor, state=state, name=name, language=language, aliases=aliases)
    if len(names) > 1:
        correct_organisation(node, actor=actor, organisation_id=made, names=names)
    return made


def _create_post(node: Node, actor: Actor, values: Values) -> UUID:
    titles, organisation = values["title"], OrganisationId(values["organisation"])
    language, title = next(iter(titles.items()))
    made = ensure_post(node, actor=actor, organisation_id=organisation, title=title, language=language)
    if len(titles) > 1:
        correct_post(node, actor=actor, post_id=made, titles=titles)
    return made


def _create_tenure(node: Node, actor: Actor, values: Values) -> UUID:
    made = record_tenure(
        node,
        actor=actor,
        post_id=PostId(values["post"]),
        person_name=values["person"],
        seen_on=values["first_seen"],
    )
    last, spellings = values.get("last_seen"), values.get("spellings", ())
    if last is not None or spellings:
        correct_tenure(node, actor=actor, tenure_id=made, last_seen=last, spellings=spellings)
    return made


def _correct_tenure(node: Node, actor: Actor, parts: Mapping[str, str], values: Values) -> None:
    (tenure,) = list_tenures(node, ids=[UUID(parts["id"])])
    told = {name: value for name, value in values.items() if name != "spellings"}
    new = [item for item in values.get("spellings", ()) if item not in tenure.spellings]
    correct_tenure(node, actor=actor, tenure_id=TenureId(tenure.id), spellings=new, **told)


ORGANISATION = Plug(
    renew=renew_organisation,
    list=lambda node, ids: _listed(node, list_organisations, ids),
    entered=_entered_organisations,
    get=_reading(get_organisation),
    walk=_walk_organisations,
    create=_create_organisation,
    correct=_correcting("organisation", correct_organisation),
)
POST = Plug(
    renew=renew_post,
    list=lambda node, ids: _listed(node, list_posts, ids),
    entered=_entered_posts,
    get=_reading(get_post),
    of=_of(list_posts),
    create=_create_post,
    correct=_correcting("post", correct_post),
)
TENURE = Plug(
    list=lambda node, ids: _listed(node, list_tenures, ids),
    of=_of(list_tenures),
    create=_create_tenure,
    correct=_correct_tenure,
)


def _listed(
    node: Node, read: Callable[..., Sequence[Any]], ids: Sequence[UUID], *, most: bool = False
) -> Sequence[Any]:
    """Return what a selector lists of `ids`; `most` where it would stop at a limit."""
    limit = {"limit": max(1, len(ids))} if most else {}
    return read(node, ids=list(ids), **limit)


# Mechanisms and series


def _walk_mechanisms(node: Node, wanted: Narrowed, size: int) -> Iterator[Sequence[Any]]:
    if wanted.mechanism_id is not None:
        yield [get_mechanism(node, MechanismId(wanted.mechanism_id))]
    else:
        yield from Plug(page=_page_mechanisms).pages(node, wanted, size)


def _page_mechanisms(node: Node, wanted: Narrowed, cursor: str | None, limit: int) -> Any:  # noqa: ANN401 - a page
    return page_mechanisms(node, MechanismFilter(wanted.states, wanted.sort), cursor=cursor, limit=limit)


def _parties(node: Node, states: Sequence[str], organisations: Sequence[UUID]) -> list[Party]:
    """Return the parties of these States, each with the one of the organisations that is its own."""
    bodies = (
        {item.state or SEVERAL_STATES: item for item in list_organisations(node, ids=organisations)}
        if organisations
        else {}
    )
    return [
        Party(state, bodies[state].id, dict(bodies[state].names)) if state in bodies else Party(state)
        for state in states
    ]


def _create_mechanism(node: Node, actor: Actor, values: Values) -> UUID:
    told = arguments_of("mechanism", {name: value for name, value in values.items() if name not in PARTIES})
    parties = _parties(node, values["states"], values.get("organisations", ()))
    return ensure_mechanism(node, actor=actor, parties=parties, **told)


def _correct_mechanism(node: Node, actor: Actor, parts: Mapping[str, str], values: Values) -> None:
    mechanism = get_mechanism(node, MechanismId(UUID(parts["id"])))
    if organisations := values.get("organisations"):
        states = [party.state for party in mechanism.parties]
        ensure_mechanism(node, actor=actor, parties=_parties(node, states, organisations))
    told = arguments_of("mechanism", {name: value for name, value in values.items() if name not in PARTIES})
    correct_mechanism(node, actor=actor, mechanism_id=mechanism.id, **told)


PARTIES = frozenset({"states", "organisations"})
MECHANISM = Plug(
    renew=renew_mechanism,
    list=lambda node, ids: _listed(node, list_mechanisms, ids),
    page=_page_mechanisms,
    rows=lambda _node, wanted: mechanism_rows(MechanismFilter(wanted.states)),
    index=index_mechanisms,
    get=_reading(get_mechanism),
    walk=_walk_mechanisms,
    create=_create_mechanism,
    correct=_correct_mechanism,
)
SERIES = Plug(
    renew=renew_series,
    get=_reading(get_series),
    create=_creating("series", ensure_series),
    correct=_correcting("series", correct_series),
)


# Meetings and who took part


def _meetings_of(wanted: Narrowed) -> MeetingFilter:
    level = _code(Level, wanted.code("level"))
    return MeetingFilter(wanted.states, level, wanted.year, _mechanism(wanted), wanted.code("place"), wanted.sort)


def _rows_of_meetings(node: Node, wanted: Narrowed) -> Any:  # noqa: ANN401 - a query
    found = _meetings_of(wanted)
    return meeting_rows(found, list_spellings(node, found.place) if found.place is not None else None)


def _page_meetings(node: Node, wanted: Narrowed, cursor: str | None, limit: int) -> Any:  # noqa: ANN401 - a page
    return page_meetings(node, _meetings_of(wanted), cursor=cursor, limit=limit)


def _create_meeting(node: Node, actor: Actor, values: Values) -> UUID:
    told = arguments_of("meeting", values)
    mechanism, kind = told.pop("mechanism_id"), told.pop("kind", MeetingKind.OTHER)
    return create_meeting(node, actor=actor, mechanism_id=mechanism, facts=MeetingFacts(kind=kind, **told))


def _create_official(node: Node, actor: Actor, values: Values) -> UUID:
    tenure, role = values.get("tenure"), PersonRole(values["role"])
    person = PersonInPost(
        values["name"], values.get("post", ""), values.get("state", ""), role, TenureId(tenure) if tenure else None
    )
    meeting = MeetingId(values["meeting"])
    complete_meeting(node, actor=actor, meeting_id=meeting, facts=MeetingFacts(), people=[person])
    return meeting


def _correct_official(node: Node, actor: Actor, parts: Mapping[str, str], values: Values) -> None:
    told = arguments_of("official", values)
    meeting, position = MeetingId(UUID(parts["meeting"])), int(parts["number"]) - 1
    correct_person(node, actor=actor, meeting_id=meeting, position=position, **told)


PERSON = Plug(renew=renew_person)
MEETING = Plug(
    renew=renew_meeting,
    list=lambda node, ids: _listed(node, list_meetings, ids, most=True),
    page=_page_meetings,
    rows=_rows_of_meetings,
    index=index_meetings,
    get=_reading(get_meeting),
    create=_create_meeting,
    correct=_correcting("meeting", correct_meeting),
    save=save_meeting,
)
OFFICIAL = Plug(renew=renew_participant, create=_create_official, correct=_correct_official, save=save_person)
REFERENCE = Plug(of=lambda node, _link, id_: list_references(node, MeetingId(id_)))


# Instruments, actions on them, commitments


def _instruments_of(wanted: Narrowed) -> InstrumentFilter:
    kind = _code(InstrumentKind, wanted.code("kind"))
    return InstrumentFilter(wanted.states, kind, wanted.year, _mechanism(wanted), wanted.plan_year, wanted.sort)


def _page_instruments(node: Node, wanted: Narrowed, cursor: str | None, limit: int) -> Any:  # noqa: ANN401 - a page
    return page_instruments(node, _instruments_of(wanted), cursor=cursor, limit=limit)


def _commitments_of(wanted: Narrowed) -> CommitmentFilter:
    status, domain = _code(CommitmentStatus, wanted.code("status")), wanted.code("domain")
    return CommitmentFilter(
        wanted.states, domain, status, wanted.year, _mechanism(wanted), wanted.plan_year, wanted.sort
    )


def _page_commitments(node: Node, wanted: Narrowed, cursor: str | None, limit: int) -> Any:  # noqa: ANN401 - a page
    return page_commitments(node, _commitments_of(wanted), cursor=cursor, limit=limit)


INSTRUMENT = Plug(
    renew=renew_instrument,
    list=lambda node, ids: _listed(node, list_instruments, ids, most=True),
    page=_page_instruments,
    rows=lambda _node, wanted: instrument_rows(_instruments_of(wanted)),
    index=index_instruments,
    get=_reading(get_instrument),
    of=_of(list_instruments),
    create=_creating("instrument", create_instrument),
    correct=_correcting("instrument", correct_instrument),
    frozen=lambda view: view.plan_id is not None,
)
ACTION = Plug(
    create=_creating("action", record_action), correct=_correcting("action", complete_action), save=save_action
)
COMMITMENT = Plug(
    renew=renew_commitment,
    list=lambda node, ids: _listed(node, list_commitments, ids, most=True),
    page=_page_commitments,
    rows=lambda _node, wanted: commitment_rows(_commitments_of(wanted)),
    index=index_commitments,
    get=_reading(get_commitment),
    of=_of(list_commitments),
    create=_creating("commitment", create_commitment),
    correct=_correcting("commitment", correct_commitment),
    save=save_commitment,
    frozen=lambda view: view.source is SourceOfCommitment.SIGNED_TEXT or view.clause_id is not None,
)

"""Mechanisms and their series: found by their parties and names, created when a human keeps a proposal."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import MechanismId, OrganisationId, SeriesId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.programme.domain.errors import NoSuchFact, SeveralMechanisms, TooFewParties
from entraide.programme.domain.facts import Party
from entraide.programme.domain.terms import Level, MechanismStatus
from entraide.programme.domain.words import fold_words
from entraide.programme.models import Mechanism, MechanismParty, Series
from entraide.programme.services.finding import index_mechanisms
from entraide.programme.services.recording import clean_texts, record, require_registrar
from entraide.storage.api import transaction


def ensure_mechanism(
    node: Node,
    *,
    actor: Actor,
    parties: Sequence[Party],
    names: Mapping[str, str] | None = None,
    level: Level = Level.MINISTER,
    status: MechanismStatus = MechanismStatus.ACTIVE,
    choose: MechanismId | None = None,
) -> MechanismId:
    """Return the mechanism of exactly these parties, created if there is none.

    Parties are the same when their states are, and their organisations where both are known; an organisation that
    was not known is filled in. Where several mechanisms join them, a person says which with `choose`; none is ever
    taken for being the first. Raises `SeveralMechanisms`, `NoSuchFact` for a choice that is none of them,
    `TooFewParties`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        return store_mechanism(node, by, parties=parties, names=names or {}, level=level, status=status, choose=choose)


def find_mechanism(parties: Sequence[Party]) -> MechanismId | None:
    """Return the one mechanism of exactly these parties (see `ensure_mechanism`); None without one or with several."""
    found = find_mechanisms(parties)
    return found[0] if len(found) == 1 else None


def find_mechanisms(parties: Sequence[Party]) -> tuple[MechanismId, ...]:
    """Return all mechanisms that these parties may mean, in the order they were entered."""
    return tuple(MechanismId(row.id) for row in _find(sorted(parties, key=_key)))


def store_mechanism(
    node: Node,
    by: UserId | None,
    *,
    parties: Sequence[Party],
    names: Mapping[str, str],
    level: Level,
    status: MechanismStatus,
    choose: MechanismId | None = None,
) -> MechanismId:
    """Do `ensure_mechanism` within a running transaction; `by` is None when a partner's message asks for it.

    Raises `TooFewParties`.
    """
    ordered = sorted(parties, key=_key)
    if len(ordered) < 2:
        raise TooFewParties(count=len(ordered))
    known = _one_of(_find(ordered), choose)
    if known is not None:
        _fill_organisations(node, by, known, ordered)
        return MechanismId(known.id)
    row = Mechanism.objects.create(
        id=new_uuid(node),
        names={language: text for language, text in names.items() if text.strip()},
        level=level.value,
        status=status.value,
        state_key=_state_key(ordered),
        party_key=_party_key(ordered),
        created_at=node.clock.now(),
    )
    MechanismParty.objects.bulk_create(
        MechanismParty(
            id=new_uuid(node),
            mechanism=row,
            position=position,
            state=party.state,
            organisation_id=party.organisation_id,
            names=dict(party.names),
        )
        for position, party in enumerate(ordered)
    )
    record(node, "mechanism_created", row.id, by, states=[party.state for party in ordered], level=level.value)
    index_mechanisms([row])
    return MechanismId(row.id)


def ensure_series(
    node: Node, *, actor: Actor, mechanism_id: MechanismId, level: Level, names: Mapping[str, str]
) -> SeriesId:
    """Return the series of this mechanism with the same name at this level, created if there is none.

    Without a name it is the only unnamed series of that level. Raises `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        if not Mechanism.objects.filter(id=mechanism_id).exists():
            raise NoSuchFact(kind="mechanism", id=mechanism_id)
        found = find_series(mechanism_id, level, next(iter(names.values()), ""))
        if found is not None:
            return found
        row = Series.objects.create(
            id=new_uuid(node),
            mechanism_id=mechanism_id,
            level=level.value,
            names=dict(names),
            folded_name=fold_words(next(iter(names.values()), ""))[:400],
            created_at=node.clock.now(),
        )
        record(node, "series_created", row.id, by, mechanism=mechanism_id, level=level.value)
        return SeriesId(row.id)


def name_series(node: Node, *, actor: Actor, series_id: SeriesId, language: str, name: str) -> None:
    """Give a series a further name: its name in `language`, or an alias where it has one. A known name changes nothing.

    Raises `NoSuchFact`, `TextMissing`, `RoleMissing`.
    """
    by = require_registrar(actor)
    text = clean_texts({language: name}, "name")[language][:400]
    with transaction(node):
        row = Series.objects.select_for_update().filter(id=series_id).first()
        if row is None:
            raise NoSuchFact(kind="series", id=series_id)
        if fold_words(text) in {fold_words(known) for known in (*row.names.values(), *row.aliases)}:
            return
        if language in row.names:
            row.aliases = [*row.aliases, text]
        else:
            row.names = {**row.names, language: text}
        row.save(update_fields=["names", "aliases"])
        record(node, "series_named", row.id, by, language=language, name=text)


def find_series(mechanism_id: MechanismId, level: Level | None, name: str) -> SeriesId | None:
    """Return the mechanism's series whose name has the same words as `name` (at `level`, if given), or None."""
    rows = Series.objects.filter(mechanism_id=mechanism_id)
    if level is not None:
        rows = rows.filter(level=level.value)
    wanted = _words_of(name)
    return next((SeriesId(row.id) for row in rows.order_by("id") if wanted in _names_of(row)), None)


def _words_of(name: str) -> frozenset[str]:
    return frozenset(fold_words(name).split())


def _names_of(row: Series) -> set[frozenset[str]]:
    """Return the names of a series, each as its words in any order; one without a name has the empty one."""
    return {_words_of(name) for name in (row.folded_name, *row.names.values(), *row.aliases)}


def _key(party: Party) -> tuple[str, str]:
    return party.state, str(party.organisation_id or "")


def _state_key(ordered: Sequence[Party]) -> str:
    return "|".join(party.state for party in ordered)


def _party_key(ordered: Sequence[Party]) -> str:
    return "|".join(f"{party.state}:{party.organisation_id or '-'}" for party in ordered)


def party_key_of(mechanism_id: UUID) -> str:
    """Return the key of a mechanism's parties as they are recorded now; no two mechanisms have one."""
    rows = MechanismParty.objects.filter(mechanism_id=mechanism_id)
    return _party_key(sorted((Party(row.state, _organisation(row.organisation_id)) for row in rows), key=_key))


def _one_of(found: Sequence[Mechanism], choose: MechanismId | None) -> Mechanism | None:
    if choose is not None:
        chosen = next((row for row in found if row.id == choose), None)
        if chosen is None:
            raise NoSuchFact(kind="mechanism", id=choose)
        return chosen
    if len(found) > 1:
        raise SeveralMechanisms(count=len(found))
    return found[0] if found else None


def _find(ordered: Sequence[Party]) -> list[Mechanism]:
    """Return the mechanisms that the parties may mean; with all organisations given, the exact one alone."""
    if all(party.organisation_id for party in ordered):
        exact = Mechanism.objects.filter(party_key=_party_key(ordered)).first()
        if exact is not None:
            return [exact]
    rows = Mechanism.objects.filter(state_key=_state_key(ordered)).prefetch_related("parties").order_by("id")
    return [row for row in rows if _agree(row, ordered)]


def _agree(row: Mechanism, ordered: Sequence[Party]) -> bool:
    known = sorted(row.parties.all(), key=lambda party: party.position)
    return all(
        had.state == party.state
        and (had.organisation_id or party.organisation_id) == (party.organisation_id or had.organisation_id)
        for had, party in zip(known, ordered, strict=True)
    )


def _fill_organisations(node: Node, by: UserId | None, known: Mechanism, ordered: Sequence[Party]) -> None:
    rows = list(known.parties.order_by("position"))
    filled: list[UUID] = []
    for row, party in zip(rows, ordered, strict=True):
        if row.organisation_id is None and party.organisation_id is not None:
            row.organisation_id, row.names = party.organisation_id, {**party.names, **row.names}
            row.save(update_fields=["organisation_id", "names"])
            filled.append(party.organisation_id)
    if filled:
        known.party_key = _party_key([Party(row.state, _organisation(row.organisation_id)) for row in rows])
        known.save(update_fields=["party_key"])
        record(node, "mechanism_completed", known.id, by, organisations=[str(item) for item in filled])


def _organisation(value: UUID | None) -> OrganisationId | None:
    return OrganisationId(value) if value else None

"""What follows from the rows of the register, made anew where rows are put back: lists, counts and the search index."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from entraide.kernel.languages import SPOKEN
from entraide.programme.adapters.columns import model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.adapters.vocabulary import load_domains
from entraide.programme.domain.kinds import Kind
from entraide.programme.models import Commitment, Instrument, Mechanism, MechanismParty, Meeting, MeetingPerson
from entraide.programme.services.general_acts import index_fact
from entraide.programme.services.listing import correct_lists_of, enter_lists, leave_lists
from entraide.programme.services.meetings import index_meeting
from entraide.programme.services.recording import index_public
from entraide.search.api import remove_document

Rows = Mapping[str, Collection[UUID]]
"""Ids of rows by their model as `label.Name`."""


def leave_what_follows(rows: Rows) -> Rows:
    """Take rows that are about to be put back, or to go, out of lists, counts and the index, within a transaction.

    Return also what is found by the words of such rows: `refresh_what_follows` takes all of it.
    """
    people = MeetingPerson.objects.filter(id__in=list(rows.get("programme.MeetingPerson", ())))
    parties = MechanismParty.objects.filter(id__in=list(rows.get("programme.MechanismParty", ())))
    beside: dict[str, set[UUID]] = {
        "programme.Meeting": set(people.values_list("meeting_id", flat=True)),
        "programme.Mechanism": set(parties.values_list("mechanism_id", flat=True)),
    }
    leave_lists(list(_commitments(rows)))
    for kind in load_kinds():
        for id_ in rows.get(kind.model, ()) if kind.model else ():
            remove_document(kind=kind.name, object_id=id_)
    return {**rows, **{model: {*rows.get(model, ()), *ids} for model, ids in beside.items()}}


def refresh_what_follows(rows: Rows) -> None:
    """Enter rows that were put back, those of them that are there, into lists, counts and the index."""
    enter_lists(list(_commitments(rows)))
    for id_ in rows.get("programme.Meeting", ()):
        correct_lists_of(meeting_id=id_)
    for meeting in Meeting.objects.filter(series__in=list(rows.get("programme.Series", ()))):
        index_meeting(meeting)
    for id_ in rows.get("programme.Instrument", ()):
        correct_lists_of(instrument_id=id_)
    for kind in load_kinds():
        ids = list(rows.get(kind.model, ())) if kind.model else []
        for row in model_of(kind)._default_manager.filter(pk__in=ids) if ids else ():  # noqa: SLF001 - any model's manager
            _index_of(kind)(row)


def _commitments(rows: Rows) -> Collection[Commitment]:
    return Commitment.objects.filter(id__in=list(rows.get("programme.Commitment", ())))


def _index_of(kind: Kind) -> Callable[..., None]:
    """Return how a fact of a kind is put into the index: in its own way, as declared, or not at all."""
    if kind.name in _INDEX:
        return _INDEX[kind.name]
    return _nothing if kind.plug else lambda row: index_fact(kind, row)


def _nothing(_row: object) -> None:
    """Leave a fact out of the index."""


def _index_mechanism(row: Mechanism) -> None:
    parties = [name for party in row.parties.all() for name in party.names.values()]
    index_public("mechanism", row.id, *row.names.values(), *parties)


def _index_instrument(row: Instrument) -> None:
    index_public("instrument", row.id, *row.titles.values(), row.period)


def _index_commitment(row: Commitment) -> None:
    labels = [load_domains().label(row.domain, code) for code in SPOKEN]
    index_public("commitment", row.id, *row.texts.values(), *labels)


def _index_meeting_of(row: MeetingPerson) -> None:
    index_meeting(Meeting.objects.get(id=row.meeting_id))


_INDEX: Mapping[str, Callable[..., None]] = {
    "mechanism": _index_mechanism,
    "meeting": index_meeting,
    "official": _index_meeting_of,
    "instrument": _index_instrument,
    "commitment": _index_commitment,
}
"""How facts of kinds with words of their own are put into the index."""

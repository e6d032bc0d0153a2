"""What follows from the rows of the register, made anew where rows are put back: lists, counts and the search index."""

from collections.abc import Collection, Mapping
from uuid import UUID

from entraide.programme.adapters.columns import model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.models import Commitment, MechanismParty, MeetingPerson
from entraide.programme.services.listing import correct_lists_of, enter_lists, leave_lists
from entraide.programme.services.plugs import plug_of
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
    for id_ in rows.get("programme.Instrument", ()):
        correct_lists_of(instrument_id=id_)
    for kind in load_kinds():
        ids = list(rows.get(kind.model, ())) if kind.model else []
        renew = plug_of(kind.name).renew if ids else None
        if renew is not None:
            there = model_of(kind)._default_manager.filter(pk__in=ids)  # noqa: SLF001 - any model's manager
            for id_ in list(there.values_list("pk", flat=True)):
                renew(id_)


def _commitments(rows: Rows) -> Collection[Commitment]:
    return Commitment.objects.filter(id__in=list(rows.get("programme.Commitment", ())))

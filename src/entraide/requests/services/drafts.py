"""Drafting a request: a number of its own from the first moment, content sealed under its own key."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from entraide.access.api import Actor
from entraide.directory.api import get_party, own_party
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import PartyId, RequestId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.records import create_record_key, seal_content
from entraide.requests.adapters.vocabulary import UnknownForm, list_forms, load_form
from entraide.requests.domain.case import Case, Written
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.columns import Columns, derive_columns
from entraide.requests.domain.errors import AskedItself, DraftChanged
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.sides import Sides
from entraide.requests.models import ReferenceCounter, Request, SafeguardFinding
from entraide.requests.services.acts import journal, move_on, note_event, require_part
from entraide.requests.services.cases import load_case
from entraide.safeguards.api import NoSuchCode, offence_domain
from entraide.storage.api import transaction


def create_draft(
    node: Node, *, actor: Actor, form_id: str, party_id: PartyId, content: Mapping[str, Any] | None = None
) -> RequestId:
    """Open a draft of the type `form_id` to another party and return its id; a draft may be incomplete.

    The party has a node that is paired with this one, or is an organisation on paper that this node knows. Raises
    `RoleMissing` unless `actor` is a case officer, `UnknownForm`, `AskedItself`, or the directory's `NoSuchParty`.
    """
    require_part(actor, Direction.OUTGOING, Act.CREATED)
    if form_id not in list_forms(node):
        raise UnknownForm(form=form_id[:40])
    form = load_form(node, form_id)
    with transaction(node):
        own, requested = own_party(node), get_party(node, party_id)
        if requested.id == own.id:
            raise AskedItself
        request_id, now = RequestId(new_uuid(node)), node.clock.now()
        case = Case(
            id=request_id,
            reference=_next_reference(node),
            sides=Sides(own, requested, own.id),
            form=form,
            state=load_lifecycle().start(Direction.OUTGOING),
            thread_id=request_id,
            changed_at=now,
            drafter=actor.user_id,
            written=Written(content or {}, node.random.draw(32)),
            wrapped_key=create_record_key(node, request_id),
        )
        create_request(node, case)
        note_event(node, case.id, Event(Act.CREATED.value, now, actor.post))
        journal(node, case, Act.CREATED, actor=actor, entry={"form": form.id, "version": form.version})
    return request_id


def update_draft(
    node: Node, *, actor: Actor, request_id: RequestId, content: Mapping[str, Any], based_on: datetime | None = None
) -> None:
    """Replace the content of a draft; what was checked, cleared or submitted before counts no more.

    Whoever edits becomes the drafter, so that four eyes look at what was written last. `based_on` is the draft's
    `changed_at` when its editor opened it. Raises `RoleMissing`, `NoSuchRequest`, `DraftChanged`, or `ActOutOfTurn`
    (released requests are never edited).
    """
    require_part(actor, Direction.OUTGOING, Act.EDITED)
    with transaction(node):
        case = load_case(node, request_id, content=True)
        if based_on is not None and based_on != case.changed_at:
            raise DraftChanged(reference=case.reference)
        written = Written(content, case.says.salt)
        columns = _derive_row(node, case, written)
        SafeguardFinding.objects.filter(request_id=case.id).delete()
        move_on(
            node,
            replace(case, urgent=columns["urgent"]),
            Act.EDITED,
            actor=actor,
            columns={
                **columns,
                "drafter_id": actor.user_id,
                "checked_on": None,
                "outcome": "",
                "facts_digest": "",
            },
        )


def create_request(node: Node, case: Case, **columns: Any) -> None:  # noqa: ANN401 - columns of the row
    """Keep a new request with what it says, and the `columns` that go with it; raises `NotCanonical`."""
    Request.objects.create(
        id=case.id,
        requesting=case.sides.requesting.id,
        requested=case.sides.requested.id,
        thread_id=case.thread_id,
        reference=case.reference,
        form_id=case.form.id,
        form_version=case.form.version,
        form_digest=case.form.digest,
        state=case.state.value,
        drafter_id=case.drafter,
        created_at=case.changed_at,
        changed_at=case.changed_at,
        wrapped_key=case.wrapped_key,
        **_derive_row(node, case, case.says),
        **columns,
    )


def _derive_row(node: Node, case: Case, written: Written) -> dict[str, Any]:
    """Seal what is written, and take the codes and dates of it that lists, clocks and counts need; nothing in words."""
    canonical_bytes(dict(written.content))
    columns = derive_columns(case.form, written.content)
    return {
        "content": seal_content(node, case, written.content, written.salt),
        "urgent": columns.urgent,
        "offences": list(columns.offences),
        "domain": _domain(node, case.form, columns),
        "expires_on": columns.expires_on,
        "sending_authority_id": columns.sending_authority_id,
        "receiving_authority_id": columns.receiving_authority_id,
    }


def _domain(node: Node, form: Form, columns: Columns) -> str:
    """The cooperation domain in which the request counts: its first offence's, until there is one its form's."""
    for code in columns.offences[:1]:
        try:
            return offence_domain(node, code, columns.conducts)
        except NoSuchCode:
            break
    return form.domain


def _next_reference(node: Node) -> str:
    year = node.clock.now().astimezone(UTC).year
    counter, _ = ReferenceCounter.objects.select_for_update().get_or_create(
        year=year, defaults={"id": new_uuid(node), "last": 0}
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{node.settings.state}-{year}-{counter.last:06d}"

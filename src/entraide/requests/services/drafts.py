"""Drafting a request: a number of its own from the first moment, content sealed under its own key."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from entraide.access.api import Actor
from entraide.directory.api import get_party, own_party
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import PartyId, RequestId, ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.records import create_record_key, open_content, seal_content
from entraide.requests.adapters.vocabulary import UnknownForm, list_forms, load_form
from entraide.requests.domain.columns import Columns, derive_columns
from entraide.requests.domain.errors import AskedItself, DraftChanged
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.models import ReferenceCounter, Request, SafeguardFinding
from entraide.requests.services.acts import journal, load_request, move_on, note_event, require_part
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
        request_id = new_uuid(node)
        now = node.clock.now()
        request = Request(
            id=request_id,
            requesting=own.id,
            requested=requested.id,
            thread_id=ThreadId(request_id),
            reference=_next_reference(node),
            form_id=form.id,
            form_version=form.version,
            form_digest=form.digest,
            state=load_lifecycle().start(Direction.OUTGOING).value,
            domain=form.domain,
            drafter_id=actor.user_id,
            created_at=now,
            changed_at=now,
        )
        create_record_key(node, request)
        _write_content(node, request, form, content or {}, node.random.draw(32))
        request.save()
        note_event(node, request, Act.CREATED, at=now, by=actor.post)
        journal(node, request, Act.CREATED, actor=actor, content={"form": form.id, "version": form.version})
    return RequestId(request_id)


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
        request = load_request(request_id)
        if based_on is not None and based_on != request.changed_at:
            raise DraftChanged(reference=request.reference)
        salt = open_content(node, request, request.content).salt
        _write_content(node, request, load_form(node, request.form_id), content, salt)
        request.drafter_id = actor.user_id
        request.checked_on, request.outcome, request.facts_digest = None, "", ""
        SafeguardFinding.objects.filter(request=request).delete()
        move_on(node, request, Act.EDITED, actor=actor)


def _write_content(node: Node, request: Request, form: Form, content: Mapping[str, Any], salt: bytes) -> None:
    """Seal `content` and copy the codes and dates that lists and clocks need; raises `NotCanonical`."""
    canonical_bytes(dict(content))
    request.content = seal_content(node, request, content, salt)
    copy_columns(node, request, form, content)


def copy_columns(node: Node, request: Request, form: Form, content: Mapping[str, Any]) -> None:
    """Copy the codes and dates of `content` that lists, clocks and counts need; nothing that a person wrote."""
    columns = derive_columns(form, content)
    request.urgent = columns.urgent
    request.offences = list(columns.offences)
    request.domain = _domain(node, form, columns)
    request.expires_on = columns.expires_on
    request.sending_authority_id = columns.sending_authority_id
    request.receiving_authority_id = columns.receiving_authority_id


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

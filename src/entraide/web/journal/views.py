"""Pages of the journal: what was done, whether it still verifies, and proof of one act for someone outside."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entraide.access.api import Role
from entraide.directory.api import list_signers
from entraide.journal.api import (
    check_triggers,
    count_waiting,
    ensure_own_log,
    examine_logs,
    export_bundle,
    get_entry,
    list_entries,
    sequence_own_log,
)
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import EntryId
from entraide.keys.api import key_fingerprint
from entraide.web.account.access import role_required
from entraide.web.http import node_of
from entraide.web.journal.forms import EntryFilter
from entraide.web.journal.pages import entry_rows, log_rows, older_query, results, told_act

PAGE_LENGTH = 50


@require_GET
@role_required(Role.auditor, Role.operator)
def show_journal(request: HttpRequest) -> HttpResponse:
    """Show the logs with their heads, and the entries, newest first."""
    node = node_of(request)
    form = EntryFilter(node, request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    before = chosen.get("before")
    kind, subject = chosen.get("kind") or "", chosen.get("subject")
    entries = list_entries(
        node,
        kind=kind or None,
        subject=subject,
        before=EntryId(before) if before else None,
        limit=PAGE_LENGTH + 1,
    )
    rows = entry_rows(node, entries[:PAGE_LENGTH])
    context = {
        "form": form,
        "filtered": bool(kind or subject or before),
        "logs": log_rows(node),
        "rows": rows,
        "older": older_query(rows, kind=kind, subject=subject) if len(entries) > PAGE_LENGTH else "",
        "waiting": count_waiting(node),
        "fingerprint": key_fingerprint(node.public_keys),
    }
    return render(request, "journal/journal.html", context)


@require_POST
@role_required(Role.auditor, Role.operator)
def verify(request: HttpRequest) -> HttpResponse:
    """Compute every log again from its entries and say plainly what came out."""
    node = node_of(request)
    found = results(node, examine_logs(node, list_signers(node)))
    context = {
        "results": found,
        "broken": [result for result in found if result.error],
        "triggers": check_triggers(node.database),
        "trail": _trail(_("Verification")),
    }
    return render(request, "journal/verified.html", context)


@require_GET
@role_required(Role.auditor, Role.operator)
def show_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry with all that it states; raises `Http404`."""
    node = node_of(request)
    entry = get_entry(node, EntryId(entry_id))
    if entry is None:
        raise Http404
    content = json.dumps(entry.content, ensure_ascii=False, indent=2, sort_keys=True)
    context = {
        "row": entry_rows(node, [entry])[0],
        "content": content,
        "act": told_act(node, entry.id),
        "trail": _trail(_("Entry")),
    }
    return render(request, "journal/entry.html", context)


@require_GET
@role_required(Role.auditor, Role.operator)
def download_proof(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Give one entry with its proof and the signed head, for `conformance/verify_entraide.py`; raises `Http404`."""
    node = node_of(request)
    sequence_own_log(node)
    entry = get_entry(node, EntryId(entry_id))
    if entry is None or entry.index is None:
        raise Http404
    bundle = canonical_bytes(export_bundle(node, ensure_own_log(node), entry.index))
    name = f"{node.settings.name}-{entry.index}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bundle, content_type="application/json", headers=headers)


def _trail(here: str) -> list[dict[str, str]]:
    return [{"label": _("Journal"), "href": reverse("journal:journal")}, {"label": here}]

"""Tables are given, compared with the register, looked at, and applied or dropped by a person."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.tables.api import (
    ComparedImport,
    ImportView,
    apply_import,
    compare_import,
    drop_import,
    get_import,
    give_tables,
    list_imports,
)
from entraide.tables.domain.errors import DifferenceChanged
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.imports.forms import TablesForm
from entraide.web.imports.presenting import PARTS, entries_of, first_part, show_entry
from entraide.web.language import reader_language
from entraide.web.sourcekinds import SOURCE_KINDS

READERS = (Role.desk_officer, Role.auditor)
PER_PAGE = 40


@require_GET
@role_required(*READERS)
def show_imports(request: HttpRequest) -> HttpResponse:
    """List the imports: those that wait for a decision first."""
    imports = list_imports()
    context = {
        "waiting": [item for item in imports if item.state == "waiting"],
        "decided": [item for item in imports if item.state != "waiting"],
        "may_import": actor_from(request).has_role(Role.desk_officer),
    }
    return render(request, "imports/imports.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def give(request: HttpRequest) -> HttpResponse:
    """Take tables and lead to what they would change; nothing is imported by that."""
    form = TablesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = give_tables(node_of(request), actor=actor_from(request), files=form.given(), source_kind=form.kind())
        except EntraideError as error:
            add_error(form, error, "tables")
        else:
            return redirect("imports:difference", import_id=made)
    return render(request, "imports/new.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
@role_required(*READERS)
def show_difference(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show what an import would change now, or that it was decided."""
    found = get_import(import_id)
    if found.state != "waiting":
        return render(request, "imports/decided.html", {"import": found, "trail": _trail(found)})
    compared = compare_import(node_of(request), actor=actor_from(request), import_id=import_id)
    return _difference(request, found, compared)


@require_POST
@role_required(Role.desk_officer)
def apply(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Apply the difference that was shown; when it is another one by now, show that instead."""
    node, actor = node_of(request), actor_from(request)
    try:
        counts = apply_import(node, actor=actor, import_id=import_id, digest=request.POST.get("digest", ""))
    except DifferenceChanged as error:
        show_error(request, error)
        compared = compare_import(node, actor=actor, import_id=import_id)
        return _difference(request, get_import(import_id), compared, status=409)
    except EntraideError as error:
        show_error(request, error)
        return redirect("imports:difference", import_id=import_id)
    added = ngettext("{n} added", "{n} added", counts["added"]).format(n=counts["added"])
    changed = ngettext("{n} changed", "{n} changed", counts["changed"]).format(n=counts["changed"])
    applied = gettext("The import is applied: {added}, {changed}.").format(added=added, changed=changed)
    messages.success(request, applied)
    return redirect("imports:difference", import_id=import_id)


@require_POST
@role_required(Role.desk_officer)
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Drop an import; the register stays as it is."""
    drop_import(node_of(request), actor=actor_from(request), import_id=import_id)
    messages.success(request, gettext("The import is dropped; the register is as it was."))
    return redirect("imports:imports")


def _difference(request: HttpRequest, found: ImportView, compared: ComparedImport, status: int = 200) -> HttpResponse:
    difference = compared.difference
    wanted = request.GET.get("show", "")
    part = wanted if wanted in PARTS else first_part(difference)
    page = Paginator(entries_of(difference, part), PER_PAGE).get_page(request.GET.get("page"))
    language = reader_language()
    names = {
        "refused": gettext("Refused"),
        "changed": gettext("Changed"),
        "added": gettext("Added"),
        "left": gettext("Left as it is"),
    }
    context = {
        "import": found,
        "difference": difference,
        "digest": compared.digest,
        "files": compared.files,
        "kind": next((label for kind, label in SOURCE_KINDS.items() if kind.value == found.source_kind), ""),
        "parts": [
            {"name": name, "label": names[name], "count": len(entries_of(difference, name)), "current": name == part}
            for name in PARTS
        ],
        "part": part,
        "part_title": names[part],
        "page": page,
        "entries": [show_entry(entry, language) for entry in page],
        "may_apply": actor_from(request).has_role(Role.desk_officer),
        "trail": _trail(found),
    }
    return render(request, "imports/difference.html", context, status=status)


def _trail(found: ImportView) -> list[dict[str, str]]:
    return [{"label": gettext("Imports"), "href": reverse("imports:imports")}, {"label": ", ".join(found.files)[:80]}]

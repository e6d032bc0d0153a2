"""Importing texts: files, several at once, or a text that is pasted; what is there already says where."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from entraide.access.api import Role
from entraide.communiques.api import (
    SourceKind,
    find_source,
    get_source,
    import_source,
    list_samples,
    read_sample,
    tell_published,
)
from entraide.communiques.domain.pages import address_of_page
from entraide.documents.api import Document, FileText, list_documents, take_bytes
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.proposals.forms import ImportForm, PublishedForm

PAGES = {"text/html", "multipart/related"}
"""Media types of saved web pages."""


@dataclass(slots=True)
class Taken:
    """What became of what was given: sources that are new, those that were there already, and refusals."""

    new: list[SourceId] = field(default_factory=list)
    known: list[SourceId] = field(default_factory=list)
    refused: list[EntraideError] = field(default_factory=list)

    @property
    def sources(self) -> list[SourceId]:
        """All sources, each once."""
        return list(dict.fromkeys([*self.new, *self.known]))


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def import_texts(request: HttpRequest) -> HttpResponse:
    """Take files or a pasted text, read them, and lead to the review of one, or to the list of several."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        taken = _take(request, form.cleaned_data)
        if taken.sources:
            return _lead_on(request, taken)
        for error in taken.refused:
            add_error(form, error, "file" if form.cleaned_data["file"] else "text")
    context = {"form": form, "endpoint": node_of(request).settings.reader_endpoint}
    return render(request, "proposals/import.html", context, status=400 if form.errors else 200)


def _take(request: HttpRequest, given: Mapping[str, Any]) -> Taken:
    taken = Taken()
    for upload in given["file"]:
        data = upload.read()
        try:
            file = take_bytes(data, name=upload.name)
        except EntraideError as error:
            taken.refused.append(error)
            continue
        address = given["url"] or (address_of_page(data) if file.media_type in PAGES else "")
        for document in list_documents(file):
            _take_document(request, taken, document, file, {**given, "url": address}, PurePath(upload.name).stem)
    if given["text"].strip():
        name = given["url"] or _("Pasted text")
        _take_text(request, taken, name, given["text"].replace("\r\n", "\n"), given)
    return taken


def _take_document(
    request: HttpRequest, taken: Taken, document: Document, file: FileText, given: Mapping[str, Any], name: str
) -> None:
    """Import one document of a file; of a mail its attachments are documents too."""
    named = f"{name} ({document.name})" if document.within else name
    own = replace(file, media_type=document.tree.media_type)
    _take_text(request, taken, named, document.tree.text, given, own)


def _take_text(
    request: HttpRequest, taken: Taken, name: str, text: str, given: Mapping[str, Any], file: FileText | None = None
) -> None:
    node = node_of(request)
    known = find_source(node, text)
    try:
        source = known or import_source(
            node,
            actor=actor_from(request),
            name=name,
            text=text,
            file=file,
            kind=SourceKind(given["kind"]),
            publisher=given["publisher"],
            url=given["url"],
            published=given["published"],
        )
    except EntraideError as error:
        taken.refused.append(error)
    else:
        (taken.known if known else taken.new).append(source)


def _lead_on(request: HttpRequest, taken: Taken) -> HttpResponse:
    """Say what was there already and what was refused, and show what is to be decided."""
    for error in taken.refused:
        show_error(request, error)
    for source_id in dict.fromkeys(taken.known):
        _tell_known(request, source_id)
    if len(taken.sources) == 1:
        return redirect("proposals:review", source_id=taken.sources[0])
    count = len(taken.new)
    told = ngettext("%(number)s text was imported.", "%(number)s texts were imported.", count) % {"number": count}
    messages.success(request, told)
    return redirect("proposals:sources")


def _tell_known(request: HttpRequest, source_id: SourceId) -> None:
    """Say where a text is that was imported before."""
    source = get_source(node_of(request), source_id).summary
    messages.warning(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("This text has been imported already; it is here:"),
            reverse("proposals:review", args=[source_id]),
            source.title or source.name,
        ),
    )


@require_POST
@role_required(Role.desk_officer)
def import_samples(request: HttpRequest) -> HttpResponse:
    """Import the sample communiqués that come with the program."""
    for sample in list_samples():
        import_source(
            node_of(request),
            actor=actor_from(request),
            name=sample.name,
            text=read_sample(sample.name),
            kind=sample.kind,
            publisher=sample.publisher,
            sample=True,
        )
    messages.success(request, _("The sample communiqués are imported; their proposals wait for you."))
    return redirect("proposals:sources")


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def tell_day(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Say when a source was published whose text does not say it; whoever comes without a form sees the review."""
    form = PublishedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            tell_published(
                node_of(request),
                actor=actor_from(request),
                source_id=SourceId(source_id),
                published=form.cleaned_data["published"],
            )
        except EntraideError as error:
            show_error(request, error)
    elif form.is_bound:
        messages.error(request, " ".join(str(error) for error in form.errors["published"]))
    return redirect("proposals:review", source_id=source_id)

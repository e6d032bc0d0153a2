"""The page that says in which forms the register can be taken, where, under which licence, and how often."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from entraide.tables.api import (
    LICENCES,
    list_packages,
)
from entraide.web.feeds.catalog import build_dataset
from entraide.web.http import node_of
from entraide.web.language import reader_language, text_here

EDITIONS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which the register can be taken: its name, what it is for, and an address or its pattern."""

    name: str
    about: str
    address: str
    is_link: bool = True


@require_safe
def show_data(request: HttpRequest) -> HttpResponse:
    """Say which forms there are, how to cite, the licence, and how often programs may ask."""
    node = node_of(request)
    title, address = LICENCES[node.settings.licence]
    language = reader_language()
    names = node.settings.organisation
    context = {
        "forms": _forms(language),
        "licence": {"title": title, "href": address},
        "publisher": text_here(names).text or node.settings.name,
        "origin": node.settings.origin,
        "today": node.clock.now().date(),
        "limits": settings.RATE_LIMITS,
        "dataset": as_embedded(build_dataset(node)),
        "editions": [edition.day for edition in list_packages(node)[:EDITIONS_SHOWN]],
        "trail": [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Data")}],
    }
    return render(request, "feeds/data.html", context)


def as_embedded(document: dict[str, Any]) -> SafeString:
    """Return the element of a page that holds a document for programs: data, which no browser runs."""
    text = json.dumps(document, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(f'<script type="application/ld+json">{escaped}</script>')  # noqa: S308 - nothing can end it


def _forms(language: str) -> list[Form]:
    asked = f"?lang={language}"
    return [
        Form(
            "XLSX, CSV, JSON, JSON Lines",
            gettext("Tables for a spreadsheet or a script, each row with the permanent address of its fact."),
            reverse("exports:tables"),
        ),
        Form(
            "Data Package",
            gettext(
                "All tables in one described file, made anew after a change; the editions of days keep their addresses."
            ),
            reverse("exports:package"),
        ),
        Form(
            "REST, OpenAPI",
            gettext("Single facts with their passages and narrowed lists, for programs; no token is needed."),
            reverse("openapi"),
        ),
        Form(
            "JSON-LD",
            gettext(
                "Each page as linked data (schema.org, Popolo): .jsonld in place of the last slash of its address."
            ),
            "/mechanisms/….jsonld",
            is_link=False,
        ),
        *_described(),
        Form(
            "iCalendar",
            gettext("Meetings, announced and due, and ends of plans, for a calendar; also of one mechanism."),
            reverse("feeds:calendar") + asked,
        ),
        Form(
            "Atom",
            gettext("What was recorded, corrected, withdrawn or joined, latest first; also of one mechanism."),
            reverse("feeds:feed") + asked,
        ),
    ]


def _described() -> list[Form]:
    """Return the forms that tell other programs of the register: portals, citation programs, search engines."""
    return [
        Form(
            "DCAT",
            gettext("The register as a dataset, for catalogues of data portals (JSON-LD)."),
            reverse("feeds:catalog"),
        ),
        Form(
            "BibTeX, RIS",
            gettext("How to cite a page, for a citation program: .bib or .ris in place of the last slash."),
            "/meetings/….bib",
            is_link=False,
        ),
        Form(
            "Sitemap",
            gettext("All public pages with the moment of their last change, for search engines and archives."),
            reverse("feeds:sitemap"),
        ),
    ]

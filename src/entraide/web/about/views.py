"""The pages about the register as everyone reads them, and as the operator writes them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.publication.api import (
    SUMMARIES,
    TITLES,
    AboutPage,
    AboutText,
    drop_about_text,
    fill_default,
    get_about_text,
    list_about_texts,
    list_missing,
    parse_about_page,
    parse_blocks,
    switch_reporting,
    takes_reports,
    tell_about,
    write_about_text,
)
from entraide.publication.domain.about import strip_controls
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.language import reader_language
from entraide.web.templatetags.programme import language_title


class TextForm(forms.Form):
    """A page's text in one language; `seen` is what stood there when the form was opened."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "Plain text: an empty line parts paragraphs, “## ” begins a heading, “- ” an item of a list. Addresses "
            "become links; nothing else is markup."
        ),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A page as the overview names it."""

    title: str
    about: str
    href: str


@require_safe
def show_overview(request: HttpRequest) -> HttpResponse:
    """Say what this register is, who keeps it, and where that is told at length."""
    context = {"pages": list(_pages()), "trail": _trail(gettext("About"))}
    return render(request, "about/overview.html", context)


@require_safe
def show_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page about the register; raises `NoSuchAboutPage`."""
    page = parse_about_page(name)
    text = tell_about(node_of(request), page, reader_language())
    context = {
        "page": page,
        "title": gettext(TITLES[page]),
        "summary": gettext(SUMMARIES[page]),
        "text": text,
        "blocks": parse_blocks(text.text),
        "pages": list(_pages()),
        "write_href": reverse("about:write", args=[page.value, reader_language()]),
        "trail": [*_trail(gettext("About"), reverse("about:overview")), {"label": gettext(TITLES[page])}],
    }
    return render(request, "about/page.html", context)


@require_safe
@role_required(Role.operator, Role.auditor)
def list_texts(request: HttpRequest) -> HttpResponse:
    """List the texts of the pages by language: whose they are, since when, and what is missing."""
    node = node_of(request)
    missing = list_missing(node)
    rows: dict[AboutPage, list[AboutText]] = {}
    for text in list_about_texts(node):
        rows.setdefault(text.page, []).append(text)
    context = {
        "rows": [(gettext(TITLES[page]), page, texts) for page, texts in rows.items()],
        "missing": [gettext(TITLES[page]) for page in missing],
        "reporting": takes_reports(node),
        "may_write": actor_from(request).has_role(Role.operator),
        "trail": [*_trail(gettext("About"), reverse("about:overview")), {"label": gettext("Texts of these pages")}],
    }
    return render(request, "about/texts.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.operator)
def write(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """Let the operator write a page in a language, with a look at it first.

    Raises `NoSuchAboutPage`, `NotALanguageOfPages`.
    """
    node, page = node_of(request), parse_about_page(name)
    stands = get_about_text(node, page, language)
    begun = {"text": _as_written(node, stands), "seen": stands.text}
    form = TextForm(request.POST or None, initial=begun)
    shown = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "look" in request.POST:
            shown = given["text"]
        elif _written(request, form, page, language):
            messages.success(request, gettext("The page is written; the journal has who did it."))
            return redirect("about:texts")
    context = {
        "form": form,
        "page": page,
        "title": gettext(TITLES[page]),
        "language": language,
        "language_name": language_title(language),
        "own": stands.own,
        "looked": parse_blocks(strip_controls(shown)),
        "trail": [
            *_trail(gettext("About"), reverse("about:overview")),
            {"label": gettext("Texts of these pages"), "href": reverse("about:texts")},
            {"label": gettext(TITLES[page])},
        ],
    }
    return render(request, "about/write.html", context, status=400 if form.errors else 200)


@require_POST
@role_required(Role.operator)
def go_back(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """Let the text that comes with the program stand again; raises `NoSuchAboutPage`, `NotALanguageOfPages`."""
    drop_about_text(node_of(request), actor=actor_from(request), page=parse_about_page(name), language=language)
    messages.success(request, gettext("The text that comes with the program stands again."))
    return redirect("about:texts")


@require_POST
@role_required(Role.operator)
def switch(request: HttpRequest) -> HttpResponse:
    """Take reports of errors, or take none."""
    switch_reporting(node_of(request), actor=actor_from(request), open_=request.POST.get("open") == "yes")
    return redirect("about:texts")


def _written(request: HttpRequest, form: TextForm, page: AboutPage, language: str) -> bool:
    """Keep what the form says, or show on it why not."""
    given = form.cleaned_data
    try:
        write_about_text(
            node_of(request),
            actor=actor_from(request),
            page=page,
            language=language,
            text=given["text"],
            seen=given["seen"] or None,
        )
    except EntraideError as error:
        add_error(form, error, "text")
        return False
    return True


def _as_written(node: Node, stands: AboutText) -> str:
    """Return what the form begins with: a default text with its names filled in, as the operator's would say them."""
    return stands.text if stands.own else fill_default(node, stands.text, stands.language)


def _pages() -> Iterator[Told]:
    for page in AboutPage:
        yield Told(gettext(TITLES[page]), gettext(SUMMARIES[page]), reverse("about:page", args=[page.value]))
    yield Told(gettext("How to use the API"), gettext("The register for programs, step by step."), reverse("about:api"))
    yield Told(gettext("Data"), gettext("The register for other programs, in every form."), reverse("feeds:data"))
    yield Told(
        gettext("How sources are weighed"),
        gettext("Which source counts where two of them disagree."),
        reverse("sources:kinds"),
    )


def _trail(label: str, href: str = "") -> list[dict[str, str]]:
    own = {"label": label, "href": href} if href else {"label": label}
    return [{"label": gettext("Register"), "href": reverse("register:home")}, own]

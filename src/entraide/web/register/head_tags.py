"""What the head of a page tells programs: its title and description, its one address, its languages, how to cite it.

    {% about_page %}title{% description %}description{% end_about_page %}

The title and description are those of the page; where it has no description, that of the fact that it shows.
"""

from typing import Any
from urllib.parse import urlencode

from babel.core import get_global
from django import template
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.web.language import reader_language
from entraide.web.register.crawling import PRIVATE
from entraide.web.register.dating import list_recorded
from entraide.web.register.described import Described, describe_fact, fact_shown

register = template.Library()
LANGUAGE = "lang"
LONGEST_DESCRIPTION = 300


class AboutPageNode(template.Node):
    """The title and the description of a page, and all that follows from them."""

    def __init__(self, title: NodeList, description: NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: template.Context) -> str:
        """Return the elements of the head."""
        # What templates have rendered is escaped already; what is told of a fact is not.
        title = mark_safe(_flat(self.title.render(context)))  # noqa: S308 - the same
        description = mark_safe(_flat(self.description.render(context)))  # noqa: S308 - the same
        request = context.get("request")
        node: Node | None = getattr(request, "node", None)
        told: dict[str, Any] = {"title": title, "ministry": context.get("ministry"), "description": description}
        if request is not None and node is not None:
            told |= _told(request, node, context, description)
        return render_to_string("register/head.html", told)


@register.tag
def about_page(parser: Parser, _token: Token) -> AboutPageNode:
    """Read the two parts of the tag."""
    title = parser.parse(("description",))
    parser.delete_first_token()
    description = parser.parse(("end_about_page",))
    parser.delete_first_token()
    return AboutPageNode(title, description)


@register.simple_tag(takes_context=True)
def here_in_any_language(context: Any) -> str:  # noqa: ANN401 - a template's context
    """Return the address of this page without the language that it is asked in."""
    request = context.get("request")
    if request is None:
        return "/"
    pairs = request.GET.copy()
    pairs.pop(LANGUAGE, None)
    return f"{request.path}?{pairs.urlencode()}" if pairs else str(request.path)


@register.simple_tag(takes_context=True)
def citation_files(context: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - a template's context
    """Return the files by which a program cites the fact of this page: path, media type, name; none on other pages."""
    request = context.get("request")
    shown = fact_shown(getattr(request, "resolver_match", None))
    if shown is None:
        return []
    kind, fact_id = shown
    return _files(f"/{kind.table}/{fact_id}", reader_language())


def _told(request: HttpRequest, node: Node, context: template.Context, description: str) -> dict[str, Any]:
    shown = fact_shown(request.resolver_match)
    public = not request.path.startswith(tuple(f"/{area}/" for area in PRIVATE))
    found = context.get("filter")
    listed = getattr(found, "permalink", "") if getattr(found, "path", "") == request.path else ""
    one = request.build_absolute_uri(listed or request.path)
    asked = request.GET.get(LANGUAGE, "")
    fact = describe_fact(node, *shown) if shown and _is_there(context) else None
    language = reader_language()
    return {
        "canonical": _in_language(one, asked) if asked in SPOKEN else one,
        "permanent": one,
        "languages": [(code, _in_language(one, code)) for code in SPOKEN] if public else [],
        "description": description or _description(fact, context)[:LONGEST_DESCRIPTION],
        "locale": _territory(language),
        "other_locales": [_territory(code) for code in SPOKEN if code != language] if public else [],
        "fact": fact,
        "files": _files(request.build_absolute_uri(fact.path.rstrip("/")), language) if fact else [],
        "recorded": list_recorded(node, [fact.id])[fact.id] if fact else None,
        "language": language,
    }


def _is_there(context: template.Context) -> bool:
    """Whether the page shows what its address names: the page of an error about it has no fact."""
    return "code" not in context or "remedy" not in context


def _description(fact: Described | None, context: template.Context) -> str:
    if fact is not None:
        parts = (fact.kind_name, fact.title, fact.note, str(context.get("ministry") or ""))
        return " · ".join(part for part in parts if part)
    return gettext(
        "The public register of cooperation between ministries: meetings, texts and commitments, each with the source "
        "that says so."
    )


def _files(path: str, language: str) -> list[tuple[str, str, str]]:
    """Return the files by which a program cites the fact at `path`: address, media type, name."""
    return [
        (f"{path}.bib?{LANGUAGE}={language}", "application/x-bibtex", "BibTeX"),
        (f"{path}.ris?{LANGUAGE}={language}", "application/x-research-info-systems", "RIS"),
    ]


def _in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({LANGUAGE: language})}"


def _territory(language: str) -> str:
    """Return a language with its most likely territory, as Open Graph writes it: `fr_FR` (CLDR)."""
    likely = str(get_global("likely_subtags").get(language, language)).split("_")
    return f"{likely[0]}_{likely[-1]}" if len(likely) > 1 else language


def _flat(text: str) -> str:
    return " ".join(text.split())

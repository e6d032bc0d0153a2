"""Organisations and posts, with who held them when."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.directory.api import Tenure, get_organisation, get_post, list_posts, list_tenures
from entraide.kernel.ids import OrganisationId, PostId
from entraide.kernel.node import Node
from entraide.programme.api import PersonFact, list_appearances, list_mechanisms, list_meetings
from entraide.web.http import node_of
from entraide.web.naming import name_organisation, name_post
from entraide.web.register.tenures import draw_tenures
from entraide.web.templatetags.programme import mechanism_title, meeting_title

MEETINGS = 20


def show_organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Show an organisation: its names, its posts and their holders, the mechanisms it is a party of."""
    node = node_of(request)
    organisation = get_organisation(node, OrganisationId(organisation_id))
    posts = list_posts(node, organisation_id=organisation.id)
    held: dict[PostId, list[Tenure]] = {post.id: [] for post in posts}
    for tenure in list_tenures(node, post_ids=list(held)) if posts else ():
        held[tenure.post_id].append(tenure)
    appearances = list_appearances(node, [tenure.id for many in held.values() for tenure in many])
    met = {item.meeting_id: item for item in appearances}
    context = {
        "organisation": organisation,
        "name": (name := name_organisation(organisation)),
        "posts": [(post, name_post(post, organisation.state), held[post.id]) for post in posts],
        "met": _entitled(node, list(met.values())[:MEETINGS]),
        "mechanisms": list_mechanisms(node, organisation_id=organisation.id),
        "trail": [_home(), {"label": name.text, "language": name.language}],
    }
    return render(request, "register/organisation.html", context)


def show_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Show a post: who was seen in it when, and the meetings they took part in."""
    node = node_of(request)
    post = get_post(node, PostId(post_id))
    organisation = get_organisation(node, post.organisation_id)
    tenures = list_tenures(node, post_id=post.id)
    context = {
        "post": post,
        "title": (title := name_post(post, organisation.state)),
        "organisation": organisation,
        "organisation_name": (name := name_organisation(organisation)),
        "tenures": tenures,
        "drawing": draw_tenures(tenures, node.clock.now().year),
        "appearances": _entitled(node, list_appearances(node, [tenure.id for tenure in tenures])),
        "trail": [
            _home(),
            {
                "label": name.text,
                "language": name.language,
                "href": reverse("register:organisation", args=[organisation.id]),
            },
            {"label": title.text, "language": title.language},
        ],
    }
    return render(request, "register/post.html", context)


def _entitled(node: Node, facts: Sequence[PersonFact]) -> list[tuple[PersonFact, str, str]]:
    """Return each appearance with what the meeting is called and between whom it was."""
    meetings = {
        item.id: item for item in list_meetings(node, ids={fact.meeting_id for fact in facts}, limit=len(facts))
    }
    between = {item.id: item for item in list_mechanisms(node, ids={item.mechanism_id for item in meetings.values()})}
    return [
        (
            fact,
            meeting_title(meetings[fact.meeting_id]),
            mechanism_title(between[meetings[fact.meeting_id].mechanism_id]),
        )
        for fact in facts
    ]


def _home() -> dict[str, str]:
    return {"label": gettext("Register"), "href": reverse("register:home")}

"""The rules as the public reads them: what each checks, where it comes from, and whether its source was read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.safeguards.api import get_rule, list_rules, load_rules
from entraide.web.http import node_of
from entraide.web.language import reader_language

TONES = {"block": "bad", "needs_review": "wait", "needs_assurance": "wait", "warn": "calm"}


def show_rules(request: HttpRequest) -> HttpResponse:
    """List all rules with outcome, source and source status, and the digest that travels with every request."""
    node = node_of(request)
    rules = [(rule, TONES[rule.outcome]) for rule in list_rules(node, reader_language())]
    trail = [{"label": gettext("Register"), "href": "/"}, {"label": gettext("Safeguard rules")}]
    return render(request, "safeguards/rules.html", {"rules": rules, "digest": load_rules(node).digest, "trail": trail})


def show_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Explain one rule in full."""
    rule = get_rule(node_of(request), rule_id, reader_language())
    trail = [
        {"label": gettext("Register"), "href": "/"},
        {"label": gettext("Safeguard rules"), "href": reverse("safeguards:rules")},
        {"label": rule.id},
    ]
    return render(request, "safeguards/rule.html", {"rule": rule, "tone": TONES[rule.outcome], "trail": trail})

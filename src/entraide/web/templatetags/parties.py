"""Parties as pages name them."""

from django import template

from entraide.directory.api import Party
from entraide.plans.api import PlanView
from entraide.web.language import reader_language
from entraide.web.templatetags.programme import state_title

register = template.Library()


@register.filter
def party_title(party: Party) -> str:
    """Return an organisation with its State in the reader's language: « Ministère de la Justice (Viêt Nam) »."""
    return f"{party.name_in(reader_language())} ({state_title(party.state)})"


@register.filter
def party_in(plan: PlanView, party_id: str) -> str:
    """Return the title of one of a plan's parties by its id."""
    return next((party_title(party) for party in plan.parties if party.id == party_id), party_id)

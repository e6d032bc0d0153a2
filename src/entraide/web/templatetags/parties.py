"""Parties as pages name them."""

from django import template

from entraide.directory.api import Party
from entraide.plans.api import PlanView
from entraide.search.domain.folding import fold
from entraide.web.naming import name_party
from entraide.web.templatetags.programme import state_title

register = template.Library()


@register.filter
def party_title(party: Party) -> str:
    """Return an organisation with its State in the reader's language: « ministère de la Justice (Vietnam) ».

    One that has its State in its own name needs it no second time.
    """
    name, state = name_party(party).text, state_title(party.state)
    return name if fold(name).endswith(fold(state)) else f"{name} ({state})"


@register.filter
def party_in(plan: PlanView, party_id: str) -> str:
    """Return the title of one of a plan's parties by its id."""
    return next((party_title(party) for party in plan.parties if party.id == party_id), party_id)

"""What pages show of a meeting beyond its facts, and of a mechanism's standing, each with its passages."""

from typing import Any

from entraide.communiques.api import citations_of_many
from entraide.kernel.node import Node
from entraide.programme.api import (
    FactKind,
    MechanismView,
    MeetingView,
    list_agenda,
    list_delegations,
    list_mechanisms,
    list_meetings,
    list_mentions,
    list_predecessors,
    list_standings,
)
from entraide.web.register.posts import link_posts


def describe_sitting(node: Node, meeting: MeetingView) -> dict[str, Any]:
    """Return the delegations, the agenda and the mentions of a meeting, in a fixed number of queries."""
    delegations, agenda = list_delegations(node, meeting), list_agenda(node, meeting.id)
    linked = {id(item.person): item for item in link_posts(node, meeting.people)}
    sides = citations_of_many(node, FactKind.DELEGATION, [item.id for item in delegations if item.id])
    points = citations_of_many(node, FactKind.AGENDA_ITEM, [item.id for item in agenda])
    told = list_mentions(node, meeting.id)
    return {
        "delegations": [
            {
                "view": item,
                "people": [linked[id(person)] for person in (*item.heads, *item.members)],
                "citations": _once(sides.get(item.id, []) if item.id else []),
            }
            for item in delegations
        ],
        "agenda": [{"view": item, "citations": _once(points.get(item.id, []))} for item in agenda],
        "mentions": list_meetings(node, ids=[item.meeting_id for item in told]) if told else (),
    }


def describe_standing(node: Node, mechanism: MechanismView) -> dict[str, Any]:
    """Return how a mechanism stood with its passages, and the mechanisms that it follows."""
    standings, before = list_standings(node, mechanism.id), list_predecessors(node, mechanism.id)
    wanted = {item.successor_id for item in standings if item.successor_id} | set(before)
    views = {view.id: view for view in list_mechanisms(node) if view.id in wanted} if wanted else {}
    cited = citations_of_many(node, FactKind.STANDING, [item.id for item in standings])
    return {
        "standings": [
            {
                "standing": item,
                "successor": views.get(item.successor_id) if item.successor_id else None,
                "citations": _once(cited.get(item.id, [])),
            }
            for item in standings
        ],
        "predecessors": [views[item] for item in before],
    }


def _once(citations: Any) -> list[Any]:  # noqa: ANN401 - citations of several fields
    """Return one citation per passage."""
    return list({(item.source.id, item.start, item.end): item for item in citations}.values())

"""Scene 5: proof of what was done, and what the public sees of it."""

from dataclasses import asdict

from entraide.access.api import Role
from entraide.channel.api import deliver_pending, list_exchanges
from entraide.cli.demonstration.agreeing import NEXT_PERIOD, PERIOD
from entraide.cli.demonstration.stage import Side, Stage
from entraide.cli.demonstration.telling import Teller
from entraide.cli.demonstration.waiting import wait_for
from entraide.cli.language import gettext, ngettext
from entraide.directory.api import list_signers
from entraide.journal.api import verify_all_logs
from entraide.kernel.ids import PlanId
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.api import PlanView, draft_communique, get_plan, record_conference
from entraide.programme.api import (
    Level,
    MeetingFacts,
    MeetingKind,
)
from entraide.reader.api import read_text
from entraide.statistics.api import count_answered_requests, count_asked


def play_proving(stage: Stage, plan_id: PlanId, teller: Teller) -> None:
    """Count the answers on last year's commitments, verify both journals, draft the communiqué and read it back."""
    for side in (stage.a, stage.b):
        plan = get_plan(side.node, plan_id)
        counted = count_answered_requests(side.node, plan)
        if side is stage.a:
            teller.line(
                gettext(
                    "Answered requests are counted by domain of the plan {period}, without a person: {count} so far."
                ).format(count=len(counted), period=PERIOD),
                counted={domain: asdict(counts) for domain, counts in counted.items()},
            )
            _tell_pairs(stage, plan, teller)
    _verify(stage, teller)
    _publish(stage.a, plan_id, teller)


def _tell_pairs(stage: Stage, plan: PlanView, teller: Teller) -> None:
    """Say who asked whom how often: by parties, as the plan that is reviewed names them."""
    totals = count_asked(stage.a.node, plan)
    names = {party.id: f"{party.name_in('en')} ({party.state})" for party in plan.parties}
    told = [
        {"requesting": pair.requesting, "requested": pair.requested, "count": total} for pair, total in totals.items()
    ]
    for pair, total in totals.items():
        teller.line(
            ngettext(
                "{requesting} asked {requested} {count} time.", "{requesting} asked {requested} {count} times.", total
            ).format(requesting=names[pair.requesting], requested=names[pair.requested], count=total),
            pairs=told,
        )


def _verify(stage: Stage, teller: Teller) -> None:
    for side in (stage.a, stage.b):
        wait_for("the last receipts", lambda side=side: _all_receipted(side))  # type: ignore[misc]  # bound per side
    logs = {side.ministry.name: verify_all_logs(side.node, list_signers(side.node)) for side in (stage.a, stage.b)}
    heads = {name: {log.origin: log.root.hex() for log in found} for name, found in logs.items()}
    first, second = heads.values()
    shared = first.keys() & second.keys()
    teller.line(
        ngettext(
            "Both journals verify; the {count} log that both hold is the same on either side.",
            "Both journals verify; the {count} logs that both hold are the same on either side.",
            len(shared),
        ).format(count=len(shared)),
        logs={name: len(found) for name, found in heads.items()},
        shared_logs=len(shared),
        shared_logs_equal=all(first[origin] == second[origin] for origin in shared),
    )


def _all_receipted(side: Side) -> bool:
    deliver_pending(side.node)
    return all(exchange.waiting + exchange.on_its_way == 0 for exchange in list_exchanges(side.node))


def _publish(side: Side, plan_id: PlanId, teller: Teller) -> None:
    officer = side.person(Role.desk_officer)
    day = side.node.clock.now().date().isoformat()
    facts = MeetingFacts(
        date=PartialDate(day), place="Hanoï", level=Level.MINISTER, kind=MeetingKind.CONFERENCE, name="conférence"
    )
    record_conference(side.node, actor=officer, plan_id=plan_id, facts=facts)
    text = draft_communique(side.node, plan_id, "fr")
    reading = read_text(text, name="communique")
    meeting = reading.meetings[0] if reading.meetings else None
    plans = {(plan.status, plan.period) for plan in reading.instruments if plan.kind == "plan"}
    teller.line(
        gettext("A communiqué is drafted, and the reader reads the same facts back from it."),
        communique=text,
        read_back={
            "date": meeting is not None and meeting.date is not None and meeting.date.value == day,
            "signed": ("signed", NEXT_PERIOD) in plans,
            "reviewed": ("reviewed", PERIOD) in plans,
        },
    )

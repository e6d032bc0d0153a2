"""Scene 5: proof of what was done, and what the public sees of it."""

from dataclasses import asdict
from datetime import UTC, datetime

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
from entraide.plans.api import (
    draft_communique,
    record_conference,
)
from entraide.programme.api import (
    Level,
    MeetingFacts,
    MeetingKind,
)
from entraide.reader.api import read_text
from entraide.requests.api import count_answers
from entraide.statistics.api import (
    DomainCounts,
    record_counts,
    reviewed_domains,
)


def play_proving(stage: Stage, plan_id: PlanId, teller: Teller) -> None:
    """Count the answers on last year's commitments, verify both journals, draft the communiqué and read it back."""
    for side in (stage.a, stage.b):
        counted = _count_on_commitments(side, plan_id)
        if side is stage.a:
            teller.line(
                gettext(
                    "Answered requests are counted by domain of the plan {period}, without a person: {count} so far."
                ).format(count=len(counted), period=PERIOD),
                counted={domain: asdict(counts) for domain, counts in counted.items()},
            )
    _verify(stage, teller)
    _publish(stage.a, plan_id, teller)


def _count_on_commitments(side: Side, plan_id: PlanId) -> dict[str, DomainCounts]:
    """Join the counts of requests with the domains that the plan reviews; the two contexts do not know each other."""
    since, until = datetime(int(PERIOD), 1, 1, tzinfo=UTC), datetime(int(PERIOD) + 1, 1, 1, tzinfo=UTC)
    _, domains = reviewed_domains(side.node, plan_id)
    counts = {}
    for domain in domains:
        found = count_answers(side.node, domain=domain, since=since, until=until)
        counts[domain] = DomainCounts(found.in_time, found.late, found.open, one_sided=found.one_sided > 0)
    return record_counts(side.node, plan_id=plan_id, counts=counts)


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

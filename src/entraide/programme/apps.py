"""Django application of the programme context."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

PUBLIC = (
    "Mechanism",
    "MechanismParty",
    "MechanismStanding",
    "Series",
    "Meeting",
    "MeetingPerson",
    "Delegation",
    "AgendaItem",
    "JoinedFact",
    "Instrument",
    "InstrumentAction",
    "ActionSignatory",
    "Commitment",
    "MeetingReference",
    "RecordedContradiction",
    "ProgressReport",
    "Assessment",
)
"""Models whose changes change what the public can read, beside those of declared kinds without a plug of their own."""


class ProgrammeConfig(AppConfig):
    """Registers the programme context."""

    name = "entraide.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have changes of what is public counted, and what acts change kept."""
        from entraide.journal.api import declare_acts  # noqa: PLC0415 - models must be loaded
        from entraide.programme.adapters.kinds import load_kinds  # noqa: PLC0415 - the same
        from entraide.programme.domain.acts import ACTS  # noqa: PLC0415 - the same
        from entraide.storage.api import ANY, Standing, trace_rows, watch_public  # noqa: PLC0415 - the same

        watch_public(self.label, *PUBLIC)
        for kind in load_kinds():
            if kind.plug == "" and kind.model:
                watch_public(*kind.model.split("."))
        trace_rows(self.label, "Mechanism", standing=Standing.SHARED)
        trace_rows(self.label, "Series", standing=Standing.SHARED, about="mechanism_id")
        of_body, of_tenure = {"organisation_id": "directory.Organisation"}, {"tenure_id": "directory.Tenure"}
        trace_rows(self.label, "MechanismParty", standing=Standing.PART, links=of_body, about="mechanism_id")
        trace_rows(self.label, "MechanismStanding", about="mechanism_id")
        trace_rows(self.label, "MeetingPerson", links=of_tenure, about="meeting_id")
        trace_rows(self.label, "Delegation", "AgendaItem", "MeetingReference", about="meeting_id")
        trace_rows(self.label, "InstrumentAction", about="instrument_id")
        trace_rows(self.label, "ActionSignatory", links=of_tenure, about="action_id")
        trace_rows(self.label, "Assessment", "ProgressReport", about="commitment_id")
        trace_rows(self.label, "AnsweredWarning", about="fact_id")
        trace_rows(self.label, "RecordedContradiction", links={"fact_id": ANY}, about="fact_id")
        trace_rows(self.label, "JoinedFact", links={"into_id": ANY}, about="into_id")
        declare_acts(*ACTS)
        post_migrate.connect(_renew, sender=self)


def _renew(using: str, **_: Any) -> None:  # noqa: ANN401 - Django's signal
    from entraide.programme.services.upgrading import renew_after_upgrade  # noqa: PLC0415 - models load after the applications

    tables = connections[using].introspection.table_names()
    if "programme_commitmentcoverage" in tables and "search_document" in tables:
        renew_after_upgrade(using)

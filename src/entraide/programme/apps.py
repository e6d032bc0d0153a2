"""Django application of the programme context."""

from django.apps import AppConfig

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
        from entraide.programme.adapters.kinds import load_kinds  # noqa: PLC0415 - models must be loaded
        from entraide.journal.api import declare_acts  # noqa: PLC0415 - the same
        from entraide.programme.domain.acts import ACTS  # noqa: PLC0415 - the same
        from entraide.storage.api import ANY, Standing, trace_rows, watch_public  # noqa: PLC0415 - the same

        watch_public(self.label, *PUBLIC)
        for kind in load_kinds():
            if kind.plug == "" and kind.model:
                watch_public(*kind.model.split("."))
        trace_rows(self.label, "Mechanism", "Series", standing=Standing.SHARED)
        organisation, tenure = "directory.Organisation", "directory.Tenure"
        trace_rows(self.label, "MechanismParty", standing=Standing.PART, links={"organisation_id": organisation})
        trace_rows(self.label, "MeetingPerson", "ActionSignatory", links={"tenure_id": tenure})
        trace_rows(self.label, "RecordedContradiction", links={"fact_id": ANY})
        trace_rows(self.label, "JoinedFact", links={"into_id": ANY})
        declare_acts(*ACTS)

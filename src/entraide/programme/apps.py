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
        """Have changes of what is public counted."""
        from entraide.programme.adapters.kinds import load_kinds  # noqa: PLC0415 - models must be loaded
        from entraide.storage.api import watch_public  # noqa: PLC0415 - the same

        watch_public(self.label, *PUBLIC)
        for kind in load_kinds():
            if kind.plug == "" and kind.model:
                watch_public(*kind.model.split("."))

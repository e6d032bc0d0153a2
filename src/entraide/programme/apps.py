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
    "Assertion",
    "ProgressReport",
    "Assessment",
)
"""Models whose changes change what the public can read."""


class ProgrammeConfig(AppConfig):
    """Registers the programme context."""

    name = "entraide.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have changes of what is public counted."""
        from entraide.storage.api import watch_public  # noqa: PLC0415 - models must be loaded

        watch_public(self.label, *PUBLIC)

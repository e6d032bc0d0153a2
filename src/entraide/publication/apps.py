"""Django application of the publication context."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Registers the publication context."""

    name = "entraide.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have what acts change kept; of a report only the answer is an act, so that the words can be erased."""
        from entraide.journal.api import declare_acts  # noqa: PLC0415 - models must be loaded
        from entraide.publication.domain.acts import ACTS  # noqa: PLC0415 - the same
        from entraide.storage.api import ANY, trace_rows  # noqa: PLC0415 - the same

        trace_rows(self.label, "OwnText", "Reporting")
        trace_rows(self.label, "ErrorAnswer", links={"fact_id": ANY}, about="fact_id")
        declare_acts(*ACTS)

"""Django application of the plans context."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the plans context."""

    name = "entraide.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which acts on the register there are here, and have what they change of a plan kept."""
        from entraide.journal.api import declare_acts  # noqa: PLC0415 - models must be loaded
        from entraide.plans.domain.acts import ACTS  # noqa: PLC0415 - the same
        from entraide.storage.api import trace_rows  # noqa: PLC0415 - the same

        trace_rows(self.label, "Plan")
        declare_acts(*ACTS)

"""Django application of the communiques context."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

PUBLIC = ("Citation", "Source")
"""Models whose changes change what the public can read."""


class CommuniquesConfig(AppConfig):
    """Registers the communiques context."""

    name = "entraide.communiques"
    label = "communiques"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have changes of what is public counted, and what acts change kept."""
        from entraide.communiques.domain.acts import ACTS  # noqa: PLC0415 - models must be loaded
        from entraide.journal.api import declare_acts  # noqa: PLC0415 - the same
        from entraide.storage.api import ANY, Standing, trace_rows, watch_public  # noqa: PLC0415 - the same

        watch_public(self.label, *PUBLIC)
        trace_rows(self.label, "Source", standing=Standing.SHARED)
        trace_rows(self.label, "Citation", links={"fact_id": ANY}, about="fact_id")
        trace_rows(self.label, "Proposal", links={"fact_id": ANY})
        declare_acts(*ACTS)
        post_migrate.connect(_renew, sender=self)


def _renew(using: str, **_: Any) -> None:  # noqa: ANN401 - Django's signal
    from entraide.communiques.services.finding import renew_after_upgrade  # noqa: PLC0415 - models load after the applications

    tables = connections[using].introspection.table_names()
    if "communiques_source" in tables and "search_document" in tables:
        renew_after_upgrade(using)

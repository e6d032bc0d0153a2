"""Django application of the journal context."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """Registers the journal context."""

    name = "entraide.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the append-only triggers installed after every migration."""
        from entraide.journal.adapters.triggers import install_after_migrate  # noqa: PLC0415 - models must be loaded

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="journal.triggers")

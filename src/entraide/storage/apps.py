"""Django application of the storage context."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StorageConfig(AppConfig):
    """Registers the storage context."""

    name = "entraide.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the triggers that note public changes, and those that keep what acts did, installed after migrations."""
        from entraide.storage.adapters import revision, traces  # noqa: PLC0415 - models must be loaded

        post_migrate.connect(revision.install_after_migrate, sender=self, dispatch_uid="storage.revision")
        post_migrate.connect(traces.install_after_migrate, sender=self, dispatch_uid="storage.traces")

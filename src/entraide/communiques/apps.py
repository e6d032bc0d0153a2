"""Django application of the communiques context."""

from django.apps import AppConfig

PUBLIC = ("Citation", "Source")
"""Models whose changes change what the public can read."""


class CommuniquesConfig(AppConfig):
    """Registers the communiques context."""

    name = "entraide.communiques"
    label = "communiques"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have changes of what is public counted."""
        from entraide.storage.api import watch_public  # noqa: PLC0415 - models must be loaded

        watch_public(self.label, *PUBLIC)

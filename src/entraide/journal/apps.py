"""Django application of the journal context."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Registers the journal context."""

    name = "entraide.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

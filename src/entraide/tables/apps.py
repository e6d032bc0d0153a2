"""Django application of the tables context."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Registers the tables context."""

    name = "entraide.tables"
    label = "tables"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the access context."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the access context."""

    name = "entraide.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

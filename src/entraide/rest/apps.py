"""Django application of the rest context."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    """Registers the rest context."""

    name = "entraide.rest"
    label = "rest"
    default_auto_field = "django.db.models.BigAutoField"

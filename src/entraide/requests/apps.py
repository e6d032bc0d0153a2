"""Django application of the requests context."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Registers the requests context."""

    name = "entraide.requests"
    label = "requests"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the web context."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the web context."""

    name = "entraide.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

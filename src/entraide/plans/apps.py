"""Django application of the plans context."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the plans context."""

    name = "entraide.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the safeguards context."""

from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    """Registers the safeguards context."""

    name = "entraide.safeguards"
    label = "safeguards"
    default_auto_field = "django.db.models.BigAutoField"

"""Django application of the communiques context."""

from django.apps import AppConfig


class CommuniquesConfig(AppConfig):
    """Registers the communiques context."""

    name = "entraide.communiques"
    label = "communiques"
    default_auto_field = "django.db.models.BigAutoField"

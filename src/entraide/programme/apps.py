"""Django application of the programme context."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the programme context."""

    name = "entraide.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

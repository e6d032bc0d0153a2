"""Django application of the directory context."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the directory context."""

    name = "entraide.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

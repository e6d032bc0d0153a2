"""Django application of the search context."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the search context."""

    name = "entraide.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

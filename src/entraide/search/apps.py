"""Django application of the search context."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """Registers the search context and keeps its index installed in every database that is migrated."""

    name = "entraide.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ask to be told when migrations end; tables remade by one lose their triggers on SQLite."""
        post_migrate.connect(_install, sender=self)


def _install(using: str, **_: Any) -> None:  # noqa: ANN401 - Django's signal
    from entraide.search.adapters.index import install_index  # noqa: PLC0415 - models load after the applications

    install_index(using)

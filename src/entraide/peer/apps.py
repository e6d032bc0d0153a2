"""Django application of the peer context."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    """Registers the peer context."""

    name = "entraide.peer"
    label = "peer"
    default_auto_field = "django.db.models.BigAutoField"

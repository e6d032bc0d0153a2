"""Django application of the channel context."""

from django.apps import AppConfig


class ChannelConfig(AppConfig):
    """Registers the channel context."""

    name = "entraide.channel"
    label = "channel"
    default_auto_field = "django.db.models.BigAutoField"

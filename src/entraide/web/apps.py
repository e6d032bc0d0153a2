"""Django application of the web context."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class WebConfig(AppConfig):
    """Registers the web context and what the site refuses to start with."""

    name = "entraide.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from entraide.web.account.checks import check_demonstration  # noqa: PLC0415 - settings are ready only now

        register(check_demonstration, Tags.security)

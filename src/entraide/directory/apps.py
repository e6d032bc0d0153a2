"""Django application of the directory context."""

from django.apps import AppConfig

PUBLIC = (
    "Organisation",
    "OrganisationName",
    "Post",
    "PostTitle",
    "Person",
    "PersonName",
    "Tenure",
)
"""Models whose changes change what the public can read."""


class DirectoryConfig(AppConfig):
    """Registers the directory context."""

    name = "entraide.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have changes of what is public counted, and what acts change kept."""
        from entraide.storage.api import Standing, trace_rows, watch_public  # noqa: PLC0415 - models must be loaded

        watch_public(self.label, *PUBLIC)
        trace_rows(self.label, "Organisation", "Post", "Person", standing=Standing.SHARED)
        trace_rows(self.label, "Tenure", standing=Standing.SHARED, about="post_id")
        trace_rows(self.label, "OrganisationName", "OrganisationKey", standing=Standing.PART, about="organisation_id")
        trace_rows(self.label, "PostTitle", standing=Standing.PART, about="post_id")
        trace_rows(self.label, "PersonName", standing=Standing.PART, about="person_id")

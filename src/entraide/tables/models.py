"""Tables of the tables context: imports that wait for a decision, and their files."""

from django.db import models


class TableImport(models.Model):
    """Tables that a person gave to be imported, and what became of them: waiting, applied or dropped.

    `digest` is that of the difference that was shown last, or applied; `counts` says how many facts of each table were
    added and changed.
    """

    id = models.UUIDField(primary_key=True)
    source_kind = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    given_by = models.UUIDField()
    given_at = models.DateTimeField(db_index=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class TableFile(models.Model):
    """One file of an import, as it was given; its bytes go when the import is decided."""

    id = models.UUIDField(primary_key=True)
    table_import = models.ForeignKey(TableImport, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table_import", "position"], name="tables_file_position")]

    def __str__(self) -> str:
        return self.name

"""The table of what can be found."""

from django.db import models


class Document(models.Model):
    """The folded, segmented terms of one object; `number` is the row's key in SQLite's full-text table.

    `terms` end with the marks of what the object is about; `head` (what it is called), `states`, `years`, `day` and
    `place` rank and count what was found by them.
    Both `id` and `number` are derived from kind and object, so that indexing an object again replaces its row.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    public = models.BooleanField()
    terms = models.TextField()
    head = models.TextField(default="")
    states = models.CharField(max_length=200, default="")
    years = models.CharField(max_length=200, default="")
    day = models.DateField(null=True)
    place = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

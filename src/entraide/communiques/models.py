"""Tables of the communiqués: what was imported stays as it was, what the reader proposes waits for a person.

Facts of the register and of the directory are named by kind and id, because other contexts own their tables.
"""

from django.db import models


class Source(models.Model):
    """A text as it was imported; never changed, known by its SHA-256. A person may say once when it was published.

    `media_type` and `file_sha256` are those of the file that the text was taken from; the digest is empty where the
    text came without a file.
    """

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100, default="text/plain")
    file_sha256 = models.CharField(max_length=64, blank=True, default="")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    # One of the samples that come with the program; pages and exports say so of every fact that rests on it.
    sample = models.BooleanField(default=False)
    # How it was read: the reader's name, why an endpoint's answer was not used, how much of it was left out and why.
    reading = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    publisher = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    published = models.CharField(max_length=21, blank=True)
    published_basis = models.CharField(max_length=10, blank=True)
    # All zeroes where it came by itself, from a watched folder or a feed.
    imported_by = models.UUIDField()
    imported_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """A span of a source, in characters of its text; `quote` is exactly that span."""

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "start", "end"], name="communiques_passage_once")]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


class Proposal(models.Model):
    """What the reader proposes from a source, and what a person decided about it.

    `key` names it within its source (`meeting-1`), `read_fields` is what the reader read, `fields` what was kept.
    `evidence` maps a field to its passage's id, basis and reason. `fact_kind` and `fact_id` name what keeping it made
    or completed.
    """

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="proposals")
    key = models.CharField(max_length=24)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    # `rules`, or the name of the model that proposed it.
    reader = models.CharField(max_length=100, default="rules")
    read_fields = models.JSONField()
    fields = models.JSONField()
    evidence = models.JSONField()
    state = models.CharField(max_length=16)
    matched = models.BooleanField(default=False)
    rejection = models.CharField(max_length=500, blank=True)
    fact_kind = models.CharField(max_length=16, blank=True)
    fact_id = models.UUIDField(null=True, db_index=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="communiques_proposal_key")]
        indexes = [models.Index(fields=["source", "state"], name="communiques_proposal_state")]

    def __str__(self) -> str:
        return self.key


class Citation(models.Model):
    """A passage that shows a field of a kept fact; `corrected` when a person changed what the reader had read there.

    `proposal` is the one that was kept; none where a table was imported.
    """

    id = models.UUIDField(primary_key=True)
    fact_kind = models.CharField(max_length=16)
    fact_id = models.UUIDField()
    field = models.CharField(max_length=40)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="citations")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="citations")
    corrected = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact_kind", "fact_id", "field", "passage"], name="communiques_citation_once"
            )
        ]
        indexes = [models.Index(fields=["fact_kind", "fact_id"], name="communiques_citation_fact")]

    def __str__(self) -> str:
        return f"{self.fact_kind} {self.field}"


class Join(models.Model):
    """Two facts that a person said are one: `joined_id` stands in `kept_id` since. Never changed.

    `signs` are the names of those that spoke for it, `changes` the rows that it changed, before and after.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    kept_id = models.UUIDField(db_index=True)
    joined_id = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=500)
    signs = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    joined_by = models.UUIDField()
    joined_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.joined_id}"


class Split(models.Model):
    """A join that a person undid. `left` are rows that somebody has changed since, which stay as they are."""

    id = models.UUIDField(primary_key=True)
    join = models.OneToOneField(Join, on_delete=models.PROTECT, related_name="split")
    reason = models.CharField(max_length=500)
    left = models.JSONField(default=list)
    split_by = models.UUIDField()
    split_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.join_id)


class ToldApart(models.Model):
    """Two facts that look like one and are two, as a person said (`one_id` is the earlier): nobody is asked again.

    Joining the two after all outweighs it.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    one_id = models.UUIDField()
    other_id = models.UUIDField()
    reason = models.CharField(max_length=500)
    told_by = models.UUIDField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one_id", "other_id"], name="communiques_told_apart_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.one_id}"


class WatchedPlace(models.Model):
    """A watched folder or feed: how it was reached last, and what the server said of its state.

    `place` is `folder:<path>` or `feed:<name>`; `failure` holds the message and parameters of the last round's error.
    """

    id = models.UUIDField(primary_key=True)
    place = models.CharField(max_length=600, unique=True)
    etag = models.CharField(max_length=200, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    tried_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    failure = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.place


class Arrival(models.Model):
    """A report that came by itself, once: `mark` is the digest of what the place calls it.

    It became, or was already, the `source`; where it could not be read there is none, and `refusal` says why.
    """

    id = models.UUIDField(primary_key=True)
    place = models.CharField(max_length=600)
    mark = models.CharField(max_length=64)
    title = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="arrivals")
    refusal = models.JSONField(default=dict)
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "mark"], name="communiques_arrival_once")]

    def __str__(self) -> str:
        return self.title

"""Tables of the directory."""

from django.db import models


class Organisation(models.Model):
    """A ministry or another body; `state` is empty for a body of no State."""

    id = models.UUIDField(primary_key=True, editable=False)
    state = models.CharField(max_length=2, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state"], name="directory_by_state")]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class OrganisationName(models.Model):
    """A name of an organisation in one language, or an alias; `sort_key` is it folded, to order by."""

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=300)
    language = models.CharField(max_length=8, blank=True)
    is_alias = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "language"], name="directory_same_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "language"],
                condition=models.Q(is_alias=False),
                name="directory_one_name_per_language",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationKey(models.Model):
    """A folded name or alias, which belongs to one organisation of a State; several languages may share it."""

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="keys")
    state = models.CharField(max_length=2, blank=True)
    key = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "key"], name="directory_key_once_per_state")]

    def __str__(self) -> str:
        return self.key


class Post(models.Model):
    """A public post of an organisation."""

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="posts")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class PostTitle(models.Model):
    """The title of a post in one language, or an alias of it: the same post as another text prints it."""

    id = models.UUIDField(primary_key=True, editable=False)
    post = models.ForeignKey("directory.Post", on_delete=models.CASCADE, related_name="titles")
    title = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)
    language = models.CharField(max_length=8)
    is_alias = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "language"],
                condition=models.Q(is_alias=False),
                name="directory_title_once_per_language",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """Someone who holds or held a public post, in the register for no other reason; `name` is the spelling shown."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PersonName(models.Model):
    """One spelling of a person's name, in the script of its source."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey("directory.Person", on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="directory_spelling_once")]

    def __str__(self) -> str:
        return self.name


class Tenure(models.Model):
    """A person seen in a post, with the first and the last EDTF date of seeing them there and how it is known."""

    id = models.UUIDField(primary_key=True, editable=False)
    post = models.ForeignKey("directory.Post", on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="tenures")
    first_seen = models.CharField(max_length=32)
    first_basis = models.CharField(max_length=10)
    last_seen = models.CharField(max_length=32)
    last_basis = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="directory_tenure_once")]

    def __str__(self) -> str:
        return f"{self.first_seen} {self.last_seen}"


class PartnerNode(models.Model):
    """Another ministry's node, as pairing made it known."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=2)
    organisation = models.JSONField()
    origin = models.CharField(max_length=300)
    transcript_digest = models.BinaryField(max_length=32)
    paired_at = models.DateTimeField()
    status = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.name


class PartnerKeys(models.Model):
    """Public keys of a partner with their days, as `kernel.dated_keys.DatedKeys` has them; one row per generation.

    A row stays for ever: what the keys signed must still verify after others replaced them. `recorded_at` is when they
    became known here.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner = models.ForeignKey("directory.PartnerNode", on_delete=models.PROTECT, related_name="keys")
    number = models.PositiveSmallIntegerField()
    keys = models.JSONField()
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "number"], name="directory_keys_in_order"),
            models.UniqueConstraint(
                fields=["partner"], condition=models.Q(valid_until__isnull=True), name="directory_one_open_key"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="directory_keys_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.number}"


class Authority(models.Model):
    """A central authority or 24/7 contact point: this node's own, or a partner's as it announced it.

    One of a party on paper was entered here too: `on_paper`, and of no partner.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="authorities")
    partner = models.ForeignKey(
        "directory.PartnerNode", on_delete=models.PROTECT, null=True, blank=True, related_name="authorities"
    )
    on_paper = models.BooleanField(default=False)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    request_types = models.JSONField()
    legal_bases = models.JSONField()
    languages = models.JSONField()
    hours = models.CharField(max_length=300)
    time_zone = models.CharField(max_length=60)
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

"""Tables of users, units, roles, tokens and reasons for access."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from entraide.access.domain.roles import Role


class Unit(models.Model):
    """A part of the ministry that people belong to and that leads or supports commitments."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds users by name; creation is a service."""

    use_in_migrations = True


class User(AbstractBaseUser):
    """Someone who works at this node. The name is how they log in; what they may do is their roles."""

    id = models.UUIDField(primary_key=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    post = models.CharField(max_length=200)
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="users")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.post

    def get_full_name(self) -> str:
        """Return the post: a person is shown by it, never by a name (used by allauth's passkeys)."""
        return self.post


class RoleAssignment(models.Model):
    """One role of one person."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    assigned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="access_role_once")]

    def __str__(self) -> str:
        return self.role


class ApiToken(models.Model):
    """A token for a program: the SHA-256 of its 32 random bytes, its scopes and its end."""

    id = models.UUIDField(primary_key=True, editable=False)
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class AccessReason(models.Model):
    """Why a person opened a record with personal data; the journal holds its salted digest."""

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="reasons")
    subject = models.UUIDField()
    reason = models.CharField(max_length=500)
    salt = models.BinaryField(max_length=32)
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "user", "given_at"], name="access_reason_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.given_at:%Y-%m-%d}"

"""What the pages of the account area call things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.access.api import ROLE_TITLES, Role, Scope

ROLE_TITLES_SHOWN: dict[Role, str | Promise] = {role: _(title) for role, title in ROLE_TITLES.items()}
ROLE_CHOICES: list[tuple[str, str | Promise]] = [(role.value, title) for role, title in ROLE_TITLES_SHOWN.items()]

ROLE_TASKS: dict[Role, str | Promise] = {
    Role.desk_officer: _("Keeps the register, prepares meetings, follows commitments and drafts plans."),
    Role.case_officer: _("Drafts, sends, receives and answers requests."),
    Role.approver: _("Looks at every draft of a colleague before it leaves."),
    Role.auditor: _("Reads the journal and verifies it; changes nothing."),
    Role.operator: _("Runs the node: accounts, keys, partners, backups."),
}

SCOPE_CHOICES: list[tuple[str, str | Promise]] = [
    (Scope.read_register.value, _("Read the public register")),
    (Scope.read_counts.value, _("Read counts of requests, without any person")),
]

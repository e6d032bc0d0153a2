"""Who may see and who may move plans."""

from entraide.access.api import Role

READERS = (Role.desk_officer, Role.approver, Role.auditor)
NEGOTIATORS = (Role.desk_officer, Role.approver)

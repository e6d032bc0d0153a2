"""Acts on the register that this context opens, and what takes each back."""

from entraide.journal.domain.acts import ActKind
from entraide.kernel.text import N_

ASSESSED = "programme.assessment_recorded"
WARNING_ANSWERED = "programme.warning_answered"

ACTS = (
    ActKind(ASSESSED, N_("A commitment was assessed"), roles=("desk_officer", "approver")),
    ActKind(WARNING_ANSWERED, N_("A warning was answered")),
)

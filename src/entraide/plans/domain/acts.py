"""Acts on the register that this context opens, and what takes each back."""

from entraide.journal.domain.acts import ActKind
from entraide.kernel.text import N_

CONFERENCE = "plans.conference_recorded"

ACTS = (ActKind(CONFERENCE, N_("The conference of a plan was recorded")),)

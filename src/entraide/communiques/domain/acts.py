"""Acts on the register that this context opens, and what takes each back."""

from entraide.journal.domain.acts import RESTORED, UNDONE, ActKind, TakenBack
from entraide.kernel.text import N_

KEPT = "communiques.proposal_kept"
CORRECTED = "communiques.proposal_corrected"
REJECTED = "communiques.proposal_rejected"
SETTLED = "communiques.contradiction_settled"
ENTERED = "communiques.fact_entered"
AMENDED = "communiques.fact_amended"
NAMED = "communiques.mechanism_named"
STOOD = "communiques.standing_entered"
DELEGATED = "communiques.delegation_entered"
ON_AGENDA = "communiques.agenda_item_entered"
JOINED = "communiques.series_joined"
IMPORTED = "communiques.tables_imported"
DATED = "communiques.source_dated"

ACTS = (
    ActKind(KEPT, N_("A proposal was kept")),
    ActKind(CORRECTED, N_("A proposal was corrected and kept")),
    ActKind(REJECTED, N_("A proposal was rejected")),
    ActKind(SETTLED, N_("A contradiction was settled")),
    ActKind(ENTERED, N_("A fact was entered by hand")),
    ActKind(AMENDED, N_("A fact was corrected by hand")),
    ActKind(NAMED, N_("The name of a mechanism was entered by hand")),
    ActKind(STOOD, N_("How a mechanism stands was entered by hand")),
    ActKind(DELEGATED, N_("A delegation was entered by hand")),
    ActKind(ON_AGENDA, N_("A point of the agenda was entered by hand")),
    ActKind(JOINED, N_("Two series became one")),
    ActKind(IMPORTED, N_("Tables were imported")),
    ActKind(DATED, N_("It was told when a source was published")),
    # What was undone counts again by an act of its own, and can be undone as before.
    ActKind(UNDONE, N_("An act was undone"), taken_back=TakenBack.OPPOSITE, opposite=RESTORED),
    ActKind(RESTORED, N_("What was undone counts again"), taken_back=TakenBack.NEVER),
)

"""Acts of this context and what takes each back."""

from entraide.journal.domain.acts import ActKind
from entraide.kernel.text import N_

TEXT_CHANGED = "publication.about_changed"
REPORTING_SWITCHED = "publication.reporting_switched"
ANSWERED = "publication.report_answered"
RECEIVED = "publication.report_received"
"""The kind of entry of the journal for a report that came; readers act on no row of the register."""
CONTACT_ERASED = "publication.contact_erased"

ACTS = (
    ActKind(TEXT_CHANGED, N_("A page about the register was written"), roles=("operator",)),
    ActKind(REPORTING_SWITCHED, N_("Reporting errors was switched on or off"), roles=("operator",)),
    ActKind(ANSWERED, N_("A report of an error was answered")),
)

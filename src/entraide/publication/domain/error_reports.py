"""Errors that readers report in facts of the register, and how they are answered. Pure.

Nothing of a reader is kept but what they write. A contact is kept apart, sealed, and erased when the report is
answered, at the latest after `CONTACT_KEPT`; the words go `WORDS_KEPT` after the answer, or after they came.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from entraide.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from entraide.kernel.text import N_
from entraide.publication.domain.about import strip_controls

LONGEST_WORDS = 2000
LONGEST_ADDRESS = 500
LONGEST_CONTACT = 200
LONGEST_REASON = 500
CONTACT_KEPT = timedelta(days=180)
WORDS_KEPT = timedelta(days=365)
MOST_OPEN_OF_A_FACT = 20
"""Open reports that one fact may have; more would say the same."""
MOST_IN_A_DAY = 500
"""Reports that a node takes in a day from all readers together, so that nobody fills a desk or a disk."""
SOONEST = timedelta(seconds=3)
"""A person needs longer than this to fill in the form."""
LATEST = timedelta(hours=24)
"""A form older than this is sent out anew."""


class Outcome(StrEnum):
    """What became of a report."""

    CORRECTED = "corrected"
    NO_ERROR = "no_error"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"

    @property
    def is_public(self) -> bool:
        """Whether the page of the fact tells it; what is no report (advertising, abuse) leaves nothing there."""
        return self is not Outcome.SET_ASIDE


OUTCOMES = {
    Outcome.CORRECTED: N_("Corrected"),
    Outcome.NO_ERROR: N_("Not an error"),
    Outcome.DUPLICATE: N_("Reported before"),
    Outcome.SET_ASIDE: N_("Set aside"),
}
"""What became of a report, in a word."""


class NoSuchErrorReport(NotFound):
    """There is no such report."""

    code = "publication.no_such_report"
    message = N_("There is no report of this number.")
    remedy = N_("Start from the list of reports.")


class NothingReported(BadInput):
    """A report says nothing."""

    code = "publication.nothing_reported"
    message = N_("The report does not say what is wrong.")
    remedy = N_("Write in a few words what is wrong.")


class ReportTooLong(BadInput):
    """A part of a report is too long."""

    code = "publication.report_too_long"
    message = N_("One of the answers is longer than {most} characters.")
    remedy = N_("Shorten it; for more, give the address of a document.")


class NotAnAddress(BadInput):
    """The source's address is none."""

    code = "publication.not_an_address"
    message = N_("The address of the source is not one of the web.")
    remedy = N_("Copy it from the line of the browser; it begins with https:// or http://.")


class FormOutOfTime(BadInput):
    """A form came back sooner than a person writes, or long after it was opened."""

    code = "publication.form_out_of_time"
    message = N_("The form came back sooner than a person writes, or a day after it was opened.")
    remedy = N_("What you wrote stands below: look through it and send it again.")


class ReportsClosed(NotAllowed):
    """The operator takes no reports now."""

    code = "publication.reports_closed"
    message = N_("Errors cannot be reported on this site at present.")
    remedy = N_("Write to the publisher instead; the page “Contact” says how.")


class TooManyReports(Conflict):
    """So many reports are open that another one would not be read."""

    code = "publication.too_many_reports"
    http_status = 429
    message = N_("So many reports are waiting that another one could not be read.")
    remedy = N_("Come back in a day or two, or write to the publisher; the page “Contact” says how.")


class AnsweredAlready(Conflict):
    """A report was answered before."""

    code = "publication.answered_already"
    message = N_("This report has been answered already.")
    remedy = N_("The page of the fact says how; the history of the fact can undo the answer.")


class AnswerReasonMissing(BadInput):
    """An answer that everyone reads needs a reason."""

    code = "publication.answer_reason_missing"
    message = N_("Say why it is not an error; everyone reads it on the page of the fact.")
    remedy = N_("Write a sentence or two.")


class CorrectionMissing(BadInput):
    """A report is answered by a correction that there is none of."""

    code = "publication.correction_missing"
    message = N_("This fact has not been corrected by the act that was named.")
    remedy = N_("Correct the fact first, then choose the correction here.")


class OriginalMissing(BadInput):
    """A report is said to repeat another that there is none of."""

    code = "publication.original_missing"
    message = N_("There is no other report on this fact that this one could repeat.")
    remedy = N_("Choose another report on the same fact.")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a reader reports: what is wrong, what is right, where that can be read, and how to reach them."""

    wrong: str
    right: str = ""
    source_url: str = ""
    contact: str = ""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the words without the contact, by which the same report sent twice is known."""
        words = "\0".join(" ".join(part.casefold().split()) for part in (self.wrong, self.right, self.source_url))
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """How a report was answered: `reason` in public, `act` the correction, `original` the report that it repeats."""

    outcome: Outcome
    reason: str
    at: datetime
    act: UUID | None = None
    original: UUID | None = None


@dataclass(frozen=True, slots=True)
class ErrorReportView:
    """A report on a fact with its words (empty once they are erased), and its answer, None while it is open."""

    id: UUID
    fact_kind: str
    fact_id: UUID
    received_at: datetime
    reported: Reported
    answer: ErrorAnswer | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answer is None


def clean_report(given: Reported) -> Reported:
    """Return a report as it is kept; raises `NothingReported`, `ReportTooLong`, `NotAnAddress`."""
    wrong, right = (_cleaned(text, LONGEST_WORDS) for text in (given.wrong, given.right))
    if not re.search(r"\w", wrong):
        raise NothingReported
    contact = " ".join(_cleaned(given.contact, LONGEST_CONTACT).split())
    return Reported(wrong, right, clean_address(given.source_url), contact)


def clean_address(text: str) -> str:
    """Return an address of the web, empty for none; raises `NotAnAddress`, `ReportTooLong`."""
    address = _cleaned(text, LONGEST_ADDRESS)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", address):
        raise NotAnAddress
    return address


def is_in_time(opened: datetime, now: datetime) -> bool:
    """Return whether a form that was opened then may come back now."""
    return SOONEST <= now - opened <= LATEST


def _cleaned(text: str, most: int) -> str:
    if len(text) > 4 * most:  # before anything is worked out on it
        raise ReportTooLong(most=most)
    kept = strip_controls(text).strip()
    if len(kept) > most:
        raise ReportTooLong(most=most)
    return kept

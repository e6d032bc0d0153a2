"""The door of publication."""

from entraide.publication.domain.about import (
    SUMMARIES,
    TITLES,
    AboutPage,
    AboutText,
    parse_about_page,
    parse_blocks,
)
from entraide.publication.domain.error_reports import (
    OUTCOMES,
    ErrorReportView,
    FormOutOfTime,
    Outcome,
    Reported,
    ReportsClosed,
    is_in_time,
)
from entraide.publication.selectors import (
    count_open_reports,
    get_report,
    list_answered_reports,
    list_contacts_left,
    list_open_reports,
    list_reports_on,
)
from entraide.publication.services.about import (
    drop_about_text,
    get_about_text,
    list_about_texts,
    list_missing,
    write_about_text,
)
from entraide.publication.services.error_reports import (
    answer_report,
    erase_what_expired,
    list_corrections,
    read_contact,
    receive_report,
    set_aside_reports,
    switch_reporting,
    takes_reports,
)
from entraide.publication.services.telling import fill_default, tell_about

__all__ = [
    "OUTCOMES",
    "SUMMARIES",
    "TITLES",
    "AboutPage",
    "AboutText",
    "ErrorReportView",
    "FormOutOfTime",
    "Outcome",
    "Reported",
    "ReportsClosed",
    "answer_report",
    "count_open_reports",
    "drop_about_text",
    "erase_what_expired",
    "fill_default",
    "get_about_text",
    "get_report",
    "is_in_time",
    "list_about_texts",
    "list_answered_reports",
    "list_contacts_left",
    "list_corrections",
    "list_missing",
    "list_open_reports",
    "list_reports_on",
    "parse_about_page",
    "parse_blocks",
    "read_contact",
    "receive_report",
    "set_aside_reports",
    "switch_reporting",
    "takes_reports",
    "tell_about",
    "write_about_text",
]

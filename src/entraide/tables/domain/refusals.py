"""Why a file, a row or a cell of an import is refused: where it stands, what is wrong, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from entraide.kernel.text import N_, NN_


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that keeps an import from being applied; `line` is that of the file (1 is the header, 0 the file)."""

    code: str
    file: str
    line: int = 0
    column: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English message id of the reason, to be filled with `params`."""
        return REFUSALS[self.code][0]

    @property
    def remedy(self) -> str:
        """The English message id of what to do."""
        return REFUSALS[self.code][1]


REFUSALS: dict[str, tuple[str, str]] = {
    "empty": (N_("The file is empty."), N_("Export the table again, or give another file.")),
    "not_text": (
        N_("The file is not text: it holds zero bytes, as a workbook or an image does."),
        N_("In the spreadsheet, save it as CSV (UTF-8)."),
    ),
    "workbook": (
        N_("The file is a {format}, not a CSV file."),
        N_("In the spreadsheet, save each sheet as CSV (UTF-8)."),
    ),
    "encoding": (
        N_("The file is neither UTF-8, UTF-16 nor Windows-1252."),
        N_("In the spreadsheet, save it as CSV (UTF-8)."),
    ),
    "too_large": (
        N_("The file has {megabytes} MB; at most {limit} MB are imported at once."),
        N_("Split the table into several files and import one after the other."),
    ),
    "too_many_rows": (
        N_("The import has more than {limit} rows."),
        N_("Split the table and import one part after the other; rows that did not change can be left out."),
    ),
    "too_many_changes": (
        N_("The import would add or change {count} facts; at most {limit} are applied at once."),
        N_("Split it into several imports, relationships with the rows that they need."),
    ),
    "quotes": (
        N_("A quotation mark is opened and not closed, or stands in the middle of a cell: {why}."),
        N_("Put quotation marks around the whole cell and double those inside it, as a spreadsheet does."),
    ),
    "which_table": (
        N_("It cannot be told which table this is."),
        N_("Name the file after its table, such as commitments.csv. Tables: {allowed}."),
    ),
    "duplicate_column": (
        N_("The column {name} stands twice in the header."),
        N_("Keep one of the two."),
    ),
    "unknown_column": (
        N_("There is no column {name} in the table {table}."),
        N_("Did you mean {nearest}? Otherwise take the column out: nothing of it would be imported."),
    ),
    "missing_column": (
        N_("The column {name} is missing, and so is the permalink."),
        N_("Add the column for new rows, or the column permalink for rows that change what the register has."),
    ),
    "cells": (
        NN_(
            "The row has {count} cell, the header {expected}.",
            "The row has {count} cells, the header {expected}.",
            by="count",
        ),
        N_("Look for a delimiter inside a cell, or a line break, that is not between quotation marks."),
    ),
    "bad_date": (
        N_("“{value}” is not a date in EDTF."),
        N_("Write 2025, 2025-01 or 2025-01-12; X for an unknown digit; two dates with a slash for a span."),
    ),
    "spreadsheet_date": (
        N_("“{value}” is a date as a spreadsheet writes it; it has changed the cell."),
        N_("Format the column as text before you open the file, and write 2025, 2025-01 or 2025-01-12."),
    ),
    "bad_code": (
        N_("“{value}” is none of the values of this column."),
        N_("Did you mean {nearest}? Allowed: {allowed}."),
    ),
    "bad_number": (N_("“{value}” is not a whole number from 1."), N_("Write digits only.")),
    "bad_yesno": (N_("“{value}” is neither yes nor no."), N_("Write yes or no, or leave the cell empty.")),
    "bad_pairs": (
        N_("“{value}” is not a list of codes with texts."),
        N_("Write CODE: text, several between bars: VN: Department A | LA: Department B."),
    ),
    "bad_url": (N_("“{value}” is not an address of the web."), N_("Write the whole address, from https:// on.")),
    "too_long": (N_("The text has {count} characters, at most {limit} are kept."), N_("Shorten it.")),
    "foreign_permalink": (
        N_("“{value}” is not a permalink of this register."),
        N_("Copy the address from an export of this node; permalinks begin with {origin}/{page}/."),
    ),
    "no_such_fact": (
        N_("The register has nothing at {value}."),
        N_("Copy the permalink from an export; leave the cell empty for a new row."),
    ),
    "wrong_page": (
        N_("“{value}” is the permalink of something else."),
        N_("This column holds permalinks of the table {table}."),
    ),
    "no_such_key": (
        N_("No row of this import has the key {value} in the table {table}."),
        N_("Give the row that is meant this key, or import its file together with this one."),
    ),
    "duplicate_key": (
        N_("The key {value} stands twice, also in line {other}."),
        N_("Give each new row a key of its own."),
    ),
    "key_refused": (
        N_("The row with the key {value} is refused itself."),
        N_("Mend that row first."),
    ),
    "not_found": (
        N_("The register has no match for {value}."),
        N_("Check the spelling, give the permalink, or add a row for it to the import and point to its key."),
    ),
    "ambiguous": (
        N_("Several could be meant by {value}: {candidates}."),
        N_("Give the permalink of the right one."),
    ),
    "two_ways": (
        N_("The relationship is given in two ways that do not agree."),
        N_("Keep the permalink, or the key, or the columns that name it."),
    ),
    "needed": (N_("A new row needs {name}."), N_("Fill the cell in, or give the permalink of the fact that is meant.")),
    "never_changes": (
        N_("{name} is part of what the fact is: the register has “{old}”, the row “{new}”."),
        N_("Undo the change; if it is another fact, leave the permalink empty."),
    ),
    "already_filled": (
        N_("The register already has “{old}” as {name}, the row “{new}”."),
        N_("Undo the change. What another source says differently is added from that source, and both are shown."),
    ),
    "immutable": (
        N_("What was signed on this node does not change."),
        N_("Undo the change; an amendment is a new text, agreed and signed by both sides."),
    ),
    "same_fact_twice": (
        N_("Line {other} of {other_file} speaks of the same fact."),
        N_("Keep one of the two rows."),
    ),
    "looks_known": (
        N_("The register has something that this row may mean: {candidates}."),
        N_("Give its permalink to change it, or write yes in the column new when this is another fact."),
    ),
    "other_mechanism": (
        N_("What {name} points to belongs to another mechanism."),
        N_("Give one of the same mechanism."),
    ),
    "ordinal_taken": (
        N_("The series already has a meeting of this number: {candidates}."),
        N_("Give its permalink to change it, or correct the number."),
    ),
    "ordinal_without_series": (
        N_("A number belongs to a series, and none is named."),
        N_("Name the series, or leave the number empty."),
    ),
    "origin_missing": (
        N_("A commitment comes from an instrument or from a meeting; neither is named."),
        N_("Name the instrument or the meeting that it stands in."),
    ),
    "too_few_parties": (N_("A mechanism has two or more parties."), N_("Name the States, such as LA | VN.")),
    "bad_language": (
        N_("“{value}” is not the code of a language."),
        N_("Use the letters of ISO 639, such as lo or km."),
    ),
    "source_missing": (
        N_("Nothing says where this is from."),
        N_("Name the source and its passage in the row, or say of what kind this file itself is."),
    ),
    "no_such_source": (
        N_("The register has no such source."),
        N_("Copy the permalink of the source's page, or give its address and kind."),
    ),
    "source_kind_missing": (
        N_("The source has no kind."),
        N_("Write signed_text, official_release or press in source_kind."),
    ),
    "passage_missing": (
        N_("The row names a source and no passage of it."),
        N_("Copy the words that show it into the column passage."),
    ),
    "passage_not_found": (
        N_("The source does not have these words: “{value}”."),
        N_("Copy them from the source's page, letter by letter."),
    ),
    "file_too_long_for_source": (
        N_("The file has more than {limit} characters and cannot itself be the source."),
        N_("Name the source in each row, or import only the rows that are new or changed."),
    ),
}

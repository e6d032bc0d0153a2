"""What can go wrong with a whole table, file or import, each with its remedy; a bad row is a refusal of its own."""

from entraide.kernel.errors import BadInput, Conflict, NotFound
from entraide.kernel.text import N_, NN_


class NoSuchTable(NotFound):
    """There is no table of that name."""

    code = "tables.no_such_table"
    message = N_("There is no table named {name}.")
    remedy = N_("Use one of: {allowed}.")


class NoSuchPackage(NotFound):
    """There is no such edition of the Data Package, or none yet."""

    code = "tables.no_such_package"
    message = N_("There is no file {name} here.")
    remedy = N_(
        "The latest package is made when somebody asks for it: ask again in a minute. Editions of a day are kept for a "
        "month, the first of a month for good."
    )


class UnknownFilter(BadInput):
    """An export was asked for with a filter that cannot be."""

    code = "tables.unknown_filter"
    message = N_("“{value}” is not a value of the filter {name}.")
    remedy = N_("Choose the filter on the page of the list, then export from there.")


class NoSuchFilter(BadInput):
    """An export was asked for with a parameter that is no filter: a slip of the pen must not give everything."""

    code = "tables.no_such_filter"
    message = N_("Exports have no filter {name}.")
    remedy = N_("Use one of these, or none: {known}.")


class BadSeparator(BadInput):
    """A CSV file was asked for with a separator that it cannot have."""

    code = "tables.bad_separator"
    message = N_("“{value}” cannot stand between the cells of a CSV file.")
    remedy = N_("Use one of these: {known}.")


class ForCsvOnly(BadInput):
    """A parameter of CSV files was given for a file of another kind."""

    code = "tables.for_csv_only"
    message = N_("{name} says how a CSV file is written; this file is none.")
    remedy = N_("Leave it out, or ask for the table with the ending .csv.")


class NoSuchForm(NotFound):
    """Tables are not written in this form."""

    code = "tables.no_such_form"
    message = N_("There are no files with the ending {form} here.")
    remedy = N_("Use one of: {allowed}.")


class TooManyRows(BadInput):
    """A table is too long for a workbook."""

    code = "tables.too_many_rows"
    message = N_("The table {table} is too long for a workbook.")
    remedy = N_("Narrow it, such as by year=2025, or take it as a CSV file, which has no limit.")


class NoSuchImport(NotFound):
    """There is no such import."""

    code = "tables.no_such_import"
    message = N_("There is no import of this number here.")
    remedy = N_("Open the list of imports and choose one.")


class ImportDecided(Conflict):
    """The import was applied or dropped."""

    code = "tables.import_decided"
    message = N_("This import has been decided about: {state}.")
    remedy = N_("Give the tables again to see what they would change now.")


class DifferenceChanged(Conflict):
    """What would be applied is no longer what was shown."""

    code = "tables.difference_changed"
    message = N_("The register or the files changed after the difference was shown; nothing was applied.")
    remedy = N_("Look at the difference as it is now, and confirm that one.")


class ImportRefused(BadInput):
    """Rows of the import are refused."""

    code = "tables.import_refused"
    message = NN_(
        "{count} entry of the tables is refused; nothing was applied.",
        "{count} entries of the tables are refused; nothing was applied.",
        by="count",
    )
    remedy = N_("Mend the lines that are named and give the tables again.")


class NothingToImport(BadInput):
    """The import would change nothing."""

    code = "tables.nothing_to_import"
    message = N_("The tables say what the register has; there is nothing to apply.")
    remedy = N_("Check that the edited file was saved and given.")


class TablesTooLarge(BadInput):
    """The files together are too large."""

    code = "tables.tables_too_large"
    message = N_("{file}: the tables have more than {limit} MB.")
    remedy = N_("Split the tables and import one part after the other; rows that did not change can be left out.")


class BadArchive(BadInput):
    """A zip file cannot be opened."""

    code = "tables.bad_archive"
    message = N_("{file}: the zip file cannot be opened, {why}.")
    remedy = N_("Give the CSV files themselves.")


class NoTables(BadInput):
    """No table was given."""

    code = "tables.no_tables"
    message = N_("No CSV file was given.")
    remedy = N_("Give CSV files such as an export writes, or a zip file of them.")


class NotImported(BadInput):
    """A table holds what is not imported."""

    code = "tables.not_imported"
    message = N_("The table {name} is exported only.")
    remedy = N_("Leave it out of the import.")

"""What can go wrong with a whole table, file or import, each with its remedy; a bad row is a refusal of its own."""

from entraide.kernel.errors import BadInput, NotFound
from entraide.kernel.text import N_


class NoSuchTable(NotFound):
    """There is no table of that name."""

    code = "communiques.no_such_table"
    message = N_("There is no table named {name}.")
    remedy = N_("Use one of: {allowed}.")


class UnknownFilter(BadInput):
    """An export was asked for with a filter that cannot be."""

    code = "communiques.unknown_filter"
    message = N_("“{value}” is not a value of the filter {name}.")
    remedy = N_("Choose the filter on the page of the list, then export from there.")

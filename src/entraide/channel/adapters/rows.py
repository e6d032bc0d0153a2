"""Inserting many rows at once by one prepared statement.

Django's bulk_create builds an expression per value; for a batch of 500 messages that costs several times the
cryptography.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections, models


def insert_rows(
    database: str,
    model: type[models.Model],
    *,
    shared: Mapping[str, Any],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Insert `rows`, each with values for the fields `names`; every row has the values of `shared` too.

    Together they name every column of the table. Raises Django's `IntegrityError`.
    """
    connection = connections[database]
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's model API
    if fields.keys() != {*shared, *names}:
        raise ValueError("the values are not those of the table's columns")
    same = [fields[name].get_db_prep_save(value, connection) for name, value in shared.items()]
    prepare = [fields[name].get_db_prep_save for name in names]
    columns = ", ".join(connection.ops.quote_name(fields[name].column or name) for name in (*names, *shared))
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - the same
    places = ", ".join(["%s"] * len(fields))
    values = [[*(save(value, connection) for save, value in zip(prepare, row, strict=True)), *same] for row in rows]
    with connection.cursor() as cursor:
        # Only names of the model stand in the text; every value is a parameter.
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608

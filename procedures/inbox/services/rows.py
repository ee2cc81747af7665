"""Many rows in one statement: COPY and arrays on PostgreSQL, ``executemany`` on SQLite.

``bulk_create`` builds an expression for every value; that costs more than all else a bulk action does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

NATURAL: dict[str, type] = {
    "CharField": str,
    "TextField": str,
    "BooleanField": bool,
    "PositiveIntegerField": int,
    "BigAutoField": int,
    "ForeignKey": int,
}
"""Values that both databases take as they are, by field; all others go through the field."""
NATURAL_ON_POSTGRESQL: dict[str, type] = NATURAL | {"DateTimeField": datetime, "DateField": date, "UUIDField": UUID}


def reserve(model: type[models.Model], size: int, given: int) -> Iterable[int]:
    """Ids that nobody else will be given, in order; the caller has those up to ``given``."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Materialized: the name of the sequence is looked up once, not for each id.
            cursor.execute(
                "WITH named AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence) "
                "SELECT nextval(sequence) FROM named, generate_series(1, %s)",
                [table, column, size],
            )
            return [number for (number,) in cursor.fetchall()]
        # The transaction is the only one that writes, from its beginning (IMMEDIATE).
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
        first = max(last, given) + 1
        return range(first, first + size)


def insert(rows: Sequence[models.Model]) -> None:
    """Add rows of one model, which have their ids; no signal is sent."""
    meta = type(rows[0])._meta
    fields = meta.concrete_fields
    table, columns = _quoted(meta.db_table), ", ".join(_quoted(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for values in _values(rows, fields):
                    copy.write_row(values)
            return
        marks = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
        cursor.executemany(statement, list(_values(rows, fields)))


def update(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Save the fields called ``names``; ``bulk_update`` would write a CASE per field and row."""
    meta, chosen = type(rows[0])._meta, set(names)
    fields = [field for field in meta.concrete_fields if field.name in chosen]
    table, key = _quoted(meta.db_table), _quoted(str(meta.pk.column))
    columns = [_quoted(str(field.column)) for field in fields]
    values = list(_values(rows, [*fields, meta.pk]))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sets = ", ".join(f"{column} = new.{column}" for column in columns)
            # Without their lengths: a cast would cut off what is too long, where the column refuses it.
            arrays = ", ".join(f"%s::{_type_of(field)}[]" for field in [*fields, meta.pk])
            new = f"unnest({arrays}) AS new({', '.join([*columns, key])})"
            statement = f"UPDATE {table} SET {sets} FROM {new} WHERE {table}.{key} = new.{key}"  # noqa: S608 - as above
            cursor.execute(statement, [list(column) for column in zip(*values, strict=True)])
            return
        sets = ", ".join(f"{column} = %s" for column in columns)
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", values)  # noqa: S608 - as above


def _values(rows: Sequence[models.Model], fields: Sequence[models.Field[Any, Any]]) -> Iterator[list[Any]]:
    natural = NATURAL_ON_POSTGRESQL if connection.vendor == "postgresql" else NATURAL
    known = [(field.attname, natural.get(field.get_internal_type()), field.get_db_prep_save) for field in fields]
    for row in rows:
        said = vars(row)
        yield [
            value if value is None or type(value) is kind else prepare(value, connection)
            for name, kind, prepare in known
            for value in (said[name],)
        ]


def _type_of(field: models.Field[Any, Any]) -> str:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return str(target.rel_db_type(connection)).split("(")[0]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

"""Writing rows by the thousand: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

Row = dict[str, Any]
"""Values by ``attname``; what is left out has the field's default."""


def leave_out_checks() -> None:
    """Until the transaction ends, look up no row that another points to: all were made together.

    Only a superuser of PostgreSQL may; any other writes half as fast.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")


@contextmanager
def large_cache() -> Iterator[None]:
    """On SQLite: indexes are written here and there, 400 MB of them in memory; and no look-ups."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -400000")
    with connection.constraint_checks_disabled():
        yield


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Draw ids that nobody else gets, even while residents file."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        with transaction.atomic():
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            last = found[0] if found else 0
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + count])
        return list(range(last + 1, last + count + 1))


def write(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Add rows of one table; the columns are those of the first row, and every other that has a default."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or field.attname in rows[0]]
    names = [field.attname for field in fields]
    defaults = {field.attname: field.get_default() for field in fields}
    adapt = [_adapter(field) for field in fields]
    lines = (
        [change(value) if change and value is not None else value for change, value in zip(adapt, values, strict=True)]
        for values in ([row.get(name, defaults[name]) for name in names] for row in rows)
    )
    _copy(model._meta.db_table, [str(field.column) for field in fields], lines)


def _copy(table: str, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    target = f"{connection.ops.quote_name(table)} ({quoted})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {target} VALUES ({marks})", list(lines))  # noqa: S608 - names of our tables


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What turns a value into what the driver takes; None where it does so itself."""
    if isinstance(field, models.JSONField):
        return lambda value: value if isinstance(value, str) else json.dumps(value)
    if connection.vendor == "postgresql":
        return str if isinstance(field, models.CharField) else None
    if isinstance(field, models.UUIDField):
        return _hex
    if isinstance(field, models.DateTimeField):
        return _naive
    if isinstance(field, models.DateField):
        return date.isoformat
    return str if isinstance(field, models.CharField) else None


def _hex(value: UUID) -> str:
    return value.hex


def _naive(value: datetime) -> str:
    """UTC without saying so, as Django writes it there."""
    return value.replace(tzinfo=None).isoformat(" ")

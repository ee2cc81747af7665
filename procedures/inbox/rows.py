"""Rows of many tables told within the query that reads what they belong to: one question instead of fifteen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, Field, JSONField, Model, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.lookups import In
from django.utils.dateparse import parse_datetime


class Rows(Subquery):
    """The rows of a query that names its parent (``OuterRef``), as a list of dictionaries, in its order.

    Values come as JSON has them; ``instances`` makes models of whole rows.
    """

    output_field = JSONField()

    def __init__(self, queryset: QuerySet[Any], names: Sequence[str]) -> None:
        super().__init__(queryset.values(row=JSONObject(**{name: name for name in names})))

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """An aggregate of SQLite keeps the order of what it is given."""
        template = """(SELECT json_group_array(json("row")) FROM (%(subquery)s))"""
        return super().as_sql(compiler, connection, template)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """So does one of PostgreSQL; of nothing it makes NULL."""
        template = """(SELECT coalesce(jsonb_agg(told."row"), '[]') FROM (%(subquery)s) AS told)"""
        return super().as_sql(compiler, connection, template)


class AnyOf(In):
    """One of many whole numbers: a single parameter on PostgreSQL, where a thousand cost more than the rows."""

    prepare_rhs = False

    def get_prep_lookup(self) -> list[int]:
        """They are what they are."""
        return list(self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare with an array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*params, self.rhs)


def whole_rows(queryset: QuerySet[Any], person: str = "", of_person: Sequence[str] = ()) -> Rows:
    """All columns of each row, for ``instances``; of the ``person`` it points to, those named."""
    names = [field.attname for field in queryset.model._meta.concrete_fields]
    return Rows(queryset, [*names, *(f"{person}__{name}" for name in of_person)])


def instances(
    model: type[Model], rows: Iterable[dict[str, Any]], person: str = "", of_person: Sequence[str] = ()
) -> list[Any]:
    """The rows of ``whole_rows`` as models; the person of each has nothing but what was named."""
    made = []
    for row in rows:
        one = _instance(model, row)
        if person and row[model._meta.get_field(person).attname] is not None:  # type: ignore[union-attr]  # a key
            related: Any = model._meta.get_field(person).related_model
            setattr(one, person, _instance(related, {name: row[f"{person}__{name}"] for name in of_person}))
        made.append(one)
    return made


def _instance(model: type[Model], row: dict[str, Any]) -> Any:
    fields = [field for field in model._meta.concrete_fields if field.attname in row]
    values = [_value(field, row[field.attname]) for field in fields]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)


def _value(field: Field[Any, Any], told: Any) -> Any:
    """As the column's own reading would give it: SQLite has no dates, and keeps JSON as text."""
    if isinstance(told, str) and isinstance(field, DateTimeField):
        moment = parse_datetime(told)
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(told, str) and isinstance(field, JSONField):
        return json.loads(told)
    return field.to_python(told)

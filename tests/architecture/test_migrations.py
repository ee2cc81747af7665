"""No migration stops people from filing: indexes of what grows with every request are made while it is in use."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from cms.large_tables import AddIndexWhileInUse, RemoveIndexWhileInUse
from procedures.inbox.models import ServiceRequest

SETTLED = {"inbox": "0016", "definition": "0006", "filing": "0005", "retention": "0002", "mediation": "0002"}
"""The first migration of a room that the rule holds for; those before are of sites that nobody had filed with yet."""


def large_tables() -> set[tuple[str, str]]:
    """What has a row for every request, or several."""
    tied = {
        model for model in apps.get_models() if any(one.related_model is ServiceRequest for one in model._meta.fields)
    }
    return {(model._meta.app_label, model._meta.model_name or "") for model in tied | {ServiceRequest}}


def later_migrations() -> Iterator[tuple[str, migrations.Migration]]:
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if name[:4] >= SETTLED.get(app, "0000"):
            yield app, migration


def is_indexed(operation: Operation) -> bool:
    """Whether an operation makes or drops an index by itself."""
    if isinstance(operation, AddIndexWhileInUse | RemoveIndexWhileInUse):
        return False
    if isinstance(operation, migrations.AddField | migrations.AlterField):
        return operation.field.db_index or operation.field.unique
    if isinstance(operation, migrations.AddConstraint):
        return isinstance(operation.constraint, models.UniqueConstraint)
    return isinstance(operation, migrations.AddIndex | migrations.RemoveIndex)


def test_indexes_of_large_tables_are_made_while_they_are_in_use():
    large, locking = large_tables(), []
    for app, migration in later_migrations():
        made = {one.name_lower for one in migration.operations if isinstance(one, migrations.CreateModel)}
        for operation in migration.operations:
            name = getattr(operation, "model_name_lower", "")
            if (app, name) in large and name not in made and is_indexed(operation):
                locking.append(f"{app}.{migration.name}: {operation.describe()}")
    assert locking == []


def test_migrations_that_do_so_are_no_transactions():
    for app, migration in later_migrations():
        if any(isinstance(one, AddIndexWhileInUse | RemoveIndexWhileInUse) for one in migration.operations):
            assert not migration.atomic, f"{app}.{migration.name}"

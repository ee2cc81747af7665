"""Indexes of tables that grow with every request, made and dropped while people use them.

PostgreSQL locks a table against writing while it makes an index: minutes with a million rows. It can do so
without the lock, outside of a transaction (``CONCURRENTLY``); SQLite cannot, and makes it as ever. A
migration with these operations has ``atomic = False``, and can be run again where it broke off: what an
attempt before left behind is dropped first. A test holds migrations to it (tests/architecture).
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from django.db.utils import NotSupportedError


class AddIndexWhileInUse(migrations.AddIndex):
    """Make an index of a large table."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Raises NotSupportedError: the migration is a transaction."""
        _add(to_state.apps.get_model(app_label, self.model_name), self.index, schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Raises NotSupportedError: the migration is a transaction."""
        drop_index(self.index.name, schema_editor)


class RemoveIndexWhileInUse(migrations.RemoveIndex):
    """Drop an index of a large table."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Raises NotSupportedError: the migration is a transaction."""
        drop_index(self.name, schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Raises NotSupportedError: the migration is a transaction."""
        index = to_state.models[app_label, self.model_name_lower].get_index_by_name(self.name)
        _add(to_state.apps.get_model(app_label, self.model_name), index, schema_editor)


def _add(model: type[models.Model], index: models.Index, editor: Any) -> None:
    drop_index(index.name, editor)
    editor.add_index(model, index, **({"concurrently": True} if editor.connection.vendor == "postgresql" else {}))


def drop_index(name: str, editor: Any) -> None:
    """Drop an index, if there is one of that name.

    Raises:
        NotSupportedError: the migration is a transaction.
    """
    if editor.connection.vendor != "postgresql":
        editor.execute(f"DROP INDEX IF EXISTS {editor.quote_name(name)}")
        return
    if editor.connection.in_atomic_block:
        raise NotSupportedError(f"{name} is of a large table: give its migration atomic = False")
    editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {editor.quote_name(name)}")

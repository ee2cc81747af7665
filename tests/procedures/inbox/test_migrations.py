"""A town with requests updates: indexes come and go with the migrations, in whatever database, however often."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from procedures.inbox.models import ServiceRequest
from tests.factories.inbox import make_request

BEFORE = ("inbox", "0015_letters_to_print")


def migrate(*targets: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


def indexes(table: str = "inbox_servicerequest") -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return {name for name, facts in found.items() if facts["index"]}


def left_half_made() -> list[str]:
    """Indexes that PostgreSQL began and could not end: they serve nothing."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def latest(transactional_db) -> Iterator[list[tuple[str, str]]]:
    """The newest migrations of all rooms, to which the database is brought back whatever happens."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    migrate(*leaves)


@pytest.mark.slow
def test_indexes_go_back_and_forth_with_requests_in_the_table(latest):
    request = make_request()
    now = indexes()
    migrate(BEFORE)
    assert {"request_open_tabs", "request_by_email"} <= indexes()
    assert not {"request_of_team", "request_of_person", "request_of_phone"} & indexes()
    with connection.schema_editor() as editor:  # an attempt that broke off
        editor.execute("CREATE INDEX request_of_team ON inbox_servicerequest (team_id)")
    migrate(*latest)
    assert indexes() == now
    assert left_half_made() == []
    for typed in ("camille", request.tracking_number.lower()[2:8]):
        assert list(ServiceRequest.objects.search(typed)) == [request]

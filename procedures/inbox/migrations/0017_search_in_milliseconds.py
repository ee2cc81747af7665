"""Search that costs the same among a million requests as among a thousand, on both databases.

What 0002 said of SQLite holds up to a hundred thousand: at a million its scan takes over a second. A full-text
table of trigrams costs a filing a fraction of a millisecond (decision 20). It keeps no text of its own and follows
``inbox_requesttext`` by triggers, whoever writes there.

On PostgreSQL the department joins the trigrams in the index, so that a common name costs a small department
little. Triggers keep the copy; no code reads it but to find quicker: what an agent may see is still asked of the request.

The tracking number becomes part of the text: a part of it finds too.

On PostgreSQL people go on filing and searching meanwhile, slowly where an index is not there yet: no lock is held for
longer than a moment. It can be run again where it broke off. SQLite has one writer at a time, who has to wait.
"""

from typing import Any

from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.utils import DatabaseError

SQLITE = [
    """
    UPDATE inbox_requesttext SET folded = folded || ' ' ||
      (SELECT lower(tracking_number) FROM inbox_servicerequest WHERE id = request_id)
    WHERE folded <> '' AND folded NOT LIKE '% ' ||
      (SELECT lower(tracking_number) FROM inbox_servicerequest WHERE id = request_id)
    """,
    """
    CREATE VIRTUAL TABLE inbox_requestwords USING fts5(
      folded, content='inbox_requesttext', content_rowid='request_id', tokenize='trigram')
    """,
    "INSERT INTO inbox_requestwords (inbox_requestwords) VALUES ('rebuild')",
    """
    CREATE TRIGGER inbox_requesttext_added AFTER INSERT ON inbox_requesttext BEGIN
      INSERT INTO inbox_requestwords (rowid, folded) VALUES (new.request_id, new.folded);
    END
    """,
    """
    CREATE TRIGGER inbox_requesttext_removed AFTER DELETE ON inbox_requesttext BEGIN
      INSERT INTO inbox_requestwords (inbox_requestwords, rowid, folded) VALUES ('delete', old.request_id, old.folded);
    END
    """,
    """
    CREATE TRIGGER inbox_requesttext_changed AFTER UPDATE ON inbox_requesttext BEGIN
      INSERT INTO inbox_requestwords (inbox_requestwords, rowid, folded) VALUES ('delete', old.request_id, old.folded);
      INSERT INTO inbox_requestwords (rowid, folded) VALUES (new.request_id, new.folded);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS inbox_requesttext_added",
    "DROP TRIGGER IF EXISTS inbox_requesttext_removed",
    "DROP TRIGGER IF EXISTS inbox_requesttext_changed",
    "DROP TABLE IF EXISTS inbox_requestwords",
]

POSTGRESQL = [
    "ALTER TABLE inbox_requesttext ADD COLUMN IF NOT EXISTS department_id bigint",
    """
    CREATE OR REPLACE FUNCTION inbox_text_of_department() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.department_id := (SELECT department_id FROM inbox_servicerequest WHERE id = NEW.request_id);
      RETURN NEW;
    END $$
    """,
    "DROP TRIGGER IF EXISTS inbox_text_of_department ON inbox_requesttext",
    """
    CREATE TRIGGER inbox_text_of_department BEFORE INSERT ON inbox_requesttext
    FOR EACH ROW EXECUTE FUNCTION inbox_text_of_department()
    """,
    """
    CREATE OR REPLACE FUNCTION inbox_text_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE inbox_requesttext SET department_id = NEW.department_id WHERE request_id = NEW.id;
      RETURN NULL;
    END $$
    """,
    "DROP TRIGGER IF EXISTS inbox_text_follows ON inbox_servicerequest",
    """
    CREATE TRIGGER inbox_text_follows AFTER UPDATE OF department_id ON inbox_servicerequest FOR EACH ROW
    WHEN (OLD.department_id IS DISTINCT FROM NEW.department_id) EXECUTE FUNCTION inbox_text_follows()
    """,
    # Also while make_requests leaves the look-ups out.
    "ALTER TABLE inbox_requesttext ENABLE ALWAYS TRIGGER inbox_text_of_department",
    # Finer than the default: the planner must tell a common name from a rare one.
    "ALTER TABLE inbox_requesttext ALTER COLUMN folded SET STATISTICS 1000",
]
CHUNK = 10_000
"""Rows in one transaction: whoever writes to one of them waits no longer than that takes."""
FILL = """
    UPDATE inbox_requesttext SET department_id = request.department_id,
      folded = CASE WHEN folded = '' OR folded LIKE '%% ' || lower(tracking_number) THEN folded
                    ELSE folded || ' ' || lower(tracking_number) END
    FROM inbox_servicerequest AS request
    WHERE request.id = request_id AND request_id >= %s AND request_id < %s
"""
NEWEST = "CREATE INDEX CONCURRENTLY request_text_newest ON inbox_requesttext (department_id, request_id)"
WORDS = "CREATE INDEX CONCURRENTLY request_text_words ON inbox_requesttext USING gin ({columns})"
# What the extensions allow, the best first: none, and it searches slowly, but searches.
EXTENSIONS = [("btree_gin", "department_id, folded gin_trgm_ops"), ("pg_trgm", "folded gin_trgm_ops")]
POSTGRESQL_BACK = [
    "DROP TRIGGER IF EXISTS inbox_text_follows ON inbox_servicerequest",
    "DROP TRIGGER IF EXISTS inbox_text_of_department ON inbox_requesttext",
    "DROP FUNCTION IF EXISTS inbox_text_follows",
    "DROP FUNCTION IF EXISTS inbox_text_of_department",
    "ALTER TABLE inbox_requesttext DROP COLUMN IF EXISTS department_id",
]


def create(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make what this database searches with."""
    if editor.connection.vendor == "sqlite":
        _run(editor, SQLITE)
        return
    _drop_index(editor, "request_text_words")  # made anew below: a million updates of it take minutes
    _run(editor, POSTGRESQL)
    _fill(editor)
    _drop_index(editor, "request_text_newest")
    editor.execute(NEWEST)
    _index_words(editor, EXTENSIONS)


def drop(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Go back to what was there."""
    if editor.connection.vendor == "sqlite":
        _run(editor, SQLITE_BACK)
        return
    _drop_index(editor, "request_text_words")
    _drop_index(editor, "request_text_newest")
    _run(editor, POSTGRESQL_BACK)
    _index_words(editor, EXTENSIONS[-1:])


def _run(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    with transaction.atomic(editor.connection.alias):
        for statement in statements:
            editor.execute(statement, params=None)


def _fill(editor: BaseDatabaseSchemaEditor) -> None:
    """Add to each text its department and number; what is filed meanwhile has its department by the trigger."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(min(request_id), 0), COALESCE(max(request_id), -1) FROM inbox_requesttext")
        first, last = cursor.fetchone()
        for start in range(first, last + 1, CHUNK):
            cursor.execute(FILL, [start, start + CHUNK])


def _index_words(editor: BaseDatabaseSchemaEditor, extensions: list[tuple[str, str]]) -> None:
    for extension, columns in extensions:
        try:
            editor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            editor.execute(WORDS.format(columns=columns))
        except DatabaseError:
            _drop_index(editor, "request_text_words")  # what broke off stays, and serves nothing
        else:
            return


def _drop_index(editor: BaseDatabaseSchemaEditor, name: str) -> None:
    editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("inbox", "0016_list_indexes")]
    operations = [migrations.RunPython(create, drop)]

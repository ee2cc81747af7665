"""Search that costs the same among a million requests as among a thousand, on both databases.

What 0002 said of SQLite holds up to a hundred thousand: at a million its scan takes over a second. A full-text
table of trigrams costs a filing a fraction of a millisecond (decision 20). It keeps no text of its own and follows
``inbox_requesttext`` by triggers, whoever writes there.

On PostgreSQL the department joins the trigrams in the index, so that a common name costs a small department
little. Triggers keep the copy; no code reads it but to find quicker: what an agent may see is still asked of the request.

The tracking number becomes part of the text: a part of it finds too.
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
    "DROP INDEX IF EXISTS request_text_words",  # made anew below: a million updates of it take minutes
    "ALTER TABLE inbox_requesttext ADD COLUMN department_id bigint",
    """
    UPDATE inbox_requesttext SET department_id = request.department_id,
      folded = CASE WHEN folded = '' OR folded LIKE '% ' || lower(tracking_number) THEN folded
                    ELSE folded || ' ' || lower(tracking_number) END
    FROM inbox_servicerequest AS request WHERE request.id = request_id
    """,
    """
    CREATE FUNCTION inbox_text_of_department() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.department_id := (SELECT department_id FROM inbox_servicerequest WHERE id = NEW.request_id);
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER inbox_text_of_department BEFORE INSERT ON inbox_requesttext
    FOR EACH ROW EXECUTE FUNCTION inbox_text_of_department()
    """,
    """
    CREATE FUNCTION inbox_text_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE inbox_requesttext SET department_id = NEW.department_id WHERE request_id = NEW.id;
      RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER inbox_text_follows AFTER UPDATE OF department_id ON inbox_servicerequest FOR EACH ROW
    WHEN (OLD.department_id IS DISTINCT FROM NEW.department_id) EXECUTE FUNCTION inbox_text_follows()
    """,
    # Also while make_requests leaves the look-ups out.
    "ALTER TABLE inbox_requesttext ENABLE ALWAYS TRIGGER inbox_text_of_department",
    # Finer than the default: the planner must tell a common name from a rare one.
    "ALTER TABLE inbox_requesttext ALTER COLUMN folded SET STATISTICS 1000",
    "CREATE INDEX request_text_newest ON inbox_requesttext (department_id, request_id)",
]
WORDS = "CREATE INDEX request_text_words ON inbox_requesttext USING gin ({columns})"
# What the extensions allow, the best first: none, and it searches slowly, but searches.
EXTENSIONS = [("btree_gin", "department_id, folded gin_trgm_ops"), ("pg_trgm", "folded gin_trgm_ops")]
POSTGRESQL_BACK = [
    "DROP INDEX IF EXISTS request_text_words",
    "DROP TRIGGER IF EXISTS inbox_text_follows ON inbox_servicerequest",
    "DROP TRIGGER IF EXISTS inbox_text_of_department ON inbox_requesttext",
    "DROP FUNCTION IF EXISTS inbox_text_follows",
    "DROP FUNCTION IF EXISTS inbox_text_of_department",
    "ALTER TABLE inbox_requesttext DROP COLUMN department_id",
    "CREATE INDEX request_text_words ON inbox_requesttext USING gin (folded gin_trgm_ops)",
]


def create(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make what this database searches with."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement, params=None)
    if editor.connection.vendor == "postgresql":
        for extension, columns in EXTENSIONS:
            try:
                with transaction.atomic(editor.connection.alias):
                    editor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
                    editor.execute(WORDS.format(columns=columns))
                return
            except DatabaseError:
                continue


def drop(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Go back to what was there."""
    statements = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0016_list_indexes")]
    operations = [migrations.RunPython(create, drop)]

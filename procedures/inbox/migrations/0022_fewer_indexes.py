"""Fewer indexes to write with every change of a request: a change of status wrote to six that nobody reads.

Version and procedure have others that begin with them, or are never looked for alone. Few requests were entered by
an agent or joined to another: these have indexes that hold them alone. Tracking number and hash of the secret link are
looked for whole: the index of their beginnings, which PostgreSQL is given beside a unique one, serves nobody.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.large_tables import AddIndexWhileInUse, drop_index

COLUMNS = ("version_id", "procedure_id", "entered_by_id", "merged_into_id", "tracking_number", "access_hash")
KEPT = ("request_joined",)


def drop(apps, editor):
    """Drop what has one of these columns and nothing else, unless it is there to keep them unique."""
    table = apps.get_model("inbox", "ServiceRequest")._meta.db_table
    with editor.connection.cursor() as cursor:
        found = editor.connection.introspection.get_constraints(cursor, table)
    for name, one in found.items():
        alone = one["index"] and not one["unique"] and len(one["columns"]) == 1
        if alone and one["columns"][0] in COLUMNS and name not in KEPT:
            drop_index(name, editor)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('definition', '0006_files_months'),
        ('directory', '0002_districts'),
        ('inbox', '0021_complaints_by_number'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexWhileInUse(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('entered_by__isnull', False)), fields=['entered_by', '-id'], name='request_entered'),
        ),
        AddIndexWhileInUse(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='request_joined'),
        ),
        # The columns stay as they are: SQLite would copy the table for each of them.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField(
                    model_name='servicerequest',
                    name='entered_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
                ),
                migrations.AlterField(
                    model_name='servicerequest',
                    name='merged_into',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='inbox.servicerequest', verbose_name='carried on by'),
                ),
                migrations.AlterField(
                    model_name='servicerequest',
                    name='procedure',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='definition.procedure', verbose_name='procedure'),
                ),
                migrations.AlterField(
                    model_name='servicerequest',
                    name='version',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='definition.procedureversion'),
                ),
            ],
        ),
    ]

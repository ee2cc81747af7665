"""What is rare among the answered, and all that was asked for from one phone; `request_by_email` has no use left."""

from django.conf import settings
from django.db import migrations, models

from cms.large_tables import AddIndexWhileInUse, RemoveIndexWhileInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('definition', '0005_working_days'),
        ('directory', '0002_districts'),
        ('inbox', '0019_recent_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RemoveIndexWhileInUse(
            model_name='servicerequest',
            name='request_by_email',
        ),
        AddIndexWhileInUse(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['status', '-closed_at', '-id', 'department', 'channel', 'district', 'procedure', 'silence_effect'], name='request_history_of_status'),
        ),
        AddIndexWhileInUse(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['channel', '-closed_at', '-id', 'department', 'status', 'district', 'procedure', 'silence_effect'], name='request_history_of_chan'),
        ),
        AddIndexWhileInUse(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('requester_phone', ''), _negated=True), fields=['requester_phone', '-received_at'], name='request_of_phone'),
        ),
    ]

"""What is rare among the answered, and all that was asked for from one phone; `request_by_email` has no use left."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('definition', '0005_working_days'),
        ('directory', '0002_districts'),
        ('inbox', '0019_recent_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='servicerequest',
            name='request_by_email',
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['status', '-closed_at', '-id', 'department', 'channel', 'district', 'procedure', 'silence_effect'], name='request_history_of_status'),
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['channel', '-closed_at', '-id', 'department', 'status', 'district', 'procedure', 'silence_effect'], name='request_history_of_chan'),
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('requester_phone', ''), _negated=True), fields=['requester_phone', '-received_at'], name='request_of_phone'),
        ),
    ]

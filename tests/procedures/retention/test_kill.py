"""The worker dies between two requests, and within one: each is whole or purged, and the next night goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from procedures.inbox.models import Attachment, ServiceRequest
from procedures.inbox.sealing import breaks_of
from procedures.inbox.services.decision import accept
from procedures.inbox.services.purging import announce_purge
from procedures.retention.applying import apply_retention
from procedures.retention.models import RetentionRun
from tests.factories.inbox import make_agent, make_request, received_file
from tests.factories.procedures import make_procedure
from tests.procedures.filing.test_kill import database_url

# Dies by SIGKILL, as a worker without memory does: once two are committed, in the middle of the third.
DYING = """
import os, signal
from procedures.inbox.services import purging
from procedures.retention import applying

emptied, forget = [], purging._forget_others
def forget_and_die(request):
    forget(request)
    emptied.append(request)
    if len(emptied) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
purging._forget_others = forget_and_die
applying.apply_retention()
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_purging_leaves_each_request_whole_or_purged(tmp_path):
    procedure, now = make_procedure(retention_months=1), timezone.now()
    agent, day = make_agent(procedure.department), now.date()
    for _ in range(5):
        one = make_request(procedure, files=(received_file(),), received_at=now - timedelta(days=90))
        accept(one, agent=agent, at=now - timedelta(days=80))
        announce_purge(one, files_on=day, answers_on=day, at=now - timedelta(days=30))
    environment = {**os.environ, "DATABASE_URL": database_url()}
    command = [sys.executable, "manage.py", "shell", "-c", DYING]
    died = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL
    purged = ServiceRequest.objects.exclude(purged_at=None)
    assert purged.count() == 2
    for one in ServiceRequest.objects.all():
        assert bool(one.requester_name) == bool(one.answers) == one.attachments.exists() == (one.purged_at is None)
    assert RetentionRun.objects.get().ended_at is None
    run = apply_retention()
    assert (run.answers_purged, purged.count(), Attachment.objects.count()) == (3, 5, 0)
    assert not [broken for one in ServiceRequest.objects.all() for broken in breaks_of(one, list(one.events.all()))]

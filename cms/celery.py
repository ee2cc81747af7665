"""The Celery application; its broker is chosen in the settings."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from cms.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

app = Celery("parvis")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _settle(**_: Any) -> None:
    settle()

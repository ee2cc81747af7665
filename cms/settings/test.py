"""What the tests run on: the embedded services unless the environment names others."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("PARVIS_VAR", tempfile.mkdtemp(prefix="parvis-test-"))

from cms.settings.base import *  # noqa: F403 - after the folder is known
from cms.settings.base import DATABASES, STORAGES, VAR_DIR

DEBUG = False
SECRET_KEY = "only-for-tests-0123456789-0123456789-0123456789-abc"  # noqa: S105 - no secret
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
Path(VAR_DIR).mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

"""What the tests run on: the embedded services unless the environment names others."""

import os
import tempfile
from pathlib import Path

if "PARVIS_VAR" not in os.environ:
    os.environ["PARVIS_VAR"] = tempfile.mkdtemp(prefix="parvis-test-")
# Tests in parallel: each worker (gw0, gw1…) has its own folder, database and cache.
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker and Path(os.environ["PARVIS_VAR"]).name != worker:
    os.environ["PARVIS_VAR"] += f"/{worker}"

from cms.settings.base import *  # noqa: F403 - after the folder is known
from cms.settings.base import (
    CACHES,
    DATABASES,
    DELIVERIES,
    FIELD_TYPES,
    FILING_RATES,
    PREFILL_SOURCES,
    REDIS_URL,
    STORAGES,
    VALIDATORS,
    VAR_DIR,
)

DEBUG = False
SECRET_KEY = "only-for-tests-0123456789-0123456789-0123456789-abc"  # noqa: S105 - no secret
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if not REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
# The package of plugins in tests/plugins: what a town adds after `pip install`, and nothing else.
FIELD_TYPES = [*FIELD_TYPES, "parvis_bees.keeper_number.KeeperNumber"]
VALIDATORS = [*VALIDATORS, "parvis_bees.season.Season"]
PREFILL_SOURCES = [*PREFILL_SOURCES, "parvis_bees.inspector.Inspector"]
DELIVERIES = [*DELIVERIES, "parvis_bees.register.HiveRegister"]
BEES_PROCEDURES = ["declarer-des-ruches"]
BEES_REGISTER_URL = "http://127.0.0.1:9/"
# Tests fill in forms faster than anybody, from one address; those about it set their own.
FILING_MIN_SECONDS = 0
FILING_RATES = dict.fromkeys(FILING_RATES, "0")
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
# The source strings, in every language: a better translation breaks no test. That catalogues are
# whole is checked by scripts/messages.py; the browser tests run with them.
LOCALE_PATHS = []
if REDIS_URL:
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{int(worker.removeprefix('gw') or 0) % 15 + 1}"
Path(VAR_DIR).mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

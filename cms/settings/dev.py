"""One machine, nothing to install: what ``make start`` runs."""

from cms.settings.base import *  # noqa: F403 - settings build on settings
from cms.settings.base import STORAGES, VAR_DIR, env
from cms.settings.secrets import kept_secret

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = kept_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", env("HOST", default="127.0.0.1")])
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

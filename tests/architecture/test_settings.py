"""Production starts safe or not at all."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "www.valmarie.example",
    "BASE_URL": "https://www.valmarie.example",
}


def load_production(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Start Python with these settings and nothing else of ours in the environment."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    wanted = inherited | {"PARVIS_VAR": str(tmp_path)} | SAFE | changes
    environment = {name: value for name, value in wanted.items() if value}
    program = "import django; django.setup(); from django.conf import settings; print(settings.SESSION_COOKIE_SECURE)"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_production_starts_with_a_secret_its_hosts_and_https(tmp_path):
    done = load_production(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "abcdefghij" * 6}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"BASE_URL": "http://www.valmarie.example"}, "BASE_URL"),
        ({"SECURE_SSL_REDIRECT": "False"}, "SECURE_SSL_REDIRECT"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else value,
)
def test_production_refuses_to_start_on_a_weak_setting(tmp_path, changes, complaint):
    done = load_production(tmp_path, **changes)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert complaint in done.stderr


def test_a_deployed_site_has_no_warning_of_django_left(tmp_path):
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=inherited | SAFE | {"PARVIS_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

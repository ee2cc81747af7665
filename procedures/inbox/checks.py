"""What ``manage.py check`` says of the inbox's settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from procedures.uploads.antivirus import address


@register()
def check_antivirus_address(**_kwargs: Any) -> list[CheckMessage]:
    """A wrong address would keep every file in quarantine."""
    try:
        if settings.CLAMD_URL:
            address(settings.CLAMD_URL)
    except ImproperlyConfigured as problem:
        return [Error(str(problem), id="inbox.E001")]
    return []

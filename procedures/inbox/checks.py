"""What ``manage.py check`` says of the inbox's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from cms.pages.models import CitySettings
from procedures.definition.models import ProcedurePage
from procedures.inbox.clock import Convention
from procedures.inbox.models import AnnouncedUnit
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


@register()
def check_delay_convention(**_kwargs: Any) -> list[CheckMessage]:
    """A wrong word would break every filing at its first date."""
    if settings.DELAY_CONVENTION in [convention.value for convention in Convention]:
        return []
    words = " or ".join(convention.value for convention in Convention)
    return [
        Error(f"DELAY_CONVENTION is “{settings.DELAY_CONVENTION}”: write {words}", id="inbox.E002"),
    ]


@register(Tags.database)
def check_working_days(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Working days need the town's postcode: Alsace, Moselle and overseas have public holidays of their own."""
    if not databases or "default" not in databases:
        return []
    try:
        promises = ProcedurePage.objects.live().filter(announced_delay_unit=AnnouncedUnit.WORKING_DAYS).exists()
        is_known = CitySettings.objects.exclude(postcode="").exists()
    except DatabaseError:  # before the first migration
        return []
    if not promises or is_known:
        return []
    return [
        Warning(
            "Procedures promise answers in working days, but the town has no postcode",
            hint="Write it in the settings of the city: some parts of France have public holidays of their own.",
            id="inbox.W001",
        )
    ]

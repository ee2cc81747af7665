"""What ``manage.py check`` says of the machine."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from cms.formats.pdf import is_available


@register()
def check_pdf(**_: Any) -> list[CheckMessage]:
    """Warn where no PDF can be made; everything else works."""
    if is_available():
        return []
    return [
        Warning(
            "No PDF can be made: the library Pango is missing. Receipts go without it, links to it are not shown.",
            hint="sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            id="formats.W001",
        )
    ]

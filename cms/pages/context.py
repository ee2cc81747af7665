"""What every template gets."""

from typing import Any

from django.http import HttpRequest


def city(request: HttpRequest) -> dict[str, Any]:
    """The site as the header and the footer show it."""
    return {}

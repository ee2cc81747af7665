"""Links that carry values the city vouches for: signed for one procedure, good for some time.

They are signed, not encrypted: whoever has the link can read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from procedures.definition.models import Procedure

PARAMETER = "signe"
SALT = "parvis.filing.prefill"
LONGEST = 4_000


def signed_link(procedure: Procedure, values: Mapping[str, str], language: str | None = None) -> str:
    """The whole address where ``procedure`` begins with ``values`` filled in, by their keys."""
    token = signing.dumps({"procedure": procedure.slug, "values": dict(values)}, salt=SALT, compress=True)
    with override(language or settings.LANGUAGE_CODE):
        path = reverse("filing:start", kwargs={"slug": procedure.slug})
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}?{PARAMETER}={token}"


def read_token(token: str, procedure: Procedure) -> dict[str, str] | None:
    """The values of a token; None for one that was tampered with, is too old, or is another procedure's."""
    if not token or len(token) > LONGEST:
        return None
    try:
        said = signing.loads(token, salt=SALT, max_age=settings.PREFILL_LINK_DAYS * 86_400)
    except (signing.BadSignature, ValueError):
        return None
    if not isinstance(said, dict) or said.get("procedure") != procedure.slug:
        return None
    return {str(key): str(value) for key, value in said["values"].items()}


def link_query(request: HttpRequest) -> str:
    """The query that hands the token on to the next address; "" where there is none."""
    token = request.GET.get(PARAMETER, "")
    return f"?{urlencode({PARAMETER: token})}" if token and len(token) <= LONGEST else ""

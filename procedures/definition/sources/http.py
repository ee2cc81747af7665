"""A service of the city's own network, asked by the server."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from procedures.plugins import PrefillSource, Visit

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 2.0
LONGEST_BYTES = 64_000
LONGEST_VALUE = 2_000
KNOWN_SECONDS, FAILED_SECONDS = 600, 30
ORIGIN = _("Taken from the city's records.")
PLACE = re.compile(r"\{([a-z0-9-]+)\}")


class NoRedirect(HTTPRedirectHandler):
    """An answer that leads elsewhere is no answer: elsewhere is on no list."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing."""
        return


class Http(PrefillSource):
    """Asks an address of ``PREFILL_HTTP`` with what the account or the signed link says, never with an answer."""

    slug = "http"
    label = _("A service of the city")

    def value(self, key: str, visit: Visit) -> tuple[str, Any] | None:
        """The field of the JSON that the service answers; None where anything goes wrong."""
        source = settings.PREFILL_HTTP.get(key)
        url = _address(source["url"], visit) if source else None
        if source is None or url is None:
            return None
        answer = _ask(url)
        found = answer.get(source.get("field", key)) if isinstance(answer, Mapping) else None
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            return None
        text = str(found)[:LONGEST_VALUE]
        return (text, ORIGIN) if text else None


def _address(template: str, visit: Visit) -> str | None:
    """The address to ask; None where a claim it needs is not known, or its host is on no list."""
    known = {**visit.account, **visit.signed}
    wanted = set(PLACE.findall(template))
    parts = urlsplit(template)
    if parts.scheme not in ("http", "https") or parts.netloc not in settings.PREFILL_HTTP_HOSTS:
        logger.warning("PREFILL_HTTP: the host of %s is not in PREFILL_HTTP_HOSTS", template)
        return None
    if not all(known.get(name) for name in wanted):
        return None
    return PLACE.sub(lambda found: quote(known[found[1]], safe=""), template)


def _ask(url: str) -> Any:
    """The JSON at ``url``, from the cache if it was asked not long ago; None for a failure, remembered too."""
    name = f"prefill-{hashlib.sha256(url.encode()).hexdigest()}"
    kept: dict[str, Any] | None = cache.get(name)
    if kept is None:
        kept = {"answer": _fetched(url)}
        cache.set(name, kept, KNOWN_SECONDS if kept["answer"] is not None else FAILED_SECONDS)
    return kept["answer"]


def _fetched(url: str) -> Any:
    ends = time.monotonic() + TIMEOUT_SECONDS
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - scheme and host are on the list
    try:
        # One second at most for each wait, two in all.
        with build_opener(NoRedirect, ProxyHandler({})).open(request, timeout=TIMEOUT_SECONDS / 2) as response:
            read = b""
            while time.monotonic() < ends and len(read) <= LONGEST_BYTES:
                piece = response.read1(LONGEST_BYTES)
                if not piece:
                    return json.loads(read)
                read += piece
            return None
    except HTTPError as error:
        error.close()
        return None
    except (OSError, ValueError) as error:  # not there, too slow, no HTTP, no JSON
        logger.warning("A source of answers failed: %s", type(error).__name__)
        return None

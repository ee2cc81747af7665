"""Where an address is, asked of the Géoplateforme or of a service of the same kind, if the city has chosen one.

https://data.geopf.fr/geocodage/search answers GeoJSON. The answer is a comfort: with no
``GEOCODER_URL``, with a slow service, with one that has had enough (429), there is no position,
and nothing else changes. The resident's browser never speaks to the service.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from http.client import HTTPException, HTTPResponse
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)

FOUND_SECONDS, NOT_FOUND_SECONDS = 30 * 86_400, 86_400
REST_SECONDS, LONGEST_REST_SECONDS = 60, 3_600
"""After a failure nobody asks for a while: no resident waits twice for a service that is down."""
RESTING = "geocoder-rests"
UNUSABLE = (OSError, HTTPException, RecursionError, ValueError, KeyError, TypeError, IndexError, AttributeError)
"""What a connection, or an answer that makes no sense, may raise."""
MOST_BYTES = 500_000
LEAST_SCORE = 0.5


class Position(NamedTuple):
    """Degrees (WGS 84), and the address as the service writes it."""

    lat: float
    lon: float
    label: str
    insee: str


def position_of(street: str, postcode: str, town: str) -> Position | None:
    """Where an address is; None when nobody says, or when what they say is not this address."""
    address = " ".join(f"{street} {postcode} {town}".split())
    if not settings.GEOCODER_URL or not street.strip() or len(address) > 200:
        return None
    key = f"geocoder-{hashlib.sha256(address.casefold().encode()).hexdigest()}"
    known = cache.get(key)
    if known is None:
        if cache.get(RESTING):
            return None
        known = _ask(address)
        if known is None:
            return None
        cache.set(key, known, FOUND_SECONDS if known else NOT_FOUND_SECONDS)
    return Position(*known) if known else None


def _ask(address: str) -> list[Any] | None:
    """The position as a list, [] for none; None when the service failed, which it is then spared."""
    url = f"{settings.GEOCODER_URL}?{urlencode({'q': address, 'limit': 1, 'autocomplete': 0})}"
    try:
        request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - the operator's own setting
        with urlopen(request, timeout=settings.GEOCODER_TIMEOUT_SECONDS) as answer:  # noqa: S310 - the same
            return _read(json.loads(_received(answer)))
    except HTTPError as error:
        _rest(_seconds(error.headers.get("Retry-After")) if error.code in (429, 503) else REST_SECONDS, error)
    except (
        OSError,
        HTTPException,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
    ) as error:
        _rest(REST_SECONDS, error)
    return None


def _received(answer: HTTPResponse) -> bytes:
    """The whole answer; TimeoutError for one that comes drop by drop, ValueError for one without end."""
    deadline, received = time.monotonic() + settings.GEOCODER_TIMEOUT_SECONDS, b""
    while piece := answer.read1(65_536):
        received += piece
        if time.monotonic() > deadline:
            raise TimeoutError("the answer comes drop by drop")
        if len(received) > MOST_BYTES:
            raise ValueError("the answer is too long")
    return received


def _read(answer: Any) -> list[Any]:
    """The best feature of a collection, if it is good enough."""
    if not answer["features"]:
        return []
    feature = answer["features"][0]
    lon, lat = feature["geometry"]["coordinates"][:2]
    said = feature["properties"]
    if float(said.get("score", 1)) < LEAST_SCORE:
        return []
    return [float(lat), float(lon), str(said.get("label", "")), str(said.get("citycode", ""))]


def _rest(seconds: int, error: Exception) -> None:
    logger.warning("The geocoder is left alone for %s s: %s", seconds, error)
    cache.set(RESTING, True, seconds)


def _seconds(retry_after: str | None) -> int:
    written = (retry_after or "").strip()
    return min(int(written), LONGEST_REST_SECONDS) if written.isascii() and written.isdecimal() else REST_SECONDS

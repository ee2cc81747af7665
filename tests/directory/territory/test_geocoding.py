"""The geocoder, against a small server that answers as the Géoplateforme does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from directory.territory import geocoding
from directory.territory.geocoding import position_of

pytestmark = pytest.mark.cache


def feature(score: float = 0.9) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [-0.5518, 47.4712]},
                "properties": {"label": "12 Rue des Lilas 49000 Angers", "score": score, "citycode": "49007"},
            }
        ],
    }


class Geocoder:
    """What the server answers, and what it was asked."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 200, {}, json.dumps(feature()).encode()
        self.seconds_per_byte = 0.0
        self.asked: list[str] = []


@pytest.fixture
def geocoder(settings) -> Iterator[Geocoder]:
    said = Geocoder()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said.asked.append(parse_qs(urlsplit(self.path).query)["q"][0])
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for byte in said.body if said.seconds_per_byte else ():
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(said.seconds_per_byte)
                if not said.seconds_per_byte:
                    self.wfile.write(said.body)
            except OSError:
                return  # the other side has had enough

        def log_message(self, *args: object) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/search"
    settings.GEOCODER_TIMEOUT_SECONDS = 0.5
    cache.clear()
    yield said
    server.shutdown()
    server.server_close()
    cache.clear()


def ask() -> geocoding.Position | None:
    return position_of("12 rue des Lilas", "49000", "Angers")


def test_an_address_has_a_position_and_is_asked_once(geocoder):
    assert ask() == (47.4712, -0.5518, "12 Rue des Lilas 49000 Angers", "49007")
    assert ask().lat == 47.4712
    assert geocoder.asked == ["12 rue des Lilas 49000 Angers"]


@pytest.mark.parametrize("body", [json.dumps({"type": "FeatureCollection", "features": []}), json.dumps(feature(0.2))])
def test_an_unknown_address_has_none_and_is_not_asked_again(geocoder, body):
    geocoder.body = body.encode()
    assert ask() is None
    assert ask() is None
    assert len(geocoder.asked) == 1


def test_a_service_that_has_had_enough_is_left_alone_as_long_as_it_says(geocoder):
    geocoder.status, geocoder.headers = 429, {"Retry-After": "600"}
    assert ask() is None
    geocoder.status = 200
    assert position_of("3 quai Nord", "49000", "Angers") is None
    assert len(geocoder.asked) == 1
    cache.delete(geocoding.RESTING)
    assert ask() is not None


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"features": [{}]}', b"[" * 100_000, b"x" * 2_000_000])
def test_an_answer_that_makes_no_sense_is_no_answer(geocoder, body):
    geocoder.body = body
    assert ask() is None
    assert cache.get(geocoding.RESTING)


@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_service_that_fails_is_spared_for_a_while(geocoder, status):
    geocoder.status = status
    assert ask() is None
    assert ask() is None
    assert len(geocoder.asked) == 1


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(geocoder):
    geocoder.seconds_per_byte = 0.1
    assert ask() is None
    assert cache.get(geocoding.RESTING)


def test_nobody_is_asked_without_a_service_or_without_a_street(geocoder, settings):
    assert position_of(" ", "49000", "Angers") is None
    settings.GEOCODER_URL = ""
    assert ask() is None
    assert geocoder.asked == []


def test_a_service_that_is_not_there_changes_nothing(settings):
    settings.GEOCODER_URL = "http://127.0.0.1:9/search"
    cache.clear()
    assert ask() is None
    cache.clear()

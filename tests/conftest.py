"""What every test stands on: a folder per worker, quick and repeatable property tests, no network."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import SimpleTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests.antivirus import clamd
from tests.browser.tools import missing_tools
from tests.running import city

__all__ = ["city", "clamd"]  # fixtures, for every room

# Playwright keeps a loop running in the thread of the tests; Django would take it for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The same examples every time: a red test is red again when run alone.
settings.register_profile(
    "ci", max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

ON_THE_CITY = ("tests/browser/", "tests/architecture/test_budgets.py")
SERVICES = {"db", "transactional_db", "clamd"}
"""Fixtures that stand on a service."""
LOOPBACK = ("127.", "::1", "localhost")


class CityTogether(LoadScopeScheduling):
    """Give one worker all the tests of the running city, first for they are the longest; share out the rest.

    xdist's own groups rename tests, which pytest 9.2 no longer lets it do.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "city" if nodeid.startswith(ON_THE_CITY) else nodeid


@pytest.hookimpl(optionalhook=True)  # xdist may be off
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Replace the scheduler."""
    return CityTogether(config, log)


def meets_services(item: pytest.Item) -> bool:
    """Whether PostgreSQL, Redis or clamd can change what a test says: it has a database, or a service by name."""
    fixtures = set(getattr(item, "fixturenames", ()))
    has_case = isinstance(item, pytest.Function) and item.cls is not None and issubclass(item.cls, SimpleTestCase)
    marked = any(item.get_closest_marker(name) for name in ("django_db", "cache"))
    return has_case or marked or bool(fixtures & SERVICES)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of the running city; skip those that miss a browser; run no test twice for nothing."""
    if os.environ.get("PARVIS_SERVICE_PIDS"):  # scripts/services.sh
        alike = [item for item in items if not meets_services(item)]
        config.hook.pytest_deselected(items=alike)
        items[:] = [item for item in items if meets_services(item)]
    missing = missing_tools()
    for item in items:
        if item.nodeid.startswith(ON_THE_CITY):
            item.add_marker(pytest.mark.city)
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=f"make test installs what this needs: {', '.join(missing)}"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder that the test settings made for this run."""
    folder = Path(os.environ.get("PARVIS_VAR", "."))
    is_ours = folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith("parvis-test-")
    if is_ours and not hasattr(config, "workerinput"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_on_this_machine(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_on_this_machine)


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Start each test in English, whatever language an earlier request has left active."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Start each test without what an earlier one left in the cache."""
    cache.clear()

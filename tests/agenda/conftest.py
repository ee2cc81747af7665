"""A city with an agenda, on a Wednesday in November."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.agenda import EventIndexPageFactory
from tests.factories.pages import build_city

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # Wednesday, 10:00 in town


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def agenda(db, now):
    return EventIndexPageFactory(parent=build_city(), title="Agenda", slug="agenda")

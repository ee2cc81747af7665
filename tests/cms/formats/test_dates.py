"""Dates in words, as each language writes them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("fr", 1, "1er décembre 2026"),
        ("fr", 2, "2 décembre 2026"),
        ("fr", 21, "21 décembre 2026"),
        ("en", 1, "1 December 2026"),
        ("ar", 1, "1 ديسمبر 2026"),
    ],
)
def test_french_counts_the_first_day_of_a_month_alone(language, day, words):
    with override(language):
        assert date_format(date(2026, 12, day), "DATE_FORMAT").replace("\u00a0", " ") == words


def test_french_says_at_what_hour():
    with override("fr"):
        shown = date_format(datetime(2026, 11, 14, 17, 22), "DATETIME_FORMAT")
    assert shown.replace("\u00a0", " ") == "14 novembre 2026 à 17 h 22"

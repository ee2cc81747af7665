"""French public holidays (code du travail L3133-1), with those of some parts of France."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

# Good Friday and 26 December in Alsace and Moselle, the abolition of slavery overseas.
REGIONS = {"57": "57", "67": "6AE", "68": "6AE"} | {code: code for code in ("971", "972", "973", "974", "976")}


def region_of(postcode: str) -> str:
    """The part of France with holidays of its own that a postcode lies in, or nothing."""
    return REGIONS.get(postcode[:3], REGIONS.get(postcode[:2], ""))


@lru_cache(maxsize=64)
def of_year(year: int, region: str = "") -> frozenset[date]:
    """The public holidays of a year."""
    return frozenset(holidays.country_holidays("FR", subdiv=region or None, years=year).keys())


def is_public_holiday(day: date, region: str = "") -> bool:
    """Whether ``day`` is a public holiday there."""
    return day in of_year(day.year, region)

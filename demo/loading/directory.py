"""Divisions, departments, places, associations and shops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo.loading.city import City
from demo.loading.data import Record, read
from demo.loading.days import day
from directory.hours.schedule import OpeningRange
from directory.hours.stored import clock, to_json
from directory.models import Department, DepartmentClosure, Division, Organisation, Place, PlaceClosure
from directory.models.opening import OnPublicHolidays

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS_OPEN = ("park", "market")
CONTACT = ("phone", "email", "street")


def load(city: City) -> None:
    """Make every entry in the source language."""
    town = {key: read("city")[key] for key in ("postcode", "town")}
    divisions = {record["key"]: _save(city, Division(name=record["name"]), record) for record in read("divisions")}
    for record in read("departments"):
        department = Department(
            name=record["name"],
            division=divisions[record["division"]],
            summary=record["summary"],
            desk=record["desk"],
            weekly_hours=weekly_hours(record),
            **_contact(record, town),
        )
        closures = _closures(city, DepartmentClosure, record)
        city.departments[record["key"]] = _save(city, department, record, closures)
    for record in read("places"):
        closures = _closures(city, PlaceClosure, record)
        city.places[record["key"]] = _save(city, _place(record, town), record, closures)
    organisations = read("organisations")
    for record in organisations:
        organisation = Organisation(
            name=record["name"],
            kind=record["kind"],
            theme=record["theme"],
            summary=record["summary"],
            **_contact(record, town),
        )
        _save(city, organisation, record)
    city.say(
        f"{len(divisions)} divisions, {len(city.departments)} departments, {len(city.places)} places, "
        f"{len(organisations)} associations and shops"
    )


def weekly_hours(record: Record) -> dict[str, Any]:
    """From ``{mon: "08:30-12:30, 13:30-17:30"}`` to the hours the directory keeps."""
    ranges = []
    for name, text in record.get("hours", {}).items():
        for span in text.split(","):
            opens, _, closes = span.strip().partition("-")
            ranges.append(OpeningRange(DAYS.index(name) + 1, clock(opens), clock(closes), ""))
    return to_json(ranges)


def _place(record: Record, town: dict[str, str]) -> Place:
    always = record["kind"] in ALWAYS_OPEN
    return Place(
        name=record["name"],
        kind=record["kind"],
        summary=record["summary"],
        accessibility=record["accessibility"],
        latitude=record["latitude"],
        longitude=record["longitude"],
        on_home=record["key"] in read("city")["home"]["open_today"] or record["kind"] == "market",
        weekly_hours=weekly_hours(record),
        on_public_holidays=OnPublicHolidays.OPEN if always else OnPublicHolidays.CLOSED,
        **_contact(record, town),
    )


def _contact(record: Record, town: dict[str, str]) -> dict[str, str]:
    return {name: record[name] for name in CONTACT} | town


def _closures(city: City, model: type[Any], record: Record) -> list[Any]:
    return [
        model(
            locale=city.locale,
            first_day=day(closure["from"], city.today),
            last_day=day(closure.get("to", closure["from"]), city.today),
            reason=closure["reason"],
        )
        for closure in record.get("closures", [])
    ]


def _save(city: City, entry: Any, record: Record, closures: Sequence[Any] = ()) -> Any:
    entry.locale, entry.slug = city.locale, record["key"]
    if closures:
        entry.closures = closures
    entry.full_clean()
    entry.save()
    return entry

"""How departments organise their work: districts, desks, teams, replies, checklists, words, closing days."""

from __future__ import annotations

from typing import Any

from demo.loading.city import City
from demo.loading.data import Record, read
from demo.loading.days import day
from directory.models import District
from procedures.definition.models import Procedure
from procedures.inbox.models import ChecklistItem, ClosingDay, DeskSettings, ReplyTemplate, StatusWording, Team
from procedures.mediation.models import MediatorReport
from procedures.mediation.services import publish_report


def load_districts(city: City) -> None:
    """Before anything is routed or reported by district."""
    for record in read("districts"):
        ring = [*record["outline"], record["outline"][0]]
        outline = {"type": "Polygon", "coordinates": [ring]}
        _save(District(name=record["name"], slug=record["key"], outline=outline))
    city.say(f"{len(read('districts'))} districts")


def load_desks(city: City) -> None:
    """Before requests are told, for they are handed to teams and verified by lists."""
    written = read("desks")
    for record in written["desks"]:
        _save(DeskSettings(**_of_department(city, record)))
    for record in written["teams"]:
        team = _save(Team(department=city.departments[record["department"]], name=record["name"]))
        team.members.set([city.staff[key] for key in record["members"]])
        city.teams[record["key"]] = team
    for record in written["replies"]:
        procedure = {"procedure": _procedure(city, record["procedure"])} if "procedure" in record else {}
        _save(ReplyTemplate(**_of_department(city, record) | procedure))
    for key, labels in written["checklists"].items():
        for position, label in enumerate(labels):
            _save(ChecklistItem(procedure=_procedure(city, key), label=label, position=position))
    for record in written["wordings"]:
        _save(StatusWording(**record | {"procedure": _procedure(city, record["procedure"])}))
    for record in written["closing_days"]:
        first, last = day(record["from"], city.today), day(record["to"], city.today)
        _save(ClosingDay(first_day=first, last_day=last, reason=record["reason"]))
    city.say(f"{len(written['teams'])} teams, {len(written['replies'])} reply templates, lists, words, closing days")


def load_report(city: City) -> None:
    """The mediator's report of this year, once the complaints are there."""
    report = MediatorReport.objects.create(year=city.today.year, **read("desks")["report"])
    publish_report(report, by=city.staff["bernard-lescure"], at=city.now)


def _of_department(city: City, record: Record) -> Record:
    own = {"department": city.departments[record["department"]]} if "department" in record else {}
    return record | own


def _procedure(city: City, key: str) -> Procedure:
    return city.versions[key].procedure


def _save(entry: Any) -> Any:
    entry.full_clean()
    entry.save()
    return entry

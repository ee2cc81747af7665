"""The procedures, written as a department writes them, and published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.loading.bodies import items, stream
from demo.loading.city import City
from demo.loading.data import Record, identity, read_folder
from demo.loading.tree import add
from procedures.definition.models import ProcedurePage, ProcedureVersion

OWN = ("label", "help", "required", "choices", "show_if", "key", "type")
"""What every question has; the rest are options of its type."""
TRUTHS = {True: "yes", False: "no"}


def load(city: City) -> None:
    """Make and publish each procedure; publishing makes its first version."""
    for key, record in sorted(read_folder("procedures"), key=lambda found: found[1]["rank"]):
        add(
            city,
            "demarches",
            ProcedurePage,
            record,
            introduction=record["summary"],
            needed=city.rich_text(record["needed"]),
            theme=record["theme"],
            department=city.departments[record["department"]],
            steps=stream((("step", step(city, key, written)) for written in record["steps"]), key),
            silence_effect=record["silence"]["effect"],
            delay=record["silence"]["delay"],
            delay_unit=record["silence"]["unit"],
            announced_delay_days=record["announced_delay_days"],
            announced_delay_unit=record.get("announced_delay_unit", "days"),
            retention_months=record["retention_months"],
            alternative=city.rich_text(record["alternative"]),
            declaration=record["declaration"],
            confirmation=city.rich_text(record["confirmation"]),
            purpose=record["purpose"],
            remedies=record["remedies"],
            fees=stream((("fee", fee(key, written)) for written in record.get("fees", ())), key, "fees"),
        )
    city.say(f"{len(list(read_folder('procedures')))} procedures")


def find_versions(city: City) -> None:
    """Remember the versions to file requests with: the last ones, translations included."""
    for key, _ in read_folder("procedures"):
        versions = ProcedureVersion.objects.filter(procedure__key=city.pages[key].translation_key)
        city.versions[key] = versions.latest("number")


def step(city: City, procedure: str, record: Record) -> Record:
    """The value of a step's block."""
    return {
        "title": record["title"],
        "introduction": city.rich_text(record.get("intro", "")),
        "condition": condition(procedure, record.get("show_if")),
        "questions": [
            *(question(city, procedure, written) for written in record.get("questions", ())),
            *(section(city, procedure, written) for written in record.get("sections", ())),
        ],
    }


def section(city: City, procedure: str, record: Record) -> Record:
    """The block of a section."""
    value = {
        "title": record["title"],
        "introduction": record.get("intro", ""),
        "condition": condition(procedure, record.get("show_if")),
        "questions": [question(city, procedure, written) for written in record["questions"]],
    }
    return {"type": "section", "value": value, "id": identity(procedure, "section", record["title"])}


def fee(procedure: str, record: Record) -> Record:
    """The value of an amount's block."""
    return {
        "label": record["label"],
        "amount": record["amount"],
        "times": question_id(procedure, record["times"]) if "times" in record else "",
        "condition": condition(procedure, record.get("show_if")),
    }


def questions_of(record: Record) -> Iterator[Record]:
    """Every question of a procedure's data: in steps, in sections, in groups."""
    for part in (*record.get("steps", ()), *record.get("sections", ())):
        yield from questions_of(part)
    for written in record.get("questions", ()):
        yield written
        yield from questions_of(written)


def question(city: City, procedure: str, record: Record) -> Record:
    """The block of a question, under the id that answers bear."""
    value: Record = {
        "label": record["label"],
        "help_text": record.get("help", ""),
        "required": record.get("required", True),
        "condition": condition(procedure, record.get("show_if")),
    }
    value |= {name: option for name, option in record.items() if name not in OWN}
    if record["type"] == "content":
        value["text"] = city.rich_text(record["text"])
    if "operands" in record:
        operands = [question_id(procedure, key) for key in record["operands"]]
        value["operands"] = items(operands, procedure, "operands", record["key"])
    if "questions" in record:
        value["questions"] = [question(city, procedure, written) for written in record["questions"]]
    if "choices" in record:
        value["choices"] = [
            {"type": "item", "value": choice["label"], "id": choice_id(procedure, record["key"], choice["key"])}
            for choice in record["choices"]
        ]
    return {"type": record["type"], "value": value, "id": question_id(procedure, record["key"])}


def condition(procedure: str, record: Record | None) -> Record:
    """The value of a condition's block; without rules, always shown."""
    rules = []
    if record is not None:
        rules = [
            {
                "question": question_id(procedure, record["question"]),
                "operator": record["operator"],
                "value": _compared(procedure, record["question"], record["value"]),
            }
        ]
    return {"match": "all", "rules": items(rules, procedure, "rules", str(record))}


def question_id(procedure: str, key: str) -> str:
    """Id of a question's block."""
    return identity(procedure, "question", key)


def choice_id(procedure: str, question_key: str, key: str) -> str:
    """Id of a choice, which is what answers keep."""
    return identity(procedure, "question", question_key, "choice", key)


def _compared(procedure: str, question_key: str, value: Any) -> str:
    if isinstance(value, bool):
        return TRUTHS[value]
    return choice_id(procedure, question_key, value)

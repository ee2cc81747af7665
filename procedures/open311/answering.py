"""From what an application posted to the answers of a procedure, by the procedure's own steps and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from procedures.definition.compiled import Definition, Step
from procedures.definition.conditions import walk
from procedures.filing.journey import Journey
from procedures.filing.outside import claim_of
from procedures.filing.reading import Before, Reading, read_step
from procedures.filing.typed import belongs, take
from procedures.inbox.querysets import CITY_ZONE
from procedures.open311.attributes import by_parameter
from procedures.open311.errors import Refused
from procedures.open311.listing import without_nulls
from procedures.plugins import Kept

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,120})\](?:\[\d*\])?")
MOST_VALUES = 200
NAMES = {"email": "email", "tel": "phone", "given-name": "first_name", "family-name": "last_name"}
"""Parameters of GeoReport, by the claim they make."""


@dataclass(frozen=True)
class Said:
    """What a post says: attributes as the form of the steps reads them, and GeoReport's own parameters."""

    post: QueryDict

    def __getitem__(self, name: str) -> str:
        return without_nulls(self.post.get(name, "")).strip()

    def claim(self, claim: str) -> str:
        """What the parameters say of the person who asks."""
        if claim == "name":
            return " ".join(filter(None, (self["first_name"], self["last_name"])))
        return self[NAMES.get(claim, claim)]

    @property
    def point(self) -> str:
        """Latitude and longitude as one line; empty where they are not both there."""
        return f"{self['lat']}, {self['long']}" if self["lat"] and self["long"] else ""

    @property
    def attributes(self) -> dict[str, list[str]]:
        """The values of ``attribute[code]`` and ``attribute[code][]``, by code."""
        found: dict[str, list[str]] = {}
        for name in self.post:
            if match := ATTRIBUTE.fullmatch(name):
                found.setdefault(match[1], []).extend(self.post.getlist(name)[:MOST_VALUES])
        return found


def answer(definition: Definition, said: Said) -> Journey:
    """Go through the procedure with what was posted.

    Raises:
        Refused: 400, with one description for each attribute or parameter at fault.
    """
    typed, names = _typed(definition, said)
    answers: dict[str, Kept] = {}
    wrong: list[str] = []
    for step in definition.steps:
        if step.key not in {shown.key for shown in walk(definition, answers).steps}:
            continue
        reading = _read(definition, step, typed, answers)
        answers |= reading.change.answers
        for question_id, errors in reading.form.errors.items():
            wrong += [f"{names.get(question_id, question_id)}: {_label(definition, question_id)}: {errors[0]}"]
    wrong += _strangers(definition, said)
    if wrong:
        raise Refused(400, *wrong)
    return Journey(definition, answers)


def _read(definition: Definition, step: Step, typed: QueryDict, answers: Mapping[str, Kept]) -> Reading:
    """One step, where questions that its own answers bring up are asked too, and not overlooked."""
    mine = take(typed, step.questions)
    reading = read_step(definition, step, mine, Before(answers, {}, {}), {})
    for _depth in step.questions:
        if not reading.new_questions:
            break
        reading = read_step(definition, step, mine, Before({**answers, **reading.change.answers}, {}, {}), {})
    return reading


def _typed(definition: Definition, said: Said) -> tuple[QueryDict, dict[str, str]]:
    """The post under the names of the steps' forms, and how the application calls each question."""
    typed, names = QueryDict(mutable=True), {}
    questions = [question for step in definition.steps for question in step.questions]
    attributes = said.attributes
    own = {question_id: parameter for parameter, question_id in by_parameter(definition).items()}
    for question in questions:
        given = {code: values for code, values in attributes.items() if belongs(code, question.id)}
        for code, values in given.items():
            is_date = question.field_type.reading == "date"
            typed.setlist(code, [_day(value) if is_date else value for value in values])
        names[question.id] = f"attribute[{question.id}]"
        if claim := claim_of(question):
            names[question.id] = NAMES.get(claim, "first_name, last_name")
        elif question.id in own:
            names[question.id] = {"place": "address_string"}.get(own[question.id], own[question.id])
        if not given:
            for name, value in _from_parameters(question.id, claim, own.get(question.id, ""), said):
                typed.setlist(name, [value])
    return typed, names


def _from_parameters(question_id: str, claim: str, parameter: str, said: Said) -> Iterator[tuple[str, str]]:
    """What GeoReport's own parameters answer to a question, under the names of its form."""
    if claim and said.claim(claim):
        yield question_id, said.claim(claim)
    elif parameter == "description" and said["description"]:
        yield question_id, said["description"]
    elif parameter == "place" and (said["address_string"] or said.point):
        yield f"{question_id}_where", said["address_string"]
        yield f"{question_id}_point", said.point


def _day(value: str) -> str:
    """The day, in the city, of a moment in W3C's form; anything else as it is, for the field to judge."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return (moment.astimezone(CITY_ZONE) if moment.tzinfo else moment).date().isoformat()


def _strangers(definition: Definition, said: Said) -> list[str]:
    """Complaints about attributes that answer no question of the procedure."""
    known = [question.id for step in definition.steps for question in step.questions]
    return [
        _("attribute[%(code)s]: this service has no such attribute.") % {"code": code}
        for code in said.attributes
        if not any(belongs(code, question_id) for question_id in known)
    ]


def _label(definition: Definition, question_id: str) -> Any:
    question = definition.question_by_id.get(question_id)
    return question.label if question else ""

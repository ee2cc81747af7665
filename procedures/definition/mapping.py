"""A map of the ways through a procedure: its steps, and in words what leads past or into each of them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from procedures.definition.compiled import Definition, Step
from procedures.definition.wording import condition_in_words
from procedures.plugins import Condition, Question

WIDTH, LANE, BOX, LINE, GAP = 640, 60, 420, 20, 46
"""Of the picture, the lane of detours on its left, a box, a line of text, the room between boxes; in pixels."""
LETTERS = 48
"""In a line of a box."""


class Stop(NamedTuple):
    """A step on the map."""

    number: int
    title: str
    questions: int
    when: str
    """Its condition in words; empty if everybody comes here."""
    inside: tuple[tuple[str, str], ...]
    """Sections and questions with a condition of their own: their words, and when."""


class Box(NamedTuple):
    """A stop as the picture draws it."""

    stop: Stop
    top: int
    height: int
    title: list[tuple[int, str]]
    """Lines of text with their baselines."""
    when: list[tuple[int, str]]
    way: str
    """Path into the box, from the one above."""
    detour: str
    """Path past the box, for those who do not meet its condition."""

    @property
    def bottom(self) -> int:
        """Where the way goes on."""
        return self.top + self.height


class Picture(NamedTuple):
    """Boxes from top to bottom, in the units of the view box."""

    boxes: list[Box]
    height: int
    width: int = WIDTH
    left: int = LANE
    box_width: int = BOX

    @property
    def middle(self) -> int:
        """Where ways come in and go out."""
        return self.left + self.box_width // 2


def stops_of(definition: Definition) -> list[Stop]:
    """The steps in order; what is switched off is there too, and says so."""
    known = definition.question_by_id
    return [
        Stop(
            number,
            step.title,
            sum(1 for question in _asked(step)),
            condition_in_words(step.condition, known),
            tuple((words, condition_in_words(condition, known)) for words, condition in _conditional(step)),
        )
        for number, step in enumerate(definition.steps, start=1)
    ]


def _asked(step: Step) -> Iterator[Question]:
    for question in step.questions:
        for one in question.questions or (question,):
            if one.field_type.asks:
                yield one


def _conditional(step: Step) -> Iterator[tuple[str, Condition]]:
    for section in step.sections:
        if section.condition is not None:
            yield section.title, section.condition
        for question in section.questions:
            for one in (question, *question.questions):
                if one.condition is not None:
                    yield one.label, one.condition


def picture_of(stops: list[Stop]) -> Picture:
    """Put the boxes one below the other; around each step with a condition, a way past it."""
    boxes: list[Box] = []
    top = GAP
    for stop in stops:
        when = wrap(stop.when, LETTERS)
        title = wrap(f"{stop.number}. {stop.title}", LETTERS) or [str(stop.number)]
        room = len(when) * LINE + (GAP // 2 if when else 0)
        above, top = top, top + room
        height = (len(title) + 1) * LINE + 24
        boxes.append(
            Box(
                stop,
                top,
                height,
                [(top + 24 + line * LINE, text) for line, text in enumerate(title)],
                [(above + 14 + line * LINE, text) for line, text in enumerate(when)],
                f"M{LANE + BOX // 2} {boxes[-1].bottom if boxes else 0} V{top}",
                _past(above, top + height) if when else "",
            )
        )
        top += height + GAP
    return Picture(boxes, top + LINE)


def _past(above: int, bottom: int) -> str:
    """A line that leaves the way above a box and comes back below it."""
    middle, lane = LANE + BOX // 2, LANE // 2
    start, end = above - GAP // 2, bottom + GAP // 2
    return f"M{middle} {start} H{lane} V{end} H{middle}"

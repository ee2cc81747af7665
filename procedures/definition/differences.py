"""What changed between two versions of a procedure, in words.

Two readers: a resident whose draft stands on the older version is told what concerns
their answers; an author is told everything. Blocks are recognised by their ids, so a
question that was reworded, moved or asked differently is still that question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from procedures.definition.compiled import Definition, Section, Step
from procedures.definition.question_differences import question_differences
from procedures.definition.rule_differences import rule_differences
from procedures.definition.said import ADDED, CHANGED, REMOVED, Difference
from procedures.definition.wording import condition_in_words
from procedures.plugins import Question

__all__ = ["ADDED", "CHANGED", "REMOVED", "Difference", "find_differences"]


@dataclass(frozen=True)
class Asked:
    """A question and where it is asked."""

    question: Question
    step: Step
    section: Section
    group: Question | None

    @property
    def place(self) -> str:
        """The words for where: a step, or a group of a step."""
        return self.group.label if self.group else self.step.title


@dataclass(frozen=True)
class Outline:
    """A version, its blocks by id."""

    definition: Definition

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Steps by id, in order."""
        return {step.id: step for step in self.definition.steps}

    @cached_property
    def sections(self) -> dict[str, tuple[Section, Step]]:
        """Sections that have a title, by id."""
        return {
            section.id: (section, step) for step in self.definition.steps for section in step.sections if section.title
        }

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Questions by id, in order, those of groups after their group."""
        found: dict[str, Asked] = {}
        for step in self.definition.steps:
            for section in step.sections:
                for question in section.questions:
                    found[question.id] = Asked(question, step, section, None)
                    for child in question.questions:
                        found[child.id] = Asked(child, step, section, question)
        return found


def find_differences(old: Definition, new: Definition, *, for_authors: bool = False) -> list[Difference]:
    """What ``new`` does otherwise than ``old``, in the active language.

    Args:
        old, new: both worded in the language of the reader.
        for_authors: also what no resident needs to know: conditions, settings, order, routes.
    """
    before, after = Outline(old), Outline(new)
    found = [
        *rule_differences(old, new),
        *_step_differences(before, after),
        *_section_differences(before, after),
        *_question_differences(before, after),
    ]
    return [one for one in found if for_authors or one.is_for_residents]


def _step_differences(old: Outline, new: Outline) -> Iterator[Difference]:
    for id, step in new.steps.items():
        if id not in old.steps:
            yield Difference(ADDED, "", _("The step “%(title)s” is new.") % {"title": step.title}, True)
    for id, step in old.steps.items():
        if id not in new.steps:
            yield Difference(REMOVED, "", _("The step “%(title)s” is gone.") % {"title": step.title}, True)
            continue
        now = new.steps[id]
        if step.title != now.title:
            words = {"old": step.title, "new": now.title}
            yield Difference(CHANGED, "", _("The step “%(old)s” is now called “%(new)s”.") % words, True)
        if step.intro != now.intro:
            yield Difference(CHANGED, now.title, _("The introduction of the step has changed."))
        yield from _condition_difference(old, new, step, now, now.title)
    common = [id for id in old.steps if id in new.steps]
    order = [id for id in new.steps if id in old.steps]
    if common != order:
        titles = ", ".join(_("“%(text)s”") % {"text": new.steps[id].title} for id in new.steps)
        yield Difference(CHANGED, "", _("The steps come in another order: %(titles)s.") % {"titles": titles})


def _section_differences(old: Outline, new: Outline) -> Iterator[Difference]:
    for id, (section, step) in new.sections.items():
        if id not in old.sections:
            yield Difference(ADDED, step.title, _("The section “%(title)s” is new.") % {"title": section.title})
    for id, (section, step) in old.sections.items():
        if id not in new.sections:
            yield Difference(REMOVED, step.title, _("The section “%(title)s” is gone.") % {"title": section.title})
            continue
        now, place = new.sections[id][0], new.sections[id][1].title
        if section.title != now.title:
            words = {"old": section.title, "new": now.title}
            yield Difference(CHANGED, place, _("The section “%(old)s” is now called “%(new)s”.") % words)
        if section.intro != now.intro:
            words = {"title": now.title}
            yield Difference(CHANGED, place, _("The introduction of the section “%(title)s” has changed.") % words)
        yield from _condition_difference(old, new, section, now, place)


def _question_differences(old: Outline, new: Outline) -> Iterator[Difference]:
    for id, asked in new.asked.items():
        if id not in old.asked:
            words = {"label": _name(asked.question)}
            is_asked = asked.question.field_type.asks
            text = _("A new question: “%(label)s”.") if is_asked else _("A new text: “%(label)s”.")
            yield Difference(ADDED, asked.place, text % words, is_asked)
    for id, asked in old.asked.items():
        label, now = _name(asked.question), new.asked.get(id)
        if now is None:
            is_asked = asked.question.field_type.asks
            text = _("No longer asked: “%(label)s”.") if is_asked else _("A text is gone: “%(label)s”.")
            yield Difference(REMOVED, asked.place, text % {"label": label}, is_asked)
            continue
        yield from question_differences(asked.question, now.question, now.place)
        yield from _condition_difference(old, new, asked.question, now.question, now.place)
        if asked.step.id != now.step.id:
            words = {"label": _name(now.question), "step": asked.step.title}
            yield Difference(CHANGED, now.place, _("“%(label)s” was asked in the step “%(step)s” before.") % words)
    for step in _reordered(old, new):
        yield Difference(CHANGED, step.title, _("The questions come in another order."))


def _reordered(old: Outline, new: Outline) -> Iterator[Step]:
    for id, step in new.steps.items():
        if id in old.steps:
            before = [question.id for question in old.steps[id].questions]
            after = [question.id for question in step.questions]
            if [one for one in before if one in after] != [one for one in after if one in before]:
                yield step


def _condition_difference(
    old: Outline,
    new: Outline,
    before: Step | Section | Question,
    after: Step | Section | Question,
    place: str,
) -> Iterator[Difference]:
    if before.condition == after.condition:
        return
    words = {
        "name": _name(after) if isinstance(after, Question) else after.title,
        "old": condition_in_words(before.condition, old.definition.question_by_id) or _("always"),
        "new": condition_in_words(after.condition, new.definition.question_by_id) or _("always"),
    }
    yield Difference(CHANGED, place, _("“%(name)s” is now shown: %(new)s. Before: %(old)s.") % words)


def _name(question: Question) -> str:
    return question.label or str(question.field_type.label)

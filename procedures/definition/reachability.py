"""Which steps, sections and questions residents can reach: found by walking, never by a second set of rules.

A condition is met or not according to a few earlier answers, which depend on earlier ones: its cone. The
procedure is reduced to that cone and walked, as residents do, once for each combination of answers that
matters. Where too many ways would have to be tried, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from procedures.definition.compiled import Definition
from procedures.definition.conditions import InRow, holds, walk
from procedures.definition.rows import own_id
from procedures.definition.sampling import Samples, samples
from procedures.plugins import Condition, Kept, Question, Rule, field_types

MOST_WALKS = 1_000
"""Tried for one condition; beyond, the answer is « not proven »."""
ALL_WALKS = 20_000
"""Tried for one procedure; beyond, conditions get ``FEW_WALKS`` each."""
FEW_WALKS = 50


class Place(NamedTuple):
    """A step, section or question, and the conditions it stands under."""

    id: str
    conditions: tuple[Condition, ...]
    """Of what is around it, from the outside, then its own."""
    has_own: bool
    group: Question | None = None
    """The repeated group around a question."""
    question: Question | None = None

    def is_met(self, conditions: Iterable[Condition], answers: Mapping[str, Kept]) -> bool:
        """Whether all of ``conditions`` hold where this place stands, in the first row if it is in a group."""
        if self.group is not None:
            if not answers.get(self.group.id):
                return False
            answers = InRow(answers, self.group, "1")
        return all(holds(condition, answers) for condition in conditions)


class Verdict(NamedTuple):
    """What can become of a place with a condition of its own, once all around it is shown."""

    reached: bool | None
    """Whether all around it can be shown; None: not proven."""
    shown: bool | None
    hidden: bool | None


class Analysis:
    """What the conditions of a procedure lead to."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.places = list(_places(definition))
        self.by_id = {place.id: place for place in self.places}
        self.walks = 0

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each step, section and question with a condition; what stands under one alike shares it."""
        known: dict[str, Verdict] = {}
        found = {}
        for place in self.places:
            if place.has_own:
                alike = repr((place.conditions, place.group and place.group.id))
                if alike not in known:
                    known[alike] = self._verdict(place)
                found[place.id] = known[alike]
        return found

    def _verdict(self, place: Place) -> Verdict:
        around, own = place.conditions[:-1], place.conditions[-1]
        seen = {"reached": False, "shown": False, "hidden": False}
        ways = Ways(self, [place], MOST_WALKS if self.walks < ALL_WALKS else FEW_WALKS)
        for answers in ways:
            if place.is_met(around, answers):
                seen["reached"] = True
                seen["shown" if place.is_met((own,), answers) else "hidden"] = True
                if seen["shown"] and seen["hidden"]:
                    break
        no = False if ways.is_exhaustive else None
        return Verdict(**{name: value or no for name, value in seen.items()})

    def cone(self, places: Iterable[Place]) -> dict[str, list[Rule]]:
        """The questions whose answers decide whether ``places`` are shown, and what they are compared with."""
        found: dict[str, list[Rule]] = {}
        known: set[int] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            rules = [rule for one in place.conditions if id(one) not in known for rule in rules_of(one)]
            known |= {id(one) for one in place.conditions}
            wanted = [rule.question_id for rule in rules] + ([place.group.id] if place.group else [])
            waiting += [self.by_id[name] for name in wanted if name not in found and name in self.by_id]
            found |= {name: [] for name in wanted if name not in found}
            for rule in rules:
                found[rule.question_id].append(rule)
        return found


class Ways:
    """Answers that count along every different way through a part of a procedure, in turn.

    The walk itself says which answer it wants next: one of its samples is given, and when the walk is
    over the last one given is replaced by its next sample. What is hidden is never asked for.
    """

    def __init__(self, analysis: Analysis, places: Iterable[Place], most: int, *, least_first: bool = False) -> None:
        self.analysis, self.most = analysis, most
        cone = analysis.cone(places)
        self.definition = _reduced(analysis.definition, cone.keys())
        asked = [self.analysis.by_id[id].question for id in cone if id in analysis.by_id]
        self.samples = {
            question.id: _ordered(samples(question, cone[question.id]), least_first) for question in asked if question
        }
        self.is_exhaustive = False

    def __iter__(self) -> Iterator[dict[str, Kept]]:
        trail: list[list[int]] = []
        for _ in range(self.most):
            self.analysis.walks += 1
            yield walk(self.definition, _Oracle(self.samples, trail)).answers
            while trail and trail[-1][0] + 1 == trail[-1][1]:
                trail.pop()
            if not trail:
                self.is_exhaustive = all(found.is_complete for found in self.samples.values())
                return
            trail[-1][0] += 1


def _ordered(found: Samples, least_first: bool) -> Samples:
    return found._replace(values=found.values[::-1]) if least_first else found


class _Oracle(Mapping[str, Kept]):
    """Answers made up when asked for, after a trail of [choice, out of how many]."""

    def __init__(self, samples: Mapping[str, Samples], trail: list[list[int]]) -> None:
        self.samples, self.trail = samples, trail
        self.given: dict[str, Kept] = {}

    def __getitem__(self, key: str) -> Kept:
        if key not in self.given:
            options, place = self.samples[own_id(key)].values, len(self.given)
            if place == len(self.trail):
                self.trail.append([0, len(options)])
            self.given[key] = options[self.trail[place][0]]
        if self.given[key] is None:
            raise KeyError(key)
        return self.given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def rules_of(condition: Condition | None) -> Iterator[Rule]:
    """The comparisons of a condition, those of its groups included."""
    for rule in condition.rules if condition else ():
        if isinstance(rule, Condition):
            yield from rules_of(rule)
        else:
            yield rule


def _places(definition: Definition) -> Iterator[Place]:
    """Every step, section and question in the order of the procedure."""
    for step in definition.steps:
        around = (step.condition,)
        yield _place(step.id, around)
        for section in step.sections:
            inside = (*around, section.condition)
            yield _place(section.id, inside)
            for question in section.questions:
                yield _place(question.id, (*inside, question.condition), question)
                for child in question.questions:
                    yield _place(child.id, (*inside, question.condition, child.condition), child, question)


def _place(
    id: str, conditions: tuple[Condition | None, ...], question: Question | None = None, group: Question | None = None
) -> Place:
    given = tuple(condition for condition in conditions if condition is not None)
    return Place(id, given, conditions[-1] is not None, group, question)


def _reduced(definition: Definition, ids: Collection[str]) -> Definition:
    """The procedure with these questions only, under all the conditions they stand under."""
    steps = []
    for step in definition.steps:
        sections = []
        for section in step.sections:
            left = tuple(_free(question, ids) for question in section.questions if question.id in ids)
            if left:
                sections.append(replace(section, questions=left))
        if sections:
            steps.append(replace(step, sections=tuple(sections)))
    return replace(definition, steps=tuple(steps))


def _free(question: Question, ids: Collection[str]) -> Question:
    """The question; one that is computed may have any value."""
    if question.questions:
        left = tuple(_free(child, ids) for child in question.questions if child.id in ids)
        return replace(question, questions=left)
    if question.field_type.asks:
        return question
    return replace(question, type=next(kind.slug for kind in field_types if kind.asks and not kind.nests))

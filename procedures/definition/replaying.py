"""Replay scenarios on a definition, and say in words what no longer comes out as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.accounts.models import User
from directory.models import Department
from procedures.definition.compiled import DAYS, Definition
from procedures.definition.conditions import walk
from procedures.definition.landing import delay_words
from procedures.definition.outcomes import fee_of, in_euros, route_of
from procedures.definition.rows import label_in_row
from procedures.definition.scenarios import Scenario
from procedures.plugins import Kept, Question, is_empty, validators


@dataclass(frozen=True)
class Outcome:
    """What answers lead to; JSON all through, for it is kept with the scenario."""

    steps: dict[str, str]
    """Titles of the shown steps, by id."""
    questions: dict[str, str]
    """Words of the questions that are asked, by id."""
    department_id: int
    agent_id: int | None
    fee_cents: int
    silence_effect: str
    delay: int
    delay_unit: str
    announced_delay_days: int
    announced_delay_unit: str = DAYS


@dataclass(frozen=True)
class Result:
    """A scenario replayed."""

    scenario: Scenario
    outcome: Outcome
    differences: tuple[str, ...]
    """What is not as expected, in words; empty when all is well."""


def outcome_of(definition: Definition, answers: Mapping[str, Kept]) -> Outcome:
    """Follow the answers through the procedure to its end."""
    path = walk(definition, answers)
    rules, route = definition.rules, route_of(definition, path.answers)
    asked = [question for step in path.steps for question in path.questions[step.key] if question.field_type.asks]
    return Outcome(
        steps={step.id: step.title for step in path.steps},
        questions={question.id: label_in_row(question) for question in asked},
        department_id=(route and route.department_id) or rules.department_id,
        agent_id=route.agent_id if route else None,
        fee_cents=fee_of(definition, path.answers).total_cents,
        silence_effect=rules.silence_effect,
        delay=rules.delay,
        delay_unit=rules.delay_unit,
        announced_delay_days=(route and route.announced_delay_days) or rules.announced_delay_days,
        announced_delay_unit=rules.announced_delay_unit,
    )


def replay(scenario: Scenario, definition: Definition, before: Definition | None) -> Result:
    """Replay one scenario.

    Args:
        before: what residents get today: an answer that is wrong there too, a day that has
            passed for instance, is time's doing and no difference.
    """
    outcome = outcome_of(definition, scenario.answers)
    said = [*_compared(Outcome(**scenario.expected), outcome)]
    invalid = _invalid(definition, scenario.answers)
    known = _invalid(before, scenario.answers) if before and invalid else {}
    said += [
        _("The answer to “%(question)s” is no longer valid: %(why)s") % {"question": label, "why": why}
        for id, (label, why) in invalid.items()
        if id not in known
    ]
    return Result(scenario, outcome, tuple(said))


def replay_all(scenarios: Iterable[Scenario], definition: Definition, before: Definition | None) -> list[Result]:
    """Replay them all, in order."""
    return [replay(scenario, definition, before) for scenario in scenarios]


def _compared(expected: Outcome, now: Outcome) -> Iterator[str]:
    was, is_now = asdict(expected), asdict(now)
    for name, gone, come in (
        ("steps", _("The step “%(label)s” is no longer shown."), _("The step “%(label)s” is shown now.")),
        ("questions", _("“%(label)s” is no longer asked."), _("“%(label)s” is asked now.")),
    ):
        yield from (gone % {"label": label} for id, label in was[name].items() if id not in is_now[name])
        yield from (come % {"label": label} for id, label in is_now[name].items() if id not in was[name])
    for name, words in (("department_id", department_words), ("agent_id", agent_words)):
        if was[name] != is_now[name]:
            yield _("Goes to: %(expected)s expected, %(now)s now.") % {
                "expected": words(was[name]),
                "now": words(is_now[name]),
            }
    if expected.fee_cents != now.fee_cents:
        cents = {"expected": in_euros(expected.fee_cents), "now": in_euros(now.fee_cents)}
        yield _("Fee: %(expected)s expected, %(now)s now.") % cents
    if _silence(expected) != _silence(now):
        yield _("Silence: %(expected)s expected, %(now)s now.") % {"expected": _silence(expected), "now": _silence(now)}
    if _promise(expected) != _promise(now):
        yield _("Promised answer: %(expected)s expected, %(now)s now.") % {
            "expected": _promise(expected),
            "now": _promise(now),
        }


def department_words(pk: int) -> str:
    """The name of a department."""
    return Department.objects.filter(pk=pk).values_list("name", flat=True).first() or _("a department that is gone")


def agent_words(pk: int | None) -> str:
    """The name of an agent."""
    return str(User.objects.filter(pk=pk).first() or _("somebody who is gone")) if pk else _("nobody yet")


def _silence(outcome: Outcome) -> str:
    effects = {"acceptance": _("acceptance"), "refusal": _("refusal")}
    if outcome.silence_effect not in effects:
        return _("no effect")
    return f"{effects[outcome.silence_effect]}, {delay_words(outcome.delay, outcome.delay_unit)}"


def _invalid(definition: Definition, answers: Mapping[str, Kept]) -> dict[str, tuple[str, str]]:
    """Words of the questions that would not take their answer any more, and why, by id."""
    found = {}
    path = walk(definition, answers)
    for step in path.steps:
        for question in path.questions[step.key]:
            why = _refusal(question, answers) if question.id in answers else ""
            if why:
                found[question.id] = (label_in_row(question), why)
    return found


def _refusal(question: Question, answers: Mapping[str, Kept]) -> str:
    kept, kind = answers[question.id], question.field_type
    if not kind.asks or kind.takes_files:  # a trial's files are gone the next day
        return ""
    try:
        again = kind.keep(kind.form_field(question).clean(kind.restore(kept)))
        for slug, options in () if is_empty(again) else question.checks:
            validators[slug].check(again, options)
    except ValidationError as error:
        return " ".join(error.messages)
    except (TypeError, ValueError, KeyError, AttributeError):  # kept by a question that was of another type
        return _("it is of another kind.")
    return ""


def as_json(outcome: Outcome) -> dict[str, Any]:
    """As a scenario keeps it."""
    return asdict(outcome)


def _promise(outcome: Outcome) -> str:
    return delay_words(outcome.announced_delay_days, outcome.announced_delay_unit)

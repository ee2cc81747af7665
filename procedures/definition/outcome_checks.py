"""What would make a route or a fee go wrong, told beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from procedures.definition.outline import asked_outside_groups
from procedures.definition.permissions import answers_for
from procedures.definition.problems import Problem, condition_problems
from procedures.plugins import Question


def find_outcome_problems(steps: StreamValue, routes: StreamValue, fees: StreamValue) -> dict[str, list[Problem]]:
    """What is wrong with routes and fees, under the names of their fields."""
    asked = asked_outside_groups(steps)
    return {
        "routes": [problem for place, route in enumerate(routes) for problem in _route_problems(place, route, asked)],
        "fees": [problem for place, fee in enumerate(fees) for problem in _fee_problems(place, fee, asked)],
    }


def _route_problems(place: int, route: StreamValue.StreamChild, asked: Mapping[str, Question]) -> Iterator[Problem]:
    yield from condition_problems(route.value["condition"], (place, "condition"), asked)
    if not any(route.value[name] for name in ("department", "agent", "announced_delay_days")):
        yield Problem((place, "department"), _("Say where these requests go: a department, an agent, or both."))


def _fee_problems(place: int, fee: StreamValue.StreamChild, asked: Mapping[str, Question]) -> Iterator[Problem]:
    yield from condition_problems(fee.value["condition"], (place, "condition"), asked)
    times = fee.value["times"]
    if times and times not in asked:
        yield Problem((place, "times"), _("Choose a question of this procedure; the one chosen here is gone."))
    elif times and not (asked[times].field_type.nests or asked[times].field_type.reading in ("number", "list")):
        yield Problem((place, "times"), _("Choose a number, a repeated group or a question with several answers."))


def misplaced_agents(routes: StreamValue, department_id: int | None) -> list[Problem]:
    """Agents who do not answer for the department of their route."""
    return [
        Problem((place, "agent"), _("This agent does not answer for that department."))
        for place, route in enumerate(routes)
        if route.value["agent"] and not answers_for(route.value["agent"], route.value["department"] or department_id)
    ]

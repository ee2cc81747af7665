"""Writing scenarios, and holding publications to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from procedures.definition.compiled import Definition
from procedures.definition.models import Procedure, Scenario
from procedures.definition.reading import decode
from procedures.definition.refusals import NotPublishable
from procedures.definition.replaying import Result, as_json, outcome_of, replay_all
from procedures.plugins import Kept


class ScenariosFailed(NotPublishable):
    """A publication would change what scenarios expect; ``results`` says what."""

    def __init__(self, results: list[Result]) -> None:
        self.results = results
        lines = [
            _("Scenario “%(name)s”: %(differences)s")
            % {"name": result.scenario.name, "differences": " ".join(result.differences)}
            for result in results
        ]
        super().__init__(lines)


def keep_scenario(
    key: UUID, name: str, answers: Mapping[str, Kept], definition: Definition, author: User | None
) -> Scenario:
    """Keep answers and what they lead to; a scenario of that name is replaced.

    Args:
        key: translation key of the procedure's pages.
        definition: what the author has just seen, in the city's own language.
    """
    scenario: Scenario
    scenario, _made = Scenario.objects.update_or_create(
        procedure_key=key,
        name=name,
        defaults={
            "answers": dict(answers),
            "expected": as_json(outcome_of(definition, answers)),
            "author": author,
            "accepted_at": timezone.now(),
        },
    )
    return scenario


@transaction.atomic
def accept_outcome(scenario: Scenario, definition: Definition, author: User | None) -> None:
    """Expect from now on what comes out now; answers to questions that are gone are forgotten."""
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    known = definition.question_by_id
    answers = {id: kept for id, kept in scenario.answers.items() if id.rpartition(".")[2] in known}
    keep_scenario(scenario.procedure_key, scenario.name, answers, definition, author)


def results_for(key: UUID, content: Mapping[str, Any]) -> list[Result]:
    """Every scenario of a procedure, replayed on a content that is not published yet."""
    scenarios = list(Scenario.objects.of(key))
    if not scenarios:
        return []
    definition = decode(content, settings.LANGUAGE_CODE)
    procedure = Procedure.objects.filter(key=key).select_related("current").first()
    before = procedure.current.in_language(settings.LANGUAGE_CODE) if procedure and procedure.current else None
    return replay_all(scenarios, definition, before)


def hold_to_scenarios(key: UUID, content: Mapping[str, Any]) -> None:
    """Let a content be published only if every scenario comes out as expected. Raises ScenariosFailed."""
    failing = [result for result in results_for(key, content) if result.differences]
    if failing:
        raise ScenariosFailed(failing)

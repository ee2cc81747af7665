"""Scenarios: kept from a trial, replayed at each publication, which stops where one comes out otherwise."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from procedures.definition.drafts import compile_draft, source_of
from procedures.definition.models import Procedure, ProcedurePage, ProcedureVersion, Scenario
from procedures.definition.scenario_services import ScenariosFailed, results_for
from tests.factories.procedures import (
    Raw,
    block_id,
    condition,
    fee,
    make_department,
    make_page,
    question,
    route,
    simple_steps,
    step,
)
from tests.factories.trials import Author
from tests.procedures.definition.test_editor import post

pytestmark = pytest.mark.django_db
NORTH = ("quartier", "is", "id:Nord")
EMAIL = question("email", "Adresse électronique", id="email")
DISTRICT = question("one_choice", "Quartier", id="quartier", choices=["Nord", "Sud"])
WHY = question("short_text", "Motif", id="motif", condition=condition(NORTH))


@pytest.fixture
def page() -> ProcedurePage:
    return make_page(
        step("Vous", EMAIL, DISTRICT),
        step("Pourquoi", WHY, condition=condition(NORTH)),
        routes=[route(NORTH, department=make_department("Annexe Nord"))],
        fees=[fee("Déplacement", "12", NORTH)],
    )


@pytest.fixture
def author(page: ProcedurePage) -> Author:
    """With a scenario of somebody from the north."""
    author = Author(page)
    trial = author.begin()
    author.post(trial, "1", email="a@example.org", quartier=block_id("Nord"))
    author.post(trial, "2", motif="Un canapé")
    assert author.keep(trial, "Du nord").headers["Location"] == f"/admin/demarches/{page.pk}/scenarios/"
    return author


def change(page: ProcedurePage, **fields: Any) -> ProcedurePage:
    fresh = ProcedurePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh


def publish(page: ProcedurePage) -> None:
    page.save_revision().publish()


def steps(*first: Raw, second: bool = True) -> list[Raw]:
    return [step("Vous", *first), *([step("Pourquoi", WHY, condition=condition(NORTH))] if second else [])]


def differences(page: ProcedurePage) -> str:
    page.save_revision()
    [result] = results_for(page.translation_key, compile_draft(source_of(page)))
    return " ".join(result.differences)


def test_it_keeps_answers_and_what_they_lead_to(author):
    scenario = Scenario.objects.get()
    assert (scenario.name, scenario.author) == ("Du nord", author.user)
    assert scenario.answers[block_id("motif")] == "Un canapé"
    assert scenario.expected["fee_cents"] == 1200
    assert sorted(scenario.expected["questions"].values()) == ["Adresse électronique", "Motif", "Quartier"]


def test_a_trial_that_is_not_complete_is_not_kept(page):
    author = Author(page)
    trial = author.begin()
    author.post(trial, "1", email="a@example.org", quartier=block_id("Nord"))
    author.keep(trial, "Trop tôt")
    assert not Scenario.objects.exists()


def test_a_publication_that_changes_nothing_it_expects_goes_through(author, page):
    publish(change(page, steps=steps(question("email", "Votre adresse", id="email"), DISTRICT)))
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fees": [fee("Déplacement", "15", NORTH)]}, "Fee: 12.00\xa0€ expected, 15.00\xa0€ now."),
        ({"fees": []}, "Fee: 12.00\xa0€ expected, 0.00\xa0€ now."),
        ({"routes": []}, "Goes to: Annexe Nord expected, État civil now."),
        ({"steps": steps(EMAIL, DISTRICT, second=False)}, "“Motif” is no longer asked."),
        ({"steps": steps(EMAIL, DISTRICT, second=False)}, "The step “Pourquoi” is no longer shown."),
        ({"steps": steps(EMAIL, DISTRICT, question("yes_no", "Un chien ?"))}, "“Un chien ?” is asked now."),
        ({"delay": 3}, "Silence: acceptance, 2 months expected, acceptance, 3 months now."),
        ({"silence_effect": "refusal"}, "Silence: acceptance, 2 months expected, refusal, 2 months now."),
        ({"announced_delay_days": 20}, "Promised answer: 15 days expected, 20 days now."),
    ],
    ids=["dearer", "free", "elsewhere", "gone", "no step", "new", "longer", "refusal", "promise"],
)
def test_a_publication_that_changes_what_it_expects_is_stopped_with_what_differs(author, page, changes, words):
    with pytest.raises(ScenariosFailed) as stopped:
        publish(change(page, **changes))
    assert words in " ".join(stopped.value.messages).replace(",00", ".00")
    assert "“Du nord”" in stopped.value.messages[0]
    assert ProcedureVersion.objects.count() == 1
    assert Procedure.objects.get().current.number == 1


def test_an_answer_that_is_no_longer_possible_is_told(author, page):
    districts = question("one_choice", "Quartier", id="quartier", choices=["Nord", "Sud"])
    districts["value"]["choices"][0]["id"] = block_id("Autre nord")
    said = differences(change(page, steps=[step("Vous", EMAIL, districts)], routes=[], fees=[]))
    assert "The answer to “Quartier” is no longer valid" in said


def test_a_day_that_has_passed_meanwhile_is_no_difference():
    day = question("date", "Quel jour ?", id="jour", limit="future")
    with time_machine.travel("2026-11-21 10:00:00+01:00", tick=False):
        page = make_page(step("Quand", day))
        author = Author(page)
        trial = author.begin()
        author.post(trial, "1", jour="01/12/2026")
        author.keep(trial, "Décembre")
    with time_machine.travel("2027-02-01 10:00:00+01:00", tick=False):
        assert differences(page) == ""
        past = question("date", "Quel jour ?", id="jour", limit="past")
        assert differences(change(page, steps=[step("Quand", past)])) == ""


def test_the_editor_saves_stops_and_shows_what_differs():
    page = make_page(*simple_steps(), title="Acte")
    author = Author(page)
    trial = author.begin()
    author.post(trial, "1", prenom="Nadia", nom="Martin", email="n@example.org", phone="")
    author.post(trial, "2", document=block_id("Extrait"), urgent="no")
    author.keep(trial, "Un extrait")
    fields = {"title": page.title, "slug": page.slug, "department": str(page.department_id)}
    data = post(*simple_steps(), **fields, announced_delay_days="20")
    answer = author.client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert answer.headers["Location"] == f"/admin/demarches/{page.pk}/scenarios/"
    assert ProcedureVersion.objects.count() == 1
    assert ProcedurePage.objects.get(pk=page.pk).get_latest_revision_as_object().announced_delay_days == 20


def test_the_new_result_is_accepted_with_one_button_and_the_publication_goes_through(author, page):
    changed = change(page, fees=[fee("Déplacement", "15", NORTH)])
    changed.save_revision()
    assert "15,00" in author.admin("scenarios").text
    author.admin("scenarios", scenario=str(Scenario.objects.get().pk))
    assert Scenario.objects.get().expected["fee_cents"] == 1500
    publish(changed)
    assert ProcedureVersion.objects.count() == 2


def test_accepting_forgets_answers_to_questions_that_are_gone(author, page):
    change(page, steps=steps(EMAIL, DISTRICT, second=False)).save_revision()
    author.admin("scenarios", scenario=str(Scenario.objects.get().pk))
    assert block_id("motif") not in Scenario.objects.get().answers


def test_a_scenario_of_another_procedure_is_out_of_reach(author):
    other = make_page(title="Autre", slug="autre")
    answer = author.client.post(
        f"/admin/demarches/{other.pk}/scenarios/", {"scenario": Scenario.objects.get().pk, "delete": "1"}
    )
    assert answer.status_code == 404
    assert Scenario.objects.count() == 1


def test_it_is_dropped_with_a_button(author):
    author.admin("scenarios", scenario=str(Scenario.objects.get().pk), delete="1")
    assert not Scenario.objects.exists()


def test_the_command_replays_them_and_fails_where_one_differs(author, page, capsys):
    call_command("replay_scenarios")
    assert "Du nord: ok" in capsys.readouterr().out
    change(page, fees=[]).save_revision()
    with pytest.raises(SystemExit):
        call_command("replay_scenarios", page.slug)
    assert "Fee:" in capsys.readouterr().out

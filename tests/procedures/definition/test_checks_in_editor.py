"""What checks find is told beside the field on publishing, and never stops a draft from being saved."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cms.accounts.models import User
from procedures.definition.checking import draft_of
from procedures.definition.checks_panel import field_id, report_on
from procedures.definition.models import Procedure, ProcedurePage
from tests.factories.editing import post
from tests.factories.procedures import (
    Raw,
    condition,
    make_department,
    make_index,
    make_page,
    question,
    simple_steps,
    step,
)

pytestmark = pytest.mark.django_db

NEVER_MET = condition(("Urgent", "is", "yes"), ("Urgent", "is", "no"))


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    return client


def contradictory() -> list[Raw]:
    asked = question("short_text", "Nom", condition=NEVER_MET)
    return [step("Vous", question("yes_no", "Urgent"), asked)]


def send(admin: Client, *steps: Raw, **fields: Any) -> Any:
    data = post(*steps, department=str(make_department().pk), **fields)
    return admin.post(f"/admin/pages/add/definition/procedurepage/{make_index().pk}/", data)


def test_a_contradiction_is_told_beside_its_condition(admin: Client):
    answer = send(admin, *contradictory())
    assert answer.status_code == 200
    (error,) = answer.context["form"].errors.as_data()["steps"]
    below = error.block_errors[0].block_errors["questions"].block_errors
    assert "Never" in below[1].block_errors["condition"].messages[0]
    assert not Procedure.objects.exists()


def test_a_contradiction_does_not_stop_a_draft(admin: Client):
    assert send(admin, *contradictory(), action="action-save").status_code == 302
    assert not ProcedurePage.objects.get().live


def test_advice_stops_nothing(admin: Client):
    steps = simple_steps()
    steps[0]["value"]["questions"][0]["value"]["help_text"] = "À compléter"
    assert send(admin, *steps).status_code == 302
    assert Procedure.objects.get().current is not None


def test_nobody_publishes_without_choosing_what_silence_means(admin: Client):
    answer = send(admin, *simple_steps(), silence_effect="")
    assert list(answer.context["form"].errors) == ["silence_effect"]


def test_a_new_procedure_has_no_silence_chosen_for_it(admin: Client):
    page = admin.get(f"/admin/pages/add/definition/procedurepage/{make_index().pk}/")
    assert page.context["form"]["silence_effect"].value() == ""


def test_a_draft_is_saved_before_silence_is_chosen(admin: Client):
    assert send(admin, *simple_steps(), action="action-save", silence_effect="").status_code == 302


def test_the_checks_tab_lists_advice_with_a_link_to_its_field(admin: Client):
    steps = simple_steps()
    steps[1]["value"]["questions"][2]["value"]["help_text"] = "À compléter"
    page = make_page(*steps)
    text = admin.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'href="#steps-1-value-questions-2-value-help_text" data-check-target>Votre demande › Pourquoi ?</a>' in text
    assert "admin/checks.js" in text


def test_the_checks_tab_has_figures():
    page = make_page(*simple_steps(), needed="<p>Munissez-vous d’une pièce. Elle vous sera demandée au guichet.</p>")
    report = report_on(draft_of(page))
    assert (report.extent.shortest, report.extent.longest) == (6, 7)
    assert report.score is not None
    assert report.blocking == []


def test_every_target_is_named_as_the_editor_names_its_field():
    assert field_id((0, "questions", 1, "condition")) == "steps-0-value-questions-1-value-condition-match"
    rule = (0, "questions", 1, "condition", "rules", 2, "question")
    assert field_id(rule) == "steps-0-value-questions-1-value-condition-rules-2-value-question"
    assert field_id(("purpose",)) == "id_purpose"


def test_the_command_tells_all_and_fails_where_something_stops_a_publication():
    page = make_page(*simple_steps())
    said = StringIO()
    call_command("check_procedures", stdout=said)
    assert page.slug in said.getvalue()
    assert "advice [purpose]" in said.getvalue()
    page.alternative = ""
    page.save_revision(clean=False)
    with pytest.raises(CommandError):
        call_command("check_procedures", page.slug, stdout=said)
    assert "STOPS [alternative]" in said.getvalue()


def test_a_procedure_of_two_hundred_questions_can_be_saved(admin: Client):
    steps = [step(f"Étape {n}", *(question("date", f"Q{n}-{m}") for m in range(17))) for n in range(12)]
    data = post(*steps, action="action-save", department=str(make_department().pk))
    assert len(data) > 2_500
    assert admin.post(f"/admin/pages/add/definition/procedurepage/{make_index().pk}/", data).status_code == 302

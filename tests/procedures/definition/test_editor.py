"""A department editor writes a procedure in Wagtail's editor; mistakes are told where they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.blocks import StreamValue
from wagtail.test.utils.form_data import rich_text

from cms.accounts.models import User
from procedures.definition.models import Procedure, ProcedureIndexPage, ProcedurePage
from procedures.definition.problems import find_problems
from procedures.definition.uses import lost_questions, uses, words_of_questions
from tests.factories.editing import post
from tests.factories.procedures import (
    Raw,
    block_id,
    condition,
    make_department,
    make_index,
    make_page,
    question,
    simple_steps,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    return client


def stream(*steps: Raw) -> StreamValue:
    return ProcedurePage._meta.get_field("steps").stream_block.to_python(list(steps))


def add(admin: Client, data: dict[str, Any], index: ProcedureIndexPage) -> Any:
    return admin.post(f"/admin/pages/add/definition/procedurepage/{index.pk}/", data)


def test_a_procedure_is_written_and_published_without_a_developer(admin: Client):
    answer = add(admin, post(*simple_steps(), department=str(make_department().pk)), make_index())
    assert answer.status_code == 302, answer.context["form"].errors
    definition = Procedure.objects.get().current.in_language("fr")
    assert [len(step.questions) for step in definition.steps] == [4, 3]
    assert definition.question_by_id[block_id("pourquoi")].condition is not None


def test_the_editor_opens_with_its_script(admin: Client):
    page = make_page()
    text = admin.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "condition-editor.js" in text
    assert "is_answered" in text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"department": ""}, "department"),
        ({"alternative": rich_text("<p> </p>")}, "alternative"),
        ({"retention_months": "61"}, "retention_months"),
        ({"announced_delay_days": "0"}, "announced_delay_days"),
        ({"delay": "0"}, "delay"),
        ({"introduction": ""}, "introduction"),
    ],
)
def test_what_no_procedure_may_lack_is_told_beside_its_field(admin: Client, fields: Raw, field: str):
    fields.setdefault("department", str(make_department().pk))
    answer = add(admin, post(*simple_steps(), **fields), make_index())
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Procedure.objects.exists()


NAME = question("short_text", "Nom")
URGENT = question("yes_no", "Urgent")


def if_urgent(operator: str, value: str) -> Raw:
    """A question shown under a condition on ``URGENT``."""
    return question("email", "Adresse", condition=condition(("Urgent", operator, value)))


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ([step("Vous", NAME, question("short_text", " nom ", id="b"))], (0, "questions", 1, "label")),
        ([step("Vous", NAME), step("VOUS", URGENT)], (1, "title")),
        ([step("Vous", if_urgent("is", "yes"), URGENT)], (0, "questions", 0, "condition", "rules", 0, "question")),
        (
            [step("Vous", URGENT, condition=condition(("Urgent", "is", "yes")))],
            (0, "condition", "rules", 0, "question"),
        ),
        ([step("Vous", URGENT, if_urgent("greater", "1"))], (0, "questions", 1, "condition", "rules", 0, "operator")),
        ([step("Vous", URGENT, if_urgent("is", ""))], (0, "questions", 1, "condition", "rules", 0, "value")),
        ([step("Vous", URGENT, if_urgent("is", "peut-être"))], (0, "questions", 1, "condition", "rules", 0, "value")),
    ],
)
def test_what_would_stop_a_resident_is_found_at_its_place(steps: list[Raw], path: tuple[int | str, ...]):
    problems = find_problems(stream(*steps))
    assert [problem.path for problem in problems] == [path]
    assert problems[0].message


def test_mistakes_inside_steps_are_shown_beside_their_block(admin: Client):
    steps = [
        step(
            "Vous",
            question("one_choice", "Lequel ?", choices=["Un seul"]),
            question("email", "", id="sans-mots"),
            question("short_text", "Nom", condition=condition(("absente", "is", "x"))),
        )
    ]
    answer = add(admin, post(*steps, department=str(make_department().pk)), make_index())
    assert answer.status_code == 200
    (error,) = answer.context["form"].errors.as_data()["steps"]
    below = error.block_errors[0].block_errors["questions"].block_errors
    assert "choices" in below[0].block_errors
    assert "label" in below[1].block_errors


def test_a_condition_on_a_later_question_is_shown_beside_the_question_chosen(admin: Client):
    steps = [step("Vous", question("short_text", "Nom", condition=condition(("absente", "is", "x"))))]
    answer = add(admin, post(*steps, department=str(make_department().pk)), make_index())
    (error,) = answer.context["form"].errors.as_data()["steps"]
    rule = error.block_errors[0].block_errors["questions"].block_errors[0].block_errors["condition"]
    assert "question" in rule.block_errors["rules"].block_errors[0].block_errors


def test_a_draft_may_be_saved_unfinished(admin: Client):
    steps = [step("Vous", question("one_choice", "Lequel ?", choices=[]))]
    answer = add(admin, post(*steps, action="action-save", department=str(make_department().pk)), make_index())
    assert answer.status_code == 302
    assert not ProcedurePage.objects.get().live


def test_deleting_a_question_that_a_condition_uses_is_refused_by_name(admin: Client):
    page = make_page(slug="acte")
    steps = simple_steps()
    del steps[1]["value"]["questions"][1]
    answer = admin.post(f"/admin/pages/{page.pk}/edit/", post(*steps, slug="acte", department=str(page.department_id)))
    assert answer.status_code == 200
    (message,) = answer.context["form"].non_field_errors()
    assert "Est-ce urgent ?" in message
    assert "Pourquoi ?" in message


def test_a_question_no_condition_uses_may_go():
    before = {block_id("nom"): "Nom", block_id("urgent"): "Est-ce urgent ?"}
    steps = simple_steps()
    del steps[0]["value"]["questions"][1]
    left = stream(*steps)
    assert lost_questions(before, words_of_questions(left), uses(left)) == []


def test_every_block_made_by_code_gets_an_id():
    steps = simple_steps()
    for made in (steps[0], steps[0]["value"]["questions"][0], steps[1]["value"]["questions"][0]["value"]["choices"][0]):
        del made["id"]
    page = make_page(*steps)
    raw = page.steps.raw_data
    assert raw[0]["id"]
    assert all(child["id"] for child in raw[0]["value"]["questions"])
    assert all(item["id"] for item in raw[1]["value"]["questions"][0]["value"]["choices"])

"""Words between the questions, and values worked out from the answers, on a resident's way."""

from __future__ import annotations

import pytest
import time_machine

from procedures.definition.models import ProcedurePage
from procedures.definition.problems import find_problems
from procedures.definition.uses import lost_questions, uses, words_of_questions
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import Resident, typed
from tests.factories.procedures import Raw, block_id, condition, make_procedure, question, step

pytestmark = pytest.mark.django_db


def computed(label: str, operation: str, *operands: str, **fields: object) -> Raw:
    items = [{"type": "item", "id": block_id(f"{label} {name}"), "value": block_id(name)} for name in operands]
    return question("computed", label, operation=operation, operands=items, **fields)


def content(label: str, text: str, **fields: object) -> Raw:
    return question("content", label, text=f"<p>{text}</p>", **fields)


def camp() -> Resident:
    children = question(
        "group",
        "Vos enfants",
        id="enfants",
        row_name="enfant",
        min_rows=0,
        max_rows=5,
        questions=[question("whole_number", "Jours", id="jours"), computed("Prix", "product", "jours", fixed="1250")],
    )
    return Resident(
        make_procedure(
            step(
                "Vous",
                content("Avant de commencer", "Munissez-vous de votre carnet.", tone="warning"),
                question("date", "Naissance", id="naissance"),
            ),
            step(
                "Séjour",
                computed("Votre âge", "age", "naissance"),
                children,
                computed("Enfants", "count_rows", "enfants"),
                computed("Total", "sum_rows", "Prix", unit="euros", explanation="12,50 € par jour."),
            ),
            step(
                "Tuteur",
                question("short_text", "Tuteur", id="tuteur"),
                condition=condition(("Votre âge", "less", "18")),
            ),
            slug="sejour",
        )
    )


def in_row(row: str, days: str) -> dict[str, str]:
    return {f"{block_id('enfants')}.{row}.{block_id('jours')}": days}


def stay(**rows: str) -> dict[str, object]:
    return {block_id("enfants"): list(rows)} | {
        name: value for row, days in rows.items() for name, value in in_row(row, days).items()
    }


@time_machine.travel("2026-11-21 12:00:00+01:00")
def test_values_are_worked_out_shown_and_kept_with_the_request():
    resident = camp()
    resident.post("1", typed(naissance="22/11/2008"))
    assert ">17 " in resident.get("2").text
    answer = resident.post("2", {block_id("enfants"): ["1", "2"], **in_row("1", "3"), **in_row("2", "2")})
    assert answer.headers["Location"] == resident.url("3")
    resident.post("3", typed(tuteur="Nadia Martin"))
    summary = resident.get("verifier").text
    assert "62,50\xa0€" in summary
    resident.send()
    kept = {answer["label"]: answer["value"] for answer in ServiceRequest.objects.get().answers}
    assert kept["Votre âge"] == 17
    assert kept["Enfants"] == 2
    assert kept["Total"] == 6250
    assert "Avant de commencer" not in kept


@time_machine.travel("2026-11-22 12:00:00+01:00")
def test_a_condition_looks_at_a_computed_value():
    resident = camp()
    resident.post("1", typed(naissance="22/11/2008"))
    answer = resident.post("2", {block_id("enfants"): ["1"], **in_row("1", "3")})
    assert answer.headers["Location"] == resident.url("verifier")


def test_words_between_questions_are_read_in_their_place():
    page = camp().get("1").text
    assert "<p>Munissez-vous de votre carnet.</p>" in page
    assert "content-block--warning" in page
    assert page.index("Munissez-vous") < page.index("Naissance")


def test_a_value_that_cannot_be_worked_out_yet_says_so():
    resident = camp()
    resident.post("1", typed(naissance="22/11/2008"))
    assert resident.get("2").text.count("computed__value") == 1


def stream(*steps: Raw):
    return ProcedurePage._meta.get_field("steps").stream_block.to_python(list(steps))


def test_a_question_that_a_computed_value_stands_on_cannot_be_deleted():
    left = stream(step("Vous", question("short_text", "Nom"), computed("Total", "sum", "prix")))
    messages = lost_questions({block_id("prix"): "Prix"}, words_of_questions(left), uses(left))
    assert len(messages) == 1
    assert "Prix" in messages[0]
    assert "“Total”" in messages[0]


def test_a_computed_value_stands_on_what_is_asked_before_it():
    steps = stream(step("Vous", computed("Total", "sum", "prix"), question("short_text", "Prix", id="prix")))
    assert [problem.path for problem in find_problems(steps)] == [(0, "questions", 0, "operands", 0)]


def test_a_value_in_a_row_may_stand_on_the_questions_of_its_row():
    inside = [question("whole_number", "Jours", id="jours"), computed("Prix", "product", "jours")]
    steps = stream(step("Vous", question("group", "Enfants", row_name="enfant", questions=inside)))
    assert find_problems(steps) == []

"""Checks on what is shown to whom: unreachable, always shown, looking ahead, too long."""

from __future__ import annotations

import pytest

from procedures.definition.checking import draft_of, find_all, find_blocking
from tests.factories.procedures import condition, fee, make_page, question, section, simple_steps, step

URGENT = question("yes_no", "Urgent")
YES, NO = condition(("Urgent", "is", "yes")), condition(("Urgent", "is", "no"))
BOTH = condition(("Urgent", "is", "yes"), ("Urgent", "is", "no"))


def paths(found):
    return [path for path, _message in found]


def test_a_condition_that_contradicts_itself_is_found_beside_it(find):
    found = find("reachable", step("A", URGENT, question("email", "Adresse", condition=BOTH)))
    assert paths(found) == [(0, "questions", 1, "condition")]


def test_a_question_that_contradicts_its_step_or_section_is_found(find):
    inside = section("S", question("email", "Adresse", condition=NO))
    found = find("reachable", step("A", URGENT), step("B", inside, condition=YES))
    assert paths(found) == [(1, "questions", 0, "questions", 0, "condition")]


def test_only_the_outermost_place_is_told(find):
    late = question("yes_no", "Plus tard")
    inner = question("email", "Adresse", condition=condition(("Plus tard", "is", "yes")))
    assert paths(find("reachable", step("A", URGENT), step("B", late, inner, condition=BOTH))) == [(1, "condition")]


def test_what_is_switched_off_or_reachable_is_no_mistake(find):
    off = question("email", "Adresse", condition=condition(match="never"))
    assert find("reachable", step("A", URGENT, off, question("phone", "Numéro", condition=YES))) == []


def test_a_contradiction_about_dates_is_found_and_a_narrow_window_is_not_one(find):
    born = question("date", "Né le")
    between = condition(("Né le", "greater", "01/01/2020"), ("Né le", "less", "03/01/2020"))
    nowhere = condition(("Né le", "greater", "01/01/2020"), ("Né le", "less", "02/01/2020"))
    shown = question("email", "A", condition=between)
    hidden = question("email", "B", condition=nowhere)
    assert paths(find("reachable", step("A", born, shown, hidden))) == [(0, "questions", 2, "condition")]


def test_a_condition_that_is_always_met_is_told(find):
    either = condition(("Urgent", "is", "yes"), ("Urgent", "is", "no"), match="any")
    found = find("useful_conditions", step("A", URGENT, question("email", "Adresse", condition=either)))
    assert paths(found) == [(0, "questions", 1, "condition")]
    optional = question("yes_no", "Urgent", required=False)
    assert find("useful_conditions", step("A", optional, question("email", "Adresse", condition=either))) == []


def test_what_could_not_be_proven_says_how_much_was_tried(find):
    many = [question("yes_no", f"Q{number}", required=False) for number in range(30)]
    groups = [
        {"type": "item", "value": {**condition((f"Q{n}", "is", "yes"), (f"Q{n}", "is", "no"))}} for n in range(30)
    ]
    asked = question("email", "Adresse", condition={"match": "any", "rules": [], "groups": groups})
    (found,) = find("useful_conditions", step("A", *many), step("B", asked))
    assert found[0] == (1, "questions", 0, "condition")
    assert "1000" in found[1]
    assert find("reachable", step("A", *many), step("B", asked)) == []


def test_a_condition_on_a_later_answer_is_found_at_its_question(find):
    found = find("look_back", step("A", question("email", "Adresse", condition=YES), URGENT))
    assert paths(found) == [(0, "questions", 0, "condition", "rules", 0, "question")]
    assert find("look_back", step("A", URGENT, question("email", "Adresse", condition=YES))) == []


def test_the_budget_counts_the_longest_way_only(find, settings):
    settings.PROCEDURE_QUESTION_BUDGET = 3
    ways = [question("phone", f"N{n}", condition=YES) for n in range(2)]
    ways += [question("phone", f"M{n}", condition=NO) for n in range(2)]
    assert find("budget", step("A", URGENT, *ways)) == []
    (found,) = find("budget", step("A", URGENT, *ways, question("email", "Adresse")))
    assert found[0] == ("steps",)
    assert "4" in found[1]


def test_a_procedure_needs_a_step(find):
    assert paths(find("steps")) == [("steps",)]
    assert find("steps", step("A", URGENT)) == []


@pytest.mark.django_db
def test_an_ordinary_procedure_has_nothing_that_stops_it():
    page = make_page(*simple_steps())
    assert find_blocking(page) == []


@pytest.mark.django_db
def test_what_stops_the_publication_comes_before_advice():
    page = make_page(*simple_steps())
    page.alternative = ""
    found = find_all(draft_of(page))
    assert found[0].path == ("alternative",)
    assert [finding.check.blocking for finding in found] == sorted(
        (finding.check.blocking for finding in found), reverse=True
    )


@pytest.mark.django_db
def test_an_unfinished_draft_is_read_without_failing():
    page = make_page(*simple_steps())
    page.steps = page.steps.stream_block.to_python(
        [step("", question("one_choice", "", choices=[]), {**question("group", "G"), "value": {"label": "G"}})]
    )
    assert ("labels", (0, "title")) in [(finding.check.slug, finding.path) for finding in find_all(draft_of(page))]


def test_an_amount_multiplied_by_a_name_is_told_before_anybody_publishes(find):
    name, count = question("short_text", "Nom", id="nom"), question("whole_number", "Mètres", id="metres")
    by_name = find("outcomes", step("Vous", name, count), fees=[fee("Emplacement", "2", times="nom")])
    by_number = find("outcomes", step("Vous", name, count), fees=[fee("Emplacement", "2", times="metres")])
    assert [path for path, _message in by_name] == [("fees",)]
    assert by_number == []

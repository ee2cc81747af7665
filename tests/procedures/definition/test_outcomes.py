"""Where a request goes and what it costs, from its answers alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from procedures.definition.compiled import Definition, Fee, Route
from procedures.definition.conditions import walk
from procedures.definition.models import Procedure, ProcedurePage
from procedures.definition.outcome_checks import find_outcome_problems, misplaced_agents
from procedures.definition.outcomes import fee_of, in_euros, route_of, times_of
from procedures.definition.uses import lost_questions, uses
from procedures.plugins import Condition, Rule
from tests.factories.inbox import make_agent
from tests.factories.procedures import (
    Raw,
    block_id,
    condition,
    fee,
    make_department,
    make_page,
    make_procedure,
    question,
    route,
    step,
)

pytestmark = pytest.mark.django_db
DISTRICT = question("one_choice", "Quartier", id="quartier", choices=["Nord", "Sud"])
URGENT = question("yes_no", "Urgent ?", id="urgent")
CHILDREN = question(
    "group",
    "Enfants",
    id="enfants",
    row_name="enfant",
    min_rows=0,
    max_rows=9,
    questions=[question("short_text", "Prénom", id="prenom")],
)


def definition_of(*questions: Raw, **fields: object) -> Definition:
    return make_procedure(step("Une", *questions), **fields).current.in_language("fr")


def test_the_first_route_whose_condition_holds_wins():
    north, all_of_it = make_department("Nord"), make_department("Tout")
    routes = [route(("quartier", "is", "id:Nord"), department=north), route(department=all_of_it)]
    definition = definition_of(DISTRICT, routes=routes)
    assert route_of(definition, {block_id("quartier"): block_id("Nord")}).department_id == north.pk
    assert route_of(definition, {block_id("quartier"): block_id("Sud")}).department_id == all_of_it.pk


def test_without_a_route_that_fits_the_procedure_keeps_its_own_department():
    definition = definition_of(DISTRICT, routes=[route(("quartier", "is", "id:Nord"), department=make_department())])
    assert route_of(definition, {}) is None


def test_amounts_add_up_and_follow_a_number_of_rows():
    fees = [
        fee("Dossier", "10.50"),
        fee("Par enfant", "4.25", times="enfants"),
        fee("Urgence", "20", ("urgent", "is", "yes")),
    ]
    definition = definition_of(URGENT, CHILDREN, fees=fees)
    answers = {block_id("urgent"): False, block_id("enfants"): ["1", "2"]}
    due = fee_of(definition, answers)
    assert [(line.label, line.amount_cents) for line in due.lines] == [("Dossier", 1050), ("Par enfant", 850)]
    assert due.total_cents == 1900
    assert fee_of(definition, {**answers, block_id("urgent"): True}).total_cents == 3900


def test_an_amount_times_nothing_is_no_line():
    assert fee_of(definition_of(CHILDREN, fees=[fee("Par enfant", "4", times="enfants")]), {}).lines == ()


def test_what_is_hidden_costs_nothing_and_leads_nowhere():
    asked = [URGENT, question("yes_no", "Express ?", id="express", condition=condition(("urgent", "is", "yes")))]
    definition = definition_of(
        *asked,
        fees=[fee("Express", "30", ("express", "is", "yes"))],
        routes=[route(("express", "is", "yes"), department=make_department())],
    )
    answers = walk(definition, {block_id("urgent"): False, block_id("express"): True}).answers
    assert fee_of(definition, answers).total_cents == 0
    assert route_of(definition, answers) is None


@given(
    cents=st.integers(1, 10_000_000), kept=st.one_of(st.integers(), st.floats(), st.text(), st.none(), st.booleans())
)
def test_whatever_the_answer_a_fee_is_a_whole_number_of_cents_that_is_not_negative(cents, kept):
    if isinstance(kept, int | float) and abs(kept) > 10**12:
        kept = 0
    definition = Definition("", "fr", (), None, fees=(Fee("x", None, cents, "q"),))
    assert times_of(kept) >= 0
    total = fee_of(definition, {"q": kept}).total_cents
    assert isinstance(total, int)
    assert total >= 0


def test_half_a_cent_is_rounded_up():
    definition = Definition("", "fr", (), None, fees=(Fee("x", None, 5, "q"),))
    assert fee_of(definition, {"q": 0.5}).total_cents == 3


def test_an_amount_is_said_as_the_language_writes_it():
    with translation.override("fr"):
        assert in_euros(123_450).replace("\u202f", " ").replace("\xa0", " ") == "1 234,50 €"


def test_a_route_of_a_version_is_read_back_as_it_was_written():
    department = make_department()
    agent = make_agent(department)
    definition = definition_of(
        URGENT, routes=[route(("urgent", "is", "yes"), department=department, agent=agent, announced_delay_days=5)]
    )
    expected = Condition(True, (Rule(block_id("urgent"), "is", True),))
    assert definition.routes == (Route(expected, department.pk, agent.pk, 5),)


def page_with(*questions: Raw, **fields: object) -> ProcedurePage:
    return ProcedurePage(steps=[step("Une", *questions)], **{"routes": [], "fees": [], **fields})


@pytest.mark.parametrize(
    ("fields", "name", "path"),
    [
        ({"routes": [route(("absente", "is", "x"), announced_delay_days=3)]}, "routes", ("condition", "rules", 0)),
        ({"routes": [route(("quartier", "is", "id:Nord"))]}, "routes", ("department",)),
        ({"fees": [fee("x", "1", ("urgent", "is", "peut-être"))]}, "fees", ("condition", "rules", 0)),
        ({"fees": [fee("x", "1", ("prenom", "is", "Lou"))]}, "fees", ("condition", "rules", 0)),
        ({"fees": [fee("x", "1", times="urgent")]}, "fees", ("times",)),
        ({"fees": [fee("x", "1", times="absente")]}, "fees", ("times",)),
    ],
    ids=["gone", "nowhere", "no such answer", "inside a group", "not a number", "times gone"],
)
def test_what_is_wrong_with_a_route_or_a_fee_is_told_where_it_is(fields, name, path):
    page = page_with(DISTRICT, URGENT, CHILDREN, **fields)
    problems = find_outcome_problems(page.steps, page.routes, page.fees)
    assert [problem.path[1 : 1 + len(path)] for problem in problems[name]] == [path]


def test_a_page_whose_fee_looks_at_nothing_is_not_published():
    with pytest.raises(ValidationError, match="Choose a question"):
        make_page(step("Une", URGENT), fees=[fee("x", "1", ("absente", "is", "x"))])
    assert not Procedure.objects.exists()


def test_deleting_a_question_that_a_route_or_a_fee_looks_at_is_refused_with_their_names():
    page = page_with(
        URGENT, routes=[route(("quartier", "is", "id:Nord"))], fees=[fee("Par enfant", "1", times="enfants")]
    )
    before = {block_id("quartier"): "Quartier", block_id("enfants"): "Enfants", block_id("urgent"): "Urgent ?"}
    messages = lost_questions(before, {block_id("urgent")}, uses(page.steps, page.routes, page.fees))
    assert ["“Quartier”" in messages[0], "route 1" in messages[0]] == [True, True]
    assert ["“Enfants”" in messages[1], "“Par enfant”" in messages[1]] == [True, True]


def test_an_agent_must_answer_for_the_department_of_the_route():
    here, elsewhere = make_department(), make_department()
    agent = make_agent(here)
    page = page_with(URGENT, routes=[route(department=here, agent=agent), route(department=elsewhere, agent=agent)])
    assert [problem.path for problem in misplaced_agents(page.routes, here.pk)] == [(1, "agent")]
    page.routes = [route(agent=agent)]
    assert not misplaced_agents(page.routes, here.pk)
    assert misplaced_agents(page.routes, elsewhere.pk)

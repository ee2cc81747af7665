"""What is shown follows from the answers that count, whatever else was typed before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.definition.compiled import Definition, Rules, Section, Step
from procedures.definition.conditions import holds, visible_questions, visible_steps, walk
from procedures.plugins import Condition, Kept, Question, Rule, operators

RULES = Rules("none", 2, "months", 15, 12, 1, "", "", "", "", "")


def asked(id: str, *rules: Rule, match_all: bool = True, type: str = "short_text") -> Question:
    return Question(id=id, type=type, label=id, condition=Condition(match_all, rules) if rules else None)


def procedure(*steps: tuple[Question, ...], conditions: dict[int, Condition] | None = None) -> Definition:
    conditions = conditions or {}
    made = tuple(
        Step(
            str(place),
            f"step-{place}",
            f"Étape {place}",
            "",
            conditions.get(place),
            (Section("s", "", "", None, questions),),
        )
        for place, questions in enumerate(steps, start=1)
    )
    return Definition("Essai", "fr", made, RULES)


CHAIN = procedure(
    (asked("child", type="yes_no"),),
    (asked("name", Rule("child", "is", True)), asked("school", Rule("name", "is_answered"))),
    (asked("diet", Rule("school", "is", "Pasteur")), asked("note")),
)


def test_a_question_without_condition_is_always_shown():
    assert [question.id for question in walk(CHAIN, {}).questions["3"]] == ["note"]


def test_a_step_with_nothing_to_ask_is_skipped():
    assert [step.key for step in visible_steps(CHAIN, {"child": False})] == ["1", "3"]


def test_an_answer_brings_the_next_question_up():
    shown = visible_questions(CHAIN, CHAIN.steps[1], {"child": True, "name": "Lou"})
    assert [question.id for question in shown] == ["name", "school"]


def test_a_hidden_answer_does_not_count():
    answers: dict[str, Kept] = {"child": False, "name": "Lou", "school": "Pasteur", "diet": "none", "note": "x"}
    path = walk(CHAIN, answers)
    assert path.answers == {"child": False, "note": "x"}
    assert [question.id for question in path.questions["3"]] == ["note"]


def test_a_step_has_a_condition_of_its_own():
    only_if = Condition(True, (Rule("child", "is", True),))
    definition = procedure((asked("child", type="yes_no"),), (asked("name"),), conditions={2: only_if})
    assert [step.key for step in visible_steps(definition, {"child": False})] == ["1"]
    assert [step.key for step in visible_steps(definition, {"child": True})] == ["1", "2"]


@pytest.mark.parametrize(("match_all", "expected"), [(True, False), (False, True)])
def test_all_or_any_of_the_comparisons(match_all: bool, expected: bool):
    condition = Condition(match_all, (Rule("a", "is", "1"), Rule("b", "is", "1")))
    assert holds(condition, {"a": "1", "b": "2"}) is expected


@pytest.mark.parametrize(
    ("operator", "kept", "value", "expected"),
    [
        ("is", "Valmarie", "VALMARIE", True),
        ("is", True, True, True),
        ("is", False, True, False),
        ("is", None, None, False),
        ("is_not", "Angers", "Valmarie", True),
        ("is_not", None, "Valmarie", False),
        ("is_answered", False, None, True),
        ("is_answered", [], None, False),
        ("is_empty", None, None, True),
        ("is_empty", False, None, False),
        ("contains", ["a", "b"], "b", True),
        ("contains", ["ab"], "b", False),
        ("contains", "Rue des Écoles", "écoles", True),
        ("contains", None, "a", False),
        ("greater", "2026-11-21", "2026-02-03", True),
        ("greater", "2026-02-03", "2026-02-03", False),
        ("greater", None, "2026-02-03", False),
        ("less", "1990-07-14", "2008-01-01", True),
        ("less", True, 2, False),
    ],
)
def test_each_comparison(operator: str, kept: Kept, value: Kept, expected: bool):
    assert operators[operator].holds(kept, value) is expected


@pytest.mark.parametrize("operator", [operator for operator in operators if operator.slug != "is_empty"])
def test_without_an_answer_no_comparison_holds(operator):
    for value in (None, "", "x", True, 3):
        assert not operator.holds(None, value)
        assert not operator.holds("", value)


kept_answers = st.one_of(
    st.none(), st.booleans(), st.sampled_from(["", "1", "2", "2026-01-01"]), st.lists(st.sampled_from(["1", "2"]))
)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Procedures whose conditions look back, as the editor makes sure."""
    before: list[str] = []
    steps = []
    conditions: dict[int, Condition] = {}
    for place in range(1, draw(st.integers(1, 4)) + 1):
        if before and draw(st.booleans()):
            conditions[place] = _condition(draw, before)
        questions = []
        for number in range(draw(st.integers(1, 4))):
            id = f"{place}-{number}"
            condition = _condition(draw, before) if before and draw(st.booleans()) else None
            questions.append(Question(id=id, type="short_text", label=id, condition=condition))
            before.append(id)
        steps.append(tuple(questions))
    return procedure(*steps, conditions=conditions)


def _condition(draw: st.DrawFn, before: list[str]) -> Condition:
    rule = st.builds(
        Rule, st.sampled_from(before), st.sampled_from([operator.slug for operator in operators]), kept_answers
    )
    return Condition(draw(st.booleans()), tuple(draw(st.lists(rule, min_size=1, max_size=3))))


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Definition, dict[str, Kept]]:
    definition = draw(definitions())
    ids = [question.id for question in definition.questions()]
    return definition, draw(st.dictionaries(st.sampled_from([*ids, "forged"]), kept_answers))


@given(journeys())
def test_only_answers_to_shown_questions_count(journey):
    definition, answers = journey
    path = walk(definition, answers)
    shown = {question.id for questions in path.questions.values() for question in questions}
    assert set(path.answers) == shown & set(answers)


@given(journeys())
def test_what_is_shown_depends_on_nothing_that_is_hidden(journey):
    definition, answers = journey
    path = walk(definition, answers)
    again = walk(definition, path.answers)
    assert again == path


@given(journeys())
def test_every_shown_question_has_its_condition_met_and_no_hidden_one_has(journey):
    definition, answers = journey
    path = walk(definition, answers)
    for step in definition.steps:
        shown = path.questions.get(step.key, ())
        for question in step.questions:
            is_met = holds(step.condition, path.answers) and holds(question.condition, path.answers)
            # A condition looks back: answers that come later change nothing for it.
            assert (question in shown) == is_met


@given(journeys())
def test_steps_keep_their_order_and_none_is_empty(journey):
    definition, answers = journey
    path = walk(definition, answers)
    places = [definition.steps.index(step) for step in path.steps]
    assert places == sorted(places)
    assert all(path.questions[step.key] for step in path.steps)
    assert path.questions.keys() == {step.key for step in path.steps}

"""What can be reached is what some resident reaches: checked against all the answers that could be given."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from procedures.definition.compiled import Definition, Rules, Section, Step
from procedures.definition.conditions import InRow, walk
from procedures.definition.extent import extent_of
from procedures.definition.reachability import Analysis, Verdict
from procedures.plugins import Choice, Condition, Kept, Question, Rule

RULES = Rules("none", 2, "months", 15, 12, 1, "", "", "", "", "")
CHOICES = tuple(Choice(id, id) for id in "abc")
EVERY_ANSWER: dict[str, list[Kept]] = {
    "yes_no": [True, False],
    "one_choice": ["a", "b", "c"],
    "several_choices": [["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]],
    "date": ["2025-12-31", "2026-01-01", "2026-01-02", "2026-02-01", "2026-02-02"],
    "short_text": ["oui", "non", "oui non", "OUI", "autre"],
}
COMPARISONS: dict[str, list[tuple[str, Kept]]] = {
    "yes_no": [("is", True), ("is", False)],
    "one_choice": [(op, id) for op in ("is", "is_not") for id in "abc"],
    "several_choices": [(op, id) for op in ("contains", "not_contains") for id in "ab"],
    "date": [("greater", "2026-01-01"), ("less", "2026-02-01"), ("less", "2026-01-02"), ("is", "2026-01-01")],
    "short_text": [("is", "oui"), ("is_not", "oui"), ("contains", "non"), ("contains", "oui"), ("not_contains", "non")],
}


def asked(id: str, type: str = "yes_no", when: Condition | None = None, *, required: bool = True) -> Question:
    choices = CHOICES if "choice" in type else ()
    return Question(id=id, type=type, label=id, condition=when, choices=choices, required=required)


def when(*rules: tuple[str, str, Kept] | Condition, match_all: bool = True) -> Condition:
    return Condition(match_all, tuple(rule if isinstance(rule, Condition) else Rule(*rule) for rule in rules))


def procedure(*steps: tuple[Question, ...], conditions: dict[int, Condition] | None = None) -> Definition:
    made = tuple(
        Step(str(place), f"s{place}", "", "", (conditions or {}).get(place), (Section("", "", "", None, questions),))
        for place, questions in enumerate(steps, start=1)
    )
    return Definition("Essai", "fr", made, RULES)


@st.composite
def procedures(draw: st.DrawFn) -> Definition:
    """Up to five questions in two steps, whose conditions look back at any of those before."""
    before: list[Question] = []
    steps: list[list[Question]] = [[], []]
    conditions: dict[int, Condition] = {}
    for number in range(draw(st.integers(2, 5))):
        place = 0 if number < 2 else 1
        if number == 2 and draw(st.booleans()):
            conditions[2] = _condition(draw, before)
        own = _condition(draw, before) if before and draw(st.booleans()) else None
        kind = draw(st.sampled_from(sorted(EVERY_ANSWER)))
        made = asked(f"q{number}", kind, own, required=draw(st.booleans()))
        steps[place].append(made)
        before.append(made)
    return procedure(*(tuple(step) for step in steps if step), conditions=conditions)


def _condition(draw: st.DrawFn, before: list[Question]) -> Condition:
    def rule() -> Rule:
        question = draw(st.sampled_from(before))
        presence: list[tuple[str, Kept]] = [("is_answered", None), ("is_empty", None)]
        return Rule(question.id, *draw(st.sampled_from([*COMPARISONS[question.type], *presence])))

    rules: list[Rule | Condition] = [rule() for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        rules.append(Condition(draw(st.booleans()), (rule(), rule())))
    return Condition(draw(st.booleans()), tuple(rules))


def every_walk(definition: Definition) -> list[dict[str, Kept]]:
    """The answers that count, for every combination of answers there is."""
    questions = list(definition.questions())
    options = [EVERY_ANSWER[question.type] + ([] if question.required else [None]) for question in questions]
    found = []
    for combination in product(*options):
        answers = {question.id: kept for question, kept in zip(questions, combination, strict=True) if kept is not None}
        found.append(walk(definition, answers))
    return found


@given(procedures())
def test_the_verdicts_are_those_of_brute_force(definition):
    walks = every_walk(definition)
    for place in Analysis(definition).places:
        if not place.has_own:
            continue
        reached = [path.answers for path in walks if place.is_met(place.conditions[:-1], path.answers)]
        met = {place.is_met(place.conditions[-1:], answers) for answers in reached}
        expected = Verdict(bool(reached), True in met, False in met)
        assert Analysis(definition).verdicts()[place.id] == expected


@given(procedures())
def test_the_shortest_and_longest_ways_are_those_of_brute_force(definition):
    counts = [sum(len(questions) for questions in path.questions.values()) for path in every_walk(definition)]
    extent = extent_of(definition)
    assert (extent.shortest, extent.longest, extent.is_proven) == (min(counts), max(counts), True)


def test_a_contradiction_may_lie_between_a_step_and_its_question():
    definition = procedure(
        (asked("child"),),
        (asked("school", when=when(("child", "is", False))),),
        conditions={2: when(("child", "is", True))},
    )
    assert Analysis(definition).verdicts()["school"] == Verdict(reached=True, shown=False, hidden=True)


def test_what_depends_on_what_is_never_asked_is_never_reached():
    definition = procedure(
        (asked("a"), asked("b", when=when(("a", "is", True), ("a", "is", False)))),
        (asked("c"),),
        conditions={2: when(("b", "is_answered", None))},
    )
    verdicts = Analysis(definition).verdicts()
    assert verdicts["b"].shown is False
    assert verdicts["s2"].shown is False


def test_a_question_of_a_group_looks_at_its_own_row():
    child = asked("age", "date")
    late = asked("late", when=when(("age", "greater", "2026-01-01"), ("age", "less", "2026-01-02")))
    group = Question("kids", "group", "Enfants", questions=(child, late), options={"min_rows": 1, "max_rows": 3})
    definition = procedure((group,))
    assert Analysis(definition).verdicts()["late"].shown is False
    assert InRow({"kids.1.age": "2026-01-03"}, group, "1")["age"] == "2026-01-03"


def test_what_would_take_too_long_is_not_claimed():
    many = tuple(asked(f"q{number}", required=False) for number in range(40))
    rules = [when((f"q{number}", "is", True), (f"q{number}", "is", False)) for number in range(40)]
    definition = procedure(many, (asked("last"),), conditions={2: when(*rules, match_all=False)})
    assert Analysis(definition).verdicts()["s2"] == Verdict(reached=True, shown=None, hidden=True)


def test_an_answer_nobody_can_foresee_is_not_claimed_impossible():
    definition = procedure((asked("town", "short_text"), asked("b", when=when(("town", "greater", "zz")))))
    assert Analysis(definition).verdicts()["b"].shown is not False


def test_a_chain_of_sixty_conditions_is_walked_without_trying_every_combination():
    chain = [asked("q0")]
    chain += [asked(f"q{number}", when=when((f"q{number - 1}", "is", True))) for number in range(1, 60)]
    analysis = Analysis(procedure(tuple(chain)))
    assert set(analysis.verdicts().values()) == {Verdict(reached=True, shown=True, hidden=True)}
    assert analysis.walks < 200

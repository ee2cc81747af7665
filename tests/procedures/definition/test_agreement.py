"""The browser and the server understand conditions alike: one table of cases, answered by both."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from procedures.definition.compiled import Definition, Rules, Section, Step
from procedures.definition.conditions import Path, walk
from procedures.filing.live import SCRIPTED, live_part, section_config
from procedures.plugins import Condition, Kept, Question, Rule, operators

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's side was not asked")

CASES = 1_500
NO_RULES = Rules("none", 2, "months", 15, 12, 1, "", "", "", "", "")
# Signs of a later Unicode than Python's are no matter of conditions.
words = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=6) | st.sampled_from(
    [
        "École",
        "ecole",
        "ÉCOLE",
        "ß",
        "SS",
        "ﬁn",
        "İ",
        "Σ",
        "ς",
        "2026-02-01",
        "2026-02-28",
        "é",
        "e\u0301",
        "𝕏",
        "￿",
        "مرحبا",
    ]
)
numbers = st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9).map(lambda number: round(number, 2))
simple: st.SearchStrategy[Any] = st.none() | st.booleans() | numbers | words
kept_answers = simple | st.lists(words, max_size=3) | st.dictionaries(words, simple, max_size=2)
IDS = ["a", "b", "c", "g", "x", "y"]

rules = st.builds(Rule, st.sampled_from(IDS), st.sampled_from(sorted(operators.by_slug)), kept_answers)
conditions = st.none() | st.recursive(
    st.builds(Condition, st.booleans(), st.lists(rules, max_size=3).map(tuple)),
    lambda inner: st.builds(Condition, st.booleans(), st.lists(rules | inner, max_size=3).map(tuple)),
    max_leaves=4,
)


def question(id: str, type: str = "short_text", **more: Any) -> st.SearchStrategy[Question]:
    return st.builds(Question, st.just(id), st.just(type), st.just(id), condition=conditions, **more)


group = question("g", "group", questions=st.tuples(question("x"), question("y")))
section_of = st.builds(
    Section, st.just("s"), st.just(""), st.just(""), conditions, st.tuples(question("a"), question("b"), group)
)
last_section = st.builds(Section, st.just("t"), st.just(""), st.just(""), conditions, st.tuples(question("c")))
walks = st.tuples(
    st.tuples(section_of, last_section),
    st.dictionaries(st.sampled_from(["a", "b", "c", "g.1.x", "g.1.y", "g.k2.x", "g.k2.y"]), kept_answers),
    st.sampled_from([[], ["1"], ["1", "k2"]]),
)


def cases(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """As many examples as asked for, the same at each run."""
    found: list[Any] = []

    @settings(
        max_examples=CASES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    return found


@pytest.fixture(scope="module")
def asked() -> tuple[dict[str, Any], list[Any], list[Any]]:
    """What the browser's script says, and the cases it was asked about."""
    compared = cases(st.tuples(st.sampled_from(sorted(operators.by_slug)), kept_answers, kept_answers))
    walked = cases(walks)
    table = {
        "rules": [{"operator": operator, "kept": kept, "value": value} for operator, kept, value in compared],
        "walks": [
            {"sections": [section_config(section, set()) for section in sections], "given": {**answers, "g": rows}}
            for sections, answers, rows in walked
        ],
    }
    return ask(table), compared, walked


def ask(table: dict[str, Any]) -> dict[str, Any]:
    """What the browser's script answers to a table of cases."""
    script = FilePath(__file__).with_name("agree.mjs")
    done = subprocess.run(  # the project's own script, with data on its standard input
        [str(NODE), str(script)], input=json.dumps(table), capture_output=True, text=True, check=True, timeout=120
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_every_operator_has_its_twin_in_the_browser(asked):
    assert asked[0]["operators"] == sorted(operators.by_slug) == sorted(SCRIPTED)


def test_both_compare_alike(asked):
    said, compared, _walked = asked
    differing = [
        (case, theirs)
        for case, theirs in zip(compared, said["rules"], strict=True)
        if operators[case[0]].holds(case[1], case[2]) != theirs
    ]
    assert len(compared) > CASES / 2
    assert not differing


def test_both_show_the_same_questions(asked):
    said, _compared, walked = asked
    for (sections, answers, rows), theirs in zip(walked, said["walks"], strict=True):
        given_answers: dict[str, Kept] = {**answers, "g": rows}
        definition = Definition("?", "fr", (Step("1", "s", "", "", None, sections),), NO_RULES)
        ours = sorted(question.id for question in walk(definition, given_answers).questions.get("1", ()))
        assert ours == theirs, (sections, given_answers)


def test_a_condition_with_an_operator_of_a_package_is_left_to_the_server():
    looked_at = Question("a", "short_text", "a")
    moved = Question("b", "short_text", "b", condition=Condition(True, (Rule("a", "is", "x"),)))
    unknown = Question("c", "short_text", "c", condition=Condition(True, (Rule("a", "starts_with", "x"),)))
    after = Question("d", "short_text", "d", condition=Condition(True, (Rule("c", "is_answered"),)))
    section = Section("s", "", "", None, (looked_at, moved, unknown, after))
    step = Step("1", "s", "", "", None, (section,))
    live = live_part(step, Path((), {}, {}), {})
    assert live is not None
    assert live.moving == {"b"}
    said = ask({"rules": [], "walks": [{"sections": live.config["sections"], "given": {"a": "x", "b": "y"}}]})
    assert said["walks"] == [["a", "b"]]

"""Conditions are said in the words that residents and departments read."""

from __future__ import annotations

from procedures.definition.wording import condition_in_words
from procedures.plugins import Choice, Condition, Question, Rule

QUESTIONS = {
    "urgent": Question("urgent", "yes_no", "Est-ce urgent ?"),
    "paper": Question("paper", "one_choice", "Quel acte ?", choices=(Choice("c1", "Copie"), Choice("c2", "Extrait"))),
    "days": Question("days", "several_choices", "Quels jours ?", choices=(Choice("mon", "Lundi"),)),
    "born": Question("born", "date", "Né le"),
    "name": Question("name", "short_text", "Nom"),
}


def said(*rules: Rule | Condition, match_all: bool = True) -> str:
    return condition_in_words(Condition(match_all, rules), QUESTIONS)


def test_an_answer_is_said_as_residents_read_it():
    assert said(Rule("urgent", "is", True)) == "if “Est-ce urgent ?” is “Yes”"
    assert said(Rule("paper", "is_not", "c2")) == "if “Quel acte ?” is not “Extrait”"
    assert said(Rule("days", "contains", "mon")) == "if “Quels jours ?” contains “Lundi”"
    assert "2026" in said(Rule("born", "less", "2026-02-01"))
    assert "2026-02-01" not in said(Rule("born", "less", "2026-02-01"))


def test_a_comparison_without_value_says_none():
    assert said(Rule("name", "is_answered")) == "if “Nom” has an answer"


def test_all_or_any_and_groups_in_brackets():
    group = Condition(False, (Rule("name", "is", "A"), Rule("name", "is", "B")))
    assert said(Rule("urgent", "is", False), group) == (
        "if “Est-ce urgent ?” is “No” and (“Nom” is “A” or “Nom” is “B”)"
    )


def test_always_and_never_are_told_apart():
    assert condition_in_words(None, QUESTIONS) == ""
    assert condition_in_words(Condition(False, ()), QUESTIONS) == "never: switched off for now"


def test_several_answers_are_said_one_by_one():
    assert said(Rule("paper", "is", ["c1", "c2"])) == "if “Quel acte ?” is “Copie” or “Extrait”"


def test_a_question_that_is_gone_or_an_odd_value_is_still_said():
    assert "a question that is gone" in said(Rule("lost", "is", "x"))
    assert "pas une date" in said(Rule("born", "is", "pas une date"))

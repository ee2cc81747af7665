"""Expressions of Publik become conditions that hold for the same answers."""

import pytest
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from procedures.definition.conditions import holds
from procedures.definition.importing.publik.comparing import Asked, InconvertibleError, Option
from procedures.definition.importing.publik.conditions import convert
from procedures.definition.importing.publik.expressions import ExpressionError, Literal, parse
from procedures.definition.importing.publik.folding import Scope
from procedures.definition.importing.publik.templates import as_value
from procedures.plugins import Condition, Rule

OPTIONS = (Option("c-moi", "Moi-même", "moi"), Option("c-tiers", "Un tiers, une société", "tiers"))
FRUITS = (Option("c-pomme", "Pomme", "Pomme"), Option("c-poire", "Poire", "Poire"), Option("c-noix", "Noix", "Noix"))
QUESTIONS = {
    "qui": [Asked("qui", "qui", "choice", OPTIONS)],
    "fruits": [Asked("fruits", "fruits", "list", FRUITS)],
    "ok": [Asked("ok", "ok", "boolean")],
    "ville": [Asked("ville", "ville", "text")],
    "age": [Asked("age", "age", "number")],
    "jour": [Asked("jour", "jour", "date")],
    "piece": [Asked("piece", "piece", "")],
    "deux_fois": [Asked("un", "deux_fois", "text"), Asked("deux", "deux_fois", "text")],
    "eteinte": [Asked("eteinte", "eteinte", "text", never=True)],
}
FORM_OPTIONS = {"prix": "5", "vide": None, "oui": True, "non": False, "liste": "7100,7110"}


def scope():
    names = {*QUESTIONS, "plus_tard"}
    values = {"calcul": as_value("{% if form_var_qui_raw == 'moi' %}True{% else %}False{% endif %}")}
    return Scope(FORM_OPTIONS, names, values)


def told(text):
    """The condition in short: « any(qui is c-moi, all(…)) »."""
    stored = convert(text, scope(), QUESTIONS).stored
    return "always" if stored is None else _short(stored)


def _short(stored):
    if stored["match"] == "never":
        return "never"
    rules = [" ".join(filter(None, item["value"].values())) for item in stored["rules"]]
    groups = [_short(item["value"]) for item in stored.get("groups", [])]
    return f"{stored['match']}({', '.join(rules + groups)})"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('form_var_qui == "Moi-même"', "all(qui is c-moi)"),
        ('"Moi-même" == form_var_qui', "all(qui is c-moi)"),
        ("form_var_qui_raw == 'tiers'", "all(qui is c-tiers)"),
        ("form_var_qui == 'tiers'", "all(qui is c-tiers)"),  # words and ids mixed up by the author
        ('form_var_qui == "Personne"', "never"),
        ('form_var_qui != "Moi-même"', "any(qui is_not c-moi, qui is_empty)"),
        ('"soci" in form_var_qui|lower', "all(qui is c-tiers)"),
        ('form_var_qui in "Moi-même,Autre"', "all(qui is c-moi)"),
        ("form_var_qui", "all(qui is_answered)"),
        ("not form_var_qui", "all(qui is_empty)"),
        ("form_var_qui is not null", "all(qui is_answered)"),
        ("form_var_qui is None", "all(qui is_empty)"),
        ('"Po" in form_var_fruits', "any(fruits contains c-pomme, fruits contains c-poire)"),
        ('form_var_fruits == "Noix"', "all(fruits contains c-noix)"),
        ("form_var_fruits|length > 0", "all(fruits is_answered)"),
        ("form_var_ok", "all(ok is yes)"),
        ("not form_var_ok", "any(ok is no, ok is_empty)"),
        ("form_var_ok == True", "all(ok is yes)"),
        ("form_var_ok == 'False'", "any(ok is no, ok is_empty)"),
        ('form_var_ville == "Namur"', "all(ville is Namur)"),
        ('form_var_ville|lower == "namur"', "all(ville is namur)"),
        ('form_var_ville == ""', "all(ville is_empty)"),
        ('"mur" in form_var_ville', "all(ville contains mur)"),
        ('"mur" not in form_var_ville|lower', "any(ville not_contains mur, ville is_empty)"),
        ("form_var_ville in form_option_liste|split:','", "any(ville is 7100, ville is 7110)"),
        ("form_var_age > 17", "all(age greater 17)"),
        ("form_var_age >= 18", "any(age greater 18, age is 18)"),
        ("18 <= form_var_age", "any(age greater 18, age is 18)"),
        ('form_var_jour|date < "31/12/2030"', "all(jour less 2030-12-31)"),
        ("form_var_piece", "all(piece is_answered)"),
        ("false", "never"),
        ("False", "never"),
        ("form_option_vide", "never"),
        ("not form_option_vide", "always"),
        ("form_option_prix", "always"),
        ('form_option_prix == "5" and form_var_ok', "all(ok is yes)"),
        ("form_option_oui or form_var_ok", "always"),
        ("form_option_non or form_var_ok", "all(ok is yes)"),
        ("form_option_inconnue|default:'2' == '2'", "always"),
        ("form_var_deux_fois == 'a'", "any(un is a, deux is a)"),
        ("form_var_deux_fois", "any(un is_answered, deux is_answered)"),
        ("form_var_deux_fois|length == 0", "all(un is_empty, deux is_empty)"),
        ("form_var_eteinte == 'a'", "never"),
        ("form_var_eteinte_price", "never"),
        ("form_var_calcul", "always"),  # « False » as a text is something
        ("form_var_calcul == 'True'", "all(qui is c-moi)"),
        (
            "form_var_ok and form_var_ville == 'a' or form_var_qui_raw == 'moi'",
            "any(qui is c-moi, all(ok is yes, ville is a))",
        ),
        ("not form_var_ok and form_var_ville", "all(ville is_answered, any(ok is no, ok is_empty))"),
        ('form_var_qui_raw == "moi" and form_var_qui_raw == "tiers"', "never"),
    ],
)
def test_an_expression_becomes_the_condition_that_says_the_same(text, wanted):
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("form_var_jour < form_var_jour", "two answers"),
        ("form_var_jour > today", "depends on the day"),
        ("form_var_plus_tard == 'a'", "asked later"),
        ("form_var_ville < 3", "neither a number nor a date"),
        ("form_var_jour|age_in_years >= 18", "age_in_years"),
        ("form_var_qui_structured_price == 3", "kept outside"),
        ("form_var_ville|length > 4", "counts"),
        ("form_var_piece == 'a'", "there or not"),
        ("form_var_ville ==", "not understood"),
        ("((form_var_ville", "not understood"),
        ("form_var_ville == 'a' form_var_ok", "not understood"),
        ("not " * 400 + "form_var_ok", "not understood"),
        ("(" * 4000, "not understood"),
    ],
)
def test_what_our_conditions_cannot_say_is_left_with_the_reason(text, why):
    with pytest.raises(InconvertibleError, match=why):
        convert(text, scope(), QUESTIONS)


def test_what_is_not_in_the_file_counts_as_empty_and_is_named():
    converted = convert("session_user|is_admin or data_source.schools|length > 0", scope(), QUESTIONS)
    assert converted.never
    assert converted.missing == ("data_source.schools", "session_user")


def test_nothing_of_an_expression_is_ever_evaluated():
    with pytest.raises(ExpressionError):
        parse("__import__('os').system('true')")
    assert parse("'{% load x %}'") == Literal("{% load x %}")


ATOMS = st.sampled_from(
    [
        'form_var_qui == "Moi-même"',
        'form_var_qui != "Moi-même"',
        "form_var_qui_raw == 'tiers'",
        "form_var_qui_raw != 'tiers'",
        '"soci" in form_var_qui|lower',
        '"soci" not in form_var_qui|lower',
        '"soci" not in form_var_qui',
        "form_var_qui",
        "form_var_ok",
        "form_var_ok == True",
        "form_var_ville == 'b'",
        "form_var_ville != 'b'",
        "'ab' in form_var_ville",
        "'ab' not in form_var_ville",
        "form_var_age > 3",
        "form_var_age <= 3",
        "form_option_vide",
        'form_option_prix == "5"',
        "nowhere.to_be_found",
        "false",
    ]
)
EXPRESSIONS = st.lists(
    st.tuples(st.sampled_from(["", "not "]), ATOMS, st.sampled_from([" and ", " or "])), min_size=1, max_size=5
).map(lambda parts: "".join(f"{negation}{atom}{joint}" for negation, atom, joint in parts).rsplit(" ", 2)[0])
ANSWERS = st.fixed_dictionaries(
    {
        "qui": st.sampled_from([None, *OPTIONS]),
        "ok": st.booleans(),
        "ville": st.sampled_from([None, "a", "b", "abc"]),
        "age": st.sampled_from([None, 2, 3, 4]),
    }
)
DJANGO = Engine()


def in_django(text, answers):
    """What Django's own « if » says of the expression: a reference only, on our own words."""
    who = answers["qui"]
    values = {
        "form_var_qui": who and who.label,
        "form_var_qui_raw": who and who.raw,
        "form_var_ok": answers["ok"],
        "form_var_ville": answers["ville"],
        "form_var_age": answers["age"],
        **{f"form_option_{name}": value for name, value in FORM_OPTIONS.items()},
    }
    return DJANGO.from_string(f"{{% if {text} %}}yes{{% endif %}}").render(Context(values)) == "yes"


def as_condition(stored):
    if stored is None:
        return None
    if stored["match"] == "never":
        return Condition(False, ())
    parts = [_rule(**item["value"]) for item in stored["rules"]]
    parts += [as_condition(item["value"]) for item in stored.get("groups", [])]
    return Condition(stored["match"] == "all", tuple(parts))


def _rule(question, operator, value):
    if question == "ok":
        return Rule(question, operator, {"yes": True, "no": False}.get(value))
    return Rule(question, operator, int(value) if question == "age" and value else value)


@given(text=EXPRESSIONS, answers=ANSWERS)
def test_a_condition_holds_exactly_where_djangos_own_if_does(text, answers):
    kept = {**answers, "qui": answers["qui"] and answers["qui"].id}
    condition = as_condition(convert(text, scope(), QUESTIONS).stored)
    assert holds(condition, kept) == in_django(text, answers)

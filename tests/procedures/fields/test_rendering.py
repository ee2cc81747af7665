"""Every type of question is a field that a screen reader can announce: name, help and error, in that order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from procedures.filing.forms import StepForm
from procedures.plugins import FieldType, field_types

ASKING = [kind for kind in field_types if kind.asks and not kind.nests]
every_kind = pytest.mark.parametrize("kind", ASKING, ids=lambda kind: kind.slug)
CONTROLS = "input:not([type=hidden]), select, textarea"


def shown(kind: FieldType, *, sent: bool, lang: str = "fr") -> tuple[BeautifulSoup, StepForm]:
    """The question as a page shows it, after an empty post when ``sent``."""
    question = replace(kind.sample(), label="La question", help="Un exemple de réponse", required=True, lang=lang)
    form = StepForm((question,), MultiValueDict(), waiting={}, quiet=not sent)
    return BeautifulSoup(form[question.id].as_field_group(), "html.parser"), form


def named(control: Tag, page: BeautifulSoup) -> str:
    """What names a control: its label, with the legends of the fieldsets around it."""
    labels = page.select(f"label[for='{control['id']}']")
    around = [fieldset.find("legend", recursive=False) for fieldset in control.find_parents("fieldset")]
    assert labels, control
    return " ".join(tag.get_text(" ", strip=True) for tag in [*labels, *around] if tag)


@every_kind
def test_every_control_has_a_label_and_says_the_question(kind: FieldType):
    page, _form = shown(kind, sent=False)
    controls = page.select(CONTROLS)
    assert controls
    for control in controls:
        assert "La question" in named(control, page)


@every_kind
@pytest.mark.parametrize("sent", [False, True], ids=["fresh", "refused"])
def test_help_and_errors_are_pointed_at_and_no_id_comes_twice(kind: FieldType, sent: bool):
    page, _form = shown(kind, sent=sent)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    pointed = {name for tag in page.select("[aria-describedby]") for name in str(tag["aria-describedby"]).split()}
    assert pointed <= set(ids)
    notes = page.select(".help, .error")
    assert {str(note["id"]) for note in notes if not note.find_parent("legend")} <= pointed
    assert any("Un exemple de réponse" in note.get_text() for note in notes)
    assert bool(page.select(".error")) == sent


@every_kind
def test_the_list_of_errors_leads_to_a_control(kind: FieldType):
    page, form = shown(kind, sent=True)
    form.full_clean()
    summary = BeautifulSoup(render_to_string("components/error_summary.html", {"form": form}), "html.parser")
    links = [str(link["href"]).removeprefix("#") for link in summary.select("a")]
    controls = {control["id"] for control in page.select(CONTROLS)}
    assert links
    assert set(links) <= controls
    assert any(control.get("aria-invalid") == "true" for control in page.select(CONTROLS))


@every_kind
def test_a_question_that_is_not_translated_says_its_language_and_its_parts_theirs(kind: FieldType):
    with translation.override("ar"):
        page, _form = shown(kind, sent=False)
    label = page.find(string=lambda text: "La question" in text)
    assert label
    assert label.find_parent(attrs={"lang": "fr"})


@every_kind
def test_a_group_of_controls_says_help_and_error_on_the_way_in(kind: FieldType):
    """In its legend: not every screen reader says what describes a fieldset."""
    page, _form = shown(kind, sent=True)
    for fieldset in page.select("fieldset:not(fieldset fieldset)"):
        assert not fieldset.get("aria-describedby")
        legend = fieldset.find("legend", recursive=False)
        box = page.select_one("label.choice input")  # one alone says it itself
        assert "Un exemple de réponse" in legend.get_text() or (box and box["aria-describedby"])


@every_kind
@pytest.mark.parametrize("is_needed", [True, False])
def test_what_needs_an_answer_is_announced_so(kind: FieldType, is_needed: bool):
    question = replace(kind.sample(), required=is_needed)
    form = StepForm((question,), MultiValueDict(), waiting={}, quiet=True)
    page = BeautifulSoup(form[question.id].as_field_group(), "html.parser")
    controls = [control for control in page.select(CONTROLS) if control.find_parent(class_="field--choices") is None]
    said = [control for control in controls if control.get("aria-required") == "true"]
    assert bool(said) == (is_needed and bool(controls) and kind.slug != "place")  # a place has two ways to answer
    assert not page.select("[required]")  # said to be wrong before anything is typed


def test_the_first_part_of_a_signature_says_what_is_signed():
    page, _form = shown(field_types["signature"], sent=False)
    (box,) = page.select(CONTROLS)
    assert "Je certifie" in page.select_one(f"#{box['aria-describedby']}").get_text()


def test_what_a_town_leaves_untranslated_is_marked_word_by_word():
    """« Facultatif », yes and no, and what a resident types are in the language of the page."""
    question = replace(field_types["yes_no"].sample(), label="La question", required=False, lang="fr")
    with translation.override("ar"):
        form = StepForm((question,), MultiValueDict(), waiting={}, quiet=True)
        page = BeautifulSoup(form[question.id].as_field_group(), "html.parser")
    assert [tag.get_text() for tag in page.select("[lang]")] == ["La question"]


@every_kind
def test_a_link_to_the_question_finds_what_takes_the_focus(kind: FieldType):
    """From the summary, and from the list of questions that an answer has brought up."""
    page, form = shown(kind, sent=False)
    target = page.find(id=form[kind.sample().id].auto_id)
    assert target
    assert target.name in {"input", "select", "textarea"} or target.get("tabindex") == "-1"

"""Questions repeated for each child: rows added and taken away without JavaScript, each with its own conditions."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from procedures.definition.rows import without_lost_rows
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import Resident, asked_in
from tests.factories.procedures import block_id, condition, make_procedure, question, section, step

pytestmark = pytest.mark.django_db
CHILDREN = block_id("enfants")


def name_of(row: str, id: str) -> str:
    return f"{CHILDREN}.{row}.{block_id(id)}"


@pytest.fixture
def family() -> Resident:
    children = question(
        "group",
        "Vos enfants",
        id="enfants",
        row_name="enfant",
        min_rows=1,
        max_rows=3,
        questions=[
            question("short_text", "Prénom", id="prenom"),
            question("yes_no", "Mange-t-il à la cantine ?", id="cantine"),
            question("short_text", "Allergies", id="allergies", condition=condition(("cantine", "is", "yes"))),
        ],
    )
    others = section(
        "Autre",
        question("yes_no", "Autre chose ?", id="autre"),
        condition=condition(("enfants", "is_answered")),
    )
    return Resident(make_procedure(step("Famille", children, others), slug="famille"))


def two_children(**more: str) -> dict[str, object]:
    return {
        CHILDREN: ["1", "2"],
        name_of("1", "prenom"): "Lou",
        name_of("1", "cantine"): "yes",
        name_of("1", "allergies"): "Arachides",
        name_of("2", "prenom"): "Zoé",
        name_of("2", "cantine"): "no",
        block_id("autre"): "no",
        **more,
    }


def test_a_group_opens_with_the_rows_it_needs(family):
    page = family.get("1").text
    assert page.count(f'name="{CHILDREN}"') == 1
    assert name_of("1", "prenom") in asked_in(page)
    assert name_of("1", "allergies") not in asked_in(page)


def test_a_row_is_added_and_what_was_typed_is_still_there(family):
    family.post("1", {CHILDREN: ["1"], name_of("1", "prenom"): "Lou", f"add-{CHILDREN}": "1"})
    page = family.get("1").text
    assert f'name="{name_of("2", "prenom")}"' in page
    assert 'value="Lou"' in page


def test_each_row_follows_its_own_answers(family):
    family.post("1", {CHILDREN: ["1", "2"], name_of("1", "cantine"): "yes", name_of("2", "cantine"): "no"})
    page = family.get("1").text
    assert name_of("1", "allergies") in asked_in(page)
    assert name_of("2", "allergies") not in asked_in(page)


def test_a_row_that_is_taken_away_leaves_nothing_behind(family):
    family.post("1", {CHILDREN: ["1"], name_of("1", "prenom"): "x", name_of("1", "cantine"): "yes"})
    family.post("1", two_children(**{f"drop-{CHILDREN}.1": "1"}))
    data = family.draft().data
    assert data["answers"][CHILDREN] == ["2"]
    assert not [key for key in data["answers"] if ".1." in key]
    assert "Lou" not in family.get("1").text


def test_the_request_holds_each_row_in_words(family):
    family.post("1", {CHILDREN: ["1", "2"], name_of("1", "cantine"): "yes"})
    assert family.post("1", two_children()).headers["Location"] == family.url("verifier")
    family.send()
    answers = ServiceRequest.objects.get().answers
    assert [(answer["label"], answer["shown"]) for answer in answers] == [
        ("Vos enfants", "2"),
        ("Prénom (enfant 1)", "Lou"),
        ("Mange-t-il à la cantine ? (enfant 1)", "Oui"),
        ("Allergies (enfant 1)", "Arachides"),
        ("Prénom (enfant 2)", "Zoé"),
        ("Mange-t-il à la cantine ? (enfant 2)", "Non"),
        ("Autre chose ?", "Non"),
    ]


@pytest.mark.parametrize("rows", [["1", "2", "3", "4"], ["../../etc"], ["x" * 300], [""] * 500])
def test_rows_that_are_too_many_or_nonsense_are_refused_in_words(family, rows):
    response = family.post("1", {**two_children(), CHILDREN: rows})
    assert response.status_code in (200, 422)
    assert family.get("1").status_code == 200


def test_answers_of_lost_rows_are_told_from_all_others():
    answers = {"g": ["2"], "g.1.a": "gone", "g.2.a": "kept", "plain": "kept", "other.1.a": "kept"}
    assert without_lost_rows(answers) == {"g": ["2"], "g.2.a": "kept", "plain": "kept", "other.1.a": "kept"}


def test_the_page_comes_back_at_the_row_that_was_added_or_at_its_group(family):
    added = family.post("1", {**two_children(), f"add-{CHILDREN}": "1"})
    fragment = added["Location"].partition("#")[2]
    target = BeautifulSoup(family.get("1").text, "html.parser").find(id=fragment)
    assert (target.legend.get_text(), target["tabindex"]) == ("Enfant 3", "-1")
    dropped = family.post("1", {**two_children(), f"drop-{CHILDREN}.1": "1"})
    target = BeautifulSoup(family.get("1").text, "html.parser").find(id=dropped["Location"].partition("#")[2])
    assert (target.legend.get_text(strip=True), target["tabindex"]) == ("Vos enfants", "-1")


def test_a_row_added_on_the_way_back_to_the_summary_does_not_lose_it(family):
    family.post("1", two_children())
    added = family.client.post(f"{family.url('1')}?retour=1", {**two_children(), f"add-{CHILDREN}": "1"})
    assert "?retour=1#" in added["Location"]


def test_what_is_not_translated_is_marked_in_the_buttons_of_rows_and_in_the_list_of_errors(family):
    arabic = Resident(family.procedure, "/ar")
    arabic.client = family.client
    page = BeautifulSoup(arabic.post("1", {**two_children(), name_of("1", "prenom"): ""}).text, "html.parser")
    (error,) = page.select("[data-error-summary] a")
    buttons = page.select("button[name^='add-'], button[name^='drop-']")
    assert [place.select_one("[lang=fr]").get_text() for place in (error, *buttons)] == [
        "Prénom (enfant 1)",
        "enfant 1",
        "enfant 2",
        "enfant",
    ]


def test_the_place_that_a_row_took_is_left_behind_when_the_resident_goes_on(family):
    """A fragment follows a post that names no address, and takes the focus from the list of errors."""
    form = BeautifulSoup(family.get("1").text, "html.parser").select_one("form[data-autosave]")
    assert form["action"] == family.url("1")

"""Two tabs or two devices on one draft: both versions are shown, nothing is lost."""

import re
from html import unescape

import pytest

from procedures.filing.storage import Change, DraftStorage
from procedures.filing.tabs import Mark, OvertakenError
from tests.factories.filing import EXTRACT, WHO, Resident, typed
from tests.factories.procedures import block_id, make_procedure, question, step

pytestmark = pytest.mark.django_db


def mark_in(page):
    return re.search(r'name="seen" value="([^"]+)"', page.text).group(1)


def who(**changes):
    return {**WHO, **typed(**changes)}


def form_of(page):
    """What the browser sends from the page with both versions: its hidden fields and first choices."""
    fields = {}
    for tag in re.findall(r"<input[^>]+>", page.text.split('<form class="form"')[1]):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in found and (found.get("type") == "hidden" or "checked" in tag):
            fields[unescape(found["name"])] = unescape(found["value"])
    return fields


@pytest.fixture
def two(resident):
    """The marks of one step, opened in two tabs of a browser that holds a draft."""
    resident.post("1", WHO)
    return mark_in(resident.get("1")), mark_in(resident.get("1"))


def test_the_slower_tab_is_shown_both_versions_and_nothing_is_written(resident, two):
    first, second = two
    assert resident.post("1", who(nom="Benali"), seen=first).status_code == 302
    page = resident.post("1", who(nom="Durand", prenom="Nadia"), seen=second)
    assert page.status_code == 409
    assert "Benali" in page.text
    assert "Durand" in page.text
    assert "Prénom" not in page.text  # the same in both
    assert "Benali" in resident.get("1").text


def test_ones_own_version_can_be_kept(resident, two):
    resident.post("1", who(nom="Benali"), seen=two[0])
    page = resident.post("1", who(nom="Durand"), seen=two[1])
    assert resident.post("1", form_of(page)).headers["Location"] == resident.url("2")
    kept = resident.get("1").text
    assert "Durand" in kept
    assert "nadia@example.org" in kept


def test_the_other_version_can_be_kept_question_by_question(resident, two):
    resident.post("1", who(nom="Benali", prenom="Inès"), seen=two[0])
    page = resident.post("1", who(nom="Durand", prenom="Léa"), seen=two[1])
    chosen = form_of(page) | {f"keep-{block_id('nom')}": "theirs"}
    assert resident.post("1", chosen).status_code == 302
    kept = resident.get("1").text
    assert "Benali" in kept
    assert "Léa" in kept
    assert "Durand" not in kept


def test_a_third_tab_in_between_is_noticed_too(resident, two):
    third = mark_in(resident.get("1"))
    resident.post("1", who(nom="Benali"), seen=two[0])
    page = resident.post("1", who(nom="Durand"), seen=two[1])
    resident.post("1", form_of(page))
    assert resident.post("1", who(nom="Petit"), seen=third).status_code == 409


def test_the_button_that_was_pressed_is_not_forgotten(resident, two):
    resident.post("1", who(nom="Benali"), seen=two[0])
    page = resident.post("1", who(nom="Durand"), seen=two[1], later="1")
    assert resident.post("1", form_of(page)).headers["Location"].endswith("/plus-tard/")


def test_the_same_values_are_no_conflict(resident, two):
    resident.post("1", who(nom="Benali"), seen=two[0])
    assert resident.post("1", who(nom="Benali"), seen=two[1]).status_code == 302


def test_a_page_never_overtakes_itself(resident, two):
    """Going back in the browser's history, a second click, saving while typing."""
    for name in ("Benali", "Durand", "Petit"):
        assert resident.post("1", who(nom=name), seen=two[0]).status_code == 302


def test_another_step_is_no_conflict(resident, two):
    assert resident.post("2", EXTRACT).status_code == 302
    assert resident.post("1", who(nom="Benali"), seen=two[0]).status_code == 302


def test_two_first_pages_of_one_browser_are_compared_too(resident):
    first, second = mark_in(resident.get("1")), mark_in(resident.get("1"))
    resident.post("1", who(nom="Benali"), seen=first)
    assert resident.post("1", who(nom="Durand"), seen=second).status_code == 409


def test_a_second_device_is_compared_like_a_second_tab(resident, two):
    phone = Resident(resident.procedure)
    phone.client.cookies = resident.client.cookies
    seen = mark_in(phone.get("1"))
    resident.post("1", who(nom="Benali"), seen=two[0])
    assert phone.post("1", who(nom="Durand"), seen=seen).status_code == 409


def test_saving_while_typing_stops_and_says_so(resident, two):
    resident.post("1", who(nom="Benali"), seen=two[0])
    headers = {"Origin": "http://testserver", "X-Autosave": "1"}
    response = resident.client.post(resident.url("1"), who(nom="Durand", seen="x") | {"seen": two[1]}, headers=headers)
    assert (response.status_code, response.json()["stop"]) == (409, True)
    assert "see both versions" in response.json()["text"]
    assert "Benali" in resident.get("1").text


def test_choices_are_said_in_words(resident):
    resident.answer_everything()
    first, second = mark_in(resident.get("2")), mark_in(resident.get("2"))
    resident.post("2", typed(document=block_id("Copie intégrale"), urgent="yes", pourquoi="Vite"), seen=first)
    page = resident.post("2", typed(document=block_id("Extrait"), urgent=""), seen=second)
    for words in ("Copie intégrale", "Extrait", "Nothing", "Vite"):
        assert words in page.text


def test_rows_of_a_group_are_compared(private_folder):
    procedure = make_procedure(
        step("Enfants", question("group", "Enfants", id="g", questions=[question("short_text", "Prénom", id="p")]))
    )
    resident = Resident(procedure)
    group, child = block_id("g"), block_id("p")
    resident.post("1", {group: ["1"], f"{group}.1.{child}": "Inès"})
    first, second = mark_in(resident.get("1")), mark_in(resident.get("1"))
    resident.post("1", {group: ["1", "2"], f"{group}.1.{child}": "Inès", f"{group}.2.{child}": "Léa"}, seen=first)
    page = resident.post("1", {group: ["1"], f"{group}.1.{child}": "Ines"}, seen=second)
    assert page.status_code == 409
    for words in ("Inès", "Ines", "Léa"):
        assert words in page.text


@pytest.mark.parametrize("seen", ["", "x", "1", "-1.a", "1.", "9" * 12 + ".a", "0.<b>"])
def test_a_mark_that_is_none_changes_nothing(resident, two, seen):
    assert resident.post("1", who(nom="Benali"), seen=seen).status_code == 302


def test_a_race_between_two_savings_is_seen_as_well(resident):
    resident.post("1", WHO)
    tabs = [DraftStorage("filing"), DraftStorage("filing")]
    for tab in tabs:
        tab.open(resident.draft())
    name = block_id("nom")
    tabs[0].save(Change("1", {name: ["Benali"]}, frozenset(), {}, Mark(1, "a")), "fr")
    with pytest.raises(OvertakenError):
        tabs[1].save(Change("1", {name: ["Durand"]}, frozenset(), {}, Mark(1, "b")), "fr")
    assert resident.draft().data["step_data"]["1"] == {name: ["Benali"]}

"""Answers in several parts, on their way from the form to the inbox."""

from __future__ import annotations

import pytest
import time_machine
from bs4 import BeautifulSoup

from procedures.inbox.models import ServiceRequest
from tests.factories.filing import Resident
from tests.factories.procedures import block_id, condition, make_procedure, question, step

pytestmark = pytest.mark.django_db
NAME, STAY, EMAIL, COST, AGREED, SIGNED = (
    block_id(id) for id in ("nom", "sejour", "courriel", "cout", "accord", "signature")
)


@pytest.fixture
def traveller() -> Resident:
    return Resident(
        make_procedure(
            step(
                "Vous",
                question("name", "Votre nom", id="nom", ask_title=True, ask_usage=True),
                question("email", "Votre adresse", id="courriel"),
            ),
            step(
                "Séjour",
                question("period", "Dates du séjour", id="sejour"),
                question("amount", "Coût", id="cout"),
                question("consent", "Photos", id="accord", statement="J’accepte.", required=False),
                question(
                    "signature",
                    "Signature",
                    id="signature",
                    statement="Je certifie.",
                    condition=condition(("cout", "greater", "100")),
                ),
            ),
            slug="sejour",
        )
    )


def you(**parts: str) -> dict[str, str]:
    typed = {"given": "Amélie", "family": "Durand", "usage": "", "title": ""} | parts
    return {**{f"{NAME}_{part}": value for part, value in typed.items()}, EMAIL: "amelie@exemple.fr"}


def stay(**more: str) -> dict[str, str]:
    return {f"{STAY}_from": "01/07/2027", f"{STAY}_to": "14/07/2027", COST: "120,50", **more}


def value_of(page: BeautifulSoup, id: str) -> str:
    found = page.select_one(f"[id='{id}']")
    assert found
    return str(found.get("value", ""))


def test_what_was_typed_in_each_part_stays_when_one_is_wrong(traveller: Resident) -> None:
    traveller.post("1", you(family="", given="Amélie Rose"))
    page = BeautifulSoup(traveller.get("1").text, "html.parser")
    assert value_of(page, f"id_{NAME}_given") == "Amélie Rose"
    assert value_of(page, f"id_{NAME}_family") == ""


def test_an_error_names_its_part_and_leads_to_it(traveller: Resident) -> None:
    page = BeautifulSoup(traveller.post("1", you(family="")).text, "html.parser")
    links = page.select("[data-error-summary] a")
    assert [link["href"] for link in links] == [f"#id_{NAME}_family"]
    assert "Votre nom" in links[0].get_text()
    family = page.select_one(f"[id='id_{NAME}_family']")
    assert family
    assert family["aria-invalid"] == "true"
    assert page.select_one(f"[id='{family['aria-describedby']}']")
    given = page.select_one(f"[id='id_{NAME}_given']")
    assert given
    assert not given.get("aria-invalid")


def test_what_is_wrong_with_the_parts_together_is_said_at_the_one_to_change(traveller: Resident) -> None:
    traveller.post("1", you())
    page = BeautifulSoup(traveller.post("2", stay(**{f"{STAY}_to": "30/06/2027"})).text, "html.parser")
    hrefs = [link["href"] for link in page.select("[data-error-summary] a")]
    assert f"#id_{STAY}_to" in hrefs
    assert value_of(page, f"id_{STAY}_to") == "30/06/2027"


def test_a_condition_compares_amounts_in_euros(traveller: Resident) -> None:
    traveller.post("1", you())
    assert f"{SIGNED}_name" not in traveller.post("2", stay(**{COST: "99,99 €"})).text
    traveller.post("2", stay())
    assert f"{SIGNED}_name" in traveller.get("2").text


@time_machine.travel("2026-11-21 10:00:00+01:00", tick=False)
def test_the_inbox_gets_the_parts_as_they_are_and_in_words(traveller: Resident) -> None:
    traveller.post("1", you(title="mme", usage="Le Goff"))
    traveller.post("2", stay(**{f"{SIGNED}_name": "Amélie Durand", AGREED: "yes"}))
    traveller.send()
    request = ServiceRequest.objects.get()
    assert request.requester_name == "Amélie Le Goff"
    answers = {answer["question_id"]: answer for answer in request.answers}
    assert answers[NAME]["value"] == {"title": "mme", "given": "Amélie", "family": "Durand", "usage": "Le Goff"}
    assert answers[STAY]["value"] == {"from": "2027-07-01", "to": "2027-07-14"}
    assert answers[COST]["value"] == 12050
    assert answers[AGREED]["value"] is True
    assert answers[SIGNED]["value"] == {"name": "Amélie Durand", "on": "2026-11-21T09:00:00+00:00"}
    assert all(answer["agent_shown"] for answer in answers.values())


def test_parts_come_back_on_the_way_back(traveller: Resident) -> None:
    traveller.post("1", you(title="m"))
    page = BeautifulSoup(traveller.get("1").text, "html.parser")
    assert value_of(page, f"id_{NAME}_family") == "Durand"
    chosen = page.select_one(f"[id='id_{NAME}_title'] option[selected]")
    assert chosen
    assert chosen["value"] == "m"

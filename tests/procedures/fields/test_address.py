"""Postal addresses: the town from the postcode, the district from both."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from directory.models import District
from procedures.definition.wagtail_hooks import condition_editor
from procedures.definition.wording import rule_in_words
from procedures.plugins import Rule, field_types, operators
from tests.factories.filing import Resident
from tests.factories.procedures import block_id, condition, make_procedure, question, step

ADDRESS = field_types["address"]


def clean(options: dict[str, Any] | None = None, **typed: str) -> Any:
    asked = replace(ADDRESS.sample(), options=options or {}, required=True)
    return ADDRESS.keep(ADDRESS.form_field(asked).clean({"street": "2 place du Parvis", **typed}))


def wrong(options: dict[str, Any] | None = None, **typed: str) -> tuple[str, str]:
    with pytest.raises(ValidationError) as error:
        clean(options, **typed)
    found = error.value.error_list[0] if hasattr(error.value, "error_list") else error.value
    return getattr(found, "part", ""), " ".join(error.value.messages)


def test_a_postcode_with_one_town_needs_no_town():
    assert clean(postcode="49100", town="")["town"] == "Angers"


def test_a_postcode_with_several_towns_asks_which_and_names_them():
    part, message = wrong(postcode="49000", town="")
    assert part == "town"
    assert "Angers, Écouflant" in message


def test_a_town_nobody_knows_is_kept_as_it_was_typed():
    kept = clean(postcode="49000", town="Valmarie")
    assert (kept["town"], "insee" in kept) == ("Valmarie", False)


@pytest.mark.parametrize("postcode", ["4900", "ABCDE", "490000", "²²²²²"])
def test_a_french_postcode_has_five_digits(postcode):
    assert wrong(postcode=postcode, town="Angers")[0] == "postcode"


def test_an_address_abroad_needs_its_town_and_no_french_postcode():
    assert clean({"abroad": True}, postcode="1000", town="Bruxelles", country="BE")["country"] == "BE"
    assert wrong({"abroad": True}, postcode="1000", town="", country="BE")[0] == "town"


def test_an_address_in_one_text_is_cut_into_its_lines():
    field = ADDRESS.form_field(ADDRESS.sample())
    assert field.clean("12 rue des Lilas, 49100 Angers") == {
        "street": "12 rue des Lilas",
        "postcode": "49100",
        "town": "Angers",
        "insee": "49007",
        "country": "FR",
    }


def test_it_says_where_the_requester_lives_and_nobody_else():
    kept = clean(postcode="49100", town="Angers", complement="Bât. B")
    assert ADDRESS.claims(kept, ADDRESS.sample()) == {
        "street-address": "2 place du Parvis\nBât. B",
        "postal-code": "49100",
        "address-level2": "Angers",
        "country": "FR",
    }
    assert ADDRESS.claims(kept, replace(ADDRESS.sample(), options={"whose": "other"})) == {}


def test_the_towns_of_a_postcode_are_told_to_scripts_and_kept_by_browsers(client):
    response = client.get("/territoire/communes/", {"code": "49000"})
    assert response.json()["towns"][0] == {"name": "Angers", "insee": "49007"}
    assert "public" in response["Cache-Control"]
    assert client.get("/territoire/communes/", {"code": "x" * 5000}).json() == {"towns": []}
    assert not response.cookies


@pytest.mark.django_db
def test_a_district_decides_what_is_asked_next_and_is_kept():
    District.objects.create(name="Saint-Jean", slug="saint-jean", streets="Rue des Lilas")
    where = question("address", "Où habitez-vous ?", id="ou", locates=True)
    bins = question("yes_no", "Avez-vous un bac ?", id="bac", condition=condition(("ou", "in_district", "Saint-Jean")))
    resident = Resident(make_procedure(step("Adresse", where), step("Bac", bins), slug="bac"))
    name = block_id("ou")
    typed = {f"{name}_street": "12 rue des Lilas", f"{name}_postcode": "49100", f"{name}_town": "Angers"}
    elsewhere = {**typed, f"{name}_street": "1 rue Haute"}
    assert resident.post("1", elsewhere).headers["Location"] == resident.url("verifier")
    assert resident.post("1", typed).headers["Location"] == resident.url("2")
    assert resident.draft().data["answers"][name]["district"] == "saint-jean"
    assert 'value="Angers"' in resident.get("1").text


@pytest.mark.django_db
def test_a_condition_names_a_district_of_the_directory():
    District.objects.create(name="Saint-Jean", slug="saint-jean", streets="Rue des Lilas")
    assert ADDRESS.compared("saint jean", ADDRESS.sample()) == "saint-jean"
    with pytest.raises(ValidationError):
        ADDRESS.compared("Nord", ADDRESS.sample())


@pytest.mark.parametrize("kept", [None, "nord", ["nord"], {}, {"district": ""}, {"district": "sud"}])
def test_what_has_no_such_district_is_not_in_it(kept):
    assert not operators["in_district"].holds(kept, "nord")
    assert not operators["in_district"].holds(kept, "")


@pytest.mark.django_db
def test_the_towns_of_the_postcode_are_offered_without_javascript():
    resident = Resident(make_procedure(step("Adresse", question("address", "Adresse", id="ou")), slug="a"))
    name = block_id("ou")
    page = resident.post("1", {f"{name}_street": "1 rue Haute", f"{name}_postcode": "49000", f"{name}_town": ""}).text
    assert '<option value="Écouflant"></option>' in page
    assert f'list="id_{name}_town_list"' in page


@pytest.mark.django_db
def test_editors_choose_districts_in_a_list_and_read_their_names():
    District.objects.create(name="Saint-Jean", slug="saint-jean", streets="Rue des Lilas")
    rule = Rule("ou", "in_district", "saint-jean")
    assert "Saint-Jean" in rule_in_words(rule, {"ou": ADDRESS.sample()})
    assert "Saint-Jean" in rule_in_words(rule, {"ou": field_types["place"].sample()})
    answers = json.loads(re.search(r">({.*?})</script>", condition_editor())[1])["answers"]
    assert answers["address"] == answers["place"] == [{"id": "saint-jean", "label": "Saint-Jean"}]


@pytest.mark.django_db
def test_finding_the_district_costs_a_step_no_query_of_its_own(django_assert_max_num_queries):
    District.objects.create(name="Saint-Jean", slug="saint-jean", streets="Rue des Lilas")
    where = question("address", "Où habitez-vous ?", id="ou", locates=True)
    resident = Resident(make_procedure(step("Adresse", where), slug="adresse"))
    name = block_id("ou")
    typed = {f"{name}_street": "12 rue des Lilas", f"{name}_postcode": "49100", f"{name}_town": "Angers"}
    resident.post("1", typed)
    resident.post("1", typed)
    with django_assert_max_num_queries(2):
        resident.post("1", typed)

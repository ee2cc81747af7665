"""Places: words, a point, a district."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from directory.models import District
from procedures.plugins import field_types
from tests.factories.filing import Resident
from tests.factories.procedures import block_id, make_procedure, question, step

PLACE = field_types["place"]
SQUARE = {"type": "Polygon", "coordinates": [[[-1, 47], [0, 47], [0, 48], [-1, 48], [-1, 47]]]}


def clean(where: str, point: str, **options: Any) -> Any:
    asked = replace(PLACE.sample(), required=True, options=options)
    return PLACE.form_field(asked).clean({"where": where, "point": point})


@pytest.mark.parametrize(
    "typed", ["47.4712, -0.5518", "47.4712 -0.5518", "47,4712 -0,5518", "٤٧.٤٧١٢, -٠.٥٥١٨", "47.4712;-0.5518"]
)
def test_a_point_is_read_however_it_is_written(typed):
    assert clean("", typed) == {"lat": 47.4712, "lon": -0.5518}


@pytest.mark.parametrize("typed", ["47.4712", "91, 0", "0, 181", "nord, sud", "47.4712, -0.5518, 3", "1e9, 2"])
def test_what_is_no_point_on_earth_is_refused_beside_it(typed):
    with pytest.raises(ValidationError) as error:
        clean("Parc du Nord", typed)
    assert error.value.error_list[0].part == "point"


def test_a_place_needs_words_or_a_point():
    with pytest.raises(ValidationError) as error:
        clean("", "")
    assert error.value.error_list[0].part == "where"


@pytest.mark.django_db
def test_a_point_or_else_a_street_gives_the_district():
    District.objects.create(name="Nord", slug="nord", outline=SQUARE)
    District.objects.create(name="Sud", slug="sud", streets="Rue des Lilas")
    assert clean("Rue des Lilas", "47.5, -0.5", locates=True)["district"] == "nord"
    assert clean("12 rue des Lilas", "", locates=True)["district"] == "sud"
    assert "district" not in clean("Ailleurs", "10, 10", locates=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("tiles", "has_map"), [("", False), ("/tuiles/{z}/{x}/{y}.png", True)])
def test_the_map_is_loaded_only_where_there_are_tiles(settings, tiles, has_map):
    settings.TILES_URL = tiles
    resident = Resident(make_procedure(step("Où", question("place", "Où est-ce ?", id="ou")), slug="ou"))
    page = resident.get("1").text
    assert ("vendor/leaflet/leaflet.js" in page, "vendor/leaflet/leaflet.css" in page) == (has_map, has_map)
    assert "js/place.js" in page
    assert f'name="{block_id("ou")}_where"' in page


@pytest.mark.django_db
def test_a_place_is_reported_without_javascript():
    resident = Resident(make_procedure(step("Où", question("place", "Où est-ce ?", id="ou")), slug="ou"))
    answer = resident.post("1", {f"{block_id('ou')}_where": "Parc du Nord", f"{block_id('ou')}_point": ""})
    assert answer.headers["Location"] == resident.url("verifier")
    assert "Parc du Nord" in resident.get("verifier").text

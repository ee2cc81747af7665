"""Districts, by their outline or by their streets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from directory.models import District
from directory.territory.districts import district_at, district_called, district_name
from directory.territory.shapes import is_inside, polygons_of

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
NORTH = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}


@pytest.fixture
def two_districts(db) -> None:
    District.objects.create(name="Nord", slug="nord", outline=NORTH)
    District.objects.create(name="Saint-Jean", slug="saint-jean", streets="Rue des Lilas\nquai Ste-Anne\n")


def test_a_point_is_in_the_outline_and_not_in_its_hole(two_districts):
    assert district_at(3, 3) == "nord"
    assert district_at(1.5, 1.5) == ""
    assert district_at(9, 9) == ""


@pytest.mark.parametrize(
    "street", ["12 bis, rue des Lilas", "RUE DES LILAS", "3 quai Sainte Anne", "12A rue des lilas"]
)
def test_a_street_leads_to_its_district_whatever_its_number_and_accents(two_districts, street):
    assert district_at(None, None, street) == "saint-jean"


def test_a_street_of_another_name_leads_nowhere(two_districts):
    assert district_at(None, None, "12 rue du Lilas") == ""
    assert district_at(None, None, "") == ""


def test_a_district_is_known_by_name_and_its_new_streets_count_at_once(
    two_districts, django_capture_on_commit_callbacks
):
    assert district_called("SAINT JEAN") == "saint-jean"
    assert district_called("nord") == "nord"
    assert district_called("Sud") == ""
    assert district_name("saint-jean") == "Saint-Jean"
    assert district_name("gone") == "gone"
    with django_capture_on_commit_callbacks(execute=True):
        District.objects.create(name="Sud", slug="sud", streets="Rue Basse")
    assert district_at(None, None, "1 rue Basse") == "sud"


@pytest.mark.parametrize(
    "outline",
    [
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]] * 5]},
        {"type": "Polygon", "coordinates": [[[400, 0]] * 5]},
        {"type": "Polygon", "coordinates": [[[0, 0]] * 30_000]},
        {"type": "FeatureCollection", "features": []},
        [],
        "Polygon",
    ],
)
@pytest.mark.django_db
def test_an_outline_that_is_none_is_refused_in_words(outline):
    with pytest.raises(ValidationError) as error:
        District(name="Nord", slug="nord", outline=outline).full_clean()
    assert error.value.message_dict["outline"]


@pytest.mark.django_db
def test_a_district_without_outline_needs_streets():
    with pytest.raises(ValidationError):
        District(name="Nord", slug="nord").full_clean()
    District(name="Nord", slug="nord", streets="Rue Basse").full_clean()


def test_collections_of_polygons_are_read_whole():
    moved: Any = [[[x + 10, y] for x, y in SQUARE]]
    feature = {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], moved]}}
    polygons = polygons_of(json.loads(json.dumps({"type": "FeatureCollection", "features": [feature]})))
    assert is_inside(1, 1, polygons)
    assert is_inside(11, 1, polygons)
    assert not is_inside(6, 1, polygons)


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_a_point_of_a_square_is_between_its_sides(lon, lat):
    assert is_inside(lon, lat, polygons_of({"type": "Polygon", "coordinates": [SQUARE]})) == (
        0 <= lon < 4 and 0 <= lat < 4
    )

"""A draft that comes from elsewhere says how to do without internet as far as the town knows it."""

from __future__ import annotations

import pytest

from procedures.definition.importing.drafting import way_without_internet
from procedures.definition.marks import is_to_complete
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db


def test_the_department_s_phone_and_desk_are_the_way_without_internet():
    department = make_department(
        "Voirie", phone="02 00 00 00 15", street="2 place du Parvis", postcode="49000", town="Ici"
    )
    way = way_without_internet(department)
    assert "02 00 00 00 15" in way
    assert "Voirie, 2 place du Parvis, 49000 Ici" in way
    assert not is_to_complete(way)


def test_where_nothing_is_known_the_place_to_fill_in_is_to_complete():
    assert is_to_complete(way_without_internet(make_department(phone="", street="")))
    assert is_to_complete(way_without_internet(None))

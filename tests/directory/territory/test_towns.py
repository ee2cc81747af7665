"""The towns that ship with Parvis."""

import pytest

from directory.territory.towns import DATA, departements, every_town, town_at, towns_at


def test_every_town_has_a_code_of_its_own_and_a_postcode():
    towns = every_town()
    assert len(towns) > 34_000
    assert len({town.insee for town in towns}) == len(towns)
    assert all(len(town.insee) == 5 and town.postcodes for town in towns)


def test_a_postcode_leads_to_its_towns():
    assert [town.name for town in towns_at("49000")] == ["Angers", "Écouflant"]
    assert [town.insee for town in towns_at("75 011")] == ["75056"]
    assert len(towns_at("01400")) > 5
    assert towns_at("00000") == ()


@pytest.mark.parametrize("typed", ["Saint-Étienne", "saint etienne", "ST-ETIENNE", "St. Étienne"])
def test_a_town_is_known_however_it_is_written(typed):
    assert town_at("42000", typed).insee == "42218"


def test_a_town_of_another_postcode_is_not_that_one():
    assert town_at("42000", "Angers") is None


def test_departements_go_from_ain_to_the_islands():
    codes = dict(departements())
    assert codes["49"] == "Maine-et-Loire"
    assert codes["2A"] == "Corse-du-Sud"
    assert "988" in codes


def test_the_file_says_nothing_of_when_it_was_made():
    header = (DATA / "towns.tsv.gz").read_bytes()[:10]
    assert int.from_bytes(header[4:8], "little") == 0

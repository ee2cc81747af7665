"""Places read from open data."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.search.backends import get_search_backend

from directory.importing.dila import HEADER
from directory.importing.rows import place_formats
from directory.models import Place
from tests.factories.directory import PlaceFactory, source_locale

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"the real data is not in {DATA}")
GOOD = (
    "m-1,49001,Mairie - Valmarie,2 place du Parvis,49000,Valmarie,47.5,-0.5,plain-pied,"
    "02 00 00 00 00,a@b.fr,www.valmarie.fr,lundi>vendredi 09:00-12:00"
)


@pytest.fixture(autouse=True)
def french():
    return source_locale()


def run(path, format_="dila", **options):
    call_command("import_places", path, format=format_, **options)


def written(tmp_path, *rows, header=HEADER):
    path = tmp_path / "places.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def fates(path, tmp_path, **options):
    report = tmp_path / "report.csv"
    run(path, report=report, **options)
    with report.open(encoding="utf-8") as lines:
        return [(row["identifier"], row["outcome"], row["reason"]) for row in csv.DictReader(lines)]


def test_a_row_becomes_a_place(tmp_path):
    run(written(tmp_path, GOOD))
    place = Place.objects.get()
    assert (place.name, place.slug, place.kind) == ("Mairie - Valmarie", "mairie-valmarie", "town_hall")
    assert (place.website, place.latitude, place.on_public_holidays) == ("http://www.valmarie.fr", 47.5, "unknown")
    assert len(place.weekly_hours["ranges"]) == 5


def test_importing_twice_changes_nothing_and_keeps_what_was_corrected_by_hand(tmp_path):
    path = written(tmp_path, GOOD)
    run(path)
    Place.objects.update(phone="02 00 00 00 99")
    assert fates(path, tmp_path) == [("m-1", "unchanged", "")]
    assert Place.objects.get().phone == "02 00 00 00 99"


def test_a_change_at_the_source_updates_and_a_blank_erases_nothing(tmp_path):
    run(written(tmp_path, GOOD))
    changed = GOOD.replace("Mairie - Valmarie", "Hôtel de ville").replace("a@b.fr", "")
    assert fates(written(tmp_path, changed), tmp_path) == [("m-1", "updated", "")]
    place = Place.objects.get()
    assert (place.name, place.slug, place.email) == ("Hôtel de ville", "mairie-valmarie", "a@b.fr")


def test_a_bad_row_is_told_and_never_stops_the_rest(tmp_path):
    rows = [
        "trop,court",
        GOOD,
        GOOD,
        GOOD.replace("m-1", ""),
        GOOD.replace("m-1", "m-2").replace("Mairie - Valmarie", ""),
    ]
    rows += [GOOD.replace("m-1", "m-3").replace("Mairie", "M" * 300), GOOD.replace("m-1", "m-4").replace("47.5", "abc")]
    rows.append(GOOD.replace("m-1", "m-5").replace("09:00-12:00", "9 h"))
    found = {}
    for identifier, outcome, reason in fates(written(tmp_path, *rows), tmp_path):
        found.setdefault(identifier, []).append((outcome, reason))
    assert found["trop"][0][0] == "rejected"
    assert [outcome for outcome, _ in found["m-1"]] == ["rejected", "created"]
    assert found[""][0][0] == found["m-2"][0][0] == found["m-3"][0][0] == "rejected"
    assert found["m-4"][0][0] == "created"
    assert "abc" in found["m-4"][0][1]
    assert found["m-5"][0][0] == "created"
    assert Place.objects.get(source_id="m-4").longitude is None
    assert Place.objects.get(source_id="m-5").weekly_hours == {}


def test_a_row_with_strange_bytes_is_rejected_alone(tmp_path):
    path = tmp_path / "places.csv"
    filler = [GOOD.replace("m-1", f"m-{n}") for n in range(2, 700)]
    strange = GOOD.encode().replace(b"Mairie", b"Mairi\xe9")
    path.write_bytes("\n".join([HEADER, *filler]).encode() + b"\n" + strange + b"\n")
    outcomes = [outcome for _, outcome, _ in fates(path, tmp_path)]
    assert (outcomes.count("created"), outcomes.count("rejected")) == (698, 1)


def test_places_of_the_same_name_have_addresses_of_their_own(tmp_path):
    PlaceFactory(slug="mairie-valmarie")
    run(
        written(
            tmp_path, GOOD, GOOD.replace("m-1", "m-2"), GOOD.replace("m-1", "m-3").replace("Mairie - Valmarie", "市")
        )
    )
    slugs = set(Place.objects.exclude(source="").values_list("slug", flat=True))
    assert slugs == {"mairie-valmarie-m-1", "mairie-valmarie-m-2", "m-3"}


def test_the_search_finds_what_was_imported_under_its_present_name_only(tmp_path):
    run(written(tmp_path, GOOD))
    run(written(tmp_path, GOOD.replace("Mairie - Valmarie", "Hôtel de ville")))
    assert [place.name for place in Place.objects.autocomplete("Hôtel")] == ["Hôtel de ville"]
    assert [place.name for place in Place.objects.with_words("HOTEL valmarie")] == ["Hôtel de ville"]
    assert not Place.objects.with_words("mairie").exists()
    assert not list(get_search_backend().search("Mairie", Place))


def test_a_commune_is_asked_for_by_its_code(tmp_path):
    other = GOOD.replace("m-1", "m-2").replace("49001", "49002")
    run(written(tmp_path, GOOD, other), commune="49002")
    assert Place.objects.get().source_id == "m-2"


def venue(pk, **fields):
    known = {
        "nom": "Piscine",
        "geom": "SRID=4326;POINT (2.25 48.9)",
        "numero": "1",
        "voie": "Rue du Bac",
        "code_postal": "92400",
    }
    return {"model": "erp.erp", "pk": pk, "fields": {**known, "commune": "Courbevoie", "code_insee": "", **fields}}


def test_venues_are_read_from_a_fixture(tmp_path):
    path = tmp_path / "erp.json"
    path.write_text(
        json.dumps(
            [
                venue(1),
                {"model": "erp.activite", "pk": 1, "fields": {}},
                3,
                venue(2, geom="POINT EMPTY"),
                venue(3, nom=None),
                venue(4, voie=["x"]),
            ]
        )
    )
    outcomes = {identifier: outcome for identifier, outcome, _ in fates(path, tmp_path, format_="acceslibre")}
    assert outcomes == {"1": "created", "": "rejected", "2": "created", "3": "rejected", "4": "created"}
    place = Place.objects.get(source_id="1")
    assert (place.street, place.longitude, place.latitude) == ("1 Rue du Bac", 2.25, 48.9)
    assert Place.objects.get(source_id="2").latitude is None


def test_venues_without_a_code_are_known_by_their_town(tmp_path):
    path = tmp_path / "erp.json"
    path.write_text(
        json.dumps([venue(1), venue(2, code_insee="92026"), venue(3, commune="Lorient", code_postal="56100")])
    )
    run(path, "acceslibre", commune="92026")
    assert set(Place.objects.values_list("source_id", flat=True)) == {"1", "2"}


BROKEN = {
    "empty.csv": b"",
    "latin.csv": f"{HEADER}\nm,1,Mairie é".encode("latin-1"),
    "utf16.csv": HEADER.encode("utf-16"),
    "columns.csv": b"id,nom\n1,Mairie\n",
    "binary.csv": bytes(range(256)) * 300,
    "false.csv.gz": HEADER.encode(),
    "cut.csv.gz": gzip.compress("\n".join([HEADER, *[GOOD] * 500, HEADER, ""]).encode())[:-40],
    "damaged.csv.gz": b"\x1f\x8b" + b"\x00" * 100,
}
BROKEN_JSON = {
    "no.json": b"nom;adresse",
    "object.json": b'{"a": 1}',
    "cut.json": b'[{"model": "erp.erp"',
    "comma.json": b"[1 2]",
    "deep.json": b"[" * 100_000,
}


@pytest.mark.parametrize("name", [*BROKEN, *BROKEN_JSON, "missing.csv"])
def test_an_unusable_file_is_told_in_one_line(tmp_path, name):
    path = tmp_path / name
    content = {**BROKEN, **BROKEN_JSON}.get(name)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=r"^[^\n]+$") as caught:
        run(path, "acceslibre" if name.endswith("json") else "dila")
    assert name in str(caught.value)
    assert Place.objects.count() <= 1


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CommandError):
        run(tmp_path)


@pytest.mark.parametrize("kind", list(place_formats), ids=lambda kind: kind.slug)
def test_a_format_has_a_label_and_a_slug_that_fits(kind):
    assert str(kind.label)
    assert 0 < len(kind.slug) <= Place._meta.get_field("source").max_length


@pytest.mark.parametrize("wrong", ["nan", "inf", "-91", "1e400", "47,5", "°", "9" * 5000])
def test_a_position_that_is_none_is_left_out(tmp_path, wrong):
    run(written(tmp_path, GOOD.replace("47.5", f'"{wrong}"')))
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (None, None)


@needs_data
def test_the_real_town_halls_of_one_commune_are_imported(tmp_path):
    found = fates(DATA / "annuaire" / "mairies-2022-01.csv.gz", tmp_path, commune="49007")
    assert [outcome for _, outcome, _ in found] == ["created"]
    assert Place.objects.get().weekly_hours


@needs_data
def test_every_real_venue_is_imported_once(tmp_path):
    for _ in range(2):
        run(DATA / "acceslibre" / "erp.json", "acceslibre")
        run(DATA / "acceslibre" / "erp_lyon.json", "acceslibre")
    assert Place.objects.count() == 2651


@needs_data
def test_the_first_thousands_of_real_town_halls_are_imported_with_their_hours(tmp_path):
    path = tmp_path / "mairies.csv"
    with gzip.open(DATA / "annuaire" / "mairies-2022-01.csv.gz", "rt", encoding="utf-8") as lines:
        path.write_text("".join(next(lines) for _ in range(3_001)), encoding="utf-8")
    found = fates(path, tmp_path)
    assert {outcome for _, outcome, _ in found} == {"created"}
    assert Place.objects.exclude(weekly_hours={}).count() > 2_950

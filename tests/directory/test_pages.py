"""The directory as a visitor sees it."""

import json
import re
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import wagtail_factories
from wagtail.models import Locale

from directory.models import DepartmentClosure, DirectoryPage, Place, PlaceClosure
from tests.factories.directory import DepartmentFactory, OrganisationFactory, PlaceFactory
from tests.factories.pages import GuidePageFactory, build_city, paragraph

pytestmark = pytest.mark.django_db
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
MOST_QUERIES = 8


class DirectoryPageFactory(wagtail_factories.PageFactory):
    title = "Annuaire"
    slug = "annuaire"

    class Meta:
        model = DirectoryPage


@pytest.fixture
def directory():
    home = build_city()
    return DirectoryPageFactory(parent=home)


@pytest.fixture(autouse=True)
def monday_morning(time_machine):
    time_machine.move_to(MONDAY_10, tick=False)


@pytest.fixture
def query_counter(django_assert_max_num_queries):
    return django_assert_max_num_queries


def test_departments_are_listed_by_division_with_their_state(client, directory, query_counter):
    department = DepartmentFactory(name="État civil", division__name="Vie citoyenne")
    DepartmentFactory(name="Voirie", division=None, weekly_hours={})
    client.get("/annuaire/")  # the site is read once
    with query_counter(2):
        page = client.get("/annuaire/").content.decode()
    assert "Vie citoyenne" in page
    assert f'href="/annuaire/services/{department.slug}/"' in page
    assert "state--open" in page
    assert "state--unknown" in page


@pytest.mark.parametrize("path", ["/annuaire/", "/annuaire/lieux/", "/annuaire/associations-et-commerces/"])
def test_lists_keep_to_the_budget_with_a_cold_snapshot_already_warm(client, directory, query_counter, path):
    DepartmentFactory.create_batch(3)
    PlaceFactory.create_batch(30)
    OrganisationFactory.create_batch(30)
    client.get(path)
    with query_counter(MOST_QUERIES):
        assert client.get(path).status_code == 200


def test_a_department_page_says_how_to_reach_it(client, directory, query_counter):
    DepartmentFactory(
        name="État civil", slug="etat-civil", phone="02 00 00 00 10 / 02 00 00 00 11", desk="Rez-de-chaussée"
    )
    client.get("/annuaire/")
    with query_counter(MOST_QUERIES):
        page = client.get("/annuaire/services/etat-civil/").content.decode()
    assert 'href="tel:+33200000010"' in page
    assert 'href="tel:+33200000011"' in page
    assert "Rez-de-chaussée" in page
    assert "2 place du Parvis<br>49000 Valmarie" in page


def test_structured_data_cannot_break_out_of_its_block(client, directory):
    DepartmentFactory(name="</script><b>", slug="x")
    page = client.get("/annuaire/services/x/").content.decode()
    block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    data = json.loads(block)
    assert data["name"] == "</script><b>"
    assert data["@type"] == "GovernmentOffice"
    assert data["openingHoursSpecification"][0]["opens"] == "09:00"


@pytest.mark.parametrize(
    "path", ["services/rien/", "lieux/rien/", "associations-et-commerces/rien/", "rien/", "lieux/a/b/"]
)
def test_an_unknown_entry_is_not_found(client, directory, path):
    assert client.get(f"/annuaire/{path}").status_code == 404


def test_the_bare_address_of_departments_leads_to_their_list(client, directory):
    response = client.get("/annuaire/services/")
    assert (response.status_code, response["Location"]) == (301, "/annuaire/")


def test_places_are_filtered_by_kind_and_by_words_whatever_the_accents(client, directory):
    PlaceFactory(name="École Jean-Moulin", kind=Place.Kind.SCHOOL)
    PlaceFactory(name="Médiathèque", kind=Place.Kind.LIBRARY)
    page = client.get("/annuaire/lieux/?kind=school").content.decode()
    assert "École Jean-Moulin" in page
    assert "Médiathèque</a>" not in page
    for typed in ("mediatheque", "M%C3%89DIATH", "valmarie m%C3%A9dia"):
        page = client.get(f"/annuaire/lieux/?q={typed}").content.decode()
        assert "Médiathèque</a>" in page
        assert "École Jean-Moulin" not in page


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "page=99999",
        "page=-1",
        "page=abc",
        "q=%00",
        "q=" + "x" * 5000,
        "kind=school&kind=park",
        "q=%22%27*()AND",
        "q=%FF",
    ],
)
def test_a_query_without_sense_is_answered_with_a_list(client, directory, query):
    PlaceFactory()
    assert client.get(f"/annuaire/lieux/?{query}").status_code == 200


def test_untranslated_words_are_marked_as_french_and_translated_ones_are_not(client, directory):
    english = Locale.objects.get(language_code="en")
    for page in (directory.get_parent().specific, directory):
        page.copy_for_translation(english).save_revision().publish()
    place = PlaceFactory(name="Piscine", slug="piscine", summary="Deux bassins.", phone="02 00 00 00 20")
    other = place.copy_for_translation(english)
    other.name, other.phone = "Swimming pool", "never read"
    other.save()
    page = client.get("/en/annuaire/lieux/piscine/").content.decode()
    assert "<h1>Swimming pool</h1>" in page
    assert '<span lang="fr" dir="auto">Deux bassins.</span>' in page
    assert "02 00 00 00 20" in page
    assert "never read" not in page
    assert 'href="/annuaire/lieux/piscine/"' in page  # the switch stays on the entry


def test_reasons_and_conditions_that_are_not_translated_are_marked_as_french(client, directory):
    english = Locale.objects.get(language_code="en")
    for page in (directory.get_parent().specific, directory):
        page.copy_for_translation(english).save_revision().publish()
    hours = {"ranges": [{"day": 2, "opens": "09:00", "closes": "12:00", "note": "sur <rendez-vous>"}]}
    place = PlaceFactory(slug="piscine", weekly_hours=hours)
    PlaceClosure.objects.create(
        place=place, first_day=date(2026, 11, 23), last_day=date(2026, 11, 24), reason="vidange"
    )
    page = client.get("/en/annuaire/lieux/piscine/").content.decode()
    assert 'Closed: <span lang="fr" dir="auto">vidange</span>, until 24' in page
    assert '09:00 – 12:00 (<span lang="fr" dir="auto">sur &lt;rendez-vous&gt;</span>)' in page
    page = client.get("/annuaire/lieux/piscine/").content.decode()
    assert "(sur &lt;rendez-vous&gt;)" in page


def test_names_are_in_the_order_of_the_alphabet_whatever_the_accents(client, directory):
    for name in ("Zoo", "École", "Gymnase", "espace familles"):
        PlaceFactory(name=name)
    page = client.get("/annuaire/lieux/").content.decode()
    assert re.findall("(École|espace|Gymnase|Zoo)[^<]*</a>", page) == ["École", "espace", "Gymnase", "Zoo"]


def test_a_change_of_a_department_is_seen_at_once(client, directory, django_capture_on_commit_callbacks):
    department = DepartmentFactory(name="Avant", slug="service")
    assert "Avant" in client.get("/annuaire/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        department.name = "Après"
        department.save()
    assert "Après" in client.get("/annuaire/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        DepartmentClosure.objects.create(
            department=department, first_day=date(2026, 11, 23), last_day=date(2026, 11, 28), reason="vidange"
        )
    assert "vidange" in client.get("/annuaire/").content.decode()


def test_the_home_page_says_what_is_open_today(client, directory, query_counter):
    PlaceFactory(name="Mairie centrale", kind=Place.Kind.TOWN_HALL, on_home=True)
    PlaceFactory(name="Marché Jean-Moulin", kind=Place.Kind.MARKET, on_home=True)
    PlaceFactory(name="Ailleurs")
    client.get("/")
    with query_counter(MOST_QUERIES):
        page = client.get("/").content.decode()
    assert "Mairie centrale" in page
    assert "state--open" in page
    assert re.search("Marché Jean-Moulin, 0?9", page)
    assert "Ailleurs" not in page


def test_a_guide_shows_the_contact_of_a_department_without_a_query_more(client, directory, query_counter):
    department = DepartmentFactory(name="État civil")
    block = {"type": "contact", "value": {"department": department.pk}, "id": str(uuid4())}
    GuidePageFactory(parent=directory.get_parent(), slug="avec", aside=[block] * 3, body=[paragraph("x")])
    GuidePageFactory(parent=directory.get_parent(), slug="sans", body=[paragraph("x")])
    for path in ("/avec/", "/sans/"):
        client.get(path)
    with query_counter(1):
        client.get("/sans/")
    with query_counter(1):
        page = client.get("/avec/").content.decode()
    assert page.count("État civil") >= 3


def test_public_pages_set_no_cookie(client, directory):
    DepartmentFactory(slug="x")
    for path in ("/annuaire/", "/annuaire/services/x/", "/annuaire/lieux/?q=a"):
        assert not client.get(path).cookies

"""Search over pages."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, PageViewRestriction

from cms.search.folding import fold
from cms.search.words import as_the_city_writes, clean, suggestion, words_of
from tests.factories.pages import GuidePageFactory, NewsIndexPageFactory, NewsPageFactory, build_city, paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings):
    """A city whose index is up to date as soon as a page is saved."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return build_city()


def texts(response) -> list[str]:
    return [result["title"] for result in response.context["results"]]


def test_a_word_of_title_summary_or_body_finds_the_page(home, client: Client):
    GuidePageFactory(parent=home, title="Guide des familles", summary="La cantine et la crèche.")
    GuidePageFactory(parent=home, title="Guide des entreprises", body=[paragraph("Louer un local commercial.")])
    assert texts(client.get("/recherche/?q=familles")) == ["Guide des familles"]
    assert texts(client.get("/recherche/?q=cantine")) == ["Guide des familles"]
    assert texts(client.get("/recherche/?q=commercial")) == ["Guide des entreprises"]


def test_accents_case_and_plural_do_not_matter_for_words_of_titles(home, client: Client):
    GuidePageFactory(parent=home, title="Élagage des arbres")
    for typed in ("élagage", "ELAGAGE", "elagage arbre", "l’élagage des arbres"):
        assert texts(client.get("/recherche/", {"q": typed})) == ["Élagage des arbres"], typed


def test_pages_with_some_of_the_words_are_shown_and_said_so_when_none_has_all(home, client: Client):
    GuidePageFactory(parent=home, title="Passeport")
    response = client.get("/recherche/?q=passeport+licorne")
    assert texts(response) == ["Passeport"]
    assert response.context["partial"]


def test_a_slip_of_the_finger_gets_a_suggestion_that_finds(home, client: Client):
    GuidePageFactory(parent=home, title="Inscription à la cantine")
    response = client.get("/recherche/?q=cantinne")
    assert texts(response) == []
    suggested = response.context["suggestion"]
    assert suggested["text"] == "cantine"
    assert texts(client.get(f"/recherche/{suggested['url']}")) == ["Inscription à la cantine"]


def test_results_can_be_narrowed_to_a_type_of_page(home, client: Client):
    GuidePageFactory(parent=home, title="Vélo en ville")
    NewsPageFactory(parent=NewsIndexPageFactory(parent=home), title="Une piste de vélo")
    everything = client.get("/recherche/?q=velo")
    assert len(texts(everything)) == 2
    assert len(everything.context["facets"]) == 3
    assert texts(client.get("/recherche/?q=velo&type=newspage")) == ["Une piste de vélo"]
    assert len(texts(client.get("/recherche/?q=velo&type=nonsense"))) == 2


def test_results_come_in_pages_that_keep_the_words(home, client: Client):
    for number in range(12):
        GuidePageFactory(parent=home, title=f"Jardin {number}")
    first = client.get("/recherche/?q=jardin")
    assert len(texts(first)) == 10
    assert "?q=jardin&amp;page=2" in first.content.decode()
    second = client.get("/recherche/?q=jardin&page=2")
    assert len(texts(second)) == 2
    assert not set(texts(first)) & set(texts(second))


def test_each_language_finds_its_own_pages(home, client: Client):
    english = home.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    GuidePageFactory(parent=home, title="Passeport")
    GuidePageFactory(parent=english, title="Passport", locale=english.locale)
    assert texts(client.get("/recherche/?q=passeport")) == ["Passeport"]
    assert texts(client.get("/en/recherche/?q=passport")) == ["Passport"]
    nothing = client.get("/en/recherche/?q=passeport+biom")
    assert nothing.context["elsewhere"] == "/recherche/?q=passeport+biom"


def test_drafts_and_pages_behind_a_password_are_not_found(home, client: Client):
    GuidePageFactory(parent=home, title="Brouillon secret", live=False)
    closed = GuidePageFactory(parent=home, title="Réunion secret")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    assert texts(client.get("/recherche/?q=secret")) == []


def test_search_takes_three_queries_at_most(home, client: Client, django_assert_max_num_queries):
    for number in range(3):
        GuidePageFactory(parent=home, title=f"Jardin {number}")
    client.get("/recherche/?q=jardin")
    for typed in ("jardin", "jardin licorne", "jardinn", ""):
        with django_assert_max_num_queries(3):
            assert client.get("/recherche/", {"q": typed}).status_code == 200


def test_no_cookie_is_set_and_engines_do_not_index_results(home, client: Client):
    response = client.get("/recherche/?q=x")
    assert not response.cookies
    assert 'name="robots" content="noindex"' in response.content.decode()


ODD = ["\x00", "a\x00b", "x" * 10_000, "a " * 5_000, "😀", "l’", "\u202e", "\u0338", "𝐴"]
SYNTAX = ['"', "a OR", "NEAR(", "*", "'", "\\", "%", ":", "{title} : x", "-a", "a & b | !c", "<->", ":*"]


@pytest.mark.parametrize("typed", [*ODD, *SYNTAX])
def test_odd_words_get_an_answer(home, client: Client, typed: str):
    GuidePageFactory(parent=home, title="Jardin")
    assert client.get("/recherche/", {"q": typed, "page": typed, "type": typed}).status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_whatever_is_typed_gets_an_answer(client: Client, typed: str):
    assert client.get("/recherche/", {"q": typed.encode("utf-8", "replace").decode()}).status_code == 200


@given(st.text())
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


def test_folding_removes_accents_case_and_punctuation():
    assert fold("L’ŒUVRE d’Éloïse, n° 4") == "l oeuvre d eloise n 4"
    assert fold("مُحَمَّد") == fold("محمد")


def test_words_are_told_from_what_says_nothing():
    assert words_of("Comment faire une carte d’identité ?") == ["carte", "identité"]
    assert words_of("de la") == ["de", "la"]
    assert clean("  a\x00b\n c ") == "a b c"


def test_words_take_the_spelling_of_titles(home):
    GuidePageFactory(parent=home, title="Démarches en ligne")
    assert as_the_city_writes(["demarche"], "fr") == ["démarches"]
    assert suggestion(["zzzzz"], "fr") == ""
    assert suggestion(["demmarches"], "fr") == "démarches"

"""The public pages of procedures."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.pages import site
from cms.pages.offers import Visit
from procedures.definition.landing import silence_words
from procedures.definition.models import Procedure, ProcedurePage
from procedures.definition.offers import RelatedProceduresBlock, Tasks
from tests.factories.procedures import make_department, make_index, make_page

pytestmark = pytest.mark.django_db


def read(client: Client, page: ProcedurePage) -> str:
    site.forget()
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_how_to_begin_with_and_without_internet(client: Client):
    page = make_page(slug="acte", title="Demander un acte", alternative="<p>Appelez le 02 00 00 00 10.</p>")
    text = read(client, page)
    assert 'href="/remplir/acte/"' in text
    assert "Appelez le 02 00 00 00 10." in text
    assert "État civil" in text


def test_the_page_says_the_promised_delay_and_what_silence_means(client: Client):
    page = make_page(
        announced_delay_days=3, silence_effect="refusal", delay=4, delay_unit="months", remedies="Saisir le juge."
    )
    with translation.override("en"):
        assert "4 months" in silence_words("refusal", 4, "months")
        assert "refused" in silence_words("refusal", 4, "months")
        assert "accepted" in silence_words("acceptance", 1, "weeks")
        assert silence_words("none", 1, "weeks") == ""
    text = read(client, page)
    assert "Saisir le juge." in text
    assert " 3 " in text


def test_the_page_puts_the_promise_in_working_days_beside_the_legal_limit(client: Client):
    page = make_page(announced_delay_days=10, announced_delay_unit="working_days", delay=2, delay_unit="months")
    text = read(client, page)
    assert re.search(r"10 (working days|jours ouvrés)", text)
    assert re.search(r"2 (months|mois)", text)
    current = Procedure.objects.get(key=page.translation_key).current
    assert current.rules.announced_delay_unit == "working_days"


def test_the_page_opens_no_session_and_costs_few_queries(client: Client):
    page = make_page()
    read(client, page)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page.get_url())
    assert not answer.cookies
    assert len(queries) <= 8


def test_the_list_shows_open_procedures_by_theme_in_few_queries(client: Client):
    index = make_index()
    department = make_department()
    pages = [make_page(title=f"Acte {number}", theme="papers", department=department) for number in range(5)]
    closed = make_page(title="Démarche fermée", department=department)
    closed.unpublish()
    site.forget()
    with CaptureQueriesContext(connection) as cold:
        text = client.get(index.get_url()).content.decode()
    with CaptureQueriesContext(connection) as warm:
        client.get(index.get_url())
    assert all(page.title in text for page in pages)
    assert "Démarche fermée" not in text
    assert 'id="papers"' in text
    assert 'id="street"' not in text
    assert len(warm) <= 8
    assert len(cold) <= 30


def test_the_number_of_queries_does_not_grow_with_the_number_of_procedures(client: Client):
    index = make_index()
    department = make_department()

    def cost() -> int:
        site.bump()
        client.get(index.get_url())
        site.bump()
        with CaptureQueriesContext(connection) as queries:
            client.get(index.get_url())
        return len(queries)

    make_page(department=department)
    one = cost()
    for _number in range(5):
        make_page(department=department)
    assert cost() == one


def test_a_draft_can_be_previewed_before_there_is_any_version():
    page = make_page()
    draft = ProcedurePage(
        title="Nouvelle démarche",
        slug="nouvelle",
        introduction="Pour essayer.",
        alternative="<p>Au guichet.</p>",
        locale=page.locale,
        path=f"{page.path}9999",
        depth=page.depth,
    )
    answer = draft.make_preview_request()
    assert answer.status_code == 200
    text = answer.render().content.decode() if hasattr(answer, "render") else answer.content.decode()
    assert "Pour essayer." in text
    assert "/remplir/" not in text


def test_the_home_page_offers_the_first_tasks(client: Client):
    page = make_page(title="Signaler un lampadaire", announced_delay_days=2)
    site.forget()
    section = Tasks().context(Visit("fr"))
    assert section is not None
    (task,) = section["tasks"]
    assert (task.title, task.url, task.lang) == ("Signaler un lampadaire", page.get_url(), "")
    assert "02 00 00 00 10" in task.alternative
    assert section["all_url"] == "/demarches/"
    assert "Signaler un lampadaire" in client.get("/").content.decode()


def test_without_procedures_the_home_page_has_no_such_section():
    make_index()
    assert Tasks().context(Visit("fr")) is None


def test_a_procedure_without_translation_is_offered_in_french_and_marked_so():
    make_page(title="Signaler un lampadaire")
    site.forget()
    section = Tasks().context(Visit("en"))
    assert section is not None
    assert [(task.title, task.lang) for task in section["tasks"]] == [("Signaler un lampadaire", "fr")]


def test_a_guide_shows_the_related_procedures_that_are_open():
    opened = make_page(title="Ouverte", slug="ouverte")
    closed = make_page(title="Fermée", slug="fermee")
    closed.unpublish()
    site.forget()
    block = RelatedProceduresBlock()
    with translation.override("fr"):
        text = block.render(block.to_python({"heading": "", "procedures": [closed.pk, opened.pk]}))
    assert "Ouverte" in text
    assert "Fermée" not in text


def test_related_procedures_do_not_go_to_translators():
    block = RelatedProceduresBlock().child_blocks["procedures"].child_block
    assert block.get_translatable_segments(3) == []

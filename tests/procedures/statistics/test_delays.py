"""« Nos délais »: what everybody may read, and what nobody can work out from it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.utils import translation

from cms.pages import site
from procedures.definition.models import Procedure
from procedures.inbox.services.decision import accept
from procedures.inbox.services.satisfaction import rate
from procedures.statistics.delays import delay_of, delays
from procedures.statistics.home import Figures
from procedures.statistics.services import count_changes
from procedures.statistics.sitemap import OurDelays
from tests.factories.inbox import UserFactory, make_request
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
PAGE = "/nos-delais/"


@pytest.fixture
def agent(time_machine):
    time_machine.move_to(NOW)
    return UserFactory(is_superuser=True)


def answered(procedure: Procedure, agent, number: int, *, days: int = 3, opinions: int = 0) -> Procedure:
    """So many requests, answered after ``days``; the first ``opinions`` residents chose 4."""
    for place in range(number):
        request = make_request(procedure, received_at=NOW - timedelta(days=20))
        accept(request, agent=agent, at=NOW - timedelta(days=20 - days))
        if place < opinions:
            rate(request, step=4, at=NOW - timedelta(days=10))
    count_changes()
    site.forget()
    return procedure


def test_promises_and_what_became_of_them_stand_side_by_side(client, agent):
    answered(
        make_procedure(title="Acte de naissance", announced_delay_days=5, silence_effect="none"), agent, 6, opinions=5
    )
    page = client.get(PAGE)
    text = " ".join(page.content.decode().split())
    for words in ("Acte de naissance", r"(within 5 days|en 5 jours)", r"<bdi>3 (days|jours)</bdi>", r"4 / 5, 100 %"):
        assert re.search(words.replace(" ", r"\s"), text), words
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    assert "style=" not in text
    assert "<script" not in text


def test_fewer_than_five_answers_or_opinions_are_never_shown_nor_to_be_worked_out(client, agent):
    answered(make_procedure(title="Souvent"), agent, 6, opinions=4)
    answered(make_procedure(title="Rarement"), agent, 3)
    with translation.override("fr"):
        (line,) = delays("fr").lines  # three others are too few, even together
        assert (line.answers, line.satisfaction) == (6, "")
    for address in (PAGE, f"{PAGE}nos-delais.csv", f"{PAGE}graphique.svg"):
        words = client.get(address).content.decode()
        assert "Souvent" in words
        assert "Rarement" not in words.replace("Rarement</a></li>", "")


def test_what_is_too_little_alone_is_shown_together_if_that_is_enough_and_of_several(client, agent):
    answered(make_procedure(title="Rarement"), agent, 3)
    answered(make_procedure(title="Presque jamais"), agent, 2)
    (line,) = delays("fr").lines
    assert (line.answers, line.url, line.key) == (5, "", None)


def test_the_procedures_own_page_says_it_too(client, agent):
    often, rarely = make_procedure(title="Souvent"), make_procedure(title="Rarement")
    answered(often, agent, 5, opinions=5)
    answered(rarely, agent, 4)
    assert delay_of(often.key, "fr").answers == 5
    assert delay_of(rarely.key, "fr") is None
    assert PAGE in client.get(often.page.url).content.decode()
    assert "real-delays" not in client.get(rarely.page.url).content.decode()


def test_page_chart_and_file_ask_the_database_nothing_the_second_time(client, agent, django_assert_num_queries):
    answered(make_procedure(), agent, 5)
    addresses = (PAGE, f"{PAGE}nos-delais.csv", f"{PAGE}graphique.svg")
    for address in addresses:
        client.get(address)
    with django_assert_num_queries(0):
        for address in addresses:
            assert client.get(address).status_code == 200


def test_the_chart_is_a_picture_with_words(client, agent):
    answered(make_procedure(title="Acte & copie"), agent, 5)
    drawing = fromstring(client.get(f"{PAGE}graphique.svg").content)
    tags = {node.tag.rpartition("}")[2] for node in drawing.iter()}
    assert {"title", "desc", "pattern"} <= tags
    assert not tags & {"script", "style"}
    assert "Acte & copie" in "".join(drawing.itertext())


def test_there_is_a_page_before_the_first_answer_and_in_each_language(client, agent):
    make_procedure()
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}graphique.svg").status_code == 200
    assert client.get(f"/ar{PAGE}").status_code == 200
    assert list(OurDelays().addresses()) == []  # nothing for engines yet


def test_the_home_page_leads_there(agent):
    answered(make_procedure(), agent, 5)
    with translation.override("fr"):
        shown = Figures().context(type("Visit", (), {"language": "fr"}))
    assert shown["all_url"] == PAGE
    (address,) = OurDelays().addresses()
    assert address.by_language["fr"] == PAGE

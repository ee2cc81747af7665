"""Authors see the ways through their form, as a list and as a picture that says the same."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.test import Client

from cms.accounts.models import User
from procedures.definition.checking import draft_of
from procedures.definition.mapping import Stop, picture_of, stops_of
from tests.factories.procedures import condition, make_page, question, simple_steps, step

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def steps():
    urgent = step("Urgence", question("long_text", "Raison"), condition=condition(("urgent", "is", "yes")))
    return [*simple_steps(), urgent]


@pytest.fixture
def stops() -> list[Stop]:
    return stops_of(draft_of(make_page(*steps())).definition)


def test_each_step_says_how_much_it_asks_and_when_it_comes(stops):
    assert [(stop.title, stop.questions) for stop in stops] == [("Vous", 4), ("Votre demande", 3), ("Urgence", 1)]
    assert stops[1].when == ""
    assert stops[2].when == "if “Est-ce urgent ?” is “Yes”"
    assert stops[1].inside == (("Pourquoi ?", "if “Est-ce urgent ?” is “Yes”"),)


def test_a_line_runs_past_the_steps_that_have_a_condition_and_boxes_do_not_touch(stops):
    boxes = picture_of(stops).boxes
    assert [bool(box.detour) for box in boxes] == [False, False, True]
    assert all(above.bottom < below.top for above, below in pairwise(boxes))


def test_the_picture_has_a_title_a_description_and_no_style_of_its_own(stops):
    drawn = ElementTree.fromstring(render_to_string("definition/map.svg", {"picture": picture_of(stops)}).strip())
    assert drawn.find(f"{SVG}title").text
    assert drawn.find(f"{SVG}desc").text
    texts = " ".join(text.text for text in drawn.iter(f"{SVG}text"))
    assert "if “Est-ce urgent ?” is “Yes”" in texts
    assert not [element for element in drawn.iter() if "style" in element.attrib]


def test_the_map_is_for_whoever_may_write_the_procedure(client: Client):
    page = make_page(*steps())
    assert client.get(f"/admin/demarches/{page.pk}/map/").status_code == 302
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    answer = client.get(f"/admin/demarches/{page.pk}/map/")
    assert (answer.context["extent"].shortest, answer.context["extent"].longest) == (6, 8)
    assert f"/admin/demarches/{page.pk}/map/" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

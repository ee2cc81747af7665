"""The scripts that make lists, towns and places easier, each on the very field that works without it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect

from directory.territory.towns import towns_at
from procedures.plugins import field_types
from tests.browser.audit import run_axe

STATIC = Path(__file__).resolve().parents[2] / "static"
SITE = "http://localhost"


def page_of(slug: str, value: Any = None, **options: Any) -> str:
    """A page with one question of a type, as residents get it."""
    kind = field_types[slug]
    asked = replace(kind.sample(), label="Votre réponse", **({"options": options} if options else {}))
    with translation.override("fr"):
        form = type("Form", (forms.Form,), {"q": kind.form_field(asked)})(initial={"q": value})
        body, media = form["q"].as_field_group(), form.media
    head = '<meta charset="utf-8"><title>Essai</title><link rel="stylesheet" href="/static/css/forms.css">'
    return (
        f'<!doctype html><html lang="fr"><head>{head}{media}</head>'
        f'<body><main><h1>Essai</h1><form class="form">{body}</form></main></body></html>'
    )


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Call it with a type of question and what it starts with to see it in a browser with JavaScript."""
    context = browser.new_context(
        geolocation={"latitude": 47.4712, "longitude": -0.5518}, permissions=["geolocation"], locale="fr-FR"
    )

    def open_page(slug: str, value: Any = None, **options: Any) -> Page:
        html = page_of(slug, value, **options)

        def answer(route: Route) -> None:
            address = urlsplit(route.request.url)
            if address.path.startswith("/territoire/"):
                found = [{"name": town.name} for town in towns_at(parse_qs(address.query)["code"][0])]
                route.fulfill(body=json.dumps({"towns": found}), content_type="application/json")
            elif address.path.startswith("/static/"):
                route.fulfill(path=STATIC / address.path.removeprefix("/static/"))
            else:
                route.fulfill(body=html, content_type="text/html")

        page = context.new_page()
        page.route("**/*", answer)
        page.goto(f"{SITE}/")
        return page

    yield open_page
    context.close()


def sent(page: Page) -> dict[str, str]:
    """What the form would send."""
    return page.evaluate("Object.fromEntries(new FormData(document.querySelector('form')))")


def test_a_long_list_is_searched_and_chosen_from_with_the_keyboard(show):
    page = show("long_list", list="countries")
    field = page.get_by_role("combobox", name="Votre réponse")
    field.focus()
    field.press_sequentially("roy")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("1")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", page.get_by_role("option").first.get_attribute("id"))
    field.press("Enter")
    expect(field).to_have_value("Royaume-Uni")
    assert sent(page) == {"q": "GB"}
    assert run_axe(page) == []


def test_a_list_opens_whole_at_what_was_chosen_and_closes_again(show):
    page = show("long_list", "MA", list="countries")
    field = page.get_by_role("combobox", name="Votre réponse")
    expect(field).to_have_value("Maroc")
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert sent(page) == {"q": "MA"}


def test_words_that_no_line_has_stay_and_are_told(show):
    page = show("long_list", "MA", list="countries")
    field = page.get_by_role("combobox", name="Votre réponse")
    field.fill("Syldavie")
    expect(page.get_by_role("status")).to_be_visible()
    expect(field).to_have_value("Syldavie")
    assert sent(page) == {"q": ""}


def test_a_line_written_in_full_is_chosen_without_the_list(show):
    page = show("long_list", list="countries")
    page.get_by_role("combobox", name="Votre réponse").fill("algerie")
    assert sent(page) == {"q": "DZ"}


def test_the_first_list_narrows_the_second(show):
    page = show("linked_lists", "lamps")
    first, second = page.locator("select").all()
    assert first.evaluate("one => one.selectedOptions[0].label") == "Voirie"
    assert sent(page) == {"q": "lamps"}
    first.select_option(label="Autre chose")
    expect(second).to_be_hidden()
    assert sent(page) == {"q": "other"}
    first.select_option(label="Voirie")
    assert sent(page) == {"q": ""}
    second.select_option(label="Chaussée abîmée")
    assert sent(page) == {"q": "holes"}
    assert run_axe(page) == []


def test_a_town_is_written_in_from_its_postcode_and_one_s_own_word_is_left(show):
    page = show("address")
    postcode, town = page.locator("[name=q_postcode]"), page.locator("[name=q_town]")
    postcode.fill("49100")
    expect(town).to_have_value("Angers")
    postcode.fill("49000")
    expect(page.get_by_role("status")).to_contain_text("Écouflant")
    expect(town).to_have_value("")
    town.fill("Valmarie")
    postcode.fill("49100")
    expect(page.locator("datalist option")).to_have_count(1)
    expect(town).to_have_value("Valmarie")
    assert run_axe(page) == []


def test_a_point_is_set_from_where_one_stands(show):
    page = show("place")
    page.locator(".actions button").first.click()
    expect(page.locator("[name=q_point]")).to_have_value("47.47120, -0.55180")


def test_a_point_is_set_on_the_map_with_the_keyboard_alone(show, settings):
    settings.TILES_URL, settings.MAP_VIEW = "/static/img/logo.svg?{z}-{x}-{y}", "47.5,-0.5,13"
    page = show("place")
    page.locator(".map").focus()
    page.keyboard.press("Enter")
    point = page.locator("[name=q_point]")
    expect(point).to_have_value("47.50000, -0.50000")
    page.keyboard.press("ArrowUp")
    page.wait_for_function("() => !document.querySelector('.leaflet-pan-anim')")
    page.keyboard.press("Enter")
    expect(point).not_to_have_value("47.50000, -0.50000")
    assert run_axe(page) == []

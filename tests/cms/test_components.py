"""Every component renders from the example of the style guide, and says what it must."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from tests.cms.examples import COMPONENTS, CRUMBS, ExampleForm, city

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
PUBLIC = sorted(path for path in FOLDER.parent.rglob("*.html") if "emails" not in path.parts)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_component_has_a_signature_and_an_example(path):
    assert path.read_text().startswith(f"{{# components/{path.name} · ")
    assert render_to_string(f"components/{path.name}", COMPONENTS[path.stem]).strip()


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(FOLDER.parent)))
def test_template_has_no_inline_style_or_script(path):
    script = r'<script(?![^>]*\s(?:src=|type="application/ld\+json"))'
    assert not re.search(rf'\sstyle=|<style|{script}|\son[a-z]+="|javascript:', path.read_text())


def test_field_says_its_label_help_and_error_to_a_screen_reader():
    html = str(ExampleForm({"name": ""})["name"].as_field_group())
    assert '<label for="id_name">Nom de naissance</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert re.search(r'id="id_name_error"><span class="note">Error: ', html)


def test_only_an_answer_one_may_leave_out_is_marked():
    form = ExampleForm()
    assert "(optional)" in form["email"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()


@pytest.mark.parametrize("name", ["who", "days"])
def test_question_of_several_inputs_is_a_fieldset_with_a_legend(name):
    html = ExampleForm({})[name].as_field_group()
    assert re.search(r"<fieldset[^>]*>\s*<legend>", html)


def test_error_summary_leads_to_an_input_that_exists():
    form = ExampleForm({})
    page = render_to_string("components/error_summary.html", {"form": form}) + str(form)
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) == len(form.errors)
    for target in targets:
        assert re.search(rf'<(?:input|select|textarea)[^>]* id="{target}"', page), target


def test_error_summary_counts_what_is_to_correct():
    assert "7 answers need another look" in words(
        render_to_string("components/error_summary.html", {"form": ExampleForm({})})
    )
    assert "One answer needs another look" in words(
        render_to_string("components/error_summary.html", COMPONENTS["error_summary"])
    )


def test_phone_number_reads_left_to_right_in_arabic():
    with translation.override("ar"):
        html = render_to_string("base.html", {"city": city("ar"), "crumbs": CRUMBS})
    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi dir="ltr">02 00 00 00 00</bdi>' in html


def test_every_page_says_how_accessible_the_site_is():
    html = render_to_string("base.html", {"city": city()})
    assert '<a href="/accessibilite/">Accessibilité : partiellement conforme</a>' in html


def test_last_crumb_is_the_page_and_no_link():
    html = render_to_string("components/breadcrumb.html", {"crumbs": CRUMBS})
    assert '<span aria-current="page">Guide des familles</span>' in html
    assert html.count("<a ") == 2

"""Words and pictures between the questions."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from procedures.plugins import field_types

CONTENT = field_types["content"]


def value(**changed: Any) -> dict[str, Any]:
    defaults = {name: block.get_default() for name, block in CONTENT.option_blocks().items()}
    return {**defaults, **changed}


@pytest.mark.django_db
def test_a_picture_becomes_the_address_of_a_copy_that_fits_a_screen():
    image = get_image_model().objects.create(title="Plan", file=get_test_image_file(size=(2000, 1000)))
    shown = CONTENT.compile_options(value(image=image))["image"]
    assert (shown["width"], shown["height"]) == (1200, 600)
    assert shown["url"].startswith("/media/images/")


def test_a_picture_needs_words_for_those_who_do_not_see_it():
    assert set(CONTENT.option_errors(value(image=object()))) == {"image_text"}
    assert CONTENT.option_errors(value(image=object(), image_text="Où se trouve le numéro.")) == {}


def test_content_that_shows_nothing_is_refused():
    assert set(CONTENT.option_errors(value(shows_title=False))) == {"text"}
    assert CONTENT.option_errors(value(shows_title=True)) == {}

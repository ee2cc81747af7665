"""A document of several pages misses the pages that did not come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from procedures.plugins import Question, field_types
from procedures.uploads.keeping import KeptFile

DOCUMENTS = field_types["documents"]


def files(*names: str) -> list[KeptFile]:
    return [KeptFile(name, name, "image/jpeg", 1_000, "0" * 64) for name in names]


def notice(*, required: bool = True) -> Question:
    return replace(DOCUMENTS.sample(), required=required)


def test_a_page_that_did_not_come_is_named():
    with pytest.raises(ValidationError) as error:
        DOCUMENTS.form_field(notice()).clean(None, files("a.jpg"))
    assert error.value.messages == ["Still to send: Dernière page."]


def test_all_pages_or_one_more_or_none_where_it_is_optional_are_right():
    assert len(DOCUMENTS.form_field(notice()).clean(None, files("a.jpg", "b.jpg"))) == 2
    assert len(DOCUMENTS.form_field(notice()).clean(None, files("a.jpg", "b.jpg", "c.jpg"))) == 3
    assert DOCUMENTS.form_field(notice(required=False)).clean(None, []) == []


def test_each_page_is_said_with_its_file():
    assert DOCUMENTS.display(["a.jpg", "b.jpg"], notice()) == "Première page: a.jpg, Dernière page: b.jpg"
    assert DOCUMENTS.display(["a.jpg", "b.jpg", "c.jpg"], notice()) == "a.jpg, b.jpg, c.jpg"


def test_the_pages_are_asked_for_by_name():
    assert "Première page, Dernière page" in str(DOCUMENTS.form_field(notice()).help_text)


@pytest.mark.parametrize(
    ("pages", "is_right"), [("Recto\nVerso", True), ("", False), ("Recto\nrecto", False), ("p\n" * 11, False)]
)
def test_pages_have_names_that_differ(pages, is_right):
    assert bool(DOCUMENTS.option_errors({"pages": pages})) != is_right

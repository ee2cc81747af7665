"""Blocks on a page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tests.factories.pages import GuidePageFactory, build_city

pytestmark = pytest.mark.django_db


def heading(text: str) -> dict[str, object]:
    return {"type": "heading", "value": {"text": text, "level": "2"}, "id": str(uuid4())}


def test_two_headings_with_the_same_words_have_two_anchors(client):
    headings = [heading("À quel prix ?"), heading("À quel prix ?"), heading("الاشتراك"), heading("المطعم")]
    GuidePageFactory(parent=build_city(), slug="cantine", body=headings)
    anchors = re.findall(r'<h2 id="([^"]+)">', client.get("/cantine/").text)
    assert len(set(anchors)) == len(headings)
    assert anchors[0].startswith("a-quel-prix-")

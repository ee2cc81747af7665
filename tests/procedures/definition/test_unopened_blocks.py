"""The editor's script is told which blocks may wait until they are opened, and what they hold until then."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail import blocks
from wagtail.admin.telepath import JSContext

from cms.accounts.models import User
from procedures.definition.blocks.conditions import ConditionBlock
from procedures.definition.blocks.outcomes import AppliesBlock
from procedures.definition.blocks.questions import PrefillBlock, QuestionBlock
from procedures.definition.blocks.unopened import OpenedLaterAdapter, is_plain
from procedures.definition.models import ProcedurePage
from procedures.plugins import field_types
from tests.factories.procedures import make_page

SCRIPT = "admin/unopened-blocks"


def told(block: blocks.Block) -> dict[str, Any]:
    """What the script is told of a struct besides its name and fields."""
    return dict(OpenedLaterAdapter().js_args(block)[-1])


@pytest.mark.parametrize("block", [ConditionBlock(required=False), PrefillBlock(required=False)])
def test_conditions_and_prefills_wait_closed(block: blocks.Block):
    assert told(block)["plain"]
    assert told(block)["collapsed"]


def test_conditions_of_routes_and_fees_are_open_from_the_start():
    assert not told(AppliesBlock(required=False))["collapsed"]


@pytest.mark.parametrize("slug", ["short_text", "yes_no", "one_choice", "date", "long_text", "phone", "email"])
def test_the_usual_questions_wait(slug: str):
    assert told(QuestionBlock(field_types[slug]))["plain"], slug


@pytest.mark.parametrize(
    "block",
    [
        blocks.RichTextBlock(),
        blocks.PageChooserBlock(),
        blocks.StaticBlock(),
        blocks.StructBlock([("words", blocks.CharBlock()), ("more", blocks.ListBlock(blocks.RichTextBlock()))]),
        blocks.StreamBlock([("page", blocks.PageChooserBlock())]),
    ],
)
def test_what_hidden_inputs_cannot_say_is_built_at_once(block: blocks.Block):
    assert not is_plain(block)


def test_the_script_comes_after_wagtails_own():
    context = JSContext()
    context.pack(ProcedurePage._meta.get_field("steps").stream_block)
    scripts = [str(script) for script in context.media._js]
    (own,) = [place for place, script in enumerate(scripts) if SCRIPT in script]
    (wagtails,) = [place for place, script in enumerate(scripts) if "telepath/blocks" in script]
    assert wagtails < own


@pytest.mark.django_db
def test_the_editor_loads_the_script_and_names_its_blocks(client: Client):
    client.force_login(User.objects.create_superuser("admin@valmarie.example", "p"))
    text = client.get(f"/admin/pages/{make_page().pk}/edit/").content.decode()
    assert SCRIPT in text
    assert "parvis.OpenedLater" in text
    assert "parvis.Steps" in text

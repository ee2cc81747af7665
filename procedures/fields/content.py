"""Words or a picture between the questions: an explanation, a warning. Asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from procedures.fields.asking import NothingAsked
from procedures.plugins import FieldType, Question

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
EXPLANATION, WARNING = "explanation", "warning"
TONES = [(EXPLANATION, _("Explanation")), (WARNING, _("Warning: not to be missed"))]
RENDITION = "width-1200"


class Content(FieldType):
    """What the resident has to read where they are, not elsewhere."""

    slug = "content"
    label = _("Explanation, warning or picture")
    icon = "doc-full-inverse"
    palette = "structure"
    doc = _("A few words or a picture between the questions. It asks nothing; it can have a condition.")
    examples = [({}, None)]
    operators = ()
    asks = False
    template = "components/content.html"
    words = ("text", "image_text")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """How loud, which words, which picture."""
        return {
            "tone": blocks.ChoiceBlock(choices=TONES, default=EXPLANATION, label=_("Kind")),
            "shows_title": blocks.BooleanBlock(required=False, default=True, label=_("Residents see the title")),
            "text": blocks.RichTextBlock(required=False, features=FEATURES, label=_("Text"), search_index=False),
            "image": ImageChooserBlock(required=False, label=_("Picture")),
            "image_text": blocks.CharBlock(
                required=False,
                default="",
                max_length=400,
                label=_("What the picture shows"),
                help_text=_("For those who do not see it: everything that one has to know from it."),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The picture becomes the address and the size of a copy that fits a screen."""
        image = value["image"]
        shown = image.get_rendition(RENDITION) if image else None
        return {
            "tone": value["tone"] or EXPLANATION,
            "shows_title": bool(value["shows_title"]),
            "image": {"url": shown.url, "width": shown.width, "height": shown.height} if shown else None,
        }

    def option_errors(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Something to read, and words for those who do not see the picture."""
        if value["image"] and not (value["image_text"] or "").strip():
            return {"image_text": _now("Say what the picture shows: some residents do not see it.")}
        has_text = strip_tags(getattr(value["text"], "source", value["text"] or "")).replace("\xa0", " ").strip()
        if not has_text and not value["image"] and not value["shows_title"]:
            return {"text": _now("Write something, or choose a picture: there is nothing to see.")}
        return {}

    def form_field(self, question: Question) -> forms.Field:
        """None is ever shown: nobody answers."""
        return NothingAsked(label=question.label)

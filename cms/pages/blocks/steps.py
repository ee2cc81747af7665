"""What to do, in order; what to bring; questions and answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks.text import RICH_TEXT_FEATURES
from cms.pages.offers import PageBlock


class StepBlock(blocks.StructBlock):
    """One thing to do."""

    title = blocks.CharBlock(label=_("What to do"), max_length=150)
    text = blocks.RichTextBlock(label=_("How"), features=RICH_TEXT_FEATURES, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class Steps(PageBlock):
    """A numbered list of things to do."""

    slug = "steps"
    label = _("Steps")

    def block(self) -> blocks.Block:
        """An ordered list."""
        return blocks.ListBlock(
            StepBlock(), label=self.label, icon="list-ol", group=_("To do"), template="components/blocks/steps.html"
        )


class ChecklistBlock(blocks.StructBlock):
    """What to prepare."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    items = blocks.ListBlock(blocks.CharBlock(max_length=250), label=_("To prepare"))

    class Meta:
        icon = "clipboard-list"
        label = _("To prepare")
        template = "components/blocks/checklist.html"
        group = _("To do")


class Checklist(PageBlock):
    """Documents and things to have at hand."""

    slug = "checklist"
    label = _("To prepare")

    def block(self) -> blocks.Block:
        """A list with a title."""
        return ChecklistBlock()


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")


class Questions(PageBlock):
    """Questions that residents ask; each answer unfolds without a script."""

    slug = "questions"
    label = _("Questions and answers")

    def block(self) -> blocks.Block:
        """A list of details elements."""
        return blocks.ListBlock(
            QuestionBlock(),
            label=self.label,
            icon="help",
            group=_("To do"),
            template="components/blocks/questions.html",
        )

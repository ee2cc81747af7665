"""What procedures offer to pages: tasks on the home page, procedures beside a guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.offers import HomeSection, PageBlock, Visit
from procedures.definition.cards import all_cards, cards_of_pages, index_url
from procedures.definition.models import ProcedurePage

SHOWN = 6


class Tasks(HomeSection):
    """The first procedures of the list, each with its promised delay and its way without internet."""

    slug = "tasks"
    label = _("Procedures")
    template = "pages/home/tasks.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """``tasks``, ``all_url``, ``tracking_url``; no query once read."""
        cards = all_cards(visit.language)
        if not cards:
            return None
        return {
            "tasks": cards[:SHOWN],
            "all_url": index_url(visit.language),
            "tracking_url": reverse("tracking:form"),
        }


class ProcedureIdBlock(blocks.FieldBlock):
    """A choice among procedures that gives the id of the source page, without a query."""

    def __init__(self, *, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field_options: dict[str, Any] = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        """A plain list of the live procedures."""
        live = ProcedurePage.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
        return forms.ModelChoiceField(queryset=live.order_by("title"), **self.field_options)

    def value_from_form(self, value: Any) -> int | None:
        """Keep the id of the page chosen."""
        return getattr(value, "pk", value)

    def get_prep_value(self, value: Any) -> int | None:
        """Store the id, whether an id or a page is given."""
        return getattr(value, "pk", value)

    def value_for_form(self, value: Any) -> Any:
        """Give the list the id."""
        return getattr(value, "pk", value)

    def extract_references(self, value: Any) -> Iterator[tuple[type[ProcedurePage], str, str, str]]:
        """Tell Wagtail which procedure is used here."""
        if value:
            yield ProcedurePage, str(self.get_prep_value(value)), "", ""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """The same procedures in every language."""
        return []


class RelatedProceduresBlock(blocks.StructBlock):
    """A few procedures, with a heading of one's own if need be."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    procedures = blocks.ListBlock(ProcedureIdBlock(label=_("Procedure")), label=_("Procedures"), min_num=1, max_num=8)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the cards of those that are open, in the language of the visit."""
        context = super().get_context(value, parent_context)
        context["cards"] = cards_of_pages(value["procedures"], get_language() or settings.LANGUAGE_CODE)
        return context

    class Meta:
        icon = "form"
        label = _("Procedures")
        template = "components/blocks/related_procedures.html"


class RelatedProcedures(PageBlock):
    """Procedures that go with a page."""

    slug = "related_procedures"
    label = _("Procedures")

    def block(self) -> blocks.Block:
        """A box of links."""
        return RelatedProceduresBlock()

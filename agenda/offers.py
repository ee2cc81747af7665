"""What the agenda offers to pages: a section of the home page, a block beside guides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from agenda.filters import Filters
from agenda.listing import address
from agenda.next import next_events
from agenda.terms import Audience
from cms.pages import site
from cms.pages.offers import HomeSection, PageBlock, Visit

AGENDA_PAGE = "agenda.eventindexpage"


def agenda_url(language: str) -> str:
    """The agenda that everybody may read in that language; empty if there is none."""
    ref = site.current().first_of(AGENDA_PAGE, language)
    return ref.url if ref is not None and not ref.restricted else ""


class NextEvents(HomeSection):
    """The next three events, each once."""

    slug = "agenda"
    label = _("Next events")
    template = "pages/home/agenda.html"

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """The cards of the next events in the visitor's language, and where the others are."""
        all_url = agenda_url(visit.language)
        events = next_events(visit.language) if all_url else []
        return {"events": events, "all_url": all_url} if events else None


class EventsBlock(blocks.StructBlock):
    """The next events for an audience, with a heading of one's own if need be."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    audience = blocks.ChoiceBlock(choices=Audience.choices, required=False, label=_("Only for"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the cards and the agenda with the same filter."""
        context = super().get_context(value, parent_context)
        language, audience = get_language() or settings.LANGUAGE_CODE, value.get("audience") or ""
        all_url = agenda_url(language)
        context["events"] = next_events(language, audience) if all_url else []
        context["all_url"] = address(all_url, Filters(audience=audience).query())
        return context

    class Meta:
        icon = "date"
        label = _("Next events")
        template = "components/blocks/events.html"


class Events(PageBlock):
    """The next events, beside a guide."""

    slug = "events"
    label = _("Next events")

    def block(self) -> blocks.Block:
        """A short list with a link to the agenda."""
        return EventsBlock()

"""The map of a procedure in the admin: a list, and the same as a picture."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.about import AboutOnePage
from procedures.definition.checking import draft_of
from procedures.definition.extent import extent_of
from procedures.definition.mapping import picture_of, stops_of


class MapView(AboutOnePage):
    """The ways through the form as it was last saved."""

    template_name = "definition/map.html"
    header_icon = "site"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Map of the ways through the form")

    def get_page_subtitle(self) -> str:
        """Of which procedure."""
        return str(self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``stops``, ``picture`` and ``extent``; nothing where the draft is not finished enough to be walked."""
        definition = draft_of(self.page.get_latest_revision_as_object()).definition
        stops = stops_of(definition) if definition else []
        return super().get_context_data(
            stops=stops,
            picture=picture_of(stops) if stops else None,
            extent=extent_of(definition) if definition else None,
            **kwargs,
        )

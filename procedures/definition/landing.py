"""What the public page of a procedure shows beside its own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from cms.pages import site
from procedures.definition.cards import index_url, promised
from procedures.definition.models.versions import Procedure

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage


def landing(page: ProcedurePage) -> dict[str, Any]:
    """Context of ``pages/procedure.html``; in a preview there may be no version yet."""
    language = page.locale.language_code
    slug = _open_slugs().get(page.translation_key)
    return {
        "start_url": reverse("filing:start", args=[slug]) if slug else "",
        "promised": promised(page.announced_delay_days),
        "index_url": index_url(language),
    }


def _open_slugs() -> dict[UUID, str]:
    return site.shared("procedure-slugs", lambda: dict(Procedure.objects.open().values_list("key", "slug")))

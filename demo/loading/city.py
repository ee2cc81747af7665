"""What the loaders hand to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from cms.accounts.models import User
from demo.loading.writing import rich_text
from directory.models import Department, Place
from procedures.definition.models import ProcedureVersion
from procedures.inbox.models import ServiceRequest, Team


@dataclass
class City:
    """What is loaded already, under the keys of the data files."""

    say: Callable[[str], None]
    today: date = field(default_factory=timezone.localdate)
    now: datetime = field(default_factory=timezone.now)
    locale: Locale = field(default_factory=Locale.get_default)
    staff: dict[str, User] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    pictures: dict[str, Any] = field(default_factory=dict)
    """Images of Wagtail; their ``description`` is the text for those who cannot see them."""
    pages: dict[str, Page] = field(default_factory=dict)
    versions: dict[str, ProcedureVersion] = field(default_factory=dict)
    """The published version of each procedure."""
    teams: dict[str, Team] = field(default_factory=dict)
    requests: dict[str, ServiceRequest] = field(default_factory=dict)
    """Requests that others name, under their ``ref``."""
    logins: dict[str, dict[str, str]] = field(default_factory=dict)
    """Account → e-mail and password, for the file of the demo accounts."""

    def rich_text(self, text: str) -> str:
        """Rich text with links to the pages loaded so far."""
        return rich_text(text, self._link)

    def _link(self, target: str) -> str:
        kind, _, key = target.partition(":")
        if kind in ("page", "procedure"):
            return f'<a linktype="page" id="{self.pages[key].pk}">'
        return f'<a href="{target}">'

    def picture(self, key: str | None) -> dict[str, Any]:
        """The fields ``image`` and ``image_alt`` of a page."""
        if key is None:
            return {}
        image = self.pictures[key]
        return {"image": image, "image_alt": image.description}

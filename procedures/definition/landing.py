"""What the public page of a procedure shows beside its own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.pages import site
from directory.shared import departments
from procedures.definition.asides import asides_of
from procedures.definition.cards import index_url, promised
from procedures.definition.compiled import ACCEPTANCE, DAYS, REFUSAL, WEEKS, WORKING_DAYS, kept_files_months
from procedures.definition.standard_texts import standard_texts
from procedures.definition.versions import Procedure

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage


def landing(page: ProcedurePage) -> dict[str, Any]:
    """Context of ``pages/procedure.html``. In a preview there may be no version: nothing to begin."""
    language = page.locale_code
    slug, files_months = _open().get(page.translation_key, ("", page.files_months))
    card = departments(language).get(page.department_id)
    standard = standard_texts()
    return {
        "start_url": reverse("filing:start", args=[slug]) if slug else "",
        "promised": promised(page.announced_delay_days, page.announced_delay_unit),
        "legal": legal_words(page.silence_effect, page.delay, page.delay_unit),
        "silence": silence_words(page.silence_effect, page.delay, page.delay_unit),
        "remedies": (page.remedies or standard["remedies"]) if page.silence_effect == REFUSAL else "",
        "purpose": page.purpose or standard["purpose"],
        "retention": _retention(page.retention_months, kept_files_months(files_months, page.retention_months)),
        "card": card,
        "state": card.state_shown() if card else None,
        "all_url": index_url(language),
        "asides": asides_of(page),
        "source_language": settings.LANGUAGE_CODE,
    }


def silence_words(effect: str, delay: int, unit: str) -> str:
    """What the town's silence means, in the active language; "" where it means nothing."""
    if effect not in (ACCEPTANCE, REFUSAL):
        return ""
    words = {"delay": delay_words(delay, unit)}
    if effect == ACCEPTANCE:
        return _("No answer %(delay)s after your complete request means that it is accepted.") % words
    return _("No answer %(delay)s after your request means that it is refused.") % words


def legal_words(effect: str, delay: int, unit: str) -> str:
    """The legal delay, to stand beside the promised one; "" where silence means nothing."""
    return _("Legal limit: %(delay)s") % {"delay": delay_words(delay, unit)} if effect in (ACCEPTANCE, REFUSAL) else ""


def delay_words(delay: int, unit: str) -> str:
    """A delay in words: 2 months."""
    number = {"number": delay}
    if unit == DAYS:
        return ngettext("%(number)d day", "%(number)d days", delay) % number
    if unit == WORKING_DAYS:
        return ngettext("%(number)d working day", "%(number)d working days", delay) % number
    if unit == WEEKS:
        return ngettext("%(number)d week", "%(number)d weeks", delay) % number
    return ngettext("%(number)d month", "%(number)d months", delay) % number


def _retention(months: int, files_months: int) -> str:
    said = ngettext(
        "They are erased %(months)d month after your request is closed.",
        "They are erased %(months)d months after your request is closed.",
        months,
    ) % {"months": months}
    if files_months < months:
        said += " " + ngettext(
            "The documents you join are erased after %(months)d month already.",
            "The documents you join are erased after %(months)d months already.",
            files_months,
        ) % {"months": files_months}
    return said


def _open() -> dict[UUID, tuple[str, int | None]]:
    """Of the procedures that residents may begin: where, and the months that their version keeps documents."""
    return site.shared("procedures-open", _read_open)


def _read_open() -> dict[UUID, tuple[str, int | None]]:
    rows = Procedure.objects.open().values_list("key", "slug", "current__content__rules__files_months")
    return {key: (slug, files_months) for key, slug, files_months in rows}

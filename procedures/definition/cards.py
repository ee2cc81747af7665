"""Procedures as lists show them: read once per change of the site, in two queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.pages import site
from cms.pages.tree import PageRef
from procedures.definition.compiled import DAYS, WORKING_DAYS
from procedures.definition.themes import Theme
from procedures.definition.versions import Procedure

PAGE_MODEL = "definition.procedurepage"
INDEX_MODEL = "definition.procedureindexpage"


@dataclass(frozen=True)
class ProcedureCard:
    """A procedure that residents may begin, worded in one language; ``lang`` says so where it is not."""

    page_id: int
    """The page of the source language."""
    key: UUID
    slug: str
    title: str
    url: str
    text: str
    delay: str
    """The promised answer, in words."""
    alternative: str
    """How to do it without internet, in words."""
    theme: str
    department_id: int
    lang: str = ""


@dataclass(frozen=True)
class ThemeCards:
    """A theme and its procedures."""

    slug: str
    label: str
    cards: tuple[ProcedureCard, ...]


def all_cards(language: str) -> list[ProcedureCard]:
    """Every open procedure in the order of the editors' tree."""
    return site.shared(f"procedure-cards-{language}", lambda: _read(language))


def cards_of_pages(page_ids: Iterable[int | None], language: str) -> list[ProcedureCard]:
    """The open procedures among these source pages, in that order."""
    known = {card.page_id: card for card in all_cards(language)}
    return [known[page_id] for page_id in page_ids if page_id in known]


def by_theme(language: str) -> list[ThemeCards]:
    """The open procedures under their themes; empty themes are left out."""
    cards = all_cards(language)
    themes = ((theme, tuple(card for card in cards if card.theme == theme.value)) for theme in Theme)
    return [ThemeCards(theme.value, force_str(theme.label), found) for theme, found in themes if found]


def index_url(language: str) -> str:
    """The address of the list of procedures; empty while there is none."""
    snapshot = site.current()
    ref = snapshot.first_of(INDEX_MODEL, language) or snapshot.first_of(INDEX_MODEL, settings.LANGUAGE_CODE)
    return ref.url if ref else ""


def promised(days: int, unit: str = DAYS) -> str:
    """The promised delay in words, in the active language."""
    if unit == WORKING_DAYS:
        return ngettext("Answer within %(days)d working day", "Answer within %(days)d working days", days) % {
            "days": days
        }
    return ngettext("Answer within %(days)d day", "Answer within %(days)d days", days) % {"days": days}


def _read(language: str) -> list[ProcedureCard]:
    snapshot = site.current()
    procedures = {row.page_id: row for row in Procedure.objects.open().select_related("department", "page")}
    refs = {page_id: snapshot.in_language(page_id, language) for page_id in snapshot.pages if page_id in procedures}
    page_model = Procedure._meta.get_field("page").related_model
    shown = page_model._base_manager.filter(pk__in=[ref.id for ref in refs.values() if ref])
    introductions = dict(shown.values_list("pk", "introduction"))
    with translation.override(language):
        return [
            _card(procedures[page_id], ref, introductions.get(ref.id, ""), language)
            for page_id, ref in refs.items()
            if ref is not None
        ]


def _card(procedure: Procedure, ref: PageRef, introduction: str, language: str) -> ProcedureCard:
    page: Any = procedure.page
    phones = procedure.department.phones
    return ProcedureCard(
        page_id=page.pk,
        key=procedure.key,
        slug=procedure.slug,
        title=ref.title,
        url=ref.url,
        text=introduction,
        delay=promised(page.announced_delay_days, page.announced_delay_unit),
        alternative=_("or by phone: %(number)s") % {"number": phones[0]} if phones else _("or at the desk"),
        theme=page.theme,
        department_id=procedure.department_id,
        lang="" if ref.language == language else ref.language,
    )

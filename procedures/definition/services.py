"""Publishing: the only place that writes procedures and versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from procedures.definition.checking import find_blocking
from procedures.definition.compiling import compile_page
from procedures.definition.models import Procedure, ProcedurePage, ProcedureVersion
from procedures.definition.refusals import NotPublishable
from procedures.definition.scenario_services import hold_to_scenarios


@transaction.atomic
def publish_version(page: ProcedurePage) -> ProcedureVersion | None:
    """Make the version that residents get from now on, if anything changed.

    Publishing a translation makes a version too: its words join those of the source. As
    long as the source page is not live there is none (None).

    Raises:
        NotPublishable: the page cannot be filled in as it is; it says what and where.
        ScenariosFailed: a scenario no longer comes out as expected; it says what differs.
    """
    source = _source_of(page)
    if source is None or not source.live:
        return None
    if source.department_id is None:
        raise NotPublishable(_("A procedure needs a department."))
    messages = [finding.message for finding in find_blocking(source)]
    if messages:
        raise NotPublishable(messages)
    content = compile_page(source, _live_translations(source))
    hold_to_scenarios(source.translation_key, content)
    fingerprint = fingerprint_of(content)
    procedure = _procedure_of(source)
    current = procedure.current
    if current is None or current.fingerprint != fingerprint:
        last = procedure.versions.aggregate(last=Max("number"))["last"] or 0
        current = ProcedureVersion.objects.create(
            procedure=procedure, number=last + 1, content=content, fingerprint=fingerprint
        )
    procedure.current = current
    procedure.page, procedure.department_id, procedure.title = source, source.department_id, source.title
    procedure.is_open = True
    procedure.save()
    return current


@transaction.atomic
def close_procedure(page: ProcedurePage) -> None:
    """Take no new draft once the source page is no longer live; versions and requests stay."""
    if page.is_source:
        for procedure in Procedure.objects.filter(key=page.translation_key, is_open=True):
            procedure.is_open = False
            procedure.save(update_fields=["is_open"])
    else:
        publish_version(page)


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in canonical JSON."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _source_of(page: ProcedurePage) -> ProcedurePage | None:
    if page.is_source:
        return page
    return _family(page).filter(locale__language_code=settings.LANGUAGE_CODE).first()


def _live_translations(source: ProcedurePage) -> list[ProcedurePage]:
    return list(_family(source).filter(live=True, alias_of=None).exclude(pk=source.pk).order_by("locale_id"))


def _family(page: ProcedurePage) -> Any:
    return ProcedurePage.objects.filter(translation_key=page.translation_key).select_related("locale")


def _procedure_of(source: ProcedurePage) -> Procedure:
    """The procedure's row, locked; made at the first publication, with an address it keeps for ever."""
    found = Procedure.objects.select_for_update().filter(key=source.translation_key).first()
    if found is not None:
        return found
    return Procedure.objects.create(
        key=source.translation_key,
        slug=_free_slug(source.slug),
        title=source.title,
        page=source,
        department_id=source.department_id,
        is_open=True,
    )


def _free_slug(page_slug: str) -> str:
    """A slug of plain letters, as addresses and e-mails take it, that no other procedure has."""
    wanted = slugify(page_slug) or "demarche"
    taken = set(Procedure.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted[:250]}-{number}"
    return slug

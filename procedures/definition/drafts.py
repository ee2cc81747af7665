"""What a department is writing, compiled as it stands: saved, not yet published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from procedures.definition.checking import find_blocking
from procedures.definition.compiling import compile_page
from procedures.definition.models import ProcedurePage, Trial
from procedures.definition.services import fingerprint_of

if TYPE_CHECKING:
    from cms.accounts.models import User


def source_of(page: ProcedurePage) -> ProcedurePage:
    """The page of the city's own language, saved draft included. Raises ValidationError: there is none."""
    family = ProcedurePage.objects.filter(translation_key=page.translation_key)
    source = family.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is None:
        raise ValidationError(_("There is no page in the city's own language."))
    return source.get_latest_revision_as_object()


def compile_draft(source: ProcedurePage) -> dict[str, Any]:
    """The content that publishing would make of a page and the drafts of its translations.

    Raises:
        ValidationError: nobody could fill it in as it is; the messages say why.
    """
    messages = [finding.message for finding in find_blocking(source)]
    if source.department_id is None:
        messages.append(_("Say which department is in charge: requests go to its inbox."))
    if messages:
        raise ValidationError(messages)
    others = ProcedurePage.objects.filter(translation_key=source.translation_key, alias_of=None).exclude(pk=source.pk)
    translations = [page.get_latest_revision_as_object() for page in others.select_related("locale")]
    return compile_page(source, translations)


def begin_trial(page: ProcedurePage, author: User) -> Trial:
    """Make a trial of the saved draft. Raises ValidationError as ``compile_draft``."""
    source = source_of(page)
    content = compile_draft(source)
    trial: Trial = Trial.objects.create(
        page_id=source.pk, author=author, content=content, fingerprint=fingerprint_of(content)
    )
    return trial

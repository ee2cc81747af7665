"""Everything there is to say about a procedure before it is published: what stops it, and advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError

from cms.pages.translations import faithfulness
from procedures.definition.compiled import Definition
from procedures.definition.compiling import compile_page
from procedures.definition.outline import Placed, placed, question_of, text_of
from procedures.definition.reading import decode
from procedures.plugins import DraftProcedure, Path, ProcedureCheck, Question, procedure_checks

if TYPE_CHECKING:
    from procedures.definition.models import ProcedurePage


class Finding(NamedTuple):
    """What a check has to say, and about which field."""

    path: Path
    """Of a block, from the steps down; the name of a field of the page alone; empty for the whole page."""
    message: str
    check: ProcedureCheck


def find_all(draft: DraftProcedure) -> list[Finding]:
    """What every check finds, what stops the publication first."""
    found = [*_found(draft, blocking=True), *_found(draft, blocking=False)]
    return list(dict.fromkeys(found))


def find_blocking(page: ProcedurePage) -> list[Finding]:
    """What stops the publication of ``page``."""
    return list(_found(draft_of(page), blocking=True))


def _found(draft: DraftProcedure, *, blocking: bool) -> Iterator[Finding]:
    for check in procedure_checks:
        if check.blocking is blocking and not check.retired:
            try:
                yield from [Finding(path, str(message), check) for path, message in check.find(draft)]
            except (KeyError, TypeError, ValueError):
                if draft.definition is not None:
                    raise
                # an option is not filled in yet: this check has to wait


def draft_of(page: ProcedurePage) -> DraftProcedure:
    """What stands on the page now, saved or not, as checks read it."""
    fields: dict[str, Any] = {field.attname: getattr(page, field.attname) for field in page._meta.local_fields}
    language = page.locale.language_code if page.locale_id else settings.LANGUAGE_CODE
    fields |= {"title": page.title, "language": language, "translations": _translations(page, language)}
    parts = [(block.path, _part(block)) for block in placed(page.steps)]
    return DraftProcedure(fields, parts, _definition(page, language))


def _part(block: Placed) -> Question:
    value, id = block.child.value, block.child.id
    if not block.is_question:
        return Question(id=id, type=block.kind, label=value["title"] or "", help=text_of(value["introduction"]))
    try:
        question = question_of(block.child)
        return replace(question, label=question.label or "", help=question.help or "")
    except (KeyError, TypeError, ValueError):  # a draft whose options are not filled in
        return Question(id=id, type=block.kind, label=value["label"] or "", help=value["help_text"] or "")


def _definition(page: ProcedurePage, language: str) -> Definition | None:
    """What a version made now would be, in the language of the page."""
    try:
        return decode(compile_page(page, []), language)
    except (ValidationError, KeyError, TypeError, ValueError):  # not finished: other checks say what is missing
        return None


def _translations(page: ProcedurePage, language: str) -> dict[str, str]:
    """The other languages of the site, by their names: missing, partial, stale, whole."""
    if not page.pk or not page.is_source:
        return {}
    done = set(
        type(page)
        .objects.filter(translation_key=page.translation_key, live=True, alias_of=None)
        .values_list("locale__language_code", flat=True)
    )
    states = {}
    for code, name in settings.WAGTAIL_CONTENT_LANGUAGES:
        if code != language:
            state = faithfulness(page.translation_key, code)
            kept = "stale" if state.stale else "partial" if state.untranslated else "whole"
            states[str(name)] = kept if code in done else "missing"
    return states

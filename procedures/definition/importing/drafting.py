"""Imported procedures become drafts: pages that nobody sees before somebody has read and published them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.accounts.models import User
from directory.models import Department
from procedures.definition.checking import find_blocking
from procedures.definition.importing.content import settings_fields
from procedures.definition.importing.report import LEFT, TEXT, Outcome
from procedures.definition.importing.safety import UnusableFileError
from procedures.definition.marks import to_complete
from procedures.definition.models import ProcedureIndexPage, ProcedurePage
from procedures.definition.outcome_checks import find_outcome_problems


@transaction.atomic
def draft_procedure(
    content: Mapping[str, Any], department: Department, *, user: User | None = None
) -> tuple[ProcedurePage, list[Outcome]]:
    """Make the draft page of an imported procedure, and drafts of its translations.

    Importing twice makes two drafts, each at an address of its own.

    Args:
        content: as ``content.checked`` gives it.
        department: source row of the one in charge.

    Returns:
        The page, and what of the content could not be kept.

    Raises:
        UnusableFileError: the site has no list of procedures, or speaks another language.
    """
    page = unsaved_page(content, department)
    index = ProcedureIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if index is None:
        raise UnusableFileError(_("The site has no list of procedures yet: make that page first."))
    page.slug = _free_slug(index, page.slug)
    page.live = False
    index.add_child(instance=page)
    page.save_revision(user=user)
    left = [outcome for words in content["translations"].items() if (outcome := _translate(page, *words))]
    return page, left


def unsaved_page(content: Mapping[str, Any], department: Department | None) -> ProcedurePage:
    """The page in memory, with marked places where the source says nothing. Raises UnusableFileError."""
    if content["language"] != settings.LANGUAGE_CODE:
        raise UnusableFileError(
            _("The procedure is written in “%(theirs)s”, and this site in “%(ours)s”.")
            % {"theirs": content["language"][:20], "ours": settings.LANGUAGE_CODE}
        )
    page = ProcedurePage(
        title=content["title"],
        slug=slugify(content["slug"] or content["title"])[:200] or "demarche",
        department=department,
        **_values(content),
    )
    page.locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    with translation.override(settings.LANGUAGE_CODE):
        page.introduction = page.introduction or to_complete(_("what this procedure is for, in one sentence"))
        page.alternative = page.alternative or way_without_internet(department)
    return page


def way_without_internet(department: Department | None) -> str:
    """How to reach the department, as rich text; a marked place where nothing is known of it."""
    if department is None or not (department.phones or department.street):
        way = to_complete(_("how to do this without internet, by phone, at a desk or on paper"))
        return f"<p>{way}</p>"
    ways = []
    if department.phones:
        ways.append(_("By phone: %(number)s.") % {"number": department.phones[0]})
    if department.street:
        place = ", ".join(filter(None, (department.street, f"{department.postcode} {department.town}".strip())))
        ways.append(_("At the desk or by post: %(name)s, %(place)s.") % {"name": department.name, "place": place})
    return "".join(f"<p>{escape(way)}</p>" for way in ways)


def _values(content: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of the page; one that does not fit its field is left at its default."""
    values: dict[str, Any] = {"steps": content["steps"]}
    for name, value in content["settings"].items():
        field = settings_fields()[name]
        try:
            if not isinstance(value, list):
                field.clean(value, None) if value not in (None, "") else None
        except (ValidationError, TypeError, ValueError):
            continue
        if value is None and not field.null:
            continue
        values[field.attname if isinstance(field, models.ForeignKey) else name] = value
    return values


def _free_slug(index: ProcedureIndexPage, wanted: str) -> str:
    taken = set(index.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _translate(page: ProcedurePage, code: str, words: Mapping[str, Any]) -> Outcome | None:
    """Make the draft of a translation; what could not be, in an outcome."""
    locale = Locale.objects.filter(language_code=code).exclude(pk=page.locale_id).first()
    if locale is None:
        why = _("the site does not speak “%(language)s”") % {"language": code[:20]}
        return Outcome(TEXT, words["title"], LEFT, why)
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = words["title"]
    for name, value in _values(words).items():
        setattr(copy, name, value)
    copy.save()
    copy.save_revision()
    return None


def publishing_problems(page: ProcedurePage) -> list[str]:
    """What would stop somebody who publishes the page as it is: fields, blocks, blocking checks."""
    with translation.override(settings.LANGUAGE_CODE):
        found = list(_of_fields(page))
        try:
            page.steps.stream_block.clean(page.steps)
        except ValidationError as error:
            found += _lines(error)
        found += [finding.message for finding in find_blocking(page)]
        for problems in find_outcome_problems(page.steps, page.routes, page.fees).values():
            found += [problem.message for problem in problems]
    return list(dict.fromkeys(found))


def _of_fields(page: ProcedurePage) -> Iterator[str]:
    for name, field in {**settings_fields(), "title": page._meta.get_field("title")}.items():
        if name == "steps":
            continue
        try:
            field.clean(field.value_from_object(page), page)
        except ValidationError as error:
            yield from (f"{field.verbose_name}: {message}" for message in error.messages)
    if page.department_id is None:
        yield _("A procedure needs a department.")


def _lines(error: Any) -> Iterator[str]:
    """The messages of an error, however deep it is nested below blocks."""
    for inner in getattr(error, "block_errors", None) or {}:
        below = error.block_errors[inner] if isinstance(error.block_errors, dict) else inner
        if below is not None:
            yield from _lines(below)
    nested = getattr(error, "block_errors", None)
    if not nested and hasattr(error, "error_list"):
        for each in error.error_list:
            yield from _lines(each) if getattr(each, "block_errors", None) else each.messages

"""A procedure copied for another department, or begun from a template: always a draft, read before it is published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from cms.accounts.models import User
from directory.models import Department
from procedures.definition.importing.running import read_procedure, save_draft
from procedures.definition.models import ProcedurePage, Scenario

BLUEPRINTS = Path(__file__).parent / "blueprints"


@dataclass(frozen=True)
class Blueprint:
    """A template of a procedure; ``slug`` is the name of its file."""

    slug: str
    title: str
    introduction: str
    steps: int


@cache
def blueprints() -> tuple[Blueprint, ...]:
    """The templates that come with Parvis, by their titles."""
    found = []
    for path in BLUEPRINTS.glob("*.json"):
        content = json.loads(path.read_bytes())
        introduction = content["settings"]["introduction"]
        found.append(Blueprint(path.stem, content["title"], introduction, len(content["steps"])))
    return tuple(sorted(found, key=lambda one: one.title))


def begin_from(blueprint: Blueprint, department: Department, user: User) -> ProcedurePage:
    """Make a draft from a template. Raises UnusableFileError: the site has no list of procedures."""
    path = BLUEPRINTS / f"{blueprint.slug}.json"
    return save_draft(read_procedure(path.read_bytes(), path.name, {}, department), department, user)


@transaction.atomic
def copy_procedure(page: ProcedurePage, title: str, department: Department, user: User) -> ProcedurePage:
    """Copy the saved draft with its translations and scenarios.

    Questions keep the ids of their blocks, which conditions, routes, fees and scenarios look at; versions
    tell the two procedures apart. What scenarios expect of the department is that of the copy. Agents stay behind.
    """
    copy = page.copy(
        update_attrs={"title": title, "slug": _free_slug(page, title), "department": department},
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    copy.routes = [
        ("route", {**route.value, "agent": None}, route.id)
        for route in page.routes
        if any(route.value[name] for name in ("department", "announced_delay_days"))
    ]
    copy.save()
    copy.save_revision(user=user)
    _copy_translations(page, copy, user)
    _copy_scenarios(page, copy, user)
    return copy


def _copy_translations(page: ProcedurePage, copy: ProcedurePage, user: User) -> None:
    for other in ProcedurePage.objects.filter(translation_key=page.translation_key, alias_of=None).exclude(pk=page.pk):
        attributes = {
            "slug": _free_slug(other, copy.title),
            "department": copy.department,
            "translation_key": copy.translation_key,
        }
        again = other.get_latest_revision_as_object().copy(
            update_attrs=attributes, copy_revisions=False, keep_live=False, reset_translation_key=False, user=user
        )
        again.save_revision(user=user)


def _copy_scenarios(page: ProcedurePage, copy: ProcedurePage, user: User) -> None:
    for scenario in Scenario.objects.of(page.translation_key):
        expected = {**scenario.expected, "agent_id": None}
        if expected["department_id"] == page.department_id:
            expected["department_id"] = copy.department_id
        Scenario.objects.create(
            procedure_key=copy.translation_key,
            name=scenario.name,
            answers=scenario.answers,
            expected=expected,
            author=user,
        )


def may_copy(user: User, page: ProcedurePage) -> bool:
    """Whether ``user`` may read a procedure's draft, and add one beside it."""
    parent = page.get_parent().specific
    return page.permissions_for_user(user).can_edit() and parent.permissions_for_user(user).can_add_subpage()


def _free_slug(page: ProcedurePage, title: str) -> str:
    wanted = slugify(title)[:200] or "demarche"
    taken = set(page.get_siblings().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug

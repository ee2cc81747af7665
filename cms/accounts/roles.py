"""The roles and what each may do; rooms add their part through settings."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

# In the words of the admin of a French town: administrators read them.
COMMUNICATIONS = "Communication"
DEPARTMENT_EDITORS = "Rédacteurs de service"
AGENTS = "Agents"
ELECTED = "Élus"
ADMINISTRATORS = "Administrateurs"
ROLES = (COMMUNICATIONS, DEPARTMENT_EDITORS, AGENTS, ELECTED, ADMINISTRATORS)

SHIPPED_BY_WAGTAIL = ("Editors", "Moderators")
EDITING = ("add_page", "change_page", "publish_page")
WORKFLOW = _("Reading before publication")


def role(name: str) -> Group:
    """The group of that name, one of ``ROLES``."""
    return Group.objects.get(name=name)


def grant_page(page: Page, name: str, codenames: Iterable[str]) -> None:
    """Let a role add, change or publish pages from ``page`` down."""
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=role(name), page=page, permission=permission)


def sync_roles(**_: object) -> None:
    """Make the roles, their permissions and the workflow; run after every migration.

    What an administrator granted besides is left alone.
    """
    if not Page.objects.filter(depth=1).exists():
        return
    for name in ROLES:
        Group.objects.get_or_create(name=name)
    Group.objects.filter(name__in=SHIPPED_BY_WAGTAIL, user=None).delete()
    for name, permissions in settings.ROLE_PERMISSIONS.items():
        role(name).permissions.add(*_permissions(permissions))
    root = Page.objects.get(depth=1)
    grant_page(root, COMMUNICATIONS, EDITING)
    grant_page(
        root,
        ADMINISTRATORS,
        ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"],
    )
    for name in (COMMUNICATIONS, DEPARTMENT_EDITORS, ADMINISTRATORS):
        _grant_media(name)
    _set_up_workflow(root)


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Permissions named ``app.codename``; those of a room that is not installed are left out."""
    found: list[Permission] = []
    for name in names:
        app, _, codename = name.partition(".")
        found += Permission.objects.filter(content_type__app_label=app, codename=codename)
    return found


def _grant_media(name: str) -> None:
    collection = Collection.get_first_root_node()
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for verb in ("add", "change", "choose"):
            for permission in _permissions([f"{app}.{verb}_{model}"]):
                GroupCollectionPermission.objects.get_or_create(
                    group=role(name), collection=collection, permission=permission
                )


def _set_up_workflow(root: Page) -> None:
    """One reading by the communications team, for who may not or would rather not publish alone."""
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    if WorkflowPage.objects.filter(page=root).exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        name = str(WORKFLOW)
    task, made = GroupApprovalTask.objects.get_or_create(name=name)
    if made:
        task.groups.set([role(COMMUNICATIONS), role(ADMINISTRATORS)])
    workflow = Workflow.objects.get_or_create(name=name)[0]
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})

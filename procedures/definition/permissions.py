"""Who may write which procedure.

A department's editor works on the procedures of the departments they edit for, and on no
other page. Everybody else has what Wagtail's page permissions give.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS, COMMUNICATIONS, DEPARTMENT_EDITORS
from directory.models import DepartmentMember, departments_of

WRITING: Collection[str] = (DepartmentMember.Role.EDITOR, DepartmentMember.Role.HEAD)
"""Roles in a department that write its procedures."""
ANSWERING: Collection[str] = (DepartmentMember.Role.AGENT, DepartmentMember.Role.HEAD)
"""Roles in a department that answer its requests."""
KNOWN = "_bound_to_departments"


def is_bound(user: User) -> bool:
    """Whether ``user`` writes for departments only; looked up once per request."""
    known: bool | None = user.__dict__.get(KNOWN)
    if known is None:
        names = set() if user.is_superuser else set(user.groups.values_list("name", flat=True))
        known = DEPARTMENT_EDITORS in names and not names & {COMMUNICATIONS, ADMINISTRATORS}
        user.__dict__[KNOWN] = known
    return known


def writable_departments(user: User) -> QuerySet[Any]:
    """Source rows of the departments whose procedures ``user``, a bound editor, writes."""
    return departments_of(user, roles=WRITING)


def answers_for(user_id: int, department_id: int | None) -> bool:
    """Whether a user answers the requests of a department."""
    user = User.objects.filter(pk=user_id).first()
    return user is not None and departments_of(user, roles=ANSWERING).filter(pk=department_id).exists()


class ProcedurePermissions(PagePermissionTester):
    """What a user may do with one procedure's page."""

    @cached_property
    def is_theirs(self) -> bool:
        """Whether the page's department is one the user writes for. A page not saved yet is its author's."""
        if not is_bound(self.user):
            return True
        saved = type(self.page)._base_manager.filter(pk=self.page.pk).values_list("department_id", flat=True).first()
        wanted = {department for department in (saved, self.page.department_id) if department is not None}
        return len(wanted) == writable_departments(self.user).filter(pk__in=wanted).count()

    def can_edit(self) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_publish()

    def can_unpublish(self) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_unpublish()

    def can_lock(self) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_lock()

    def can_unlock(self) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_unlock()

    def can_submit_for_moderation(self) -> bool:
        """Only one's own department's."""
        return self.is_theirs and super().can_submit_for_moderation()

    def can_view_revisions(self) -> bool:
        """Only one's own department's: what was tried and dropped is nobody else's business."""
        return self.is_theirs and super().can_view_revisions()


class IndexPermissions(PagePermissionTester):
    """What a user may do with the list of procedures: a bound editor adds below it, and no more."""

    def __init__(self, user: User, page: Page) -> None:
        super().__init__(user, page)
        self.may_change = not is_bound(user)

    def can_edit(self) -> bool:
        """Not for a bound editor."""
        return self.may_change and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Not for a bound editor."""
        return self.may_change and super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        """Not for a bound editor."""
        return self.may_change and super().can_publish()

    def can_unpublish(self) -> bool:
        """Not for a bound editor."""
        return self.may_change and super().can_unpublish()

    def can_reorder_children(self) -> bool:
        """Not for a bound editor: the order is everybody's."""
        return self.may_change and super().can_reorder_children()

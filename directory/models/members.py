"""Which agents work for which department."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATORS
from directory.models.departments import Department


class DepartmentMember(models.Model):
    """Somebody works for a department (always its source row).

    Privacy: links a member of staff to a department; removed with either.
    """

    class Role(models.TextChoices):
        AGENT = "agent", _("Agent: answers requests")
        HEAD = "head", _("Head: answers requests and hands them out")
        EDITOR = "editor", _("Editor: writes the department's procedures")

    department = models.ForeignKey(
        Department,
        models.CASCADE,
        related_name="members",
        verbose_name=_("department"),
        limit_choices_to={"locale__language_code": settings.LANGUAGE_CODE},
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["department", "user", "role"],
                name="member_once_per_role",
                violation_error_message=_("This person has this role already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


def departments_of(user: User | AnonymousUser, *, roles: Collection[str] | None = None) -> models.QuerySet[Any]:
    """Source rows of the departments that ``user`` works for; administrators work for all.

    Args:
        roles: keep memberships with one of these roles (values of ``DepartmentMember.Role``).
    """
    departments = Department.objects.source()
    if not user.is_authenticated or not user.is_active:
        return departments.none()
    if user.is_superuser:
        return departments
    memberships = DepartmentMember.objects.filter(user=user)
    if roles is not None:
        memberships = memberships.filter(role__in=roles)
    is_administrator = models.Exists(user.groups.filter(name=ADMINISTRATORS))  # within the one query
    return departments.filter(models.Q(pk__in=memberships.values("department")) | is_administrator)

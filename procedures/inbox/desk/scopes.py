"""Screens whose rows belong to departments: heads keep those of theirs, administrators all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.accounts.models import User
from directory.models import Department, DepartmentMember, departments_of

PERMISSION = "inbox.change_servicerequest"
MENU_SECONDS = 60


def administers(user: User | AnonymousUser) -> bool:
    """Whether ``user`` arranges every desk: whoever says who works where."""
    return user.is_active and user.has_perm("directory.change_departmentmember")


def headed_by(user: User | AnonymousUser) -> QuerySet[Any]:
    """The departments whose desk ``user`` arranges."""
    if administers(user):
        return Department.objects.source()
    return departments_of(user, roles=(DepartmentMember.Role.HEAD,))


def shows_menu(user: User, path: str) -> bool:
    """Whether the menu has the entry: it is on every screen, so a minute old is fresh enough; screens ask anew."""
    if not user.has_perm(PERMISSION):
        return False
    if administers(user):
        return True
    return bool(path) and bool(
        cache.get_or_set(f"desk-heads-{user.pk}", lambda: headed_by(user).exists(), MENU_SECONDS)
    )


class HeadsPolicy(BasePermissionPolicy):
    """Whoever heads the department of a row may do everything to it; administrators to all.

    ``path`` leads from a row to its department; "" leaves the model to administrators. Rows of
    no department are everybody's, hence the administrators' too.
    """

    def __init__(self, model: type[Model], path: str, *, may_delete: bool = True) -> None:
        super().__init__(model)
        self.path, self.may_delete = path, may_delete

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether ``user`` has rows of their own at all."""
        if action == "delete" and not self.may_delete:
            return False
        if not user.has_perm(PERMISSION):
            return False
        return administers(user) or bool(self.path and headed_by(user).exists())

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """The rows that ``user`` keeps."""
        rows = cast("QuerySet[Any]", self.model._default_manager.all())
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        return rows if administers(user) else rows.filter(**{f"{self.path}__in": headed_by(user)})

    def instances_user_has_permission_for(self, user: User, action: str) -> QuerySet[Any]:
        """The rows that ``user`` keeps, where ``action`` may be done at all."""
        return self.instances_user_has_any_permission_for(user, [action])

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Model) -> bool:
        """Whether the row is one of theirs."""
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """Whether the row is one of theirs."""
        return self.user_has_any_permission_for_instance(user, [action], instance)


class ScopedForm(WagtailAdminModelForm):
    """Offers the departments and procedures of whoever fills it in, and no others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments, is_administrator = headed_by(self.for_user), administers(self.for_user)
        if "department" in self.fields:
            field = self.fields["department"]
            field.queryset = departments
            if not is_administrator and not field.required:
                field.required, field.help_text = True, ""  # "left empty: for all" is not theirs to say
            if self.instance.pk is None and len(only := departments[:2]) == 1:
                self.initial["department"] = only[0].pk
        if "procedure" in self.fields:
            procedures = self.fields["procedure"].queryset
            self.fields["procedure"].queryset = (
                procedures if is_administrator else procedures.filter(department__in=departments)
            )


class _Rows:
    """Refuses what is not a row of theirs, as if it were not there to be touched."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # mixed into Wagtail's views
        user, policy = self.request.user, self.permission_policy  # type: ignore[attr-defined]
        if not policy.user_has_any_permission_for_instance(user, ["change", "delete"], found):
            raise PermissionDenied
        return found


class ScopedIndexView(generic.IndexView):
    """Lists one's own rows."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Those that the policy lets through."""
        mine = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        return super().get_base_queryset().filter(pk__in=mine.values("pk"))


class ScopedCreateView(generic.CreateView):
    """Adds a row."""


class ScopedEditView(_Rows, generic.EditView):
    """Changes one's own rows."""


class ScopedDeleteView(_Rows, generic.DeleteView):
    """Deletes one's own rows."""


class ScopedViewSet(ModelViewSet):
    """List, add, change, delete; nothing else has an address. ``form`` is a ``ScopedForm``."""

    form: type[ScopedForm]
    path = "department"
    may_delete = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class, add_view_class = ScopedIndexView, ScopedCreateView
    edit_view_class, delete_view_class = ScopedEditView, ScopedDeleteView

    @property
    def permission_policy(self) -> HeadsPolicy:
        """Heads for theirs."""
        return HeadsPolicy(self.model, self.path, may_delete=self.may_delete)

    @property
    def menu_item_class(self) -> type[MenuItem]:
        """Asks once a minute instead of six times a screen."""
        path = self.path

        class ScopedMenuItem(MenuItem):
            """An entry of “Desk settings”."""

            def is_shown(self, request: HttpRequest) -> bool:
                """Shown to whoever has rows there."""
                return shows_menu(cast("User", request.user), path)

        return ScopedMenuItem

    def get_form_class(self, for_update: bool = False) -> type[ScopedForm]:
        """The same for both."""
        return self.form

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without history and usage: they would open rows by another door."""
        return super().get_common_view_kwargs(**{"history_url_name": None, "usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        """The five addresses that exist."""
        kept = {"index", "index_results", "add", "edit", "delete"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]

    def register_permissions(self) -> None:
        """None: membership decides, not a right in a group."""

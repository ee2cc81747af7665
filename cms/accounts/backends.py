"""Who logs in, and what they may do: one query each, on every screen of the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q

from cms.accounts.models import User


class StaffBackend(ModelBackend):
    """Django's own, with fewer questions: the profile comes with the user, permissions of both kinds together."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, with what Wagtail asks of the profile next."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Permissions as ``app.codename``, one's own and those of one's groups."""
        if not user_obj.is_active or isinstance(user_obj, AnonymousUser) or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            granted = Permission.objects.order_by()
            if not user_obj.is_superuser:
                own = Q(pk__in=user_obj.user_permissions.values("pk"))
                granted = granted.filter(own | Q(group__in=user_obj.groups.values("pk"))).distinct()
            rows = granted.values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in rows}
        return user_obj._perm_cache

"""The admin's form of a user: with the capacity that letters state."""

from __future__ import annotations

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet


class StaffEditForm(UserEditForm):
    """Change somebody's account."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"capacity"}


class StaffCreationForm(UserCreationForm):
    """Make somebody's account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"capacity"}


class StaffViewSet(UserViewSet):
    """Wagtail's screens of users, with these forms."""

    def get_form_class(self, for_update: bool = False) -> type[UserEditForm] | type[UserCreationForm]:
        """The form for a new account, or for one that exists."""
        return StaffEditForm if for_update else StaffCreationForm

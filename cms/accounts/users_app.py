"""Wagtail's application of users, with the city's forms."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffAppConfig(WagtailUsersAppConfig):
    """Puts the capacity of an agent into the form."""

    user_viewset = "cms.accounts.user_forms.StaffViewSet"

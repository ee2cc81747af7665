from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """See the docstring of the room."""

    name = "directory"
    verbose_name = _("Directory")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """See the docstring of the room."""

    name = "cms.pages"
    verbose_name = _("Pages")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.filing"
    verbose_name = _("Filing")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DefinitionConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.definition"
    verbose_name = _("Definition")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    """See the docstring of the room."""

    name = "agenda"
    verbose_name = _("Agenda")

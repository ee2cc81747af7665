from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediationConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.mediation"
    verbose_name = _("Mediation")

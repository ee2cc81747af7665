from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The demo city: a command and its data, no table."""

    name = "demo"
    verbose_name = _("Demo city")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.inbox.jobs"
    label = "inbox_jobs"
    verbose_name = _("Background work of the inbox")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.retention"
    verbose_name = _("Keeping of data")

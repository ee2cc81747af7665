from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.formats import ordinals


class FormatsConfig(AppConfig):
    """See the docstring of the room."""

    name = "cms.formats"
    verbose_name = _("Formats")

    def ready(self) -> None:
        """Let ``manage.py check`` tell what the machine lacks, and dates be written as the language wants."""
        from cms.formats import checks  # noqa: F401 - it registers itself

        ordinals.learn()

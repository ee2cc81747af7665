from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DefinitionConfig(AppConfig):
    """Procedures as departments write them, and their published versions."""

    name = "procedures.definition"
    verbose_name = _("Procedures")

    def ready(self) -> None:
        """Make a version whenever a procedure is published."""
        from procedures.definition import publishing  # the models are loaded only now

        publishing.connect()

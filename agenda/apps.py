from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published


class AgendaConfig(AppConfig):
    """Events by date."""

    name = "agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        """Let translations follow the facts of what is published."""
        from agenda.models import EventPage
        from agenda.translations import when_published

        page_published.connect(when_published, sender=EventPage, dispatch_uid="agenda-spread-facts")

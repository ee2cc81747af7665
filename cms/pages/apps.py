from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Page types and what they share."""

    name = "cms.pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Watch whatever the shared snapshot is read from, and whether the database is still there."""
        from cms import outages
        from cms.pages import watching  # the models are loaded only now

        watching.connect()
        outages.connect()

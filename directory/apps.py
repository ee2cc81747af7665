from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """See the docstring of the room."""

    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Let every change of an entry be seen on the pages that show it."""
        from cms.pages import site  # models are loaded now, not before
        from directory import models

        site.watch(models.Division, models.Department, models.DepartmentClosure)
        site.watch(models.Place, models.PlaceClosure, models.Organisation, models.District)

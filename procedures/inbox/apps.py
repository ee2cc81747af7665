from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        """Have checks and tasks registered, and let every change of a closing day be seen."""
        from cms.accounts.models import User  # models are loaded now, not before
        from cms.pages import site
        from directory.models import DepartmentMember
        from procedures.inbox import checks, finding, models, tasks  # noqa: F401 - Django wants its models loaded first
        from procedures.inbox.desk import names

        site.watch(models.ClosingDay, models.DeskSettings, models.StatusWording, models.Team)
        site.watch(models.ReplyTemplate, models.ChecklistItem, DepartmentMember)
        post_save.connect(names.staff_changed, sender=User, dispatch_uid="staff-changed")
        connection_created.connect(finding.tell_postgresql, dispatch_uid="likeness")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailboxConfig(AppConfig):
    """See the docstring of the room."""

    name = "procedures.mailbox"
    verbose_name = _("Mailbox")

    def ready(self) -> None:
        """Have the checks registered."""
        from procedures.mailbox import checks  # noqa: F401 - Django wants its models loaded first

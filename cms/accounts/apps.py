from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who log in: staff, and later residents."""

    name = "cms.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Keep the roles in step with what is installed."""
        from cms.accounts import roles  # models are loaded only now

        # Once, after the last application has migrated: every permission exists by then.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(roles.sync_roles, sender=last, dispatch_uid="sync-roles")

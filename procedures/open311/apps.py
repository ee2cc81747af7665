from django.apps import AppConfig


class Open311Config(AppConfig):
    """See the docstring of the room."""

    name = "procedures.open311"
    verbose_name = "Open311"

"""What the servers write about themselves: to the standard error, for whoever keeps logs."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Without this line an error 500 would be told to nobody: Django mails it to ADMINS alone.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # It warns of every property of a style sheet that paper has no use for.
        "weasyprint": {"level": "ERROR"},
    },
}

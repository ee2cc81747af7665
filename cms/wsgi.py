"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from cms.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
# Every view is imported now, not during somebody's first request; with --preload, once for all workers.
get_resolver().url_patterns  # noqa: B018 - reading it is what imports them
settle()

"""Count the queries of addresses on the data of a running site: ``python -m tests.architecture.queries /a/ /b/``.

The second GET of each is counted, when the process knows the site, and printed as JSON.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(address: str) -> list[str]:
    """Return the SQL of one GET, as a resident without cookies sends it."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured]


if __name__ == "__main__":
    print(json.dumps({address: queries_of(address) for address in sys.argv[1:]}))

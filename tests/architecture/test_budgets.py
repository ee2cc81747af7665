"""How many queries a page may take, on the whole demo city. Each costs about a millisecond of Python."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.audit import sitemap

ROOT = Path(__file__).resolve().parents[2]
BUDGETS = {
    "home": ("/", 8),
    "guide": ("/guides/", 8),
    "procedure": ("/demarches/", 8),
    "agenda": ("/agenda/", 4),
    "search": ("/recherche/?q=naissance", 3),
    "nothing there": ("/nulle-part/", 1),
}


@pytest.fixture(scope="module")
def queries(city):
    """The queries of each kind of page, at every address of that kind in French."""
    paths = [urlsplit(found).path for found in sitemap(f"{city.address}/sitemap.xml")]
    below = {
        kind: [path for path in paths if path.startswith(start) and start != "/"] or [start]
        for kind, (start, _) in BUDGETS.items()
    }
    asked = sorted({path for found in below.values() for path in found})
    environment = os.environ | {"PARVIS_VAR": str(city.var), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tests.architecture.queries", *asked]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    return {kind: {path: counted[path] for path in found} for kind, found in below.items()}


@pytest.mark.parametrize("kind", BUDGETS)
def test_a_page_keeps_to_its_number_of_queries(queries, kind):
    _, allowed = BUDGETS[kind]
    over = {path: found for path, found in queries[kind].items() if len(found) > allowed}
    assert over == {}

"""What the procedure engine costs: a large form beside a small one, whole filings, and many residents at once."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.filing import AIM_MS, FORM, Resident, filing_ms, insert_once, load, summary_of
from tests.bench.measure import CLIENTS, Ask, Row
from tests.bench.rows import browser, staff_cookie
from tests.bench.servers import ROOT, Server

LARGE, SMALL = "200 questions", "10 questions"
LARGE_AT_MOST, PUBLISH_SECONDS, EDITOR_SECONDS = 1.5, 2, 3
WARM_UP = 20
COUNT = "from procedures.inbox.models import ServiceRequest; print(ServiceRequest.objects.count())"


def make_forms() -> dict[str, Any]:
    """Make the measured forms on the bench's data; return where they are and what to post."""
    command = [sys.executable, "-m", "tests.bench.forms"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def form_rows(server: Server, forms: dict[str, Any]) -> list[Row]:
    """Rows of a step of each form, with a draft that has answered everything before it."""
    rows = []
    for name, label in (("ten", SMALL), ("large", LARGE)):
        steps = forms[name]["steps"]
        middle = len(steps) // 2
        cookies = [_draft(server, steps[: middle + 1]) for _ in range(CLIENTS)]
        rows.append(Row(f"step of {label}, GET", server, partial(_get, steps[middle], cookies)))
        aim = 20 if name == "ten" else None
        rows.append(
            Row(f"step of {label}, POST", server, partial(_post, steps[middle], cookies), aim=aim, requests=200)
        )
    return rows


def _draft(server: Server, steps: list[dict[str, str]]) -> str:
    resident = Resident(server)
    for step in steps:
        status, _to, _text = resident.ask("POST", step["path"], step["body"])
        assert status == 302, (step["path"], status)
    return resident.cookie


def _get(step: dict[str, str], cookies: list[str], client: int) -> Ask:
    return Ask(step["path"], headers={"Cookie": cookies[client]})


def _post(step: dict[str, str], cookies: list[str], client: int) -> Ask:
    headers = {"Cookie": cookies[client], "Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
    return Ask(step["path"], "POST", headers, step["body"].encode(), expect=302)


def editor_seconds(server: Server, page: int, var: Path) -> float:
    """Seconds until the server has sent the editor of a procedure, the second time."""
    cookie = staff_cookie(server, json.loads((var / "demo-accounts.json").read_text())["admin"])
    opener, _jar = browser()
    opener.addheaders = [("Cookie", cookie)]
    url = f"http://127.0.0.1:{server.port}/admin/pages/{page}/edit/"
    opener.open(url).read()
    started = time.perf_counter()
    opener.open(url).read()
    return time.perf_counter() - started


def engine_report(server: Server, forms: dict[str, Any], rows: list[Row], var: Path) -> list[str]:
    """The figures of the engine that are no rows of the table, a line each."""
    costs = {row.name: statistics.median(row.multiples) for row in rows}
    lines = []
    for method in ("GET", "POST"):
        ratio = costs[f"step of {LARGE}, {method}"] / costs[f"step of {SMALL}, {method}"]
        lines.append(f"Step of {LARGE} / of {SMALL}, {method}: {ratio:.2f} (aim ≤ {LARGE_AT_MOST})")
    served, stored = filing_ms(server, forms["three"]["steps"])
    lines.append(
        f"Whole filing of 3 steps: {served:.0f} ms of server, {stored:.0f} of database (aim < {AIM_MS} of server)"
    )
    published, opened = forms["large"]["publish_seconds"], editor_seconds(server, forms["large"]["page"], var)
    lines.append(f"Publish {LARGE}: {published:.2f} s (aim < {PUBLISH_SECONDS})")
    lines.append(f"Open its editor, server side: {opened:.2f} s (aim < {EDITOR_SECONDS})")
    return lines


def load_report(server: Server, bare: Server, forms: dict[str, Any], residents: int, seconds: float) -> list[str]:
    """Many residents at once, beside as many who only insert a row."""
    steps = forms["three"]["steps"]
    summary = summary_of(steps)
    load(server, lambda resident: resident.file(steps, summary), WARM_UP, 1)  # each worker has read what it keeps
    before = requests_now()
    met = load(server, lambda resident: resident.file(steps, summary), residents, seconds)
    inserted = load(bare, insert_once, residents, min(seconds, 60))
    lost = len(met.filed) - (requests_now() - before)
    ratio = met.p95_ms() / inserted.p95_ms()
    return [
        f"{residents} residents filing for {seconds:.0f} s: {len(met.filed)} requests filed, "
        f"{len(met.latencies_ms)} pages, {len(met.errors)} errors, {lost} lost",
        *(f"  {error}" for error in met.errors[:5]),
        f"  p50 {statistics.median(met.latencies_ms):.0f} ms, p95 {met.p95_ms():.0f} ms; "
        f"a bare insert under the same load: p95 {inserted.p95_ms():.0f} ms (ratio {ratio:.1f})",
    ]


def requests_now() -> int:
    """How many requests there are."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", COUNT]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=os.environ)
    return int(done.stdout.strip().splitlines()[-1])

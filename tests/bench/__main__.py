"""``make bench``: what each page costs, in multiples of a bare Django view measured in the same rounds.

Servers and clients stay on the loopback interface; the number of requests is fixed. With ``SERVICES=1``
the site runs on PostgreSQL and Redis, whose processor time is counted too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.engine import engine_report, form_rows, load_report, make_forms
from tests.bench.inbox_report import measured, report
from tests.bench.jobs import jobs_report
from tests.bench.measure import Ask, Row, measure, table
from tests.bench.rows import inbox_row, site_rows
from tests.bench.servers import ROOT, serving
from tests.bench.town_hall import town_hall_report
from tests.running import IN_A_HURRY

INBOX_SIZES = (1_000, 100_000)
MANY = 10_000
CROWD_WORKERS = 4
FLAT = 1.25
"""How much dearer the inbox may be with the larger number of requests."""


def run(*command: str) -> None:
    """Run a Python command of the project on the bench's data; stop when it fails."""
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)


def bench(
    var: Path, rounds: int, sizes: tuple[int, ...], load: tuple[int, float, int], jobs: int
) -> tuple[list[Row], list[str]]:
    """Load the demo city, serve it, measure; return the rows, the bare view first, and what else was found."""
    os.environ |= {"PARVIS_VAR": str(var), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    run("scripts/prepare.py")
    with serving("tests.bench.bare", var) as bare_server, serving("cms.wsgi", var, **IN_A_HURRY) as server:
        bare = Row("bare Django view", bare_server, lambda client: Ask("/"), requests=1_000)
        forms = make_forms()
        rows = [*site_rows(server), *form_rows(server, forms)]
        measure(bare, rows, rounds)
        lines = engine_report(server, forms, rows, var)
        screens = {}
        for size in sizes:
            # Many open ones in the small inbox: its lists fill a page too, or lines would be weighed, not lists.
            still_open = ["--open", "60"] if size == sizes[0] < MANY else []
            run("manage.py", "make_requests", str(size), "--up-to", "--verbosity", "0", *still_open)
            rows.append(inbox_row(server, size, var))
            measure(bare, rows[-1:], rounds)
            screens[size] = measured()
        if screens:
            lines += ["", *report(screens), ""]
    if load[1]:
        lines += crowd(var, forms, *load)
    if jobs:
        lines += jobs_report(jobs)
    return [bare, *rows], lines


def crowd(var: Path, forms: dict[str, Any], residents: int, seconds: float, agents: int) -> list[str]:
    """Serve the site with as many workers as a town has, and let residents in, then agents beside them."""
    with (
        serving("tests.bench.bare", var, workers=CROWD_WORKERS) as bare_server,
        serving("cms.wsgi", var, workers=CROWD_WORKERS, **IN_A_HURRY) as server,
    ):
        lines = load_report(server, bare_server, forms, residents, min(seconds, 60) if agents else seconds)
        return lines + (town_hall_report(server, forms["three"]["steps"], agents, residents, seconds) if agents else [])


def main() -> None:
    """Read the options, measure, print the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inbox", type=int, nargs="*", default=INBOX_SIZES, help="numbers of requests in the inbox")
    parser.add_argument("--residents", type=int, default=200, help="how many file at once")
    parser.add_argument("--agents", type=int, default=50, help="how many answer at once, beside them")
    parser.add_argument("--load", type=float, default=0, help="for how many seconds they do (300: five minutes)")
    parser.add_argument("--jobs", type=int, default=0, help="exports of so many requests, and bulk actions among them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        sizes, load = tuple(sorted(options.inbox)), (options.residents, options.load, options.agents)
        rows, lines = bench(Path(folder), options.rounds, sizes, load, options.jobs)
    database = "PostgreSQL and Redis" if os.environ.get("DATABASE_URL") else "SQLite, within the server"
    print(f"\nProcessor time per request, {options.rounds} interleaved rounds; database: {database}\n")
    print(table(rows))
    print("\n" + "\n".join(lines))
    inboxes = [row for row in rows if row.name.startswith("inbox")]
    if len(inboxes) > 1:
        ratio = statistics.median(inboxes[-1].multiples) / statistics.median(inboxes[0].multiples)
        print(f"\nInbox, {inboxes[-1].name} / {inboxes[0].name}: {ratio:.2f} (aim ≤ {FLAT})")


if __name__ == "__main__":
    main()

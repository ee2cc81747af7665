"""Long work of agents: exports of all requests, and a bulk action on ten thousand while residents file.

``python -m tests.bench.jobs 100000``, or ``make bench ARGS="--jobs 100000"``. Each measure is a process of
its own, so that its memory is its own.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

from cms.memory import settle
from tests.bench.servers import ROOT

BULK = 10_000
FILING_PAUSE_SECONDS = 0.1


def measured(*command: str) -> dict[str, Any]:
    """Run one measure of this module; return what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.jobs", *command], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def jobs_report(requests: int) -> list[str]:
    """Make requests up, then measure everything; lines ready to print."""
    make = ("manage.py", "make_requests", str(requests), "--up-to", "--open", "40", "--verbosity", "0")
    subprocess.run([sys.executable, *make], cwd=ROOT, check=True)
    lines = [f"Long work among {requests:,} requests"]
    for kind in ("csv", "xlsx", "ods"):
        found = measured("export", kind)
        times = f"first {found['first']:.2f} s, all {found['all']:.2f} s ({found['cpu']:.2f} of processor)"
        sizes = f"{found['more_mib']:.0f} MiB more memory, {found['size_mib']:.1f} MiB"
        lines.append(f"  {kind.upper():5}{found['rows']:>9,} rows: {times}, {sizes}")
    quiet = measured("file", "5")
    filer = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.jobs", "file", "25"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    time.sleep(5)
    busy = [measured("bulk", action) for action in ("note", "close")]
    during = json.loads(filer.communicate()[0].splitlines()[-1])
    alone = [measured("bulk", action) for action in ("note", "close")]
    for name, found in (("while residents file", busy), ("alone", alone)):
        for one in found:
            done = f"{one['action']} {one['changed']:,} of {one['total']:,} requests, {name}"
            times = f"{one['all']:.2f} s ({one['cpu']:.2f} of processor), foretold in {one['foretold']:.2f} s"
            lines.append(f"  {done}: {times}")
    lines.append(
        f"  a filing: p50 {quiet['p50']:.1f}, p95 {quiet['p95']:.1f} ms; beside bulk actions: "
        f"p50 {during['p50']:.1f}, p95 {during['p95']:.1f} ms of {during['count']}"
    )
    return lines


def export(kind: str) -> dict[str, Any]:
    """Write all requests to a file; the first row is the first chunk after the headings."""
    from procedures.inbox.jobs.exports import columns, delimited, excel, opendocument
    from procedures.inbox.jobs.exports.table import Table, ids_of
    from procedures.inbox.models import ServiceRequest

    def table(limit: int | None = None) -> Table:
        first = ServiceRequest.objects.order_by("pk").values("pk")[:limit]
        ids = ids_of(ServiceRequest.objects.filter(pk__in=first) if limit else ServiceRequest.objects.all())
        return Table([*columns.general_columns(), *columns.personal_columns()], ids, "fr")

    def write(limit: int | None, path: Path) -> tuple[float, int]:
        started, first, chosen = time.perf_counter(), [], table(limit)

        def advance(_rows: int = 0) -> None:
            first.append(time.perf_counter() - started)

        if kind == "csv":
            with path.open("wb") as file:
                for chunk in delimited.csv_chunks(chosen):
                    file.write(chunk)
                    advance()
        else:
            {"xlsx": excel.write_xlsx, "ods": opendocument.write_ods}[kind](chosen, path, advance)
        return first[min(1, len(first) - 1) if kind == "csv" else 0], len(chosen.ids)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        write(200, path)
        before, started, worked = _rss_mib(), time.perf_counter(), time.process_time()
        first, rows = write(None, path)
        took, peak = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        worked = time.process_time() - worked
        size = path.stat().st_size / 2**20
    return {"rows": rows, "first": first, "all": took, "more_mib": peak - before, "size_mib": size, "cpu": worked}


def _rss_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def bulk(action: str) -> dict[str, Any]:
    """Do the same to ten thousand open requests, as the worker does."""
    from cms.accounts.models import User
    from procedures.inbox.jobs import running, services
    from procedures.inbox.jobs.actions import BULK_ACTIONS
    from procedures.inbox.jobs.models import Job
    from procedures.inbox.models import ServiceRequest

    owner = User.objects.filter(is_superuser=True).first() or User.objects.get(groups__name="Administrateurs")
    pks = list(ServiceRequest.objects.open().order_by("pk").values_list("pk", flat=True)[:BULK])
    job = services.prepare(owner, action, pks)
    said = {"note": {"text": "Vu en réunion."}, "close": {"reason": "La campagne est terminée."}}[action]
    form = BULK_ACTIONS[action].form(said, departments=job.department_ids)
    assert form.is_valid(), form.errors
    started = time.perf_counter()
    services.foretell(job, owner, said, form.cleaned_data)
    foretold = time.perf_counter() - started
    services.start(job, seen=job.preview["seal"])
    started, worked = time.perf_counter(), time.process_time()
    running.sweep_outbox.apply_async = lambda **_: None  # letters are the other queue's
    while running.run(job.pk):
        pass
    took, worked = time.perf_counter() - started, time.process_time() - worked
    job = Job.objects.get(pk=job.pk)
    assert job.state == "done", (job.state, job.problem)
    return {
        "action": action,
        "total": job.total,
        "changed": job.changed,
        "all": took,
        "cpu": worked,
        "foretold": foretold,
    }


def file(seconds: str) -> dict[str, Any]:
    """Register requests one after the other, with a pause, as the portal does; milliseconds each took."""
    from procedures.definition.models import Procedure
    from procedures.inbox.received import NewRequest, Requester
    from procedures.inbox.services.filing import register_request

    procedures = itertools.cycle(Procedure.objects.exclude(current=None).select_related("current"))
    until, took = time.monotonic() + float(seconds), []
    while time.monotonic() < until:
        new = NewRequest(
            next(procedures).current, "fr", "portal", Requester("Camille Lefèvre", "camille@exemple.fr"), uuid4()
        )
        started = time.perf_counter()
        register_request(new)
        took.append((time.perf_counter() - started) * 1000)
        time.sleep(FILING_PAUSE_SECONDS)
    took = took[5:]  # the first ones fill the caches
    return {"p50": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1], "count": len(took)}


def main() -> None:
    """Run one measure, or all of them on a new demo city."""
    if sys.argv[1] in ("export", "bulk", "file"):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
        django.setup()
        settle()  # as the worker does
        print(json.dumps({"export": export, "bulk": bulk, "file": file}[sys.argv[1]](sys.argv[2])))
        return
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        os.environ |= {"PARVIS_VAR": os.environ.get("BENCH_VAR", folder), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
        subprocess.run([sys.executable, "scripts/prepare.py"], cwd=ROOT, check=True)
        print("\n".join(jobs_report(int(sys.argv[1]))))


if __name__ == "__main__":
    main()

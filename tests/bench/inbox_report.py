"""The table of what the inbox's screens ask of the database, one column per size."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.bench.servers import ROOT

Measured = dict[str, dict[str, Any]]
PAGE_MS = 10.0
BUDGETS_MS = {"exact": 20.0, "typo": 120.0}
MOST_QUERIES, FLAT = 10, 1.25


def measured() -> Measured:
    """Measure on the bench's data, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.inbox"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout[done.stdout.index("{") :])


def report(by_size: dict[int, Measured]) -> list[str]:
    """Lay it out; what misses its aim is starred.

    The whole page is told as a multiple of the smallest inbox's where both have as many lines: a line costs more
    than finding it.
    """
    sizes = sorted(by_size)
    head = f"{'database ms':44}" + "".join(f"{size:>12,}" for size in sizes) + f"{'aim':>8}{'queries':>9}{'page ×':>9}"
    lines = [head, "-" * len(head)]
    for name, largest in by_size[sizes[-1]].items():
        aim = BUDGETS_MS.get(name.partition(" · ")[2].partition(":")[0], PAGE_MS)
        cells = [by_size[size].get(name) for size in sizes]
        queries = max(cell["queries"] for cell in cells if cell)
        first = cells[0] if cells[0] and cells[0]["lines"] == largest["lines"] else None
        times = largest["page"] / first["page"] if first and len(sizes) > 1 else None
        missed = largest["ms"] > aim or queries > MOST_QUERIES or (aim == PAGE_MS and (times or 0) > FLAT)
        values = "".join(f"{cell['ms']:12.1f}" if cell else f"{'':12}" for cell in cells)
        lines.append(
            f"{name:44}{values}{aim:8.0f}{queries:9}{f'{times:9.2f}' if times else ''}{' *' if missed else ''}"
        )
    return lines

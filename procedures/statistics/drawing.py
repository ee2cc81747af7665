"""What the charts of a board show: the figure asked for, or what came in beside what was answered."""

from __future__ import annotations

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from procedures.statistics.boards import Table
from procedures.statistics.charts import Chart, Series

FLOW = ("requests_received", "requests_decided")
MOST_LINES = 25
"""Of a list: more would not be legible, and the table has them all."""


def drawn(table: Table, slug: str, *, is_list: bool) -> Chart:
    """A chart of one figure of a table; of requests received with those answered, over time."""
    wanted = [slug] if is_list or slug not in FLOW else list(FLOW)
    columns = [place for place, statistic in enumerate(table.columns) if statistic.slug in wanted]
    lines = table.lines
    if is_list:
        lines = sorted(lines, key=lambda line: -(line.cells[columns[0]].value or 0))[:MOST_LINES]
    names = [force_str(table.columns[place].label) for place in columns]
    return Chart(
        title=f"{', '.join(names)} · {table.first}",
        description=_("The table beside it says the same in numbers."),
        labels=[line.name for line in lines],
        series=[
            Series(name, [line.cells[place].value for line in lines])
            for name, place in zip(names, columns, strict=True)
        ],
        is_list=is_list,
    )

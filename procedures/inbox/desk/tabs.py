"""The shortcuts above the list, and every count of the screen in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from procedures.inbox.desk.filters import Due, FilterForm, Shown, Whose
from procedures.inbox.desk.listing import COUNT_CAP
from procedures.inbox.models import Team

HAS_TEAMS, MATCHES = "has teams", "matches"


def counts(named: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Count each, up to one more than ``COUNT_CAP``, in one statement.

    A capped count reads a thousand entries of an index at most; one aggregate over all that is open would read it all.
    """
    found = dict.fromkeys(named, 0)
    parts: dict[str, str] = {}
    params: list[Any] = []
    for name, queryset in named.items():
        try:
            sql, values = queryset.order_by().values("pk")[: COUNT_CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts[name] = f"(SELECT COUNT(*) FROM ({sql}) AS counted)"  # noqa: S608 - Django's own SQL
        params += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts.values())}", params)
            found |= dict(zip(parts, cursor.fetchone(), strict=True))
    return found


def tabs_and_matches(
    form: FilterForm, matching: QuerySet[Any] | None, *, counted: bool = True
) -> tuple[list[dict[str, Any]], int | None]:
    """The tabs with their counts, unless they are not ``counted``, and how many ``matching`` holds if it is given."""
    visible = form.visible()
    tabs: dict[str, tuple[str, dict[str, str], QuerySet[Any] | None]] = {
        "open": (_("All open"), {}, visible.open()),
        "overdue": (_("Overdue"), {"due": Due.OVERDUE}, visible.overdue()),
        "mine": (_("Mine"), {"whose": Whose.MINE}, visible.assigned_to(form.user)),
        "teams": (_("My teams'"), {"whose": Whose.TEAMS}, visible.of_teams_of(form.user)),
        "nobody": (_("Nobody's yet"), {"whose": Whose.NOBODY}, visible.unassigned()),
        "answered": (pgettext("requests", "Answered"), {"shown": Shown.HISTORY}, None),
    }
    wanted = {name: queryset for name, (_label, _query, queryset) in tabs.items() if queryset is not None}
    wanted[HAS_TEAMS] = Team.objects.filter(members=form.user)
    if matching is not None:
        wanted[MATCHES] = matching
    found = counts(wanted) if counted else {HAS_TEAMS: 1}
    chosen = {name: form.cleaned_data.get(name) or "" for name in ("whose", "due", "shown")}
    shown = [
        {
            "label": label,
            "query": urlencode(query),
            "count": found.get(name),
            "is_current": not form.is_search and chosen == {"whose": "", "due": "", "shown": ""} | query,
        }
        for name, (label, query, _queryset) in tabs.items()
        if name != "teams" or found[HAS_TEAMS]
    ]
    return shown, found.get(MATCHES)

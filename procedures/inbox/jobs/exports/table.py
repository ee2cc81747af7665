"""A table of requests: which, which columns, and the rows as they are read, a thousand at a time.

The ids are read first, all of them: eight bytes each, in a tenth of a second for a hundred thousand. So an
export is the list as it was at one moment, needs no transaction that stays open while somebody downloads,
costs the same at its end as at its beginning, and does so on SQLite as on PostgreSQL (decision 23).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils import translation

from cms.accounts.models import User
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.showing import shown_by
from procedures.inbox.jobs.exports.answers import answer_columns, by_question
from procedures.inbox.jobs.exports.columns import ANSWERS, SOURCES, Column, general_columns, personal_columns
from procedures.inbox.models import ServiceRequest
from procedures.inbox.rows import AnyOf

FIRST, CHUNK = 100, 1_000
"""Rows read at once: few to begin with, so that a download starts."""


@dataclass(frozen=True)
class Table:
    """Columns, and the ids of the requests in the order they came."""

    columns: list[Column]
    ids: array[int]
    language: str
    """That of whoever asked: a download is written when the request that asked for it is over."""
    with_answers: bool = False

    def chunks(self) -> Iterator[list[list[Any]]]:
        """The rows, some at a time; requests that are gone meanwhile are left out."""
        start, size = 0, FIRST
        readers = [column.value for column in self.columns]
        while start < len(self.ids):
            with translation.override(self.language):
                rows = [[read(raw) for read in readers] for raw in self._read(self.ids[start : start + size])]
            yield rows
            start, size = start + size, CHUNK

    def _read(self, ids: array[int]) -> Iterator[tuple[Any, ...]]:
        fields = [f"raw_{name}" if source is not None else name for name, source in SOURCES.items()]
        casts = {f"raw_{name}": source for name, source in SOURCES.items() if source is not None}
        found = ServiceRequest.objects.filter(AnyOf(F("pk"), ids.tolist())).annotate(**casts).order_by("pk")
        if not self.with_answers:
            yield from found.values_list(*fields)
            return
        for raw in found.values_list(*fields, "answers"):
            yield (*raw[:ANSWERS], by_question(raw))


def table_of(user: User, query: str, *, personal: bool, answers: bool) -> Table:
    """The list that ``user`` sees with the filters of ``query``, as a table in the active language.

    Args:
        personal: who asked, too.
        answers: what was answered, too, where the filters name one procedure; with ``personal`` alone.
    """
    form = FilterForm(QueryDict(query), user=user)
    columns, procedure = general_columns(), form.cleaned_data.get("procedure")
    with_answers = bool(personal and answers and procedure)
    if personal:
        columns += personal_columns()
    if with_answers:
        columns += answer_columns(int(procedure or 0))
    language = translation.get_language() or settings.LANGUAGE_CODE
    found, _comes_close = shown_by(form)
    return Table(columns, ids_of(found), language, with_answers)


def ids_of(found: QuerySet[Any]) -> array[int]:
    """The ids of what is found, oldest first."""
    return array("q", found.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000))

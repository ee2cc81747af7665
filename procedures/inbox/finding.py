"""Finding requests by what somebody typed: names, e-mails, phones, parts of numbers; and by what comes close.

One index of trigrams answers, of the kind each database has (decision 20): three letters in a row are
the least one can look for. The newest come first, and a cap keeps a common name as cheap as a rare one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import Any, TypeVar

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Lookup, Q, QuerySet
from django.db.models.expressions import RawSQL

from procedures.inbox import spelling, tracking_number
from procedures.inbox.folding import MINIMUM_LENGTH, words

Requests = TypeVar("Requests", bound=QuerySet[Any])

MOST = 250
"""Nobody reads more results: a word more finds faster."""
CLOSE_AT_MOST = 50
FEW_DEPARTMENTS = 4
"""With more, asking PostgreSQL's index for each costs more than it spares."""
LIKENESS = 0.5
"""Share of a word's trigrams that must be there for it to come close; of PostgreSQL's own scale."""


@dataclass(frozen=True)
class Found:
    """Ids of requests; one more than ``MOST`` where there are more."""

    ids: list[int]
    comes_close: bool = False
    """Nothing is spelled as it was typed: these resemble it, the nearest first; otherwise the newest first."""


class Like(Lookup):
    """SQL's LIKE, with wildcards of its own; Django's ``contains`` quotes them."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare the column with the pattern."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right}", (*left_params, *right_params)


def find(requests: QuerySet[Any], typed: str, departments: Sequence[int]) -> Found:
    """Look for ``typed`` among ``requests``, which the agent may see already.

    Args:
        departments: those that the agent answers for: a hint for the index, no permission.
    """
    number = tracking_number.read(typed)
    if number is not None and (ids := _ids(requests.filter(tracking_number=number))):
        return Found(ids)
    needles = [_ways(word) for word in words(typed)]
    if not needles:
        return Found([])
    if connection.vendor == "sqlite":
        exact = _matching(requests, _expression(needles)).extra(order_by=["-inbox_requestwords.rowid"])
    else:
        exact = _in_few(spelled_so(requests, typed), departments).order_by("-text__request")
    if ids := _ids(exact):
        return Found(ids)
    if not any(spelling.may_be_misspelled(ways[0]) for ways in needles):
        return Found([])
    return Found(_close(requests, needles, departments), comes_close=True)


def tell_postgresql(connection: Any, **_: Any) -> None:
    """Tell each new connection from where on words resemble each other, and that a page is read as fast as the next.

    PostgreSQL supposes a disk that turns, unless it was told better: it would read all texts rather than a trigram's.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, false),"
                " set_config('random_page_cost', CASE current_setting('random_page_cost')"
                " WHEN '4' THEN '1.1' ELSE current_setting('random_page_cost') END, false)",
                [str(LIKENESS)],
            )


def spelled_so(requests: Requests, typed: str) -> Requests:
    """Those whose text has every word of ``typed``, in no order; none for less than three letters."""
    needles = [_ways(word) for word in words(typed)]
    if not needles:
        return requests.none()
    if connection.vendor == "sqlite":
        matching = "SELECT rowid FROM inbox_requestwords WHERE inbox_requestwords MATCH %s"
        return requests.filter(pk__in=RawSQL(matching, [_expression(needles)]))  # noqa: S611 - what is typed is quoted
    for ways in needles:
        requests = requests.filter(_any_of(ways))
    return requests


def _ways(word: str) -> tuple[str, ...]:
    """How a word may be written in the text: phones are kept with their country, numbers without dashes."""
    ways = [word]
    digits = word.lstrip("+")
    if digits.isdecimal():
        national = digits.removeprefix("00")
        ways = [digits, "33" + digits[1:] if digits.startswith("0") and not digits.startswith("00") else national]
    elif (part := tracking_number.read_part(word)) is not None and len(part) >= MINIMUM_LENGTH:
        ways.append(part)
    return tuple(dict.fromkeys(ways))


def _ids(found: QuerySet[Any]) -> list[int]:
    return list(found.values_list("pk", flat=True)[: MOST + 1])


def _in_few(requests: QuerySet[Any], departments: Sequence[int]) -> QuerySet[Any]:
    """Let PostgreSQL ask its index for the department too, by the column that triggers keep beside the text."""
    if not 0 < len(departments) <= FEW_DEPARTMENTS:
        return requests
    return requests.extra(where=["inbox_requesttext.department_id = ANY(%s::bigint[])"], params=[list(departments)])


def _matching(requests: QuerySet[Any], expression: str) -> QuerySet[Any]:
    """SQLite's full-text table joined so that it drives: newest first, and reading stops when enough are found."""
    return requests.extra(
        tables=["inbox_requestwords"],
        where=["inbox_requestwords.rowid = inbox_servicerequest.id", "inbox_requestwords MATCH %s"],
        params=[expression],
    )


def _expression(needles: Sequence[Sequence[str]]) -> str:
    return " AND ".join("(" + " OR ".join(map(spelling.quoted, ways)) + ")" for ways in needles)


def _close(requests: QuerySet[Any], needles: Sequence[Sequence[str]], departments: Sequence[int]) -> list[int]:
    """What may have been meant, the newest first; else what is a slip away; at last, two in long words.

    Likeness comes last: it weighs every text that has half the letters in common, tens of thousands for a common
    name, and would pass over two letters in the wrong order, which leave few trigrams alike.
    """
    if connection.vendor == "sqlite":
        return _close_on_sqlite(requests, needles)
    meant, slipped, alike, near = requests, requests, requests, []
    for ways in needles:
        named = slip = resembles = _any_of(ways)
        if spelling.may_be_misspelled(ways[0]):
            named |= _any_of(spelling.meant(ways[0]))
            slip = resembles = reduce(or_, map(_like, spelling.one_away(ways[0])), named)
        if spelling.may_have_two_slips(ways[0]):
            resembles = Q(TrigramWordSimilar(F("text__folded"), ways[0]))
            near.append(TrigramWordSimilarity(ways[0], "text__folded"))
        meant, slipped, alike = meant.filter(named), slipped.filter(slip), alike.filter(resembles)
    # An expression, not the column: its index would be read to the end for what is not there.
    newest = (F("text__request") + 0).desc()
    stages = [_in_few(meant, departments).order_by(newest), slipped.order_by(newest)]
    if near:
        ranked = _in_few(alike, departments).annotate(near=reduce(add, near))
        stages.append(ranked.order_by("-near", "-pk"))
    return _first_to_find(stages)


def _first_to_find(stages: Sequence[QuerySet[Any]]) -> list[int]:
    """Ids found by the first of ``stages`` that finds any, in its order: one statement."""
    parts: list[str] = []
    params: list[Any] = []
    before = "TRUE"
    for number, stage in enumerate(stages):
        try:
            sql, values = stage.values("pk")[:CLOSE_AT_MOST].query.sql_with_params()
        except EmptyResultSet:
            return []
        parts.append(
            f"stage{number}(pk, place) AS MATERIALIZED "  # noqa: S608 - Django's own SQL
            f"(SELECT pk, row_number() OVER () FROM ({sql}) AS found(pk) WHERE {before})"
        )
        params += values
        before += f" AND NOT EXISTS (SELECT FROM stage{number})"
    found = " UNION ALL ".join(f"SELECT pk, place FROM stage{number}" for number in range(len(stages)))  # noqa: S608 - as above
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT pk FROM ({found}) AS found ORDER BY place", params)  # noqa: S608 - too
        return [pk for (pk,) in cursor.fetchall()]


def _any_of(ways: Sequence[str]) -> Q:
    return reduce(or_, (Q(text__folded__contains=way) for way in ways))


def _like(pattern: str) -> Q:
    return Q(Like(F("text__folded"), f"%{pattern}%"))


def _close_on_sqlite(requests: QuerySet[Any], needles: Sequence[Sequence[str]]) -> list[int]:
    """Read what shares whole pieces with each word, newest first; keep what is a slip or two away."""
    expression = " AND ".join(
        spelling.pieces(ways[0]) if spelling.may_be_misspelled(ways[0]) else _expression([ways]) for ways in needles
    )
    candidates = (
        _matching(requests, expression)
        .extra(select={"words": "inbox_requestwords.folded"}, order_by=["-inbox_requestwords.rowid"])
        .values_list("pk", "words")[: spelling.CANDIDATES]
    )
    typed = [ways[0] for ways in needles if spelling.may_be_misspelled(ways[0])]
    slips = [(spelling.slips(typed, text), place, pk) for place, (pk, text) in enumerate(candidates)]
    return [pk for count, _place, pk in sorted(one for one in slips if one[0] is not None)][:CLOSE_AT_MOST]

"""Whether any answer could pass the checks that a question puts to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procedures.fields.validators.bounds import bounds
from procedures.fields.validators.date_range import NOT_AFTER, DateRange, limit_of
from procedures.plugins import DraftProcedure, Path, ProcedureCheck

Checks = tuple[tuple[str, Mapping[str, Any]], ...]
"""Of one question: slugs of validators, with their options."""


class PossibleAnswers(ProcedureCheck):
    """The least must not be above the most, nor the first day after the last, in one check or across several."""

    slug = "possible_answers"
    label = _("Checks that no answer can pass")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Where the bounds leave nothing between them."""
        for path, question in draft.parts:
            for position, name, message in [*_crossed(question.checks), *_crossed_days(question.checks)]:
                yield (*path, "checks", position, name), message


def _crossed(checks: Checks) -> Iterator[tuple[int, str, str]]:
    """Bounds of one kind of check, the narrowest of each side first."""
    narrow: dict[str, tuple[float | None, float | None]] = {}
    for position, (slug, options) in enumerate(checks):
        if slug == DateRange.slug:
            continue
        least, most = bounds(options)
        before_least, before_most = narrow.get(slug, (None, None))
        least = max((bound for bound in (least, before_least) if bound is not None), default=None)
        most = min((bound for bound in (most, before_most) if bound is not None), default=None)
        narrow[slug] = least, most
        if least is not None and most is not None and least > most:
            yield (
                position,
                "at_most",
                _now("No answer can be that small and that large at once: change one of the bounds."),
            )


def _crossed_days(checks: Checks) -> Iterator[tuple[int, str, str]]:
    first: date | None = None
    last: date | None = None
    for position, (slug, options) in enumerate(checks):
        if slug != DateRange.slug:
            continue
        limit = limit_of(options, timezone.localdate())
        if options.get("bound") == NOT_AFTER:
            last = limit if last is None else min(last, limit)
        else:
            first = limit if first is None else max(first, limit)
        if first and last and first > last:
            yield position, "count", _now("No day is that early and that late at once: change one of the bounds.")

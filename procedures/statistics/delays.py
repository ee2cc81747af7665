"""« Nos délais »: what the town promises and what it does, procedure by procedure, for everybody.

Service Publics+ has towns publish their results. Of fewer than five answers nothing is said, and
nothing can be worked out from what is said: there is no total, and procedures with few answers
are only shown together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms.pages import site
from procedures.definition.cards import ProcedureCard, all_cards, promised
from procedures.definition.compiled import NO_EFFECT
from procedures.definition.landing import delay_words
from procedures.definition.models import Procedure
from procedures.inbox.querysets import city_today
from procedures.plugins import Counts, Statistic, statistics
from procedures.statistics.charts import Chart, Series
from procedures.statistics.counts import Ledger, Scope, added
from procedures.statistics.periods import Period, add_months, last_days
from procedures.statistics.showing import SMALLEST_SAMPLE, Shown, show

COLUMNS = ("median_delay", "ninetieth_delay", "answered_in_time", "within_legal_delay")
OPINION = ("satisfaction_mean", "satisfaction_share")
DRAWN = ("median_delay", "ninetieth_delay")


@dataclass(frozen=True)
class Delay:
    """A procedure: what is promised, what is done, what residents think of it."""

    title: str
    lang: str
    url: str
    announced: str
    legal: str
    answers: int
    cells: list[Shown]
    satisfaction: str
    """In words; empty where fewer than five residents have said."""
    key: UUID | None = None


@dataclass(frozen=True)
class Delays:
    """The whole page, in one language."""

    period: Period
    columns: list[Statistic]
    defined: list[Statistic] = field(default_factory=list)
    lines: list[Delay] = field(default_factory=list)

    def chart(self) -> Chart:
        """Half of the answers, and nine in ten, of each procedure."""
        places = [place for place, statistic in enumerate(self.columns) if statistic.slug in DRAWN]
        return Chart(
            title=_("Days until the answer, procedure by procedure"),
            description=_("The table of the page says the same in numbers."),
            labels=[line.title for line in self.lines],
            series=[
                Series(force_str(self.columns[place].label), [line.cells[place].value for line in self.lines])
                for place in places
            ],
            is_list=True,
        )


def delays(language: str) -> Delays:
    """The twelve months that ended yesterday: read once a day, and when the site changes."""
    today = city_today()
    return site.shared(f"our-delays-{language}-{today}", lambda: _read(language))


def delay_of(key: UUID, language: str) -> Delay | None:
    """The line of one procedure; None where there were too few answers."""
    return next((line for line in delays(language).lines if line.key == key), None)


def _read(language: str) -> Delays:
    today = city_today()
    period = Period(add_months(today, -12), last_days(1, today).last_day)
    parts = Ledger(Scope(), period, by="procedure_id").told().parts
    with override(language):
        columns = [statistics[slug] for slug in COLUMNS if slug in statistics]
        opinion = [statistics[slug] for slug in OPINION if slug in statistics]
        lines, few = [], []
        for card, procedure in _open_procedures(language):
            counts = parts.pop(procedure.pk, None)
            if counts is None or counts["decided"] < SMALLEST_SAMPLE:
                few += [counts] if counts else []
            else:
                lines.append(_line(card, procedure, counts, columns))
        lines.sort(key=lambda line: line.title.casefold())
        return Delays(
            period, columns, [*columns, *opinion], [*lines, *_others([*few, *parts.values()], period, columns)]
        )


def _open_procedures(language: str) -> Iterable[tuple[ProcedureCard, Procedure]]:
    rows = {row.key: row for row in Procedure.objects.open().select_related("current")}
    return [(card, rows[card.key]) for card in all_cards(language) if card.key in rows]


def _line(card: ProcedureCard, procedure: Procedure, counts: Counts, columns: list[Statistic]) -> Delay:
    rules = procedure.current.rules if procedure.current else None
    return Delay(
        title=card.title,
        lang=card.lang,
        url=card.url,
        announced=promised(rules.announced_delay_days, rules.announced_delay_unit) if rules else "",
        legal=delay_words(rules.delay, rules.delay_unit) if rules and rules.silence_effect != NO_EFFECT else "",
        answers=counts["decided"],
        cells=[show(statistic, counts) for statistic in columns],
        satisfaction=satisfaction_in_words(counts),
        key=procedure.key,
    )


def _others(few: list[Counts], period: Period, columns: list[Statistic]) -> list[Delay]:
    """What is too little to be shown by itself, together; nothing where that is too little, too."""
    together = added(few, period)
    if together["decided"] < SMALLEST_SAMPLE or sum(counts["decided"] > 0 for counts in few) < 2:
        return []
    cells = [show(statistic, together) for statistic in columns]
    words = satisfaction_in_words(together)
    return [Delay(_("Other procedures, together"), "", "", "", "", together["decided"], cells, words)]


def satisfaction_in_words(counts: Counts) -> str:
    """Mean, share of satisfied and how many have said so; empty where they are too few."""
    said = sum(counts["steps"].values())
    if said < SMALLEST_SAMPLE or not all(slug in statistics for slug in OPINION):
        return ""
    mean, share = (show(statistics[slug], counts).text for slug in OPINION)
    return ngettext(
        "%(mean)s, %(share)s satisfied (%(number)d opinion)",
        "%(mean)s, %(share)s satisfied (%(number)d opinions)",
        said,
    ) % {"mean": mean, "share": share, "number": said}


def languages() -> list[str]:
    """The languages in which the page can be read: those of the site."""
    return [code for code, _name in settings.LANGUAGES if site.current().home(code)]

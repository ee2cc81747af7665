"""What somebody asks of the figures: when, whose, by what, compared with what."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.inbox.desk import names
from procedures.inbox.desk.choices import day, offer, optional
from procedures.inbox.querysets import city_today
from procedures.inbox.transitions import Channel
from procedures.plugins import statistics
from procedures.statistics.access import Viewer
from procedures.statistics.counts import Scope
from procedures.statistics.naming import district_names
from procedures.statistics.periods import Period, add_months, last_months

LONGEST_YEARS = 10


class Preset(models.TextChoices):
    """Periods that people ask for."""

    MONTH = "month", _("This month")
    LAST_MONTH = "last_month", _("Last month")
    QUARTER = "quarter", _("Last 3 months")
    TWELVE = "twelve", _("Twelve months, up to today")
    THIS_YEAR = "this_year", _("This year")
    LAST_YEAR = "last_year", _("Last year")
    CHOSEN = "chosen", _("From … to …")


class Compare(models.TextChoices):
    """What a period is held against."""

    BEFORE = "before", _("The period before")
    YEAR = "year", _("The year before")
    NONE = "none", _("Nothing")


class By(models.TextChoices):
    """The dimension that the second table tells apart."""

    PROCEDURE = "procedure", _("Procedure")
    DEPARTMENT = "department", _("Department")
    CHANNEL = "channel", _("Channel")
    DISTRICT = "district", _("District")

    @property
    def column(self) -> str:
        """Its column of the tallies."""
        return self.value if self is By.CHANNEL else f"{self.value}_id"


def preset_period(preset: str, today: date) -> Period:
    """The days of a preset."""
    this_month, this_year = today.replace(day=1), today.replace(month=1, day=1)
    return {
        Preset.MONTH: Period(this_month, today),
        Preset.LAST_MONTH: last_months(1, today),
        Preset.QUARTER: last_months(3, today),
        Preset.THIS_YEAR: Period(this_year, today),
        Preset.LAST_YEAR: last_months(12, this_year),
    }.get(Preset(preset), Period(add_months(this_month, -11), today))


class FigureForm(forms.Form):
    """The filters of the figures; a value that means nothing is passed over, never an error."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=Preset.choices, initial=Preset.TWELVE)
    since = day(_("from"))
    until = day(_("to"))
    compare = forms.ChoiceField(label=_("Compared with"), required=False, choices=Compare.choices)
    department = optional(_("Department"))
    procedure = optional(_("Procedure"))
    channel = optional(_("Channel"))
    district = optional(_("District"))
    by = forms.ChoiceField(label=_("In detail by"), required=False, choices=By.choices)
    figure = forms.ChoiceField(label=_("Chart of"), required=False)

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        asked = {name: data.get(name, "") for name in self.base_fields}
        super().__init__({name: value or self._default(name, asked) for name, value in asked.items()})
        self.viewer = viewer
        mine = {pk: name for pk, name in names.departments().items() if pk in viewer.figures_of}
        offer(self, {"department": mine, "procedure": names.procedures(), "district": district_names()})
        offer(self, {"channel": dict(Channel.choices)})
        cast("forms.ChoiceField", self.fields["figure"]).choices = [(one.slug, one.label) for one in statistics]
        self.full_clean()
        self.today = city_today()

    @staticmethod
    def _default(name: str, asked: dict[str, Any]) -> str:
        """What the form shows where nothing is asked: what is then counted."""
        has_days = asked["since"] or asked["until"]
        first = next(iter(statistics)).slug
        defaults = {"period": Preset.CHOSEN if has_days else Preset.TWELVE, "compare": Compare.BEFORE}
        return str(defaults.get(name, "")) or {"by": By.PROCEDURE.value, "figure": first}.get(name, "")

    @property
    def preset(self) -> Preset:
        """The period asked for; days alone are enough to ask for others."""
        return Preset(self.cleaned_data.get("period") or Preset.TWELVE)

    @property
    def asked_period(self) -> Period:
        """Whole days, none of them after today; at most ten years."""
        if self.preset != Preset.CHOSEN:
            return preset_period(self.preset, self.today)
        last = min(self.cleaned_data.get("until") or self.today, self.today)
        earliest = add_months(last, -12 * LONGEST_YEARS)
        first = self.cleaned_data.get("since") or add_months(last, -12)
        return Period(max(min(first, last), earliest), last)

    @property
    def compared_period(self) -> Period | None:
        """What it is held against."""
        period = self.asked_period
        return {Compare.NONE: None, Compare.YEAR: period.year_before()}.get(
            Compare(self.cleaned_data.get("compare") or Compare.BEFORE), period.before()
        )

    @property
    def dimension(self) -> By:
        """The dimension told apart."""
        return By(self.cleaned_data.get("by") or By.PROCEDURE)

    @property
    def scope(self) -> Scope:
        """Whose requests: never of a department that is not the viewer's."""
        data = self.cleaned_data
        chosen = data.get("department")
        return Scope(
            department_ids=frozenset({int(chosen)}) if chosen else self.viewer.figures_of,
            procedure_id=int(data.get("procedure") or 0),
            channel=data.get("channel") or "",
            district_id=int(data.get("district") or 0),
        )

    @property
    def drawn(self) -> str:
        """Slug of the figure that is drawn; what came in, unless another is asked for."""
        return self.cleaned_data.get("figure") or next(iter(statistics)).slug

    @property
    def query(self) -> str:
        """The question, for links that ask it again."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode(
            {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
        )

"""Weekly opening hours as a model field and as a form: seven days, two ranges, a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from directory.hours.schedule import OpeningRange
from directory.hours.stored import clock, from_json, to_json

SPANS_SHOWN = 2
DAYS = range(1, 8)


class WeeklyHoursWidget(forms.Widget):
    """A table of days; what it hands over is one row per day, as typed."""

    template_name = "directory/widgets/weekly_hours.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the rows."""
        context = super().get_context(name, value, attrs)
        context["widget"]["rows"] = [
            {**row, "label": str(WEEKDAYS[row["day"] - 1])} for row in self._rows(value) or rows_of(())
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        """Read the rows; however many ranges were shown."""
        return [
            {"day": day, "spans": self._spans(data, f"{name}-{day}"), "note": data.get(f"{name}-{day}-note", "")}
            for day in DAYS
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the table was not in the form at all."""
        return f"{name}-1-note" not in data

    def id_for_label(self, id_: str) -> str:
        """The label names the whole table."""
        return ""

    def use_required_attribute(self, initial: Any) -> bool:
        """No single time is required."""
        return False

    def _spans(self, data: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
        spans: list[tuple[str, str]] = []
        while f"{prefix}-{len(spans)}-opens" in data:
            position = len(spans)
            spans.append((data[f"{prefix}-{position}-opens"], data.get(f"{prefix}-{position}-closes", "")))
        return spans

    def _rows(self, value: Any) -> list[dict[str, Any]]:
        return value if isinstance(value, list) else rows_of(from_json(value))


def rows_of(ranges: tuple[OpeningRange, ...]) -> list[dict[str, Any]]:
    """The days as the table shows them, with room for two ranges at least."""
    rows = []
    by_day = {day: sorted(r for r in ranges if r.day == day) for day in DAYS}
    width = max(SPANS_SHOWN, *(len(found) for found in by_day.values()))
    for day, found in by_day.items():
        spans = [(f"{r.opens:%H:%M}", f"{r.closes:%H:%M}") for r in found]
        spans += [("", "")] * (width - len(spans))
        rows.append({"day": day, "spans": spans, "note": " ; ".join(dict.fromkeys(r.note for r in found if r.note))})
    return rows


class WeeklyHoursFormField(forms.Field):
    """Checks the rows and makes them the JSON that is kept."""

    widget = WeeklyHoursWidget

    def to_python(self, value: Any) -> dict[str, Any]:
        """Turn rows as typed into JSON.

        Raises:
            ValidationError: one line per day that cannot be read.
        """
        if not isinstance(value, list):
            try:
                return to_json(from_json(value))
            except ValueError as error:
                raise ValidationError(str(error)) from error
        ranges: list[OpeningRange] = []
        errors: list[str] = []
        for row in value:
            try:
                ranges += self._read(row)
            except ValueError:
                errors.append(
                    _("%(day)s: write an opening and a closing time, for instance 09:00 and 12:30.")
                    % {"day": str(WEEKDAYS[row["day"] - 1]).capitalize()}
                )
        if errors:
            raise ValidationError(errors)
        return to_json(ranges)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is kept with what would be."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _read(self, row: dict[str, Any]) -> list[OpeningRange]:
        note = " ".join(str(row["note"]).split())
        return [
            OpeningRange(row["day"], clock(opens.strip()[:5]), clock(closes.strip()[:5]), note)
            for opens, closes in row["spans"]
            if opens.strip() or closes.strip()
        ]


class WeeklyHoursField(models.JSONField):
    """Weekly hours as JSON; see ``directory.hours.stored`` for the shape. ``{}``: not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse JSON that is no weekly hours."""
        super().validate(value, model_instance)
        try:
            from_json(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Use the table."""
        return models.Field.formfield(self, **{"form_class": WeeklyHoursFormField, **kwargs})

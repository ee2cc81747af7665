"""Form widgets for residents, drawn by ``templates/components/``.

Every form of the public site is rendered with ``{{ field.as_field_group }}``: label, help,
error and the ARIA links between them come from ``templates/django/forms/field.html``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms


class DateParts(forms.MultiWidget):
    """A date in three short inputs: day, month, year.

    Picking one's birth date from a calendar takes a hundred clicks; three numbers are read
    aloud, typed and corrected without surprise. Gives ``forms.DateField`` an ISO date, or what was
    typed joined the same way, so that a wrong date comes back as it was typed.
    """

    template_name = "components/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, birthday: bool = False) -> None:
        parts = {"day": 2, "month": 2, "year": 4}
        widgets = {
            part: forms.TextInput(
                {"inputmode": "numeric", "maxlength": length, "autocomplete": f"bday-{part}" if birthday else "off"}
            )
            for part, length in parts.items()
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str | int]:
        """Split a date, or what was typed, into day, month and year."""
        if isinstance(value, dt.date):
            return [value.day, value.month, value.year]
        year, month, day = [*str(value or "").split("-", 2), "", ""][:3]
        return [day, month, year]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """Join the three inputs as ``year-month-day``; empty when all three are."""
        day, month, year = (str(data.get(f"{name}_{part}") or "").strip() for part in ("day", "month", "year"))
        return f"{year}-{month}-{day}" if day or month or year else ""

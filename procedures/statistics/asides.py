"""What the page of a procedure says of its delays and of its residents' satisfaction."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procedures.definition.asides import ProcedureAside
from procedures.definition.models import ProcedurePage
from procedures.statistics.delays import delay_of, delays


class RealDelays(ProcedureAside):
    """Median, share in time and satisfaction of the last twelve months, where five requests or more were answered."""

    slug = "real_delays"
    label = _("Real delays")
    template = "pages/procedure/delays.html"

    def context(self, page: ProcedurePage) -> dict[str, Any] | None:
        """The procedure's line of « nos délais »; no query once read."""
        language = page.locale_code
        line = delay_of(page.translation_key, language)
        if line is None:
            return None
        return {
            "line": line,
            "cells": list(zip(delays(language).columns, line.cells, strict=True)),
            "all_url": reverse("delays:page"),
        }

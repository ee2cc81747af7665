"""The answer comes before or after: dates (ISO 8601 sorts as text), numbers."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Kept, Operator


def _comparable(kept: Kept, value: Kept) -> bool:
    return type(kept) is type(value) and isinstance(kept, (str, int)) and not isinstance(kept, bool) and kept != ""


class Greater(Operator):
    """Later, or more."""

    slug = "greater"
    label = _("is after, or more than")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True strictly above ``value``."""
        return _comparable(kept, value) and cast("int", kept) > cast("int", value)


class Less(Operator):
    """Earlier, or less."""

    slug = "less"
    label = _("is before, or less than")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True strictly below ``value``."""
        return _comparable(kept, value) and cast("int", kept) < cast("int", value)

"""The answer comes before or after: dates (ISO 8601 sorts as text), numbers."""

from django.utils.translation import gettext_lazy as _

from procedures.definition.operators.comparing import in_order
from procedures.plugins import Kept, Operator


class Greater(Operator):
    """Later, or more."""

    slug = "greater"
    label = _("is after, or more than")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True strictly above ``value``."""
        return in_order(value, kept)


class Less(Operator):
    """Earlier, or less."""

    slug = "less"
    label = _("is before, or less than")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True strictly below ``value``."""
        return in_order(kept, value)

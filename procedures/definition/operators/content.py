"""The answer contains a word, or counts a choice among others."""

from django.utils.translation import gettext_lazy as _

from procedures.definition.operators.comparing import folded, same
from procedures.plugins import Kept, Operator, is_empty


class Contains(Operator):
    """A part of a text, or one of several choices."""

    slug = "contains"
    label = _("contains")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True when ``value`` is within the answer."""
        if isinstance(kept, list):
            return any(same(item, value) for item in kept)
        if not isinstance(kept, str) or not isinstance(value, str) or not folded(value):
            return False
        return folded(value) in folded(kept)


class NotContains(Contains):
    """Answered, and without it."""

    slug = "not_contains"
    label = _("does not contain")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for an answer without ``value``."""
        return not is_empty(kept) and not super().holds(kept, value)

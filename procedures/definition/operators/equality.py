"""The answer is, or is not, this one; neither capitals nor accents matter."""

from django.utils.translation import gettext_lazy as _

from procedures.definition.operators.comparing import same
from procedures.plugins import Kept, Operator, is_empty


class Is(Operator):
    """Equal."""

    slug = "is"
    label = _("is")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for the very answer."""
        return not is_empty(kept) and same(kept, value)


class IsNot(Operator):
    """Answered, and otherwise."""

    slug = "is_not"
    label = _("is not")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for any other answer."""
        return not is_empty(kept) and not same(kept, value)

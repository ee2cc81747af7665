"""The answer is, or is not, this one; letters' case does not matter."""

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Kept, Operator, is_empty


def folded(kept: Kept) -> Kept:
    """The answer without what does not matter when two are compared."""
    return kept.casefold() if isinstance(kept, str) else kept


class Is(Operator):
    """Equal."""

    slug = "is"
    label = _("is")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for the very answer."""
        return not is_empty(kept) and folded(kept) == folded(value)


class IsNot(Operator):
    """Answered, and otherwise."""

    slug = "is_not"
    label = _("is not")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for any other answer."""
        return not is_empty(kept) and folded(kept) != folded(value)
